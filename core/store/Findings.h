#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/Error.h"
#include "core/model/Finding.h"
#include "core/store/Counts.h"

namespace kamei::store {

class Connection;

struct FindingFilter {
    std::optional<base::AssetId> asset;
    std::optional<base::SubjectId> subject; ///< its assets, and its rows in tables of several people
    std::optional<model::Category> category;
    std::optional<model::Requirement> requirement;
    std::optional<model::DecisionState> state;
    std::optional<int> step; ///< 4..8, see guideline::stepOf
    std::string rule;        ///< model::Finding::rule; empty for all
    std::string label;       ///< model::Finding::label; empty for all
    bool openOnly = false;
    bool includeExcluded = true; ///< findings of assets that are out of the release
    std::int64_t offset = 0;
    std::int64_t limit = -1;
};

/// The part of a finding that a decision changes.
struct Decision {
    base::FindingId finding;
    model::DecisionState state = model::DecisionState::Open;
    model::Action action = model::Action::Keep;
    std::string reason;
    std::string decidedBy;
    base::TimeMs decidedAt = 0;
    std::string method{};
};

enum class AlikeBy { Value, Rule };

/// What replaceDetected() did.
struct Replaced {
    std::int64_t added = 0;
    std::int64_t kept = 0; ///< same place, label and text as before: decision kept
    std::int64_t removed = 0;
};

class Findings {
public:
    explicit Findings(Connection& connection) : m_connection(connection) {}

    /// Adds findings; each one's own id is kept when it is set and free, else given here (in place).
    [[nodiscard]] base::Expected<void> insert(std::span<model::Finding> findings);
    /// Sets what the detectors found in an asset. A finding with the place, label and text of an earlier
    /// one keeps its id and decision; earlier ones that are gone are removed, except those of a person.
    /// A finding may come decided, or open with a reason: by the site's list of private elements. That
    /// stands where nothing is decided yet, and in place of a decision with the same reason.
    /// The asset is touched when anything differs. `findings` get their ids.
    [[nodiscard]] base::Expected<Replaced> replaceDetected(base::AssetId asset,
                                                           std::span<model::Finding> findings);
    /// Puts decisions into effect and touches their assets.
    [[nodiscard]] base::Expected<void> decide(std::span<const Decision> decisions);
    /// Replaces locator and detail, and touches the asset.
    [[nodiscard]] base::Expected<void> reshape(base::FindingId id, const model::Locator& locator,
                                               const std::string& detail);
    [[nodiscard]] base::Expected<void> remove(std::span<const base::FindingId> ids);

    [[nodiscard]] base::Expected<std::optional<model::Finding>> find(base::FindingId id) const;
    /// In the order of assets, then of the place in the asset.
    [[nodiscard]] base::Expected<std::vector<model::Finding>> list(const FindingFilter& filter) const;
    [[nodiscard]] base::Expected<std::vector<base::FindingId>> ids(const FindingFilter& filter) const;
    [[nodiscard]] base::Expected<std::int64_t> count(const FindingFilter& filter) const;
    /// Findings with the same text, or the same label and rule, as `id` (itself included), in one asset,
    /// one subject, or everywhere when both are unset. Excluded assets are left out.
    [[nodiscard]] base::Expected<std::vector<base::FindingId>>
    alike(base::FindingId id, AlikeBy by, std::optional<base::AssetId> asset,
          std::optional<base::SubjectId> subject) const;

private:
    Connection& m_connection;
};

} // namespace kamei::store
