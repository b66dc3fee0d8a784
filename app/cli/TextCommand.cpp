#include <CLI/CLI.hpp>
#include <iostream>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>

#include "app/cli/Commands.h"
#include "app/cli/Running.h"
#include "core/detect/text/TextDetector.h"

namespace kamei::app::cli {
namespace {

using detect::text::TextDetector;
using model::KnownIdentifier;

/// Lines that are worked on together: enough for all cores, few enough to answer early.
constexpr std::size_t kBatch = 512;

struct Key {
    std::string_view name; ///< in the "known" of a line
    std::string_view kind; ///< of model::KnownIdentifier
};
constexpr std::array kKeys{
    Key{"patient_name", "patient-name"},
    Key{"patient_kana", "patient-name"},
    Key{"patient_romaji", "patient-name"},
    Key{"chart_no", "patient-id"},
    Key{"birth_date", "birth-date"},
    Key{"address", "address"},
    Key{"phone", "phone"},
    Key{"clinicians", "clinician"},
    Key{"facilities", "facility"},
};

void add(std::vector<KnownIdentifier>& out, std::string_view kind, const Json& value) {
    if (!value.is_string() || value.get_ref<const std::string&>().empty()) {
        return;
    }
    KnownIdentifier known;
    known.kind = kind;
    known.value = value.get<std::string>();
    if (kind == "birth-date") {
        // Headers write YYYYMMDD; a line may write YYYY-MM-DD.
        std::erase(known.value, '-');
    }
    out.push_back(std::move(known));
}

std::vector<KnownIdentifier> knownOf(const Json& line) {
    std::vector<KnownIdentifier> out;
    const auto known = line.find("known");
    if (known == line.end() || !known->is_object()) {
        return out;
    }
    for (const Key& key : kKeys) {
        const auto value = known->find(key.name);
        if (value == known->end()) {
            continue;
        }
        if (!value->is_array()) {
            add(out, key.kind, *value);
            continue;
        }
        for (const Json& one : *value) {
            add(out, key.kind, one);
        }
    }
    return out;
}

Json detectLine(const TextDetector& detector, const std::string& text, bool& failed) {
    const Json line = Json::parse(text, nullptr, false);
    Json out{{"id", nullptr}};
    if (line.is_object() && line.contains("id")) {
        out["id"] = line["id"];
    }
    if (!line.is_object() || !line.contains("text") || !line["text"].is_string()) {
        failed = true;
        out["error"] = base::errorWord(base::ErrorCode::Malformed);
        return out;
    }
    out["spans"] = Json::array();
    for (const auto& span : detector.detect(line["text"].get_ref<const std::string&>(), knownOf(line))) {
        out["spans"].push_back({{"start", span.start},
                                {"end", span.end},
                                {"label", detect::text::labelWord(span.label)},
                                {"confidence", span.confidence}});
    }
    return out;
}

Exit runDetectText(int threads) {
    const auto detector = TextDetector::shared();
    if (!detector) {
        return report(detector.error());
    }
    const Interrupt interrupt;
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
            answers[i] =
                detectLine(**detector, lines[i], failed).dump(-1, ' ', false, Json::error_handler_t::replace);
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
    while (!interrupt.token().stop_requested() && std::getline(std::cin, line)) {
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
    if (interrupt.token().stop_requested()) {
        return report({base::ErrorCode::Cancelled, {}, {}});
    }
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
