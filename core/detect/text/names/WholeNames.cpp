#include <algorithm>
#include <array>

#include "core/detect/text/names/NameMarks.h"
#include "core/detect/text/names/NameParser.h"
#include "core/detect/text/names/Units.h"

namespace kamei::detect::text::names {
namespace {

using namespace japanese;

constexpr std::size_t kLongestKanji = 5;
constexpr std::size_t kLongestKana = 12;
constexpr std::size_t kMostWords = 5; // of a name in Latin letters

// Takes names of which a part was found to their ends: the rest of a run of one script, the given name behind
// the surname, the other words in Latin letters.
class WholeFinder {
public:
    explicit WholeFinder(Page& page) : m_page(page), m_parser(page), m_chosen(resolve(page)) {}

    void run() {
        for (std::size_t k = 0; k < m_chosen.size(); ++k) {
            const Candidate& name = m_chosen[k];
            if (name.label > Label::OtherName || name.rank >= rank::Known) {
                continue;
            }
            Stretch whole{name.start, name.end};
            if (isLatin(m_page.text[name.start])) {
                latin(whole);
            } else {
                run(whole);
                given(whole);
                surname(whole);
            }
            if (whole.start == name.start && whole.end == name.end) {
                continue;
            }
            int rank = name.rank;
            bool other = false;
            for (const Candidate& c : m_chosen) {
                if (c.start < whole.end && c.end > whole.start) {
                    rank = std::max(rank, c.rank);
                    other = other || c.label > Label::OtherName || c.rank >= rank::Known;
                }
            }
            if (!other) {
                m_page.add(whole.start, whole.end, name.label, std::min(name.confidence, 0.6), "name.whole",
                           rank);
            }
        }
    }

private:
    std::u32string_view slice(Stretch range) const { return m_page.slice(range.start, range.end); }

    bool roleEnds(std::size_t i) const {
        const Cue* const cue = m_page.cueTo(i, kind::NameCue);
        return cue != nullptr && cue->end - cue->start > 1;
    }

    // 蜷|川原 is one word, and ハ|サン.
    void run(Stretch& name) const {
        if (isKatakana(m_page.before(name.end)) && isKatakana(m_page.at(name.end))) {
            std::size_t end = name.end;
            while (isKatakana(m_page.at(end))) {
                ++end;
            }
            name.end = end - name.start <= kLongestKana ? end : name.end;
        }
        if (isKatakana(m_page.at(name.start)) && isKatakana(m_page.before(name.start))) {
            std::size_t start = name.start;
            while (start > 0 && isKatakana(m_page.before(start))) {
                --start;
            }
            name.start = name.end - start <= kLongestKana ? start : name.start;
        }
        if (!isKanji(m_page.at(name.start)) || !inKanjiName(m_page.before(name.start))) {
            return;
        }
        std::size_t start = name.start;
        while (start > 0 && name.start - start <= kLongestKanji && inKanjiName(m_page.before(start)) &&
               !roleEnds(start)) {
            --start;
        }
        const Stretch left{start, name.start};
        const std::size_t end = name.start + std::min(slice(name).find(U' '), name.end - name.start);
        const Morpheme* const word = m_page.morphemeAt(start);
        const bool known = word != nullptr && !word->unknown && word->start == start &&
                           word->end >= name.start && word->end - start > 1;
        // 看|奥, 司会|別府: a role in short stands before a whole surname.
        const bool surname = m_page.lexicon.isSurname(m_page.slice(name.start, end));
        const bool listed = m_page.lexicon.isSurname(m_page.slice(start, end));
        const bool role = !listed && (left.end - left.start > 1
                                          ? surname || plainWords(m_page, left)
                                          : oneOf(U"看読薬受返診書夜外夕朝昼栄器技放介麻術執助児担直写元",
                                                  m_page.at(start)));
        if (end - start <= kLongestKanji && !role && (listed || !plainWords(m_page, {start, end})) &&
            (m_parser.beginsHere(start) || roleEnds(start)) && !isDigit(m_page.before(start)) &&
            m_page.cueTo(name.start, ~0ULL) == nullptr && !m_page.lexicon.is(slice(left), ~0ULL) && !known &&
            !oneOf(U"故同各両亡他計当男女全", m_page.at(start)) &&
            !oneOf(U"者医主署級部科課室棟士司員技", m_page.before(name.start))) {
            name.start = start;
        }
    }

    // A word of one script behind one blank.
    Stretch partAt(std::size_t start) const {
        std::size_t end = start;
        const char32_t first = m_page.at(start);
        while (end - start <= kLongestKana &&
               (isKanji(first)      ? isKanji(m_page.at(end))
                : isKatakana(first) ? isKatakana(m_page.at(end))
                                    : isHiragana(first) && isHiragana(m_page.at(end)))) {
            ++end;
        }
        while (isHiragana(first) && isKanji(m_page.at(end)) &&
               m_page.lexicon.isGiven(m_page.slice(start, end + 1))) {
            ++end; // ゑ津
        }
        return {start, end};
    }

