// bench_text [NOTES.jsonl...]: MB of UTF-8 text that one core reads in a second of its time, best of several
// rounds, with word lists, dictionary and model loaded before. Notes are lines as detect-text takes them;
// without a file those of tests/data/text. packaging/generators/training_text.py makes many that differ.

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <functional>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/detect/japanese/Normalise.h"
#include "core/detect/text/JsonLines.h"
#include "core/detect/text/words/Morphemes.h"

using namespace kamei;

namespace {

constexpr int kRounds = 9;

struct Note {
    std::string line;
    std::string text;
    std::u32string plain;
};

std::vector<Note> notesOf(const std::vector<std::string>& files) {
    std::vector<Note> out;
    for (const std::string& file : files) {
        std::ifstream in(file);
        for (std::string line; std::getline(in, line);) {
            auto note = nlohmann::json::parse(line, nullptr, false);
            if (note.is_object() && note.contains("text")) {
                const std::string text = note["text"];
                note.erase("spans"); // the answers of annotated notes are not asked with them
                out.push_back({note.dump(), text, detect::japanese::normalise(text).text});
            }
        }
    }
    return out;
}

// The CPU time of this process, user and system; nothing here has a second thread.
double cpuSeconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

void measure(const char* what, const std::vector<Note>& notes,
             const std::function<std::size_t(const Note&)>& read) {
    double bytes = 0;
    for (const Note& note : notes) {
        bytes += static_cast<double>(note.text.size());
    }
    double best = std::numeric_limits<double>::max();
    std::size_t answers = 0;
    for (int round = 0; round < kRounds; ++round) {
        const double begin = cpuSeconds();
        answers = 0;
        for (const Note& note : notes) {
            answers += read(note);
        }
        best = std::min(best, cpuSeconds() - begin);
    }
    std::printf("%s\t%zu notes\t%.2f MB\t%zu found\t%.3f CPU s\t%.2f MB/s\n", what, notes.size(), bytes / 1e6,
                answers, best, bytes / 1e6 / best);
    std::fflush(stdout);
}

} // namespace

int main(int argc, char** argv) {
    std::vector<std::string> files(argv + 1, argv + argc);
    if (files.empty()) {
        for (const char* name : {"heldout", "voices", "scenes", "quiet"}) {
            files.push_back(std::string(KAMEI_TEST_DATA "/text/") + name + ".jsonl");
        }
    }
    const std::vector<Note> notes = notesOf(files);
    const auto detector = detect::text::TextDetector::shared();
    const auto analyser = detect::text::words::Analyser::load();
    if (notes.empty() || !detector || !analyser) {
        std::fprintf(stderr, "no notes, or no dictionary\n");
        return 1;
    }
    measure("detect-text", notes,
            [&](const Note& note) { return detect::text::detectJsonLine(note.line, **detector)->size(); });
    measure("words by MeCab", notes,
            [&](const Note& note) { return (*analyser)->analyse(note.plain).size(); });
    return 0;
}
