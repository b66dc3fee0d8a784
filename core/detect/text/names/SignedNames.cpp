#include <algorithm>
#include <array>

#include "core/detect/text/names/NameMarks.h"
#include "core/detect/text/names/NameParser.h"

namespace kamei::detect::text::names {
namespace {

using namespace japanese;

constexpr std::size_t kLongestQuote = 10;

// Names that a word shows which is too weak to show them in any text: signatures, what somebody says to be
// called, readings in brackets. Runs when rules and model have found people by themselves.
class SignedFinder {
public:
    explicit SignedFinder(Page& page) : m_page(page), m_marks(page) {}

    void run() {
        if (m_marks.names().empty()) {
            return;
        }
        quoted();
        pairs();

        const std::size_t count = m_marks.names().size();
        for (std::size_t k = 0; k < count; ++k) {
            reading(NameMarks::Name(m_marks.names()[k])); // by value: more are added
        }
        if (m_marks.names().size() < 2) {
            return;
        }
        for (std::size_t start = 0; start < m_page.text.size();) {
            std::size_t end = start;
            while (end < m_page.text.size() && !isLineEnd(m_page.text[end])) {
                ++end;
            }
            signature({start, end});
            start = end + 1;
        }
    }

private:
    // 「お名前は」「えんどう」, 姓が「さっか」と読む, 「しょうじ」って呼んで: what somebody is called.
    void quoted() {
        static constexpr std::array<std::u32string_view, 15> kBefore{
            U"名前", U"名字", U"苗字", U"姓が", U"姓は",   U"名は",     U"呼称", U"愛称",
            U"通称", U"児名", U"自署", U"誤読", U"あだ名", U"正しくは", U"本名"};
        static constexpr std::array<std::u32string_view, 7> kBehind{
            U"と読", U"と呼", U"って呼", U"と名乗", U"とだけ", U"なる人", U"というお名前"};
        for (std::size_t i = 0; i < m_page.text.size(); ++i) {
            if (m_page.text[i] != U'「') {
                continue;
            }
            std::size_t end = i + 1;
            while (end - i <= kLongestQuote &&
                   (isNameCharacter(m_page.at(end)) || oneOf(U"ー・ ", m_page.at(end)))) {
                ++end;
            }
            if (m_page.at(end) != U'」' || end - i < 3 || end - i > kLongestQuote ||
                m_page.lexicon.is(m_page.slice(i + 1, end), ~0ULL)) {
                continue;
            }
            const std::size_t from = i > 8 ? i - 8 : 0;
            std::u32string_view left = m_page.slice(from, i);
            if (const std::size_t line = left.rfind(U'\n'); line != left.npos) {
                left.remove_prefix(line + 1);
            }
            const bool before = std::any_of(kBefore.begin(), kBefore.end(), [&](std::u32string_view word) {
                return left.find(word) != left.npos;
            });
            const bool behind = std::any_of(kBehind.begin(), kBehind.end(), [&](std::u32string_view word) {
                return m_page.startsWith(end + 1, word);
            });
            if (before || behind) {
                m_marks.add({i + 1, end}, Label::PatientName, 0.45, "cue.called");
            }
        }
    }

    // 日高 幌(ヒダカ ホロ): two words with their reading in two words. ﾖﾅﾊ ｻﾁ F 76: two words in kana before
    // the
    // sex or the age.
    void pairs() {
        for (std::size_t i = 1; i + 1 < m_page.text.size(); ++i) {
            if (m_page.text[i] != U' ' || !isNameCharacter(m_page.text[i + 1])) {
                continue;
            }
            const Stretch second = wordAt(m_page, i + 1);
            std::size_t start = i;
            const bool kana = isKatakana(m_page.before(i));
            while (start > 0 && i - start < 9 &&
                   (kana ? isKatakana(m_page.before(start)) : inKanjiName(m_page.before(start)))) {
                --start;
            }
            const char32_t left = m_page.before(start);
            const bool edge = start == 0 || isSpace(left) || isStop(left);
            if (start == i || !edge || i - start > (kana ? 8U : 5U) ||
                second.end - second.start > (kana ? 8U : 4U)) {
                continue;
            }
            const std::size_t next = m_page.skipBlanks(second.end);
            const bool shown = kana ? i - start > 1 && isKatakana(m_page.at(second.start)) &&
                                          next > second.end && ofPerson(next)
                                    : isOpen(m_page.at(second.end)) && readsTwice(second.end + 1);
            if (shown && m_page.cueFrom(start, ~0ULL) == nullptr &&
                m_page.cueTo(second.end, kind::NameEnd) == nullptr) { // the names before 様 are found by it
                m_marks.take({start, second.end}, Label::PatientName, 0.6, "structure.pair");
                if (!kana) {
                    const Stretch first = wordAt(m_page, second.end + 1);
                    m_marks.take({first.start, wordAt(m_page, first.end + 1).end}, Label::PatientName, 0.6,
                                 "structure.pair");
                }
            }
        }
    }

