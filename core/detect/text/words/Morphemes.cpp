#include "core/detect/text/words/Morphemes.h"

#include <cstdlib>
#include <filesystem>
#include <string>

#include "core/detect/japanese/Normalise.h"
#include "core/detect/text/words/Lattice.h"

namespace kamei::detect::text::words {
namespace {

namespace fs = std::filesystem;

// Numbers of pos-id.def in the IPA dictionary 2.7.0.
Pos posOf(unsigned id) {
    switch (id) {
    case 36:
        return Pos::ActionNoun;
    case 41:
        return Pos::ProperNoun;
    case 42:
        return Pos::Person;
    case 43:
        return Pos::Surname;
    case 44:
        return Pos::Given;
    case 45:
        return Pos::Organisation;
    case 46:
    case 47:
        return Pos::Place;
    case 48:
        return Pos::Number;
    case 50:
    case 51:
    case 52:
    case 54:
    case 57:
    case 58:
        return Pos::Suffix;
    case 53:
        return Pos::Counter;
    case 55:
        return Pos::PersonSuffix;
    case 56:
        return Pos::PlaceSuffix;
    case 66:
    case 67:
        return Pos::Adverbial;
    case 25:
        return Pos::Auxiliary;
    default:
        break;
    }
    return id >= 3 && id <= 9     ? Pos::Symbol
           : id >= 10 && id <= 12 ? Pos::Adjective
           : id >= 13 && id <= 24 ? Pos::Particle
           : id >= 27 && id <= 30 ? Pos::Prefix
           : id >= 31 && id <= 33 ? Pos::Verb
           : id >= 37 && id <= 65 ? Pos::Noun
                                  : Pos::Other;
}

bool endsSentence(char32_t c) {
    return c == U'\n' || c == U'。' || c == U'\r';
}

} // namespace

std::string Analyser::folder() {
    std::vector<std::string> places;
    if (const char* chosen = std::getenv("KAMEI_MECAB_DICTIONARY"); chosen != nullptr && *chosen != '\0') {
        places.emplace_back(chosen);
    }
    places.insert(places.end(), {"/var/lib/mecab/dic/ipadic-utf8", "/usr/lib64/mecab/dic/ipadic",
                                 "/usr/lib/x86_64-linux-gnu/mecab/dic/ipadic", "/usr/lib/mecab/dic/ipadic",
                                 "/usr/local/lib/mecab/dic/ipadic"});
    for (const std::string& place : places) {
        std::error_code error;
        if (fs::exists(fs::path(place) / "sys.dic", error)) {
            return place;
        }
    }
    return {};
}

struct Analyser::State {
    Dictionary dictionary;
};

Analyser::Analyser() : m_state(std::make_unique<State>()) {}
Analyser::~Analyser() = default;

base::Expected<std::unique_ptr<const Analyser>> Analyser::load() {
    const std::string found = folder();
    if (found.empty()) {
        return base::fail(base::ErrorCode::NotFound, "detect.text.mecab", {"ipadic"});
    }
    auto dictionary = Dictionary::load(found);
    if (!dictionary) {
        return base::fail(base::ErrorCode::NotReadable, "detect.text.mecab", {"ipadic"});
    }
    std::unique_ptr<Analyser> out(new Analyser());
    out->m_state->dictionary = std::move(*dictionary);
    return std::unique_ptr<const Analyser>(std::move(out));
}

std::vector<Morpheme> Analyser::analyse(std::u32string_view text) const {
    std::vector<Morpheme> out;
    out.reserve(text.size() / 2 + 4);
    // A lattice keeps its memory from sentence to sentence; it belongs to no dictionary.
    thread_local Lattice lattice;
    for (std::size_t start = 0; start < text.size();) {
        std::size_t end = start;
        while (end < text.size() && end - start < Lattice::kLongest) {
            if (endsSentence(text[end++])) {
                break;
            }
        }
        const std::u32string_view sentence = text.substr(start, end - start);
        const auto first = static_cast<std::uint32_t>(start);
        start = end;
        if (sentence.size() == 1 && (sentence.front() == 0 || japanese::isSpace(sentence.front()))) {
            continue; // the line end behind a full stop holds no word
        }
        for (const Lattice::Word& word : lattice.split(m_state->dictionary, sentence)) {
            out.push_back({first + word.start, first + word.end, posOf(word.pos), word.unknown});
        }
    }
    return out;
}

} // namespace kamei::detect::text::words
