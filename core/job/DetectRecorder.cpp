#include "core/job/DetectRecorder.h"

#include <utility>

namespace kamei::job {
namespace {

constexpr std::size_t kMostAssets = 64;
constexpr std::size_t kMostFindings = 5000;
constexpr std::chrono::seconds kMostTime{2};

} // namespace

base::Expected<void> DetectRecorder::add(DetectOutcome outcome) {
    const std::lock_guard lock(m_mutex);
    m_waitingFindings += outcome.findings.size();
    if (outcome.problem) {
        m_problems.insert(outcome.asset.value);
    }
    m_done += m_again ? 0 : 1;
    m_waiting.push_back(std::move(outcome));
    const bool due = m_waiting.size() >= kMostAssets || m_waitingFindings >= kMostFindings ||
                     std::chrono::steady_clock::now() - m_lastFlush > kMostTime;
    return due ? flushLocked() : base::Expected<void>();
}

base::Expected<void> DetectRecorder::flush() {
    const std::lock_guard lock(m_mutex);
    return flushLocked();
}

base::Expected<void> DetectRecorder::flushLocked() {
    if (m_waiting.empty()) {
        return {};
    }
    auto stored = storeAll();
    m_waiting.clear();
    m_waitingFindings = 0;
    m_lastFlush = std::chrono::steady_clock::now();
    if (stored) {
        m_internals.notify({Change::Kind::Findings, {}});
    }
    return stored;
}

base::Expected<void> DetectRecorder::storeAll() {
    auto writing = m_internals.write();
    if (!writing) {
        return tl::unexpected(writing.error());
    }
    std::int64_t added = 0;
    std::int64_t problems = 0;
    for (DetectOutcome& outcome : m_waiting) {
        if (auto done = storeOne(*writing, outcome, added); !done) {
            return done;
        }
        problems += outcome.problem ? 1 : 0;
    }
    const auto details = audit::Details()
                             .count("assets", static_cast<std::int64_t>(m_waiting.size()))
                             .count("findings-added", added)
                             .count("problems", problems);
    if (auto logged = m_internals.log(*writing, m_by, "detect.assets", details); !logged) {
        return logged;
    }
    return writing->commit();
}

base::Expected<void> DetectRecorder::storeOne(store::Writing& writing, DetectOutcome& outcome,
                                              std::int64_t& added) {
    if (outcome.unreadable) {
        return {}; // its problem is of intake, and nothing was searched
    }
    if (auto done = writing->assets.setProblem(outcome.asset, store::ProblemOrigin::Detect, outcome.problem);
        !done) {
        return done;
    }
    if (outcome.failed) {
        // What is known of it and was decided stays; it counts as not searched until it was.
        return writing->assets.setUndetected(outcome.asset);
    }
    const auto replaced = writing->findings.replaceDetected(outcome.asset, outcome.findings);
    if (!replaced) {
        return tl::unexpected(replaced.error());
    }
    added += replaced->added;
    if (auto done = writing->known.replaceFrom(outcome.asset, outcome.known); !done) {
        return done;
    }
    if (auto done = writing->cuts.set(outcome.asset, outcome.cuts); !done) {
        return done;
    }
    if (outcome.wasStaged) {
        // More is known than when its staged files were searched: they have to be searched again.
        if (auto done = writing->assets.touch(outcome.asset); !done) {
            return done;
        }
    }
    return writing->assets.setDetected(outcome.asset, outcome.with);
}

} // namespace kamei::job
