#include "core/job/Job.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <map>
#include <mutex>
#include <new>
#include <set>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>
#include <unordered_map>
#include <unordered_set>

#include "core/job/FacesInternals.h"
#include "core/job/SessionInternals.h"
#include "core/job/StagePlanner.h"
#include "core/stage/StageSource.h"

namespace kamei::job {
namespace {

/// Rows that are recorded in one transaction: a sync of the database costs as much as staging several files.
constexpr std::size_t kFlushRows = 1000;
constexpr std::chrono::seconds kFlushTime{5};

struct Staged {
    std::shared_ptr<AssetPlan> plan;
    model::StagedFile file;
    std::filesystem::path before;
};

/// What a worker hands to the recorder. The objects of `rows` are on the medium already, their names once
/// `folders` are synced.
struct Result {
    std::vector<Staged> rows;
    std::set<std::filesystem::path> folders;
    std::vector<StagePlanner::Kept> kept;
    std::vector<StagePlanner::Problem> problems;
};

/// Errors that no other source can be spared from.
bool isFatal(base::ErrorCode code) {
    return code == base::ErrorCode::NoSpace || code == base::ErrorCode::WorkspaceReadOnly ||
           code == base::ErrorCode::WorkspaceDamaged;
}

class StageJob final : public Job {
public:
    StageJob(std::shared_ptr<Session> session, StageSpec spec)
        : m_session(std::move(session)), m_internals(m_session->internals()), m_spec(std::move(spec)) {}

    [[nodiscard]] std::string_view word() const override { return "stage"; }

    [[nodiscard]] base::Expected<Report> run(std::stop_token stop, base::ProgressSink& progress) override {
        try {
            return runGuarded(stop, progress);
        } catch (const std::bad_alloc&) {
            return base::fail(base::ErrorCode::OutOfMemory, "job.stage");
        }
    }

private:
    using Chunk = std::shared_ptr<StagePlanner::Work>;
    using ResultPtr = std::shared_ptr<Result>;

    base::Expected<Report> runGuarded(const std::stop_token& stop, base::ProgressSink& progress) {
        if (!m_session->writable()) {
            return base::fail(base::ErrorCode::WorkspaceReadOnly, "job.stage");
        }
        auto store = stage::ContentStore::open(m_session->folder());
        if (!store) {
            return tl::unexpected(store.error());
        }
        m_store.emplace(std::move(*store));
        // Masks before plans: a plan names its mask.
        progress.phase("faces");
        if (const auto proposed = proposeMissing(*m_session, m_spec.by, stop); !proposed) {
            return tl::unexpected(proposed.error());
        }
        auto planner = StagePlanner::create(*m_session, *m_store, m_spec);
        if (!planner) {
            return tl::unexpected(planner.error());
        }
        m_planner = std::move(*planner);
        progress.phase("stage");
        m_progress = &progress;
        m_stop = stop;

        const int threads = m_spec.threads > 0 ? m_spec.threads : tbb::task_arena::automatic;
        tbb::task_arena arena(threads);
        arena.execute([&] { runPipeline(static_cast<std::size_t>(arena.max_concurrency())); });

        // A cancelled run records what is finished: it is whole, and the next run need not do it again.
        if (!m_failed.load()) {
            flush();
        }
        if (m_failed.load()) {
            return tl::unexpected(m_error);
        }
        if (!stop.stop_requested() && m_spec.shards <= 1) {
            progress.phase("faces");
            if (const auto checked = checkStaged(*m_session, m_spec.asset, stop); !checked) {
                return tl::unexpected(checked.error());
            }
        }
        m_report.cancelled = stop.stop_requested();
        m_report.unchanged = m_unchanged.load();
        if (!m_report.cancelled) {
            if (auto done = tidy(); !done) {
                return tl::unexpected(done.error());
            }
        }
        return m_report;
    }

    void runPipeline(std::size_t threads) {
        const auto plan =
            tbb::make_filter<void, Chunk>(tbb::filter_mode::serial_in_order, [this](tbb::flow_control& flow) {
                if (!m_stop.stop_requested() && !m_failed.load()) {
                    auto next = m_planner->next();
                    if (!next) {
                        fail(next.error());
                    } else if (*next) {
                        return std::make_shared<StagePlanner::Work>(std::move(**next));
                    }
                }
                flow.stop();
                return Chunk();
            });
        const auto work = tbb::make_filter<Chunk, ResultPtr>(
            tbb::filter_mode::parallel, [this](const Chunk& chunk) { return stageChunk(*chunk); });
        const auto record =
            tbb::make_filter<ResultPtr, void>(tbb::filter_mode::serial_out_of_order,
                                              [this](const ResultPtr& result) { take(std::move(*result)); });
        tbb::parallel_pipeline(threads + 2, plan & work & record);
    }

