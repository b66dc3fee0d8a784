#pragma once

// Private to store: findings as rows, shared by Findings.cpp (reading) and FindingChanges.cpp.

#include <cstdint>
#include <string>
#include <string_view>

#include "core/model/Finding.h"
#include "core/store/Connection.h"

namespace kamei::store {

/// Columns for findingFrom(). The join is held in this order, so that the index on findings gives the order.
inline constexpr std::string_view kFindingColumns =
    "SELECT f.id, f.asset, coalesce(f.subject, a.subject), f.locator, f.text, f.label, f.rule, f.detector, "
    "f.category, f.requirement, f.suggested, f.replacement, f.confidence, f.origin, f.instances, "
    "f.distinct_values, f.detail, f.state, f.action, f.reason, f.decided_by, f.decided_at, f.found, f.method "
    "FROM finding f CROSS JOIN asset a ON a.id=f.asset ";
inline constexpr int kFoundColumn = 22;

[[nodiscard]] model::Finding findingFrom(Connection& connection, const Query& row);

/// Orders the findings of an asset as they lie in it: by kind of place, then attribute, position, frame.
[[nodiscard]] std::int64_t placeOf(const model::Locator& locator);

/// 64 bits by which findings of the same text are found quickly; the text itself decides.
[[nodiscard]] std::int64_t hashOf(std::string_view text);

} // namespace kamei::store
