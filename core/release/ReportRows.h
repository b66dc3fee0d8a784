#pragma once

#include <vector>

#include "core/release/Report.h"

namespace kamei::release {

/// Recommended and conditional items that were left open: they do not close the gate but stay visible
/// (Guideline 4.9(7)(8)).
[[nodiscard]] std::vector<RuleCount> unfinished(const ReportData& data);
/// Required items that people rejected or kept against the suggestion; each has a reason in the workspace.
[[nodiscard]] std::vector<RuleCount> overruled(const ReportData& data);

} // namespace kamei::release