    // "F 76", "女 34歳"
    bool ofPerson(std::size_t i) const {
        const std::size_t behind = m_page.skipBlanks(i + 1);
        return oneOf(U"MF男女", m_page.at(i)) && behind > i + 1 && isDigit(m_page.at(behind));
    }

    bool readsTwice(std::size_t i) const {
        const Stretch first = wordAt(m_page, i);
        const Stretch second = wordAt(m_page, m_page.skipBlanks(first.end));
        return first.end - first.start > 1 && second.start == first.end + 1 &&
               second.end > second.start + 1 && !isKanji(m_page.at(i)) &&
               isKatakana(m_page.at(i)) == isKatakana(m_page.at(second.start)) &&
               !isKanji(m_page.at(second.start)) && isClose(m_page.at(second.end));
    }

    // 姫星(きてぃ), 菖蒲(アヤメでなく…): the reading behind a name.
    void reading(NameMarks::Name name) {
        std::size_t i = name.end;
        if (const Cue* const honorific = m_page.cueFrom(i, kind::Honorific)) {
            i = honorific->end;
        }
        if ((m_page.at(i) != U'(' && m_page.at(i) != U'=') || !isKanji(m_page.before(name.end))) {
            return;
        }
        Stretch word = wordAt(m_page, i + 1);
        if (m_page.at(word.end) == U' ' && word.end > word.start) {
            const Stretch more = wordAt(m_page, word.end + 1);
            word.end = more.end > more.start && !isKanji(m_page.at(more.start)) ? more.end : word.end;
        }
        const char32_t first = m_page.at(word.start);
        if ((isHiragana(first) || isKatakana(first)) && word.end - word.start >= 2 &&
            word.end - word.start <= 12 && (isClose(m_page.at(word.end)) || m_page.at(word.end) == U'、') &&
            !m_page.lexicon.is(m_page.slice(word.start, word.end), ~0ULL) &&
            (isHiragana(first) || !plainWords(m_page, word))) {
            m_marks.add(word, name.label, 0.45, "cue.reads");
        }
    }

    // "   三郷" below a mail, "九条受", "麻殖塚記", "中庄 美波 拝" at the end of a line.
    void signature(Stretch line) {
        const std::size_t first = m_page.skipBlanks(line.start);
        Stretch word = wordAt(m_page, first);
        const bool last =
            m_page.skipBlanks(line.end) >= m_page.text.size() || (line.end + 1 >= m_page.text.size());
        if (word.end == line.end && word.end > word.start && (first - line.start >= 2 || last)) {
            const bool kana = !isKanji(m_page.at(first));
            if (line.start > 0 && word.end - word.start > 1 && m_marks.possible(word) &&
                (!kana || word.end - word.start <= 4)) {
                m_marks.add(word, Label::ClinicianName, 0.4, "structure.signature");
            }
            return;
        }
        std::size_t end = line.end;
        if (last) { // "… LDL 188。大野ヶ原"
            std::size_t start = end;
            while (start > line.start && inKanjiName(m_page.before(start))) {
                --start;
            }
            const bool listed = m_page.lexicon.isSurname(m_page.slice(start, end));
            const bool apart =
                (listed && m_page.before(start) == U'。') || start - m_page.skipBlanksBack(start) >= 2;
            if (end - start >= 2 && end - start <= 5 && apart && m_marks.possible({start, end})) {
                m_marks.add({start, end}, Label::ClinicianName, 0.4, "structure.signature");
                return;
            }
        }
        for (const std::u32string_view mark : {U"受け", U"受", U"記", U"拝", U"代筆", U"録"}) {
            if (m_page.endsWith(end, mark) && end - line.start > mark.size()) {
                end -= mark.size();
                break;
            }
        }
        if (end == line.end) {
            return;
        }
        end = m_page.skipBlanksBack(end);
        std::size_t start = end;
        while (start > line.start && inKanjiName(m_page.before(start))) {
            --start;
        }
        const char32_t edge = m_page.before(start);
        if (end > start && end - start <= 4 && (start == line.start || isSpace(edge) || isStop(edge)) &&
            m_marks.possible({start, end}) &&
            (end - start > 1 || m_page.lexicon.isSurname(m_page.slice(start, end)))) {
            m_marks.add({start, end}, Label::ClinicianName, 0.45, "structure.signed");
        }
    }

    Page& m_page;
    NameMarks m_marks;
};

} // namespace

void findSignedNames(Page& page) {
    SignedFinder(page).run();
}

} // namespace kamei::detect::text::names
