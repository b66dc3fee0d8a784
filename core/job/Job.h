#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Error.h"
#include "core/base/Progress.h"
#include "core/base/Redacted.h"
#include "core/job/Session.h"
#include "core/release/Gate.h"

namespace kamei::job {

/// How a job ended. Cancelled is an outcome, not an error: what was finished stays, nothing is partial.
struct Report {
    bool cancelled = false;
    std::int64_t done = 0;      ///< sources (import), assets (detect), files (stage, release)
    std::int64_t unchanged = 0; ///< already known or still valid
    std::int64_t problems = 0;  ///< could not be read or refused; each is a row with a reason
    std::int64_t residuals = 0; ///< stage: files in which the residual search found something
};

/// A long task over a session. One job changes a session at a time; run() is called once, off the GUI thread.
class Job {
public:
    virtual ~Job() = default;
    [[nodiscard]] virtual std::string_view word() const = 0; ///< "import" "detect" "stage" "release" "demo"
    [[nodiscard]] virtual base::Expected<Report> run(std::stop_token stop, base::ProgressSink& progress) = 0;
};

struct ImportSpec {
    std::vector<std::filesystem::path> paths;
    int threads = 0; ///< 0: as many as cores
    std::string by = "cli";
};
struct DetectSpec {
    int threads = 0;
    bool again = false; ///< also assets that are unchanged
    std::string by = "cli";
};
struct StageSpec {
    int threads = 0;
    int shard = 0; ///< 1..shards; 0: everything
    int shards = 0;
    std::optional<base::AssetId> asset; ///< only this one
    std::string by = "cli";
};
/// Whether released DICOM files become a file-set with a DICOMDIR (PS3.10 2024b 8.6).
enum class FileSet : std::uint8_t {
    AsImported, ///< where a DICOMDIR was among the sources
    Yes,
    No,
};

struct ReleaseSpec {
    std::filesystem::path out; ///< must not exist
    std::string by = "cli";
    /// Under which the deleted information is sealed when the sheet keeps it; else not looked at.
    std::optional<base::Redacted> passphrase = std::nullopt;
    FileSet fileSet = FileSet::AsImported;
};

[[nodiscard]] std::unique_ptr<Job> importJob(std::shared_ptr<Session> session, ImportSpec spec);
[[nodiscard]] std::unique_ptr<Job> detectJob(std::shared_ptr<Session> session, DetectSpec spec);
[[nodiscard]] std::unique_ptr<Job> stageJob(std::shared_ptr<Session> session, StageSpec spec);
/// Refused with GateClosed while the gate is closed, and with PassphraseRequired (args: the fewest
/// characters) when the sheet keeps the deleted information and no passphrase of that length is given;
/// WorkspaceExists when `out` or the sealed file is there already. Copies the confirmed bytes, re-reads and
/// compares them, writes manifest, report, terms and notice, seals the deleted information beside the
/// workspace when it is to be kept, and destroys it in the workspace.
[[nodiscard]] std::unique_ptr<Job> releaseJob(std::shared_ptr<Session> session, ReleaseSpec spec);

/// The open points of the gate; empty when it is open. Reads every source's stamp: run off the GUI thread.
[[nodiscard]] base::Expected<std::vector<release::GatePoint>> evaluateGate(Session& session);

} // namespace kamei::job
