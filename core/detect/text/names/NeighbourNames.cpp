#include <algorithm>
#include <map>

#include "core/detect/text/names/NameMarks.h"
#include "core/detect/text/names/NameParser.h"
#include "core/detect/text/names/Units.h"

namespace kamei::detect::text::names {
namespace {

using namespace japanese;

constexpr std::size_t kLongestPrefix = 12;
constexpr std::size_t kLongestRows = 2000; // rows of a page that are compared with each other

bool isCircled(char32_t c) {
    return (c >= 0x2460 && c <= 0x2473) || (c >= 0x2776 && c <= 0x277F) || (c >= 0x32D0 && c <= 0x32FE);
}

// Names that other names give away: in the rows of a roster, beside each other, as those who speak. Runs when
// rules and model have found what they find by themselves; says all it adds with low confidence.
class NeighbourFinder {
public:
    explicit NeighbourFinder(Page& page) : m_page(page), m_parser(page), m_marks(page) {}

    void run() {
        if (m_marks.names().size() < 2) {
            return;
        }
        speakers();
        rows();
        for (std::size_t k = 0; k < m_marks.names().size() && k < kLongestRows; ++k) {
            beside(NameMarks::Name(m_marks.names()[k])); // by value: more are added
        }
        again();
    }

private:
    struct Row {
        std::size_t start = 0;
        bool named = false;
    };

    // What leads a row, with its numbers and letters as one each: "402 ", "8:50 ", "・", "A-3 ".
    std::u32string prefix(std::size_t& i, std::size_t end) const {
        std::u32string shape;
        const std::size_t first = i;
        while (i < end && i - first < kLongestPrefix) {
            const char32_t c = m_page.text[i];
            if (isNameCharacter(c) || isOpen(c) || isClose(c)) {
                break;
            }
            const char32_t sign = isDigit(c) ? U'0' : isCircled(c) ? U'①' : isUpper(c) ? U'A' : c;
            if (isLower(c)) {
                return U"?"; // words
            }
            if (shape.empty() || shape.back() != sign || !(isDigit(c) || isSpace(c))) {
                shape.push_back(isSpace(sign) ? U' ' : sign);
            }
            ++i;
        }
        return shape;
    }

    // Rows whose fellows hold a name at the same place.
    void rows() {
        std::map<std::u32string, std::vector<Row>> shapes;
        std::size_t count = 0;
        for (std::size_t start = 0; start < m_page.text.size() && count < kLongestRows;) {
            std::size_t end = start;
            while (end < m_page.text.size() && !isLineEnd(m_page.text[end])) {
                ++end;
            }
            std::size_t i = start;
            std::u32string shape = prefix(i, end);
            if (i < end && shape != U"?") {
                note(shapes, std::move(shape), i);
                ++count;
            }
            for (std::size_t k = i; k + 1 < end; ++k) { // ①渡邊 ②南新
                if (isCircled(m_page.text[k])) {
                    note(shapes, U"①", m_page.skipBlanks(k + 1));
                    ++count;
                }
            }
            inner(shapes, i, end);
            start = end + 1;
        }
        for (const auto& [shape, places] : shapes) {
            const auto named = static_cast<std::size_t>(
                std::count_if(places.begin(), places.end(), [](const Row& row) { return row.named; }));
            const bool bare = shape.empty() || shape == U" ";
            if (named < (bare ? 3U : 2U) || named * (bare ? 2 : 4) < places.size()) {
                continue;
            }
            for (const Row& row : places) {
                if (!row.named) {
                    fill(row.start);
                }
            }
        }
    }

    // "9:00 王 9:40 洞", "5日 松 6日 橘": within a line, behind a number and a blank.
    void inner(std::map<std::u32string, std::vector<Row>>& shapes, std::size_t start, std::size_t end) const {
        for (std::size_t k = start + 1; k + 1 < end; ++k) {
            if (m_page.text[k] != U' ') {
                continue;
            }
            const char32_t last = m_page.before(k);
            const bool letter = isUpper(last) && k > start + 1 && isSpace(m_page.text[k - 2]);
            if (!(isDigit(last) || letter || last == U'日' || last == U'月') ||
                !isNameCharacter(m_page.text[k + 1])) {
                continue;
            }
            std::size_t number = k - (isDigit(last) ? 0 : 1);
            bool clock = false;
            while (number > start && (isDigit(m_page.before(number)) || m_page.before(number) == U':')) {
                --number;
                clock = clock || m_page.text[number] == U':';
            }
            if (letter) {
                note(shapes, U"~A", k + 1);
            } else if (number < k && isSpace(m_page.before(number))) {
                note(shapes, clock ? U"~:" : isDigit(last) ? U"~0" : std::u32string(1, last), k + 1);
            }
        }
    }

