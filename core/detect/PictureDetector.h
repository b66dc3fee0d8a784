#pragma once

#include <span>

#include "core/detect/Detector.h"

namespace kamei::detect {

/// JPEG, PNG and TIFF. What the file says beside its pixels is a finding for each identifying statement;
/// staging writes none of them. What the pixels show only a person can judge: a face and burned-in text are
/// asked for on every picture (Guideline 5.4.3). Masks are proposed where letters, codes and faces were found (see
/// vision::propose), and those drawn for the same device.
[[nodiscard]] base::Expected<Detection>
detectPicture(const model::Asset& asset, std::span<const model::Source> sources, const Context& context);

} // namespace kamei::detect
