#include <algorithm>
#include <array>
#include <map>

#include "core/detect/text/names/NameParser.h"
#include "core/detect/text/names/Units.h"

namespace kamei::detect::text::names {
namespace {

using namespace japanese;

constexpr std::size_t kLongestSpeaker = 8;
constexpr std::size_t kFewestColumns = 3;

// Names that the form of a text says: who speaks in a dialogue, what stands in a column of names, who writes.
class StructureFinder {
public:
    explicit StructureFinder(Page& page) : m_page(page) {}

    void run() {
        for (std::size_t start = 0; start < m_page.text.size();) {
            std::size_t end = start;
            while (end < m_page.text.size() && !isLineEnd(m_page.text[end])) {
                ++end;
            }
            m_lines.push_back({start, end});
            start = end + 1;
        }
        speakers();
        columns();
        writers();
        houses();
        kanaFields();
    }

private:
    bool nameLike(Stretch word) const { return NameParser(m_page).nameLike(word.start, word.end); }

    // "三田 了解です", "りょう「むり」", "[野辺地] 息子さん来てます": who speaks more than once.
    void speakers() {
        std::map<std::u32string, std::vector<Stretch>> said;
        for (const Stretch line : m_lines) {
            std::size_t i = m_page.skipBlanks(line.start);
            const bool bracket = m_page.at(i) == U'[' || m_page.at(i) == U'【';
            i += bracket ? 1 : 0;
            std::size_t end = i;
            while (end < line.end && end - i <= kLongestSpeaker && isNameCharacter(m_page.at(end))) {
                ++end;
            }
            const char32_t mark = m_page.at(end);
            const bool speaks = bracket ? mark == U']' || mark == U'】' : oneOf(U":「>", mark);
            if (speaks && end > i && end - i <= kLongestSpeaker && end < line.end) {
                said[std::u32string(m_page.slice(i, end))].push_back({i, end});
            }
        }
        for (const auto& [text, places] : said) {
            const bool name =
                nameLike(places.front()) || m_page.lexicon.isSurname(text) || m_page.lexicon.isGiven(text);
            if (places.size() < 2 || !name || m_page.lexicon.is(text, ~0ULL)) {
                continue;
            }
            for (const Stretch place : places) {
                add(place, Label::OtherName, 0.6, "structure.speaker");
            }
        }
    }

    std::vector<Stretch> cells(Stretch line, char32_t mark) const {
        std::vector<Stretch> out;
        std::size_t start = line.start;
        for (std::size_t i = line.start; i <= line.end; ++i) {
            if (i == line.end || m_page.text[i] == mark) {
                std::size_t first = m_page.skipBlanks(start);
                std::size_t last = i;
                while (last > first && isBlank(m_page.before(last))) {
                    --last;
                }
                out.push_back({std::min(first, last), last});
                start = i + 1;
            }
        }
        return out;
    }

    // A column below 氏名, 担当 or 患者 holds names.
    void columns() {
        for (std::size_t head = 0; head + 1 < m_lines.size(); ++head) {
            for (const char32_t mark : {U',', U'|', U'\t'}) {
                const auto count =
                    std::count(m_page.text.begin() + static_cast<std::ptrdiff_t>(m_lines[head].start),
                               m_page.text.begin() + static_cast<std::ptrdiff_t>(m_lines[head].end), mark);
                if (count + 1 < static_cast<std::ptrdiff_t>(kFewestColumns)) {
                    continue;
                }
                const std::vector<Stretch> header = cells(m_lines[head], mark);
                if (std::any_of(header.begin(), header.end(), [&](Stretch cell) { return measures(cell); })) {
                    break;
                }
                std::size_t last = head;
                for (std::size_t k = 0; k < header.size(); ++k) {
                    const Cue* const cue = m_page.cueFrom(header[k].start, kind::NameCue);
                    if (header[k].end > header[k].start && cue != nullptr && cue->end == header[k].end) {
                        last = std::max(last, fill(head, header.size(), k, cue->bits, mark));
                    }
                }
                head = std::max(head, last);
                break;
            }
        }
    }

    // Whether a column holds what was measured, so that its neighbours name tests: Name,Value,Units.
    bool measures(Stretch cell) const {
        static constexpr std::array<std::u32string_view, 14> kHeads{
            U"Value",  U"value",   U"Units",     U"units", U"Unit", U"unit",   U"Result",
            U"result", U"Results", U"Reference", U"結果",  U"単位", U"基準値", U"測定値"};
        return std::find(kHeads.begin(), kHeads.end(), m_page.slice(cell.start, cell.end)) != kHeads.end();
    }

    // A surname of the list, a word that is none, or two words with capitals.
    bool personal(Stretch cell) const {
        const std::u32string_view text = m_page.slice(cell.start, cell.end);
        const std::size_t blank = text.find(U' ');
        const std::u32string_view first = text.substr(0, blank);
        if (isLatin(text.front())) {
            return isUpper(text.front()) && blank != text.npos && blank + 2 < text.size() &&
                   isUpper(text[blank + 1]);
        }
        return text.find(U'・') != text.npos || m_page.lexicon.isSurname(first) ||
               m_page.lexicon.isGiven(first) || nameLike({cell.start, cell.start + first.size()});
    }

