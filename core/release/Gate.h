#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Ids.h"
#include "core/model/Review.h"

namespace kamei::release {

/// The conditions of release in the order in which the window shows them.
enum class Condition {
    RequiredDecided,     ///< every required finding is decided
    ConditionalJudged,   ///< every conditional one (UIDs, faces) has a recorded judgement
    UnreadableDecided,   ///< every unreadable or unexamined source is resolved or excluded
    StagedCurrent,       ///< staged files reflect the present decisions
    Confirmed,           ///< every staged SHA-256 was looked at and confirmed
    SecondPerson,        ///< kinds that the policy names were confirmed by a second, different person too
    ConfirmationsSigned, ///< confirmations are signed, where the policy asks for it
    ResidualsClear,      ///< the residual search found nothing
    NobodySingledOut,    ///< no one singled out by quasi-identifiers, or a reason is recorded (5.6)
    SubjectsSettled,     ///< no doubt left whose data they are: one person in two, or two in one (4.9)
    SheetComplete,       ///< purpose, data items, notice of joint use (3.7.1)
    SourcesUnchanged,    ///< sources are as they were at import
    AuditVerifies,       ///< the audit log's chain is intact
};
inline constexpr std::array kConditions{
    Condition::RequiredDecided,     Condition::ConditionalJudged, Condition::UnreadableDecided,
    Condition::StagedCurrent,       Condition::Confirmed,         Condition::SecondPerson,
    Condition::ConfirmationsSigned, Condition::ResidualsClear,    Condition::NobodySingledOut,
    Condition::SubjectsSettled,     Condition::SheetComplete,     Condition::SourcesUnchanged,
    Condition::AuditVerifies,
};

[[nodiscard]] std::string_view word(Condition condition); ///< "required-decided"

/// One condition that is not met.
struct GatePoint {
    Condition condition = Condition::RequiredDecided;
    std::int64_t count = 0;            ///< findings, assets, files, subjects or fields that are open
    std::vector<base::AssetId> assets; ///< at most 100 of those concerned
    std::vector<base::SubjectId> subjects;
    std::vector<std::string> fields; ///< names of empty fields of the sheet, as in model::PurposeSheet
};

/// How the workspace stands: what the job gathers so that the gate can be judged.
struct GateFacts {
    /// Things of one condition that are still open; ids of those concerned, as many as are at hand.
    struct Open {
        std::int64_t count = 0;
        std::vector<base::AssetId> assets;
        std::vector<base::SubjectId> subjects;
    };
    Open required;       ///< findings without decision
    Open conditional;    ///< findings without recorded judgement
    Open unreadable;     ///< assets neither resolved nor excluded
    Open stale;          ///< assets whose staged files are missing or older than a decision
    Open unconfirmed;    ///< assets without confirmation of their present digest, or sent back
    Open secondPerson;   ///< assets that wait for a second person
    Open unsignedOnes;   ///< assets whose confirmation is not signed though it has to be
    Open residuals;      ///< staged files in which an identifier was found
    Open singledOut;     ///< subjects singled out without a recorded reason
    Open unsettled;      ///< people of whom it is doubtful whose data they are
    Open changedSources; ///< sources changed or gone since import
    model::PurposeSheet sheet;
    std::string today;          ///< YYYY-MM-DD; a date until which to keep must not lie before it
    bool auditVerifies = false; ///< fail closed: not verified is not intact
    std::int64_t files = 0;     ///< staged files that would be released
};

/// The points that are not met, in the order of kConditions; empty when the gate is open. With nothing to
/// release StagedCurrent is not met, with count 0.
[[nodiscard]] std::vector<GatePoint> evaluate(const GateFacts& facts);

/// Fields of the sheet that are empty or invalid (Guideline 4.9(1)(2), 3.7.1, 3.8), by the names of
/// model::PurposeSheet.
[[nodiscard]] std::vector<std::string> missingFields(const model::PurposeSheet& sheet,
                                                     std::string_view today);

} // namespace kamei::release
