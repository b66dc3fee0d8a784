#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/release/Report.h"
#include "core/release/Sentences.h"

namespace kamei::release {

/// Recommended and conditional items that were left open: they do not close the gate but stay visible
/// (Guideline 4.9(7)(8)).
[[nodiscard]] std::vector<RuleCount> unfinished(const ReportData& data);
/// Required items that people rejected or kept against the suggestion; each has a reason in the workspace.
[[nodiscard]] std::vector<RuleCount> overruled(const ReportData& data);

/// The outcome of a sample as names and values.
[[nodiscard]] std::vector<std::pair<std::string, std::string>>
samplePairs(const ReportData::Sample& sample, const Sentences& sentences, Language language);

} // namespace kamei::release
