#pragma once

#include <string>
#include <string_view>

#include "core/detect/Detector.h"
#include "core/detect/Grading.h"
#include "core/detect/text/TextDetector.h"

namespace kamei::detect {

/// Puts rule, category, requirement and the action that the policy wants for `label` into a finding. The
/// rule's row of the table decides category and requirement; an override of the policy decides the action.
void grade(model::Finding& finding, text::Label label, const text::LabelRule& rule, const Context& context);

/// A finding for a span of the text detector; locator, text and replacement are the caller's.
[[nodiscard]] model::Finding findingOf(const text::Span& span, std::string_view text, const Context& context);

/// What the suggestion writes where that does not depend on the key: the month of a birth date, "90歳以上".
/// `structured` text keeps the form of a whole date.
[[nodiscard]] std::string preview(const model::Finding& finding, bool structured);

/// First 2,000 code points, as Finding::text wants.
[[nodiscard]] std::string shortened(std::string_view utf8);

} // namespace kamei::detect
