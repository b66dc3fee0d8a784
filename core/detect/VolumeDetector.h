#pragma once

#include <span>

#include "core/detect/Detector.h"

namespace kamei::detect {

/// NIfTI: words of the header and extensions, which staging removes (Guideline 5.2.2: what nobody has defined
/// cannot be judged), the face that the volume shows (5.4.4), the name of the file.
[[nodiscard]] base::Expected<Detection>
detectNifti(const model::Asset& asset, std::span<const model::Source> sources, const Context& context);

} // namespace kamei::detect
