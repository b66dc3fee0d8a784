#pragma once

#include <string>
#include <string_view>

namespace kamei::transform::text {

/// The label of the annotation guide ("PATIENT_NAME") that a finding's label stands for: such a label itself,
/// or a role of intake::text::Segment ("patient.name"); "OTHER" for what is neither.
[[nodiscard]] std::string_view labelOf(std::string_view findingLabel);

/// What stands in running text for something deleted: "[氏名]", or "[NAME]" in texts without Japanese.
[[nodiscard]] std::string placeholder(std::string_view label, bool japanese);

} // namespace kamei::transform::text
