#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Digest.h"
#include "core/base/Error.h"
#include "core/model/Asset.h"
#include "core/store/Counts.h"

namespace kamei::store {

class Connection;

/// An asset with everything that is kept up to date about it at each commit. `asset.state` and the
/// counts follow from findings, staged files and confirmations; nobody sets them.
struct AssetRecord {
    model::Asset asset;
    Counts findings;
    bool detected = false;      ///< detectors ran over its present sources
    base::Sha256 detectedWith;  ///< what setDetected() was told
    bool stale = true;          ///< not every source has a staged file of the present revision
    bool confirmed = false;     ///< the present staged digest was looked at and confirmed
    std::int64_t residuals = 0; ///< staged files in which the residual search found something
    base::Sha256 stagedDigest;  ///< SHA-256 over the staged SHA-256 in order; zero unless all are staged
    std::string excludeReason;
};

struct AssetFilter {
    std::optional<base::SubjectId> subject; ///< none id: assets without subject
    std::optional<model::AssetKind> kind;
    std::optional<model::AssetState> state;
    bool openOnly = false;
    bool undetectedOnly = false; ///< not excluded, and detectors have not run over the present sources
    bool includeExcluded = true;
    std::int64_t offset = 0;
    std::int64_t limit = -1;
};

/// Sums over the assets of one kind that are not excluded.
struct KindTotals {
    model::AssetKind kind = model::AssetKind::Unreadable;
    std::int64_t assets = 0;
    std::int64_t frames = 0;
    std::int64_t problems = 0; ///< unreadable, or with a part that could not be examined
    std::int64_t detected = 0;
    std::int64_t current = 0; ///< staged with the present decisions
    std::int64_t confirmed = 0;
    std::int64_t sentBack = 0;
    std::int64_t residuals = 0; ///< staged files
    Counts findings;
};

/// Findings of one of the steps 4..8 (index 0..4) over all assets that are not excluded.
using StepTotals = std::array<Counts, 5>;

/// Which step of the work a problem belongs to. A problem is taken back by its own step alone: that a file
/// could be staged says nothing about whether it was examined.
enum class ProblemOrigin {
    Intake, ///< of a source, for as long as that source is there
    Detect,
    Stage,
};

class Assets {
public:
    explicit Assets(Connection& connection) : m_connection(connection) {}

    /// Adds an asset; the id is given here. Counts and state of `asset` are ignored. A problem is one of
    /// intake that stays for as long as the asset.
    [[nodiscard]] base::Expected<base::AssetId> insert(const model::Asset& asset);
    /// Replaces subject (and by whom and of how many), kind, title, modality, device and group.
    [[nodiscard]] base::Expected<void> update(const model::Asset& asset);
    [[nodiscard]] base::Expected<std::optional<AssetRecord>> find(base::AssetId id) const;
    [[nodiscard]] base::Expected<std::optional<AssetRecord>> findByGroup(model::AssetKind kind,
                                                                         std::string_view group) const;
    /// By subject (without subject last), kind, id.
    [[nodiscard]] base::Expected<std::vector<AssetRecord>> list(const AssetFilter& filter) const;
    [[nodiscard]] base::Expected<std::vector<KindTotals>> kinds() const;
    [[nodiscard]] base::Expected<StepTotals> steps() const;

    /// Why the asset needs a person, as detection or staging found it; nullopt when that is resolved.
    /// Problems of other origins stay: the asset has a problem (the first by origin is shown) until none is
    /// left.
    [[nodiscard]] base::Expected<void> setProblem(base::AssetId id, ProblemOrigin origin,
                                                  const std::optional<base::Error>& problem);
    /// What import doubts of a source; it goes with the source.
    [[nodiscard]] base::Expected<void> addDoubt(base::AssetId id, base::SourceId source,
                                                const base::Error& doubt);
    /// Assets with a problem of staging whose sources are all staged with the present decisions.
    [[nodiscard]] base::Expected<std::vector<base::AssetId>> stagedWithProblem() const;
    /// Detectors ran over it. `with` is a digest of their inputs (policy, known identifiers, templates),
    /// by which the caller sees later whether to run them again.
    [[nodiscard]] base::Expected<void> setDetected(base::AssetId id, const base::Sha256& with);
    /// Detection has to run again (new sources set this by themselves).
    [[nodiscard]] base::Expected<void> setUndetected(base::AssetId id);
    [[nodiscard]] base::Expected<void> setExcluded(base::AssetId id, bool excluded, std::string_view reason);
    /// One more decision touches the asset: its staged files are older than it from now on.
    [[nodiscard]] base::Expected<void> touch(base::AssetId id);
    /// Removes an asset with its sources, findings, staged rows and confirmations (for import: a source
    /// that moved to another asset leaves an empty one behind). Objects in staged/ are the caller's.
    [[nodiscard]] base::Expected<void> remove(base::AssetId id);

private:
    Connection& m_connection;
};

} // namespace kamei::store
