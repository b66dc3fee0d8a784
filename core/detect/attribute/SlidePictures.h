#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/base/Error.h"
#include "core/detect/Detector.h"

namespace kamei::detect::attribute {

/// Detector of the findings on a slide's own pictures: each stands for all frames of one instance, as a
/// whole.
inline constexpr std::string_view kSlidePictures = "slide.picture";

/// What a whole-slide series asks a person about (Guideline 5.4.3; PS3.3 2024b C.8.12.4.1.1, Image Type
/// value 3): each instance that shows the label, the whole glass, or nobody says what, and once whether
/// something is written on the glass itself. Empty for other kinds of asset.
/// Instances that cannot be read count as pictures that nobody says anything of.
[[nodiscard]] std::vector<model::Finding> slidePictureFindings(const model::Asset& asset,
                                                               std::span<const model::Source> sources,
                                                               const Context& context);

} // namespace kamei::detect::attribute