    void fail(const base::Error& error) {
        const std::lock_guard lock(m_errorMutex);
        if (!m_failed.exchange(true)) {
            m_error = error;
        }
    }

    /// Notes what became of one item.
    void conclude(StageItem& item, base::Expected<stage::Staged> staged, Result& out) {
        m_progress->progress(++m_done, m_planner->total());
        if (!staged) {
            if (isFatal(staged.error().code)) {
                fail(staged.error());
                return;
            }
            base::Error error = staged.error();
            error.place.insert(0, "stage.");
            out.problems.push_back({item.plan->asset.id, std::move(error)});
            return;
        }
        model::StagedFile file;
        file.source = item.source.id;
        file.asset = item.plan->asset.id;
        file.path = staged->path;
        file.sha256 = staged->sha256;
        file.size = staged->size;
        file.plan = item.planDigest;
        file.stagedAt = base::nowMs();
        file.residuals = std::move(staged->residuals);
        file.notes = std::move(staged->notes);
        out.rows.push_back({item.plan, std::move(file), std::move(item.before)});
    }

    ResultPtr stageChunk(StagePlanner::Work& work) {
        auto out = std::make_shared<Result>();
        out->kept = std::move(work.kept);
        out->problems = std::move(work.problems);
        m_unchanged += work.unchanged;
        if (work.unchanged > 0) {
            m_progress->progress(m_done += static_cast<std::uint64_t>(work.unchanged), m_planner->total());
        }
        stage::Batch batch(*m_store);
        auto& items = work.items;
        std::vector<stage::Work> works;
        for (const StageItem& item : items) {
            works.push_back({*item.plan->transform, item.source, *item.plan->search});
        }
        for (std::size_t i = 0; i < items.size() && !m_stop.stop_requested() && !m_failed.load();) {
            for (auto& staged : stage::stageTogether(std::span(works).subspan(i), batch)) {
                conclude(items[i++], std::move(staged), *out);
            }
        }
        // Rows are recorded only for objects that are on the medium; the recorder sees to the folders.
        if (auto done = batch.size() > 0 ? batch.commit(&out->folders) : base::Expected<void>(); !done) {
            fail(done.error());
            out->rows.clear();
        }
        return out;
    }

    /// Serial: called by one worker at a time.
    void take(Result result) {
        std::ranges::move(result.rows, std::back_inserter(m_rows));
        m_folders.merge(result.folders);
        std::ranges::move(result.kept, std::back_inserter(m_kept));
        std::ranges::move(result.problems, std::back_inserter(m_problems));
        if (!m_failed.load() &&
            (m_rows.size() >= kFlushRows || std::chrono::steady_clock::now() - m_lastFlush > kFlushTime)) {
            flush();
        }
    }

    void flush() {
        m_lastFlush = std::chrono::steady_clock::now();
        if (auto synced = stage::syncFolders(std::exchange(m_folders, {})); !synced) {
            fail(synced.error());
            return;
        }
        if (auto done = storeRows(std::exchange(m_rows, {}), std::exchange(m_kept, {}),
                                  std::exchange(m_problems, {}));
            !done) {
            fail(done.error());
        }
    }

    base::Expected<void> storeRows(const std::vector<Staged>& rows,
                                   const std::vector<StagePlanner::Kept>& kept,
                                   const std::vector<StagePlanner::Problem>& problems) {
        if (rows.empty() && kept.empty() && problems.empty()) {
            return {};
        }
        std::map<std::int64_t, std::pair<std::int64_t, std::vector<model::StagedFile>>> byAsset;
        std::int64_t residuals = 0;
        for (const Staged& row : rows) {
            auto& [revision, files] = byAsset[row.file.asset.value];
            revision = row.plan->asset.revision;
            files.push_back(row.file);
            residuals += row.file.residuals.empty() ? 0 : 1;
        }
        {
            auto writing = m_internals.write();
            if (!writing) {
                return tl::unexpected(writing.error());
            }
            for (const auto& [asset, part] : byAsset) {
                if (auto done = (*writing)->staged.upsert(part.second, part.first); !done) {
                    return done;
                }
            }
            for (const StagePlanner::Kept& part : kept) {
                if (auto done = (*writing)->staged.upsert(part.files, part.revision); !done) {
                    return done;
                }
            }
            std::unordered_map<std::int64_t, bool> told;
            for (const StagePlanner::Problem& problem : problems) {
                if (told.emplace(problem.asset.value, true).second) {
                    m_failing.insert(problem.asset.value);
                    if (auto done = (*writing)->assets.setProblem(problem.asset, store::ProblemOrigin::Stage,
                                                                  problem.error);
                        !done) {
                        return done;
                    }
                }
            }
            const auto details = audit::Details()
                                     .count("files", static_cast<std::int64_t>(rows.size()))
                                     .count("residual-files", residuals)
                                     .count("problems", static_cast<std::int64_t>(problems.size()));
            if (auto logged = m_internals.log(*writing, m_spec.by, "stage.files", details); !logged) {
                return logged;
            }
            if (auto done = writing->commit(); !done) {
                return done;
            }
        }
        m_report.done += static_cast<std::int64_t>(rows.size());
        m_report.residuals += residuals;
        m_report.problems += static_cast<std::int64_t>(problems.size());
        m_internals.notify({Change::Kind::Staged, {}});
        return removeReplaced(rows);
    }

