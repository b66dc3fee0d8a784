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
    using Files = std::vector<ImportedFile>;
    using FilesPtr = std::shared_ptr<Files>;
    using Range = std::pair<std::size_t, std::size_t>;
};

} // namespace
} // namespace kamei::job
