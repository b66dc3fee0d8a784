#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

#include "core/base/Progress.h"

namespace kamei::app::cli {

/// Turns SIGINT and SIGTERM into a stop request while it lives: the first stops cleanly, a second
/// one ends the program at once (nothing partial stays then either, the next run resumes). Must be made
/// before any other thread, because the signals are blocked in all of them.
class Interrupt {
public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;
    [[nodiscard]] std::stop_token token() const { return m_stop.get_token(); }

private:
    std::stop_source m_stop;
    std::atomic<bool> m_closing{false};
    std::thread m_listener;
};

/// Progress on stderr: a bar on a terminal, otherwise a plain line at each phase and every ten seconds.
class ProgressLine final : public base::ProgressSink {
public:
    ProgressLine();
    ~ProgressLine() override;
    void progress(std::uint64_t done, std::uint64_t total) override;
    void phase(std::string_view word) override;

private:
    using Clock = std::chrono::steady_clock;
    void show(bool finished);

    std::mutex m_mutex;
    bool m_terminal = false;
    bool m_shown = false;
    std::string m_phase;
    std::uint64_t m_done = 0;
    std::uint64_t m_total = 0;
    std::atomic<std::int64_t> m_nextShow{0};
    Clock::time_point m_phaseStart;
};

} // namespace kamei::app::cli