    /// Objects that a newer one took the place of: they show what was decided to go.
    base::Expected<void> removeReplaced(const std::vector<Staged>& rows) {
        auto reading = m_internals.read();
        if (!reading) {
            return tl::unexpected(reading.error());
        }
        for (const Staged& row : rows) {
            if (row.before.empty() || row.before == row.file.path) {
                continue;
            }
            const auto used = (*reading)->staged.uses(row.before.string());
            if (!used) {
                return tl::unexpected(used.error());
            }
            if (!*used) {
                if (auto done = m_store->remove(row.before); !done) {
                    return done;
                }
            }
        }
        return {};
    }

    /// After a full run: takes back problems of staging that are solved, and removes objects that a killed
    /// run left.
    base::Expected<void> tidy() {
        if (auto done = m_spec.shards <= 1 ? takeBackSolved() : base::Expected<void>(); !done) {
            return done;
        }
        return m_spec.asset ? base::Expected<void>() : sweep();
    }

    base::Expected<void> takeBackSolved() {
        auto writing = m_internals.write();
        if (!writing) {
            return tl::unexpected(writing.error());
        }
        auto solved = (*writing)->assets.stagedWithProblem();
        if (!solved) {
            return tl::unexpected(solved.error());
        }
        std::erase_if(*solved, [this](base::AssetId asset) {
            return m_failing.contains(asset.value) || (m_spec.asset && asset != *m_spec.asset);
        });
        for (const base::AssetId asset : *solved) {
            if (auto done = (*writing)->assets.setProblem(asset, store::ProblemOrigin::Stage, std::nullopt);
                !done) {
                return done;
            }
        }
        return solved->empty() ? base::Expected<void>() : writing->commit();
    }

    base::Expected<void> sweep() {
        const auto objects = m_store->list();
        auto reading = m_internals.read();
        if (!objects || !reading) {
            return tl::unexpected(objects ? reading.error() : objects.error());
        }
        for (const auto& object : *objects) {
            const auto used = (*reading)->staged.uses(object.string());
            if (!used) {
                return tl::unexpected(used.error());
            }
            if (!*used) {
                if (auto done = m_store->remove(object); !done) {
                    return done;
                }
            }
        }
        return {};
    }

    std::shared_ptr<Session> m_session;
    Session::Internals& m_internals;
    StageSpec m_spec;
    std::optional<stage::ContentStore> m_store;
    std::unique_ptr<StagePlanner> m_planner;
    base::ProgressSink* m_progress = nullptr;
    std::stop_token m_stop;
    std::atomic<std::uint64_t> m_done{0};
    std::atomic<std::int64_t> m_unchanged{0};

    // Of the recorder.
    std::vector<Staged> m_rows;
    std::set<std::filesystem::path> m_folders; ///< of the rows' objects, not yet synced
    std::vector<StagePlanner::Kept> m_kept;
    std::vector<StagePlanner::Problem> m_problems;
    std::unordered_set<std::int64_t> m_failing; ///< assets that could not be staged in this run
    std::chrono::steady_clock::time_point m_lastFlush = std::chrono::steady_clock::now();
    Report m_report;

    std::mutex m_errorMutex;
    std::atomic<bool> m_failed{false};
    base::Error m_error;
};

} // namespace

std::unique_ptr<Job> stageJob(std::shared_ptr<Session> session, StageSpec spec) {
    return std::make_unique<StageJob>(std::move(session), std::move(spec));
}

} // namespace kamei::job
