#include "ui/screens/release/VerifyJob.h"

#include "core/release/ReleaseWriter.h"

namespace kamei::ui::screens {

base::Expected<job::Report> VerifyJob::run(std::stop_token stop, base::ProgressSink& progress) {
    const auto verified = release::verifyRelease(m_folder, stop, progress);
    if (!verified) {
        return tl::unexpected(verified.error());
    }
    job::Report report;
    report.cancelled = verified->cancelled;
    report.done = verified->files;
    report.problems = static_cast<std::int64_t>(verified->differences.size());
    return report;
}

} // namespace kamei::ui::screens
