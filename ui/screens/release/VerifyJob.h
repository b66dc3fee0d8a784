#pragma once

#include <filesystem>

#include "core/job/Job.h"

namespace kamei::ui::screens {

/// Checks a released folder against its manifest. The report's `done` counts the files, `problems` the
/// differences.
class VerifyJob final : public job::Job {
public:
    explicit VerifyJob(std::filesystem::path folder) : m_folder(std::move(folder)) {}
    [[nodiscard]] std::string_view word() const override { return "verify"; }
    [[nodiscard]] base::Expected<job::Report> run(std::stop_token stop,
                                                  base::ProgressSink& progress) override;

private:
    std::filesystem::path m_folder;
};

} // namespace kamei::ui::screens
