#include <CLI/CLI.hpp>
#include <atomic>
#include <iostream>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>

#include "app/cli/Commands.h"
#include "core/detect/text/JsonLines.h"
#include "core/detect/text/TextDetector.h"

namespace kamei::app::cli {
namespace {

using detect::text::TextDetector;

/// Lines that are worked on together: enough for all cores, few enough to answer early.
constexpr std::size_t kBatch = 512;

/// The answer to a line; one that cannot be read is answered too, so that lines stay in step.
std::string answerTo(const TextDetector& detector, const std::string& line, bool& failed) {
    auto answer = detect::text::detectJsonLine(line, detector);
    if (answer) {
        return std::move(*answer);
    }
    failed = true;
    return Json{{"id", nullptr}, {"error", base::errorWord(answer.error().code)}}.dump();
}

Exit runDetectText(int threads) {
    const auto detector = TextDetector::shared();
    if (!detector) {
        return report(detector.error());
    }
    std::optional<tbb::global_control> limit;
    if (threads > 0) {
        limit.emplace(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads));
    }
    std::ios::sync_with_stdio(false);
    std::vector<std::string> lines;
    std::vector<std::string> answers;
    std::atomic<bool> anyFailed{false};
    const auto flush = [&] {
        answers.assign(lines.size(), {});
        tbb::parallel_for(std::size_t{0}, lines.size(), [&](std::size_t i) {
            bool failed = false;
            answers[i] = answerTo(**detector, lines[i], failed);
            if (failed) {
                anyFailed = true;
            }
        });
        for (std::string& answer : answers) {
            answer += '\n';
            std::fwrite(answer.data(), 1, answer.size(), stdout);
        }
        std::fflush(stdout);
        lines.clear();
    };
    std::string line;
    while (std::getline(std::cin, line)) {
        if (line.find_first_not_of(" \t\r") == std::string::npos) {
            continue;
        }
        lines.push_back(std::move(line));
        // What waits is answered as soon as no more input is at hand, so that a pipe can be talked with.
        if (lines.size() >= kBatch || std::cin.rdbuf()->in_avail() <= 0) {
            flush();
        }
    }
    flush();
    return anyFailed ? Exit::Unreadable : Exit::Done;
}

} // namespace

void addTextCommand(CLI::App& app, Chosen& chosen) {
    auto threads = std::make_shared<int>(0);
    CLI::App* made = app.add_subcommand(
        "detect-text",
        R"(find identifiers in text, without a workspace: {"id","text","known"?} a line on stdin)");
    made->add_option("--jobs", *threads, "threads; 0: as many as there are cores")
        ->check(CLI::Range(0, 1024));
    made->callback([&chosen, threads] { chosen = [threads] { return runDetectText(*threads); }; });
}

} // namespace kamei::app::cli
