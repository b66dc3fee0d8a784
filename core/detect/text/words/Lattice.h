#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/detect/text/words/Dictionary.h"

namespace kamei::detect::text::words {

/// Splits sentences into the words that MeCab 0.996 finds with the same dictionary: the cheapest way through
/// all words that stand in it, of equal ones the same. Keeps its memory from sentence to sentence; for one
/// thread.
class Lattice {
public:
    struct Word {
        std::uint16_t start = 0; ///< characters start..end of the sentence
        std::uint16_t end = 0;
        std::uint16_t pos = 0; ///< number of pos-id.def
        bool unknown = false;  ///< not in the dictionary
    };
    /// Of a longer sentence no more is read.
    static constexpr std::size_t kLongest = 1000;
    /// Valid until the next call.
    [[nodiscard]] const std::vector<Word>& split(const Dictionary& dictionary, std::u32string_view sentence);

private:
    static constexpr std::uint32_t kNobody = ~0U;
    /// A word that may stand in the sentence. Those that end at one place are a list, the last found first.
    struct Node {
        Word word;
        std::uint16_t right = 0;
        std::int32_t cost = 0; ///< of the cheapest way up to its end
        std::uint32_t before = kNobody;
        std::uint32_t besides = kNobody; ///< the next that ends here
    };
    /// Words of the dictionary that begin at one place are a list, too.
    struct Match {
        std::span<const DictionaryWord> words;
        std::uint16_t end = 0;
        std::uint32_t besides = 0; ///< the next, 0 behind the last
    };
    struct Place {
        CharacterKind kind;
        std::uint16_t byte = 0; ///< where its character begins
        std::uint32_t firstMatch = 0;
        std::uint32_t lastMatch = 0;
        std::uint32_t ending = kNobody; ///< the last node found that ends before it
    };
    struct Search {
        Dictionary::State state = 0;
        std::uint16_t start = 0; ///< character
        std::uint16_t at = 0;    ///< the next character
        std::uint16_t byte = 0;  ///< the next byte
    };
    struct Ending {
        std::uint16_t right = 0;
        std::int32_t cost = 0;
        std::uint32_t node = kNobody;
    };
    struct Fresh {
        const DictionaryWord* word = nullptr;
        std::uint16_t end = 0;
        bool unknown = false;
    };

    void spell(const Dictionary& dictionary, std::u32string_view sentence);
    void lookUp(const Dictionary& dictionary, std::u32string_view sentence);
    void begin(const Dictionary& dictionary, std::size_t start);
    void addUnknown(const Dictionary& dictionary, std::size_t start);
    void connect(const Dictionary& dictionary, std::size_t place, std::size_t start);

    std::vector<unsigned char> m_bytes; ///< the sentence in UTF-8
    std::vector<Place> m_places;        ///< its characters, and its end
    std::vector<Search> m_searches;
    std::vector<Match> m_matches;
    std::vector<Fresh> m_fresh;    ///< words that begin at a place, in MeCab's order
    std::vector<Ending> m_endings; ///< words that end where others begin
    std::vector<Node> m_nodes;
    std::vector<Word> m_words;
};

} // namespace kamei::detect::text::words
