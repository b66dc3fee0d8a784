#pragma once

#include <span>

#include "core/detect/Detector.h"

namespace kamei::detect {

/// Slides (Guideline 5.4.3: a name printed on a digitised slide). The label is drawn anew with the
/// pseudonymous ID, the picture of the whole glass, which shows the label too, and pictures that nothing is
/// known of are left out: each a finding on its frame. Whether the scan itself shows letters a person is
/// asked; places on the scan are in pixels of its base level. What the file says beside its pixels is a
/// finding for each statement; staging writes none of it.
[[nodiscard]] base::Expected<Detection>
detectSlide(const model::Asset& asset, std::span<const model::Source> sources, const Context& context);

} // namespace kamei::detect
