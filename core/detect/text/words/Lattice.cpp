#include "core/detect/text/words/Lattice.h"

#include <algorithm>
#include <array>
#include <limits>

#include "core/detect/japanese/Normalise.h"

namespace kamei::detect::text::words {
namespace {

constexpr std::size_t kLongestGroup = 24; // characters behind the first: MeCab's max-grouping-size

} // namespace

// The sentence in bytes, and what is said of its characters.
void Lattice::spell(const Dictionary& dictionary, std::u32string_view sentence) {
    m_bytes.resize(4 * sentence.size() + 1);
    m_places.clear();
    std::size_t length = 0;
    for (const char32_t given : sentence) {
        const char32_t c = given == 0 ? U' ' : given;
        m_places.push_back({dictionary.kindOf(c), static_cast<std::uint16_t>(length), 0, 0, kNobody});
        length += japanese::putUtf8(reinterpret_cast<char*>(m_bytes.data()) + length, c);
    }
    m_bytes[length] = 0;
    m_places.push_back({CharacterKind(), static_cast<std::uint16_t>(length), 0, 0, kNobody});
}

// All words of the dictionary in the sentence. The dictionary is much larger than the processor's cache: the
// searches from all characters go on in turns, so that what one of them asks for comes from memory while the
// others are at work.
void Lattice::lookUp(const Dictionary& dictionary, std::u32string_view sentence) {
    m_matches.assign(1, {}); // the end of every list
    m_searches.clear();
    const std::size_t size = sentence.size();
    for (std::size_t i = 0; i < size; ++i) {
        const auto state = dictionary.behind(sentence[i] == 0 ? U' ' : sentence[i]);
        if (state >= 0) {
            const std::uint16_t byte = m_places[i + 1].byte;
            dictionary.expect(state, m_bytes[byte]);
            m_searches.push_back(
                {state, static_cast<std::uint16_t>(i), static_cast<std::uint16_t>(i + 1), byte});
        }
    }
    while (!m_searches.empty()) {
        std::size_t kept = 0;
        for (std::size_t k = 0; k < m_searches.size(); ++k) {
            Search search = m_searches[k];
            if (m_places[search.at].byte == search.byte) { // no word ends within a character
                if (const auto words = dictionary.words(search.state); !words.empty()) {
                    __builtin_prefetch(words.data());
                    const auto index = static_cast<std::uint32_t>(m_matches.size());
                    Place& place = m_places[search.start];
                    (place.firstMatch == 0 ? place.firstMatch : m_matches[place.lastMatch].besides) = index;
                    place.lastMatch = index;
                    m_matches.push_back({words, search.at, 0});
                }
                if (search.at == size) {
                    continue;
                }
                ++search.at;
            }
            search.state = dictionary.next(search.state, m_bytes[search.byte]);
            if (search.state >= 0) {
                dictionary.expect(search.state, m_bytes[++search.byte]);
                m_searches[kept++] = search;
            }
        }
        m_searches.resize(kept);
    }
}

// What characters from a place on make that stands in no dictionary, as char.def says.
void Lattice::addUnknown(const Dictionary& dictionary, std::size_t start) {
    const CharacterKind kind = m_places[start].kind;
    const std::size_t size = m_places.size() - 1;
    const auto add = [&](std::size_t end) {
        for (const DictionaryWord& word : dictionary.unknown(kind.category())) {
            m_fresh.push_back({&word, static_cast<std::uint16_t>(end), true});
        }
    };
    std::size_t group = 0;
    if (kind.groups()) {
        group = start + 1;
        while (group < size && m_places[group - 1].kind.isLike(m_places[group].kind)) {
            ++group;
        }
        if (group - start - 1 <= kLongestGroup) {
            add(group);
        }
    }
    std::size_t end = start + 1;
    for (std::size_t length = 1; length <= kind.longest() && end != group; ++length, ++end) {
        add(end);
        if (end == size || !kind.isLike(m_places[end].kind)) {
            break;
        }
    }
    if (m_fresh.empty()) {
        add(end);
    }
}

// Words that begin at `start`, behind those that end at `place`, with blanks between: the cheapest way to
// each. Of equal ones the first of the list counts, and lists begin with what was found last.
void Lattice::connect(const Dictionary& dictionary, std::size_t place, std::size_t start) {
    m_endings.clear();
    for (std::uint32_t i = m_places[place].ending; i != kNobody; i = m_nodes[i].besides) {
        m_endings.push_back({m_nodes[i].right, m_nodes[i].cost, i});
    }
    std::uint32_t left = kNobody;
    Ending best;
    for (std::size_t k = m_fresh.size(); k-- > 0;) {
        const DictionaryWord& word = *m_fresh[k].word;
        if (word.left != left) { // words of one spelling are often alike
            left = word.left;
            best.cost = std::numeric_limits<std::int32_t>::max();
            const std::int16_t* const costs = dictionary.costsBehind(word.left);
            for (const Ending& ending : m_endings) {
                const std::int32_t cost = ending.cost + costs[ending.right];
                best.node = cost < best.cost ? ending.node : best.node;
                best.cost = std::min(cost, best.cost);
            }
        }
        std::uint32_t& ending = m_places[m_fresh[k].end].ending;
        m_nodes.push_back({{static_cast<std::uint16_t>(start), m_fresh[k].end, word.pos, m_fresh[k].unknown},
                           word.right,
                           best.cost + word.cost,
                           best.node,
                           ending});
        ending = static_cast<std::uint32_t>(m_nodes.size() - 1);
    }
}

// Connects the words that begin at a place which others end before.
void Lattice::begin(const Dictionary& dictionary, std::size_t place) {
    const std::size_t size = m_places.size() - 1;
    CharacterKind last = dictionary.kindOf(U' ');
    std::size_t start = place;
    while (start < size && last.isLike(m_places[start].kind)) {
        last = m_places[start++].kind;
    }
    if (start == size) {
        return;
    }
    m_fresh.clear();
    for (std::uint32_t k = m_places[start].firstMatch; k != 0; k = m_matches[k].besides) {
        for (const DictionaryWord& word : m_matches[k].words) {
            m_fresh.push_back({&word, m_matches[k].end, false});
        }
    }
    if (m_fresh.empty() || m_places[start].kind.always()) {
        addUnknown(dictionary, start);
    }
    connect(dictionary, place, start);
}

const std::vector<Lattice::Word>& Lattice::split(const Dictionary& dictionary, std::u32string_view sentence) {
    sentence = sentence.substr(0, kLongest);
    spell(dictionary, sentence);
    lookUp(dictionary, sentence);
    m_nodes.assign(1, {}); // the beginning: numbers of its sides and its cost are 0
    m_places[0].ending = 0;
    for (std::size_t place = 0; place < sentence.size(); ++place) {
        if (m_places[place].ending != kNobody) {
            begin(dictionary, place);
        }
    }
    // The end, which stands behind the last words, or behind those before the blanks at the end.
    std::size_t end = sentence.size();
    while (m_places[end].ending == kNobody) {
        --end;
    }
    static constexpr DictionaryWord kEnd{};
    m_fresh.assign(1, {&kEnd, static_cast<std::uint16_t>(sentence.size()), false});
    connect(dictionary, end, sentence.size());
    m_words.clear();
    for (std::uint32_t i = m_nodes.back().before; i != 0; i = m_nodes[i].before) {
        m_words.push_back(m_nodes[i].word);
    }
    std::reverse(m_words.begin(), m_words.end());
    return m_words;
}

} // namespace kamei::detect::text::words