    void note(std::map<std::u32string, std::vector<Row>>& shapes, std::u32string shape, std::size_t i) const {
        shapes[std::move(shape)].push_back({i, m_marks.startsName(i)});
    }

    void fill(std::size_t start) {
        Stretch word = wordAt(m_page, start);
        // 八百 とし: the given name behind a blank shows a surname that is a word too.
        if (m_page.at(word.end) == U' ' && word.end > word.start && word.end - word.start <= 5) {
            const Stretch given = wordAt(m_page, word.end + 1);
            const Stretch whole{word.start, given.end};
            if (given.end - given.start > 1 && m_page.lexicon.isGiven(m_page.slice(given.start, given.end)) &&
                nameCloses(m_page, given.end) && !m_marks.used(whole) &&
                m_page.cueFrom(word.start, ~0ULL) == nullptr && m_page.cueTo(word.end, ~0ULL) == nullptr) {
                m_marks.add(whole, Label::PatientName, 0.45, "structure.row");
                return;
            }
        }
        if (m_marks.possible(word) && nameCloses(m_page, word.end)) {
            m_marks.add(word, Label::PatientName, 0.4, "structure.row");
        }
    }

    // "まいまい: うそ", "あっこ> 逃げた": who speaks more than once where others do, whatever they are
    // called.
    void speakers() {
        std::map<std::u32string, std::vector<Stretch>> said;
        for (std::size_t start = 0; start < m_page.text.size();) {
            std::size_t end = m_page.skipBlanks(start);
            const std::size_t first = end;
            while (end - first <= 8 && (isNameCharacter(m_page.at(end)) || m_page.at(end) == U'ー')) {
                ++end;
            }
            if (end > first + 1 && end - first <= 8 && oneOf(U":>「", m_page.at(end))) {
                said[std::u32string(m_page.slice(first, end))].push_back({first, end});
            }
            while (end < m_page.text.size() && !isLineEnd(m_page.text[end])) {
                ++end;
            }
            start = end + 1;
        }
        const auto named = std::count_if(said.begin(), said.end(), [&](const auto& speaker) {
            return m_marks.startsName(speaker.second.front().start);
        });
        for (const auto& [text, places] : said) {
            const Morpheme* const word = m_page.morphemeAt(places.front().start);
            const bool kana = std::none_of(text.begin(), text.end(), isKanji);
            const bool known = word != nullptr && word->end >= places.front().end && !word->unknown;
            const bool often = places.size() > 1 && (kana ? !known : m_marks.possible(places.front()));
            const bool once = named > 1 && m_marks.possible(places.front());
            if (m_page.lexicon.is(text, ~0ULL) || !(often || once)) {
                continue;
            }
            for (const Stretch place : places) {
                m_marks.add(place, Label::OtherName, 0.45, "structure.speaks");
            }
        }
    }

    // A name that stands anywhere is looked for everywhere, its surname and given name too.
    void again() {
        PhraseTrie trie = PhraseTrie::ofText();
        bool any = false;
        for (std::size_t k = 0; k < m_marks.names().size() && k < kLongestRows; ++k) {
            const NameMarks::Name& name = m_marks.names()[k];
            const std::u32string_view text = m_page.slice(name.start, name.end);
            const std::size_t blank = text.find(U' ');
            for (const std::u32string_view part :
                 {text, text.substr(0, blank),
                  blank == text.npos ? std::u32string_view() : text.substr(blank + 1)}) {
                if (part.size() > 1 && part.size() <= 12 && !m_page.lexicon.is(part, ~0ULL) &&
                    part.find_first_of(U"\n0123456789") == part.npos) {
                    trie.add(part, 1, static_cast<std::uint32_t>(k));
                    any = true;
                }
            }
        }
        for (std::size_t i = 0; any && i < m_page.text.size(); ++i) {
            const PhraseTrie::Match match = trie.longest(m_page.text, i);
            if (match.length == 0 || m_marks.used({i, i + 1})) {
                continue;
            }
            const Stretch place{i, i + match.length};
            if (stands(place)) {
                m_marks.add(place, m_marks.names()[match.value].label, 0.5, "document.again");
                i = place.end - 1;
            }
        }
    }