    std::size_t fill(std::size_t head, std::size_t width, std::size_t column, std::uint64_t bits,
                     char32_t mark) {
        const Label label = (bits & kind::PatientField) != 0   ? Label::PatientName
                            : (bits & kind::ClinicianCue) != 0 ? Label::ClinicianName
                            : (bits & kind::Kin) != 0          ? Label::FamilyName
                                                               : Label::OtherName;
        // Name heads tables of tests too: half of the cells must look like names of people.
        std::size_t line = head + 1;
        std::size_t likely = 0;
        std::vector<Stretch> names;
        for (; line < m_lines.size(); ++line) {
            const std::vector<Stretch> row = cells(m_lines[line], mark);
            if (row.size() != width) {
                break;
            }
            const Stretch cell = row[column];
            const std::u32string_view text = m_page.slice(cell.start, cell.end);
            const bool letters = !text.empty() && std::all_of(text.begin(), text.end(), [](char32_t c) {
                return isNameCharacter(c) || isBlank(c) || c == U'・' || isLatin(c) || c == U'.';
            });
            if (letters && text.size() <= 24 && !m_page.lexicon.is(text, ~0ULL)) {
                names.push_back(cell);
                likely += personal(cell) ? 1 : 0;
            }
        }
        for (const Stretch cell : names) {
            if (likely * 2 >= names.size() && !m_page.taken(cell.start, cell.end, rank::Cued)) {
                add(cell, label, 0.75, "structure.column");
            }
        }
        return line - 1;
    }

    // "樫です。", "連携室の五百蔵でございます。": who writes.
    void writers() {
        static constexpr std::array<std::u32string_view, 4> kEnds{U"です。", U"です\n", U"と申します",
                                                                  U"でございます"};
        for (const Stretch line : m_lines) {
            for (std::size_t i = line.start; i < line.end; ++i) {
                const auto end = std::find_if(kEnds.begin(), kEnds.end(), [&](std::u32string_view word) {
                    return m_page.startsWith(i, word);
                });
                if (end == kEnds.end() || !isKanji(m_page.before(i))) {
                    continue;
                }
                std::size_t start = i;
                while (start > line.start && i - start < 5 && isKanji(m_page.before(start))) {
                    --start;
                }
                const bool begins = start == line.start || m_page.before(start) == U'。' ||
                                    m_page.before(start) == U'の' || isSpace(m_page.before(start)) ||
                                    m_page.before(start) == U'、';
                const bool polite = *end != kEnds[0] && *end != kEnds[1];
                const bool listed = m_page.lexicon.isSurname(m_page.slice(start, i)) && i - start > 1;
                const Morpheme* const word = m_page.morphemeAt(start);
                const bool plain = word != nullptr && word->start == start && word->end >= i &&
                                   !word->unknown && word->pos != Pos::Surname && word->pos != Pos::Person &&
                                   word->pos != Pos::Place && word->pos != Pos::ProperNoun;
                if (begins && !plain && i > start + (polite ? 0 : 1) && (listed || nameLike({start, i})) &&
                    !(m_page.before(start) == U'の' && !polite && !listed)) {
                    add({start, i}, Label::ClinicianName, listed || polite ? 0.6 : 0.4, "structure.writer");
                }
            }
        }
    }

    // 砂川家へ嫁いだ, 日野家より: a family by its name.
    void houses() {
        for (std::size_t i = 2; i < m_page.text.size(); ++i) {
            if (m_page.text[i] != U'家' || !oneOf(U"へのにはよでとが、。", m_page.at(i + 1)) ||
                !isKanji(m_page.before(i))) {
                continue;
            }
            for (std::size_t length = 4; length > 1; --length) {
                if (length > i || !m_page.lexicon.isSurname(m_page.slice(i - length, i)) ||
                    isKanji(i > length ? m_page.text[i - length - 1] : U'\0')) {
                    continue;
                }
                const Morpheme* const word = m_page.morphemeAt(i - length);
                const bool plain = word != nullptr && !word->unknown && word->end >= i &&
                                   word->pos != Pos::Surname && word->pos != Pos::Person &&
                                   word->pos != Pos::Place && word->pos != Pos::ProperNoun;
                if (!plain) {
                    add({i - length, i}, Label::FamilyName, 0.6, "structure.house");
                }
                break;
            }
        }
    }

    // フリガナ カバヤマトミ: behind a field of kana, one word of katakana is a name that no list need know.
    void kanaFields() {
        for (const Cue& cue : m_page.cues) {
            const std::u32string_view word = m_page.slice(cue.start, cue.end);
            if ((cue.bits & kind::PatientField) == 0 || !isKatakana(word.back()) ||
                (!word.ends_with(U"カナ") && !word.ends_with(U"ガナ") && !word.ends_with(U"ヨミ"))) {
                continue;
            }
            std::size_t start = cue.end;
            while (isBlank(m_page.at(start)) || oneOf(U":|=", m_page.at(start))) {
                ++start;
            }
            std::size_t end = start;
            while (isKatakana(m_page.at(end))) {
                ++end;
            }
            const char32_t next = m_page.at(end);
            if (start > cue.end && end - start >= 4 && end - start <= 12 && (isStop(next) || isBlank(next)) &&
                !m_page.lexicon.is(m_page.slice(start, end), ~0ULL)) {
                add({start, end}, Label::PatientName, 0.7, "structure.kana-field");
            }
        }
    }

    void add(Stretch range, Label label, double confidence, std::string_view source) {
        if (!m_page.taken(range.start, range.end, rank::Shape)) {
            m_page.add(range.start, range.end, label, confidence, source, rank::Shape);
        }
    }

    Page& m_page;
    std::vector<Stretch> m_lines;
};

} // namespace

void findStructureNames(Page& page) {
    StructureFinder(page).run();
}

} // namespace kamei::detect::text::names
