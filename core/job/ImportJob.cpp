#include "core/job/Job.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <new>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include "core/intake/Walk.h"
#include "core/job/ImportReader.h"
#include "core/job/ImportWriter.h"

namespace kamei::job {
namespace {

/// Files that one worker reads before it hands them on, and files that are recorded in one transaction.
constexpr std::size_t kRead = 16;
constexpr std::size_t kRecord = 512;
constexpr std::chrono::seconds kRecordTime{3};
constexpr std::size_t kScanStep = 1000;

class ImportJob final : public Job {
public:
    ImportJob(std::shared_ptr<Session> session, ImportSpec spec)
        : m_session(std::move(session)), m_internals(m_session->internals()), m_spec(std::move(spec)) {}

    [[nodiscard]] std::string_view word() const override { return "import"; }

    [[nodiscard]] base::Expected<Report> run(std::stop_token stop, base::ProgressSink& progress) override {
        try {
            return runGuarded(stop, progress);
        } catch (const std::bad_alloc&) {
            return base::fail(base::ErrorCode::OutOfMemory, "job.import");
        }
    }

private:
    using FilesPtr = std::shared_ptr<std::vector<ImportedFile>>;
    using Range = std::pair<std::size_t, std::size_t>;

    base::Expected<Report> runGuarded(const std::stop_token& stop, base::ProgressSink& progress) {
        auto writer = ImportWriter::create(m_internals, m_spec.by);
        if (!writer) {
            return tl::unexpected(writer.error());
        }
        m_writer = std::make_unique<ImportWriter>(std::move(*writer));
        m_stop = stop;
        m_progress = &progress;
        progress.phase("scan");
        scan();
        progress.phase("read");
        progress.progress(0, m_found.size());
        const int threads = m_spec.threads > 0 ? m_spec.threads : tbb::task_arena::automatic;
        tbb::task_arena arena(threads);
        arena.execute([&] { runPipeline(static_cast<std::size_t>(arena.max_concurrency())); });
        if (!m_failed) {
            record(true);
        }
        if (!m_failed && !stop.stop_requested()) {
            if (auto done = m_writer->finish(); !done) {
                m_failed = done.error();
            }
        }
        if (m_failed) {
            return tl::unexpected(*m_failed);
        }
        Report out;
        out.cancelled = stop.stop_requested();
        out.done = m_writer->added();
        out.unchanged = m_writer->unchanged();
        out.problems = m_writer->problems();
        return out;
    }

    /// Lists all files first, so that progress has an end. The workspace itself is no source.
    void scan() {
        std::error_code error;
        std::vector<std::filesystem::path> roots = m_spec.paths;
        for (std::filesystem::path& root : roots) {
            // A DICOMDIR stands at the root of the file-set that it lists (PS3.10 8.6).
            if (root.filename() == "DICOMDIR" && !std::filesystem::is_directory(root, error)) {
                root = root.parent_path();
            }
        }
        const std::string own = (std::filesystem::weakly_canonical(m_session->folder(), error) / "").string();
        intake::walk(
            roots,
            [&](intake::Found found) {
                if (!found.location.path.string().starts_with(own)) {
                    m_found.push_back(std::move(found));
                }
                if (m_found.size() % kScanStep == 0) {
                    m_progress->progress(m_found.size(), 0);
                }
            },
            m_stop);
    }

    std::vector<ImportedFile> readFound(const intake::Found& found) const {
        if (!found.problem) {
            return readForImport(found.location.path, m_stop);
        }
        ImportedFile file;
        file.path = found.location.path;
        file.problem = found.problem;
        return {std::move(file)};
    }

    void runPipeline(std::size_t threads) {
        const auto next =
            tbb::make_filter<void, Range>(tbb::filter_mode::serial_in_order, [this](tbb::flow_control& flow) {
                if (m_next >= m_found.size() || m_stop.stop_requested() || m_ended.load()) {
                    flow.stop();
                    return Range();
                }
                const std::size_t first = m_next;
                m_next = std::min(first + kRead, m_found.size());
                return Range(first, m_next);
            });
        const auto read =
            tbb::make_filter<Range, FilesPtr>(tbb::filter_mode::parallel, [this](const Range& range) {
                auto out = std::make_shared<std::vector<ImportedFile>>();
                for (std::size_t i = range.first; i < range.second && !m_stop.stop_requested(); ++i) {
                    std::ranges::move(readFound(m_found[i]), std::back_inserter(*out));
                    m_progress->progress(++m_read, m_found.size());
                }
                return out;
            });
        const auto store = tbb::make_filter<FilesPtr, void>(
            tbb::filter_mode::serial_in_order, [this](const FilesPtr& files) {
                std::ranges::move(*files, std::back_inserter(m_waiting));
                record(false);
            });
        tbb::parallel_pipeline(threads + 2, next & read & store);
    }

    /// Stores what waits, once it is worth a transaction. Serial.
    void record(bool now) {
        if (m_ended.load() || m_waiting.empty() ||
            (!now && m_waiting.size() < kRecord &&
             std::chrono::steady_clock::now() - m_lastRecord < kRecordTime)) {
            return;
        }
        if (auto done = m_writer->write(m_waiting); !done) {
            m_failed = done.error();
            m_ended = true;
        }
        m_waiting.clear();
        m_lastRecord = std::chrono::steady_clock::now();
    }

    std::shared_ptr<Session> m_session;
    Session::Internals& m_internals;
    ImportSpec m_spec;
    std::unique_ptr<ImportWriter> m_writer;
    base::ProgressSink* m_progress = nullptr;
    std::stop_token m_stop;
    std::vector<intake::Found> m_found;
    std::size_t m_next = 0;
    std::atomic<std::uint64_t> m_read{0};

    // Of the recorder.
    std::vector<ImportedFile> m_waiting;
    std::chrono::steady_clock::time_point m_lastRecord = std::chrono::steady_clock::now();
    std::optional<base::Error> m_failed;
    std::atomic<bool> m_ended{false};
};

} // namespace

std::unique_ptr<Job> importJob(std::shared_ptr<Session> session, ImportSpec spec) {
    return std::make_unique<ImportJob>(std::move(session), std::move(spec));
}

} // namespace kamei::job
