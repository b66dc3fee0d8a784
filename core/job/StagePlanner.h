#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/job/Job.h"
#include "core/job/KnownCache.h"
#include "core/job/SessionInternals.h"
#include "core/stage/ContentStore.h"
#include "core/stage/ResidualSearch.h"
#include "core/transform/Transform.h"

namespace kamei::job {

/// Findings as staging carries them out: what nobody has decided yet acts as suggested, so that nothing leaks
/// into what is looked at; the gate asks for the decision all the same.
[[nodiscard]] std::vector<model::Finding> asStaged(std::vector<model::Finding> findings);

/// A face that is to be taken off, and that no mask could be made for, stops staging: the error (args:
/// "deface" and a stable word), or nothing.
[[nodiscard]] std::optional<base::Error> refusalOf(const std::vector<model::Finding>& acting);

/// The people of the workspace for an asset that may speak of several (a table, samples of a VCF), so that
/// everyone has one pseudonym and one shift in all data; empty for all other kinds.
[[nodiscard]] base::Expected<std::vector<model::Subject>> cohortOf(Session& session,
                                                                   const model::Asset& asset);

/// One asset's decisions, compiled, with everything that the compiled transform refers to.
struct AssetPlan {
    model::Asset asset;
    model::Subject subject;
    std::vector<model::Source> sources; ///< all of the asset, in order
    std::vector<model::Subject> cohort; ///< see cohortOf()
    std::shared_ptr<const stage::ResidualSearch> search;
    base::Sha256 searchDigest;
    std::unique_ptr<transform::Transform> transform;
};

/// One source that has to be staged.
struct StageItem {
    std::shared_ptr<AssetPlan> plan;
    model::Source source;
    base::Sha256 planDigest;
    std::filesystem::path before; ///< object staged until now, relative; empty when there is none
};

/// Walks the assets of a workspace and tells what of them has to be staged: sources whose plan (decisions,
/// policy, key, content, identifiers searched for) differs from that of the staged file, or whose file is
/// gone. Not thread-safe.
class StagePlanner {
public:
    [[nodiscard]] static base::Expected<std::unique_ptr<StagePlanner>>
    create(Session& session, const stage::ContentStore& store, const StageSpec& spec);

    /// Rows whose plan is the present one again, to be recorded for the present revision.
    struct Kept {
        std::int64_t revision = 0;
        std::vector<model::StagedFile> files;
    };
    /// An asset, or a source of it, that cannot be staged.
    struct Problem {
        base::AssetId asset;
        base::Error error;
    };
    /// The next piece of work: at most stage::Batch::kSize items, and what was learned while planning them.
    struct Work {
        std::vector<StageItem> items;
        std::vector<Kept> kept;
        std::vector<Problem> problems;
        std::int64_t unchanged = 0; ///< sources whose staged file is as it should be
    };
    /// Empty at the end.
    [[nodiscard]] base::Expected<std::optional<Work>> next();

    /// Sources over all assets of this run, staged or not.
    [[nodiscard]] std::uint64_t total() const { return m_total; }

private:
    StagePlanner(Session& session, const stage::ContentStore& store, StageSpec spec,
                 transform::pseudonym::Key key)
        : m_session(session), m_store(store), m_spec(std::move(spec)), m_key(std::move(key)) {}

    [[nodiscard]] base::Expected<void> plan(const store::AssetRecord& record);
    [[nodiscard]] base::Expected<void> planSources(const store::AssetRecord& record,
                                                   std::span<const model::Source> all,
                                                   std::span<const model::Source> sources,
                                                   const std::vector<model::StagedFile>& staged,
                                                   const std::vector<model::Finding>& findings);
    /// Whether all is staged and there, without compiling anything.
    [[nodiscard]] bool stillThere(const store::AssetRecord& record,
                                  const std::vector<model::StagedFile>& staged) const;
    [[nodiscard]] bool inShard(const model::Source& source) const;
    [[nodiscard]] base::Expected<void> chooseSearch(AssetPlan& plan,
                                                    std::span<const stage::ResidualSearch::Kept> kept);
    [[nodiscard]] base::Expected<model::Subject> subjectOf(base::SubjectId id);

    Session& m_session;
    const stage::ContentStore& m_store;
    StageSpec m_spec;
    transform::pseudonym::Key m_key;
    model::Policy m_policy;
    std::vector<store::AssetRecord> m_records;
    std::size_t m_nextRecord = 0;
    std::vector<StageItem> m_items; ///< planned, not handed out
    std::size_t m_nextItem = 0;
    std::uint64_t m_total = 0;
    Work m_learned; ///< beside items, since the last next()
    KnownCache m_known;
    model::Subject m_lastSubject;
    /// The search of the assets before, as long as it is the same.
    base::Sha256 m_searchDigest;
    std::shared_ptr<const stage::ResidualSearch> m_search;
};

} // namespace kamei::job
