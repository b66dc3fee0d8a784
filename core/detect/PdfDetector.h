#pragma once

#include <span>

#include "core/detect/Detector.h"

namespace kamei::detect {

/// PDF. The text of all pages is read as one by the text detector (Guideline 5.2); each part of a span on a
/// line is a mask on its page, since pages that are changed are written as pictures. Pictures, and pages
/// whose letters no reader can tell, are a question to a person (5.4.3). What the file says beside its pages
/// is a finding each; staging writes none of it.
[[nodiscard]] base::Expected<Detection>
detectPdf(const model::Asset& asset, std::span<const model::Source> sources, const Context& context);

} // namespace kamei::detect
