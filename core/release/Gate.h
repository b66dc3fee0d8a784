#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Ids.h"

namespace kamei::release {

/// The conditions of release (product.md, "The gate"), in the order in which the window shows them.
enum class Condition {
    RequiredDecided,     ///< every required finding is decided
    ConditionalJudged,   ///< every conditional one (UIDs, faces) has a recorded judgement
    UnreadableDecided,   ///< every unreadable or unexamined source is resolved or excluded
    StagedCurrent,       ///< staged files reflect the present decisions
    Confirmed,           ///< every staged SHA-256 was looked at and confirmed
    ResidualsClear,      ///< the residual search found nothing
    NobodySingledOut,    ///< no one singled out by quasi-identifiers, or a reason is recorded (5.6)
    SheetComplete,       ///< purpose, data items, notice of joint use (3.7.1)
    SourcesUnchanged,    ///< sources are as they were at import
    AuditVerifies,       ///< the audit log's chain is intact
};
inline constexpr std::array kConditions{
    Condition::RequiredDecided, Condition::ConditionalJudged, Condition::UnreadableDecided,
    Condition::StagedCurrent,   Condition::Confirmed,         Condition::ResidualsClear,
    Condition::NobodySingledOut, Condition::SheetComplete,    Condition::SourcesUnchanged,
    Condition::AuditVerifies,
};

[[nodiscard]] std::string_view word(Condition condition); ///< "required-decided"

/// One condition that is not met.
struct GatePoint {
    Condition condition = Condition::RequiredDecided;
    std::int64_t count = 0;              ///< findings, assets, files, subjects or fields that are open
    std::vector<base::AssetId> assets;   ///< at most 100 of those concerned
    std::vector<base::SubjectId> subjects;
    std::vector<std::string> fields;     ///< names of empty fields of the sheet
};

} // namespace kamei::release
