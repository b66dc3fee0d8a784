#pragma once

#include <string>
#include <vector>

#include "core/base/Error.h"
#include "core/detect/vision/TextBoxes.h"
#include "core/model/Raster.h"

namespace kamei::detect::vision {

/// What a line of letters says.
struct Reading {
    std::string text;      ///< UTF-8, one line; empty when nothing was made of it
    double confidence = 0; ///< 0..1, mean over its words
};

/// Reads the boxes of a picture with Tesseract, Japanese and Latin letters, each as a single line; vertical
/// ones turned both ways. One reading a box, in their order. NotFound when Tesseract's data (jpn, eng) is not
/// installed: boxes stay proposed then, unread. Thread-safe: an engine a thread.
[[nodiscard]] base::Expected<std::vector<Reading>> readTextBoxes(const model::Raster& raster,
                                                                 const std::vector<TextBox>& boxes);

} // namespace kamei::detect::vision
