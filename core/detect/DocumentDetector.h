#pragma once

#include <span>

#include "core/detect/Detector.h"

namespace kamei::detect {

/// Plain text: the whole of it is read by the text detector (Guideline 5.2).
[[nodiscard]] base::Expected<Detection>
detectText(const model::Asset& asset, std::span<const model::Source> sources, const Context& context);

/// XML and CDA: what the structure names is a finding by its role, everything else is read as one text, so
/// that a name met in one paragraph is found in all. Embedded binaries cannot be examined.
[[nodiscard]] base::Expected<Detection>
detectXml(const model::Asset& asset, std::span<const model::Source> sources, const Context& context);

} // namespace kamei::detect
