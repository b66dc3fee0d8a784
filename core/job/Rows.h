#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/Clock.h"
#include "core/keys/Signing.h"
#include "core/model/Asset.h"
#include "core/model/Finding.h"
#include "core/model/Policy.h"
#include "core/model/Subject.h"

namespace kamei::job {

struct WorkspaceInfo {
    std::string title;
    std::string purpose;
    model::Policy policy;
    base::TimeMs createdAt = 0;
    int schemaVersion = 0;
    bool released = false; ///< a release was written
    std::string keptUntil; ///< YYYY-MM-DD: deleted information is kept, sealed, until then; empty: it is not
    bool keyDestroyed = false; ///< deleted information destroyed: nothing can be staged any more
};

/// Counts of findings by what still has to be done.
struct Counts {
    std::int64_t total = 0;
    std::int64_t openRequired = 0;
    std::int64_t openRecommended = 0;
    std::int64_t openConditional = 0;
    std::int64_t openNone = 0;
    [[nodiscard]] std::int64_t open() const {
        return openRequired + openRecommended + openConditional + openNone;
    }
};

/// One of the eight steps (Guideline 4.9, figure 8). Steps 1 and 2 count filled fields; 3 counts assets
/// detected; 4 to 8 count findings decided.
struct StepCounts {
    std::int64_t done = 0;
    std::int64_t total = 0;
    Counts findings;
};

/// What the home screen shows.
struct Overview {
    std::int64_t subjects = 0;
    std::int64_t assets = 0; ///< without excluded ones
    std::int64_t frames = 0;
    std::int64_t unreadable = 0; ///< not yet excluded
    std::array<StepCounts, 8> steps;
    Counts findings;
    std::int64_t staged = 0;    ///< assets staged with the present decisions
    std::int64_t stale = 0;     ///< assets whose staged files are older than a decision, or have none
    std::int64_t confirmed = 0; ///< assets confirmed for their present SHA-256
    std::int64_t sentBack = 0;
    std::int64_t residuals = 0; ///< staged files in which the residual search found something
    struct KindRow {
        model::AssetKind kind = model::AssetKind::Unreadable;
        std::int64_t assets = 0;
        std::int64_t openRequired = 0;
        std::int64_t openRecommended = 0;
        std::int64_t confirmed = 0;
        std::int64_t unreadable = 0;
        std::int64_t residuals = 0; ///< staged files in which the residual search found something
    };
    std::vector<KindRow> kinds;
};

struct SubjectRow {
    base::SubjectId id; ///< none: assets of several or unknown people
    std::int64_t number = 0;
    std::int64_t assets = 0;
    Counts findings;
    std::string riskReason;
    bool blocked =
        false; ///< one of its assets cannot be read, has a problem or something left after processing
};

struct AssetRow {
    model::Asset asset;
    Counts findings;
    bool stale = true;      ///< staged files do not reflect the present decisions, or there are none
    bool confirmed = false; ///< for the present SHA-256
    std::int64_t residuals = 0;
};

struct SubjectQuery {
    bool openOnly = false;
    std::string text; ///< part of number or kind
    std::int64_t offset = 0;
    std::int64_t limit = -1;
};

struct AssetQuery {
    std::optional<base::SubjectId> subject; ///< a none id: assets without subject
    std::optional<model::AssetKind> kind;
    std::optional<model::AssetState> state;
    bool openOnly = false;
    bool includeExcluded = true;
    std::int64_t offset = 0;
    std::int64_t limit = -1;
};

struct FindingQuery {
    std::optional<base::AssetId> asset;
    std::optional<base::SubjectId> subject;
    std::optional<model::Category> category;
    std::optional<model::Requirement> requirement;
    std::optional<model::DecisionState> state;
    std::optional<int> step; ///< 4..8: findings that belong to that step
    std::string rule;        ///< model::Finding::rule; empty for all
    bool openOnly = false;
    std::int64_t offset = 0;
    std::int64_t limit = -1;
};

/// Which findings count as alike when one decision is applied to all.
enum class Scope {
    SameValueInSubject, ///< same text, any asset of the subject
    SameRuleInAsset,
    SameRuleInSubject,
    SameRuleEverywhere, ///< same label and rule in the whole workspace
    SameValueEverywhere,
};

struct AuditRow {
    std::int64_t number = 0;
    base::TimeMs at = 0;
    std::string by;
    std::string event;   ///< stable word: "workspace.created" "import.finished" "finding.decided" ...
    std::string details; ///< JSON without identifiers
    std::string hash;    ///< hexadecimal
};

/// How the audit log stands.
struct AuditState {
    std::int64_t entries = 0;
    std::int64_t signedEntries = 0;
    std::int64_t lastSigned = 0;   ///< number of the last signed entry, 0 for none
    std::int64_t clockSetBack = 0; ///< how often the clock was found set back
    std::string head;              ///< hash of the last entry, hexadecimal
};

struct ReviewerRow {
    keys::Person person;
    base::TimeMs joinedAt = 0;
    bool renewed = false; ///< somebody of this name had another key here before
};

/// What a sample shall show: with this confidence, that no more than this share identifies anybody.
struct SampleSpec {
    double confidence = 0.95; ///< 0.8 .. 0.999
    double tolerated = 0.01;  ///< 0 .. 0.5
    /// To draw again what others drew; random when not given.
    std::optional<base::Sha256> seed = std::nullopt;
};

struct AuditQuery {
    std::string event; ///< prefix, empty for all
    bool newestFirst = true;
    std::int64_t offset = 0;
    std::int64_t limit = 1000;
};

/// What changed, so that views refresh only what they show. Unset asset: any asset may have changed.
struct Change {
    enum class Kind { Assets, Findings, Staged, Confirmations, Sheet, Templates, Released, Samples };
    Kind kind = Kind::Findings;
    base::AssetId asset;
};

} // namespace kamei::job