    // Whether a word that is a name elsewhere is one here.
    bool stands(Stretch word) const {
        const char32_t first = m_page.at(word.start);
        const char32_t last = m_page.before(word.end);
        const char32_t left = m_page.before(word.start);
        const char32_t right = m_page.at(word.end);
        const auto joined = [](char32_t a, char32_t b) {
            return (isKatakana(a) && isKatakana(b)) || (isLatin(a) && isLatin(b)) ||
                   (isHiragana(a) && isHiragana(b));
        };
        const bool edges = m_parser.beginsHere(word.start) && m_parser.endsHard(word.end);
        const bool soft = (m_parser.beginsHere(word.start) || m_page.wordStarts(word.start) ||
                           (isHiragana(left) && !isHiragana(first))) &&
                          (m_parser.endsHere(word.end) || oneOf(U"はがのをにへともでや", right));
        if (m_page.cueFrom(word.start, kind::Eponym | kind::NotName) != nullptr || joined(left, first) ||
            (joined(last, right) && !isHiragana(last))) {
            return false;
        }
        return edges || (soft && !plainWords(m_page, word));
    }

    // Names beside one that was found, with only a mark between.
    void beside(NameMarks::Name name) {
        std::size_t i = name.end;
        if (const Cue* const title = m_page.cueFrom(i, kind::NameEnd)) {
            i = title->end;
        }
        i = m_page.skipBlanks(i);
        const char32_t mark = m_page.at(i);
        if (oneOf(U"→⇒←・、/,", mark) && mark != 0) {
            const std::size_t start = m_page.skipBlanks(i + 1);
            const Stretch word = wordAt(m_page, start);
            if (neighbour(word, mark) && goesOn(word, mark)) {
                m_marks.add(word, name.label, 0.4, "structure.beside");
            }
        }
        between(name, i);
        const std::size_t back = m_page.skipBlanksBack(name.start);
        const char32_t before = m_page.before(back);
        if (back > 1 && oneOf(U"→⇒・、/,", before)) {
            const std::size_t end = m_page.skipBlanksBack(back - 1);
            std::size_t start = end;
            while (start > 0 && isKanji(m_page.before(end)) && inKanjiName(m_page.before(start))) {
                --start;
            }
            while (start > 0 && isKatakana(m_page.before(end)) && isKatakana(m_page.before(start))) {
                --start;
            }
            const char32_t edge = m_page.before(start);
            if ((start == 0 || isStop(edge) || isSpace(edge)) && neighbour({start, end}, before)) {
                m_marks.add({start, end}, name.label, 0.4, "structure.beside");
            }
        }
    }

    // 斑目、一口、勘解由 and 白水 許 野見山: what stands between two names as they stand beside it.
    void between(const NameMarks::Name& name, std::size_t i) {
        const char32_t sign = m_page.at(i);
        const bool blank = i > name.end && isNameCharacter(sign);
        if (!blank && !oneOf(U"、・,/", sign)) {
            return;
        }
        const Stretch word = wordAt(m_page, blank ? i : m_page.skipBlanks(i + 1));
        const std::size_t next = m_page.skipBlanks(word.end);
        const bool same = blank ? next > word.end && m_marks.startsName(next)
                                : m_page.at(next) == sign && m_marks.startsName(m_page.skipBlanks(next + 1));
        const std::u32string_view text = m_page.slice(word.start, word.end);
        if (!same || text.empty() || text.size() > 4 || !isKanji(text.front())) {
            return;
        }
        const bool plain = plainWords(m_page, word) && !m_page.lexicon.isSurname(text);
        if (m_marks.possible(word) ||
            (!blank && plain && !m_page.lexicon.is(text, ~0ULL) && !endsLikeBody(text) && text.size() > 1 &&
             m_page.cueFrom(word.start, ~0ULL) == nullptr)) {
            m_marks.add(word, name.label, 0.4, "structure.between");
        }
    }

    // A comma parts much; there only names of the lists, or words that nobody knows.
    bool neighbour(Stretch word, char32_t mark) const {
        if (!m_marks.possible(word)) {
            return false;
        }
        const std::u32string_view text = m_page.slice(word.start, word.end);
        if (m_page.lexicon.isSurname(text)) {
            return true;
        }
        const bool kanji = isKanji(text.front());
        if (oneOf(U"、,/", mark)) {
            return kanji && text.size() >= 2 && text.size() <= 4 && m_parser.nameLike(word.start, word.end);
        }
        return text.size() <= 5;
    }

    bool goesOn(Stretch word, char32_t mark) const {
        const std::size_t end = word.end;
        const char32_t c = m_page.at(end);
        return c == mark || c == 0 || isLineEnd(c) || isStop(c) || isSpace(c) ||
               m_page.cueFrom(end, kind::NameEnd) != nullptr ||
               (oneOf(U"はがのへに", c) && m_parser.endsHere(end) && end - word.start > 1);
    }

    Page& m_page;
    NameParser m_parser;
    NameMarks m_marks;
};

} // namespace

void findNeighbourNames(Page& page) {
    NeighbourFinder(page).run();
}

} // namespace kamei::detect::text::names
