#include "app/cli/Running.h"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <pthread.h>
#include <string_view>
#include <unistd.h>

#include "app/cli/Output.h"

namespace kamei::app::cli {
namespace {

sigset_t stopSignals() {
    sigset_t set{};
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    return set;
}

constexpr std::chrono::milliseconds kTerminalPause{100};
constexpr std::chrono::seconds kPlainPause{10};
constexpr std::uint64_t kBarCells = 30;

std::string_view phaseName(std::string_view word) {
    if (word == "scan") {
        return say("Looking for files", "ファイルを探しています");
    }
    if (word == "read") {
        return say("Reading", "読み取っています");
    }
    if (word == "detect") {
        return say("Finding candidates", "候補を探しています");
    }
    if (word == "stage") {
        return say("Processing", "加工しています");
    }
    if (word == "faces") {
        return say("Checking faces", "顔貌を検査しています");
    }
    if (word == "search") {
        return say("Searching what was processed", "残存検査をしています");
    }
    if (word == "copy") {
        return say("Copying", "コピーしています");
    }
    if (word == "verify") {
        return say("Comparing", "照合しています");
    }
    return word;
}

std::string minutes(std::int64_t seconds) {
    std::string text = std::to_string(seconds % 60);
    if (text.size() < 2) {
        text.insert(text.begin(), '0');
    }
    return std::to_string(seconds / 60) + ':' + text;
}

} // namespace

Interrupt::Interrupt() {
    const sigset_t set = stopSignals();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    m_listener = std::thread([this, set] {
        for (;;) {
            int number = 0;
            if (sigwait(&set, &number) != 0 || m_closing.load()) {
                return;
            }
            if (m_stop.stop_requested()) {
                std::_Exit(static_cast<int>(Exit::Open));
            }
            m_stop.request_stop();
        }
    });
}

Interrupt::~Interrupt() {
    m_closing = true;
    pthread_kill(m_listener.native_handle(), SIGTERM);
    m_listener.join();
}

ProgressLine::ProgressLine() : m_terminal(::isatty(STDERR_FILENO) != 0), m_phaseStart(Clock::now()) {}

ProgressLine::~ProgressLine() {
    const std::lock_guard lock(m_mutex);
    if (!m_phase.empty()) {
        show(true);
    }
}

void ProgressLine::phase(std::string_view word) {
    const std::lock_guard lock(m_mutex);
    if (m_phase == word) {
        return;
    }
    if (!m_phase.empty()) {
        show(true);
    }
    m_phase = word;
    m_done = m_total = 0;
    m_phaseStart = Clock::now();
    show(false);
}

void ProgressLine::progress(std::uint64_t done, std::uint64_t total) {
    const std::int64_t now = Clock::now().time_since_epoch().count();
    std::int64_t next = m_nextShow.load(std::memory_order_relaxed);
    const bool due = now >= next;
    if (!due && done != total) {
        return;
    }
    const std::lock_guard lock(m_mutex);
    // Parallel workers may report out of order.
    m_done = std::max(m_done, done);
    m_total = total;
    if (due) {
        show(false);
    }
}

void ProgressLine::show(bool finished) {
    const auto pause = m_terminal ? Clock::duration(kTerminalPause) : Clock::duration(kPlainPause);
    m_nextShow = (Clock::now() + pause).time_since_epoch().count();
    std::string line(phaseName(m_phase));
    if (m_total > 0) {
        if (m_terminal) {
            const std::uint64_t filled = kBarCells * std::min(m_done, m_total) / m_total;
            line += " [" + std::string(filled, '#') + std::string(kBarCells - filled, '.') + ']';
        }
        line += ' ' + std::to_string(m_done) + '/' + std::to_string(m_total);
        const double spent = std::chrono::duration<double>(Clock::now() - m_phaseStart).count();
        if (!finished && m_done > 0 && spent > 2.0) {
            const double left = spent * static_cast<double>(m_total - std::min(m_done, m_total)) /
                                static_cast<double>(m_done);
            line += ' ' + std::string(say("left ", "残り ")) + minutes(static_cast<std::int64_t>(left));
        }
    } else if (m_done > 0) {
        line += ' ' + std::to_string(m_done);
    }
    if (m_terminal) {
        line = "\r" + line + "\x1b[K" + (finished ? "\n" : "");
    } else {
        if (finished && m_total == 0 && m_done == 0) {
            return;
        }
        line += '\n';
    }
    std::fwrite(line.data(), 1, line.size(), stderr);
}

} // namespace kamei::app::cli
