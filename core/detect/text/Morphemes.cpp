#include "core/detect/text/Morphemes.h"

#include <array>
#include <cstdlib>
#include <filesystem>
#include <mecab.h>
#include <string>

#include "core/detect/japanese/Normalise.h"

namespace kamei::detect::text {
namespace {

namespace fs = std::filesystem;

// MeCab's lattice grows with the square of nothing but memory: it is fed in sentences.
constexpr std::size_t kLongestSentence = 1000;

std::string findDictionary() {
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

struct Analyser::State {
    std::unique_ptr<MeCab::Model> model;
    std::unique_ptr<MeCab::Tagger> tagger; ///< parse with a lattice is const
};

Analyser::Analyser() : m_state(std::make_unique<State>()) {}
Analyser::~Analyser() = default;

base::Expected<std::unique_ptr<const Analyser>> Analyser::load() {
    const std::string dictionary = findDictionary();
    if (dictionary.empty()) {
        return base::fail(base::ErrorCode::NotFound, "detect.text.mecab", {"ipadic"});
    }
    std::unique_ptr<Analyser> out(new Analyser());
    const std::string options = "-r /dev/null -d " + dictionary;
    out->m_state->model.reset(MeCab::Model::create(options.c_str()));
    if (out->m_state->model == nullptr) {
        return base::fail(base::ErrorCode::NotReadable, "detect.text.mecab", {"ipadic"});
    }
    out->m_state->tagger.reset(out->m_state->model->createTagger());
    if (out->m_state->tagger == nullptr) {
        return base::fail(base::ErrorCode::Internal, "detect.text.mecab", {"tagger"});
    }
    return std::unique_ptr<const Analyser>(std::move(out));
}

std::vector<Morpheme> Analyser::analyse(std::u32string_view text) const {
    std::vector<Morpheme> out;
    out.reserve(text.size() / 2 + 4);
    // A lattice keeps its memory from sentence to sentence; it belongs to no model.
    thread_local const std::unique_ptr<MeCab::Lattice> lattice(MeCab::createLattice());
    std::array<char, 4 * kLongestSentence> sentence; // NOLINT: filled as far as it is read
    for (std::size_t start = 0; start < text.size();) {
        const std::size_t first = start;
        std::size_t end = start;
        std::size_t length = 0;
        while (end < text.size() && end - start < kLongestSentence) {
            const char32_t c = text[end++];
            length += japanese::putUtf8(sentence.data() + length, c == 0 ? U' ' : c);
            if (endsSentence(c)) {
                break;
            }
        }
        start = end;
        if (length == 1 && japanese::isSpace(static_cast<unsigned char>(sentence[0]))) {
            continue; // the line end behind a full stop holds no word
        }
        lattice->set_sentence(sentence.data(), length);
        if (m_state->tagger->parse(lattice.get())) {
            // Words come in order: code points are counted on from word to word.
            const char* at = lattice->sentence();
            auto place = static_cast<std::uint32_t>(first);
            const auto countTo = [&at, &place](const char* to) {
                for (; at != to; ++at) {
                    place += (static_cast<unsigned char>(*at) & 0xC0U) != 0x80U ? 1U : 0U;
                }
                return place;
            };
            for (const MeCab::Node* node = lattice->bos_node()->next;
                 node != nullptr && node->next != nullptr; node = node->next) {
                const std::uint32_t begin = countTo(node->surface);
                const std::uint32_t behind = countTo(node->surface + node->length);
                out.push_back({begin, behind, posOf(node->posid), node->stat == MECAB_UNK_NODE});
            }
        }
        lattice->clear();
    }
    return out;
}

} // namespace kamei::detect::text
