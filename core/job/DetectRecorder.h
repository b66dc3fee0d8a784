#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/job/SessionInternals.h"

namespace kamei::job {

/// What detection of one asset came to, before it is stored.
struct DetectOutcome {
    base::AssetId asset;
    base::SubjectId subject;
    bool wasStaged = false;
    base::Sha256 with; ///< digest of what the detectors were given beside the sources
    std::vector<model::Finding> findings;
    std::vector<model::KnownIdentifier> known;
    std::optional<std::vector<std::int32_t>> cuts{}; ///< detect::Detection::cuts
    std::optional<base::Error> problem;
    bool failed = false;     ///< not all of its sources were searched: it is due again
    bool unreadable = false; ///< there is nothing to search; the problem is import's
};

/// Stores outcomes, many in one transaction: enough that a commit is worth its sync, few enough that a cancel
/// loses nothing worth noticing. Thread-safe.
class DetectRecorder {
public:
    DetectRecorder(Session::Internals& internals, std::string by)
        : m_internals(internals), m_by(std::move(by)) {}

    [[nodiscard]] base::Expected<void> add(DetectOutcome outcome);
    [[nodiscard]] base::Expected<void> flush();
    /// What comes now was examined before: it is not counted again.
    void nextPass() { m_again = true; }

    [[nodiscard]] std::int64_t done() const { return m_done; }
    [[nodiscard]] std::int64_t problems() const { return static_cast<std::int64_t>(m_problems.size()); }

private:
    [[nodiscard]] base::Expected<void> flushLocked();
    [[nodiscard]] base::Expected<void> storeAll();
    [[nodiscard]] base::Expected<void> storeOne(store::Writing& writing, DetectOutcome& outcome,
                                                std::int64_t& added);

    Session::Internals& m_internals;
    std::string m_by;
    std::mutex m_mutex;
    std::vector<DetectOutcome> m_waiting;
    std::size_t m_waitingFindings = 0;
    std::chrono::steady_clock::time_point m_lastFlush = std::chrono::steady_clock::now();
    bool m_again = false;
    std::int64_t m_done = 0;
    std::set<std::int64_t> m_problems; ///< assets
};

} // namespace kamei::job