    // ｵｵﾏﾒｳﾀﾞ ｼﾝ, 志水 ゑ津
    void given(Stretch& name) const {
        for (int more = 0; more < 2; ++more) {
            const std::u32string_view text = slice(name);
            const bool kana = isKatakana(text.back());
            if (m_page.at(name.end) != U' ' || (text.find(U' ') != text.npos && !kana)) {
                return;
            }
            const Stretch word = partAt(name.end + 1);
            const std::u32string_view next = slice(word);
            if (next.empty() || next.size() > (kana ? 8U : 4U) || !nameCloses(m_page, word.end) ||
                m_page.lexicon.is(next, ~0ULL) || m_page.cueFrom(word.start, ~0ULL) != nullptr) {
                return;
            }
            const bool listed = m_page.lexicon.isGiven(next) && !m_page.lexicon.isSurname(next);
            const bool kanaPair =
                kana && isKatakana(next.front()) && next.size() > 1 && !plainWords(m_page, word);
            const bool behindSurname = m_page.lexicon.isSurname(text) && isHiragana(next.front()) &&
                                       !m_page.lexicon.isSurname(next) && next.size() > 1 &&
                                       !plainWords(m_page, word);
            if (!(listed && isKanji(text.front()) && (next.size() > 1 || isKanji(next.front()))) &&
                !kanaPair && !behindSurname) {
                return;
            }
            name.end = word.end;
        }
    }

    // 西明寺 はな: the surname before a given name.
    void surname(Stretch& name) const {
        const std::u32string_view text = slice(name);
        if (name.start < 2 || m_page.before(name.start) != U' ' || text.find(U' ') != text.npos ||
            !m_page.lexicon.isGiven(text) || m_page.lexicon.isSurname(text)) {
            return;
        }
        const std::size_t end = name.start - 1;
        std::size_t start = end;
        while (start > 0 && end - start <= kLongestKanji && inKanjiName(m_page.before(start))) {
            --start;
        }
        const Stretch word{start, end};
        const std::u32string_view left = slice(word);
        if (left.empty() || left.size() > kLongestKanji || !m_parser.beginsHere(start) ||
            m_page.cueTo(end, ~0ULL) != nullptr || m_page.lexicon.is(left, ~0ULL) ||
            m_page.lexicon.isGiven(left) ||
            (!m_page.lexicon.isSurname(left) &&
             (plainWords(m_page, word) || oneOf(U"科課室部棟院長者員師医士係班組会様氏", left.back())))) {
            return;
        }
        name.start = start;
    }

    // Whether a word with a capital stands here that may belong to a name.
    bool capital(Stretch word) const {
        if (word.end <= word.start || !isUpper(m_page.at(word.start)) || isDigit(m_page.at(word.end)) ||
            m_page.lexicon.is(slice(word), ~0ULL) || m_page.cueFrom(word.start, ~0ULL) != nullptr) {
            return false;
        }
        static constexpr std::array<std::u32string_view, 12> kGreetings{
            U"Dear",  U"Hi",      U"Hello", U"Love", U"Thanks", U"Best",
            U"Yours", U"Regards", U"From",  U"The",  U"Re",     U"Web"};
        const std::u32string_view text = slice(word);
        const bool initial = text.size() <= 3 && text.back() == U'.';
        return (initial || (text.size() > 2 && text.back() != U'.')) && !text.ends_with(U"-san") &&
               std::find(kGreetings.begin(), kGreetings.end(), text) == kGreetings.end();
    }

    Stretch latinFrom(std::size_t start) const {
        std::size_t end = start;
        while (isRomanLetter(m_page.at(end))) {
            ++end;
        }
        return {start, end};
    }

    // KHADKA BISHNU, "Keller, Jonas", Kim S.H.: to the ends of words, and over the words beside.
    void latin(Stretch& name) const {
        while (name.start > 0 && isLatin(m_page.before(name.start))) {
            --name.start;
        }
        while (isRomanLetter(m_page.at(name.end)) && isLatin(m_page.at(name.end))) {
            ++name.end;
        }
        if (m_page.at(name.end) == U'.' && name.end - name.start > 1 && m_page.before(name.end - 1) == U'.') {
            ++name.end; // T.S.
        }
        while (m_page.at(name.end) == U'^' && isUpper(m_page.at(name.end + 1))) { // as DICOM writes people
            name.end = latinFrom(name.end + 1).end;
        }
        for (std::size_t words = 1; words < kMostWords; ++words) {
            std::size_t i = name.end + (m_page.at(name.end) == U',' ? 1 : 0);
            const bool sentence =
                m_page.before(i) == U'.' && isLower(m_page.before(i - 1)) && !m_page.endsWith(i, U"Jr.");
            if (m_page.at(i) != U' ' || sentence) {
                break;
            }
            const Stretch word = latinFrom(i + 1);
            // Sharma Anil PCNL: what stands in capitals alone is none of them.
            const bool code = isLower(m_page.before(name.end)) && word.end - word.start > 2 &&
                              isUpper(m_page.before(word.end)) && isUpper(m_page.at(word.start + 1));
            // In a sentence a word with a capital begins the next thought.
            const bool prose = m_page.at(word.end) == U' ' && isLower(m_page.at(word.end + 1));
            if (!capital(word) || prose || code || oneOf(U":=/", m_page.at(word.end))) {
                break;
            }
            name.end = word.end;
        }
        for (std::size_t words = 1; words < kMostWords && name.start > 1; ++words) {
            std::size_t i = name.start;
            if (m_page.before(i) != U' ') {
                break;
            }
            i -= m_page.before(i - 1) == U',' ? 2 : 1;
            std::size_t start = i;
            while (start > 0 && isRomanLetter(m_page.before(start))) {
                --start;
            }
            const std::size_t before = m_page.skipBlanksBack(start);
            const bool prose =
                before < start && (isLatin(m_page.before(before)) || m_page.before(before) == U'.');
            if (!capital({start, i}) || prose) {
                break;
            }
            name.start = start;
        }
    }

    Page& m_page;
    NameParser m_parser;
    const std::vector<Candidate>& m_chosen;
};

} // namespace

void findWholeNames(Page& page) {
    WholeFinder(page).run();
}

} // namespace kamei::detect::text::names
