#include <algorithm>
#include <array>

#include "core/detect/text/names/NameMarks.h"
#include "core/detect/text/names/NameParser.h"
#include "core/detect/text/names/Units.h"

namespace kamei::detect::text::names {
namespace {

using namespace japanese;

constexpr std::size_t kLongestKanji = 5;
constexpr std::size_t kLongestKana = 7;

// Names that the honorific or title right behind them shows, though the lists know only their end (前迫さん,
// ばなやすくん) or nothing of them (鵤さん), and the surnames before a given name that was found with one.
class HonouredFinder {
public:
    explicit HonouredFinder(Page& page) : m_page(page), m_parser(page) {}

    void run() {
        const std::size_t count = m_page.found.size();
        for (std::size_t k = 0; k < count; ++k) {
            const Candidate name = m_page.found[k]; // by value: adding moves them
            if (name.label <= Label::OtherName && name.rank >= rank::Shape && name.rank < rank::Known &&
                addressed(name.end)) {
                widen(name);
            }
        }
        for (const Cue& cue : m_page.cues) {
            if ((cue.bits & kind::NameEnd) != 0) {
                unlisted(cue);
            }
        }
        romanAddressed();
    }

private:
    bool addressed(std::size_t end) const {
        return m_page.cueFrom(m_page.skipBlanks(end), kind::NameEnd) != nullptr;
    }

    // Where a run of one script that holds `start` begins.
    std::size_t runStart(std::size_t start, bool (*belongs)(char32_t), std::size_t most) const {
        std::size_t i = start;
        while (i > 0 && start - i <= most && belongs(m_page.before(i))) {
            --i;
        }
        return i;
    }

    bool bounded(std::size_t start) const {
        return m_parser.beginsHere(start) || oneOf(U"をはがにとのへやでもい", m_page.before(start));
    }

    // A word of the dictionary that is no name: 本日, 循環器.
    bool plain(std::size_t start, std::size_t end) const {
        const Morpheme* const word = m_page.morphemeAt(start);
        return word != nullptr && word->start == start && word->end >= end && !word->unknown &&
               (word->pos == Pos::Noun || word->pos == Pos::ActionNoun || word->pos == Pos::Adverbial ||
                word->pos == Pos::Number || word->pos == Pos::Counter || word->pos == Pos::Organisation ||
                word->pos == Pos::Verb || word->pos == Pos::Adjective || word->pos == Pos::Particle ||
                word->pos == Pos::Other);
    }

    void widen(const Candidate& name) {
        const std::u32string_view text = m_page.slice(name.start, name.end);
        const std::size_t blank = std::min(text.find(U' '), text.size());
        std::size_t start = name.start;
        if (isKanji(text.front()) && inKanjiName(m_page.before(start))) {
            start = widerKanji(start, name.start + blank);
        } else if (isHiragana(text.front()) && isHiragana(m_page.before(start))) {
            start = widerKana(start, name.start + blank);
        } else if (isHiragana(text.front()) && isKanji(m_page.before(start))) {
            start = m_page.lexicon.isGiven(m_page.slice(start - 1, name.end)) ? start - 1 : start; // た き江
        }
        if (start == name.start && start > 1 && isKanji(text.front()) && isUpper(m_page.before(start)) &&
            !isLatin(m_page.before(start - 1)) && !isDigit(m_page.before(start - 1))) {
            --start; // K島さん
        }
        if (blank == text.size()) {
            start = withSurname(start, name);
        }
        if (start < name.start) {
            m_page.add(start, name.end, name.label, std::min(name.confidence, 0.6), "title.wider", name.rank);
        }
    }

    // 前迫さん, 宿川原さん, 祖父江Ns: one word to its beginning.
    std::size_t widerKanji(std::size_t start, std::size_t end) const {
        const std::size_t run = runStart(start, inKanjiName, kLongestKanji);
        for (std::size_t i = run; i < start; ++i) {
            if (end - i > 1 && m_page.lexicon.isSurname(m_page.slice(i, end)) &&
                (i == run || m_page.wordStarts(i))) {
                return i;
            }
        }
        const Cue* const cue = m_page.cueTo(start, ~0ULL);
        const std::u32string_view left = m_page.slice(run, start);
        if (end - run > kLongestKanji || !bounded(run) || cue != nullptr || m_page.lexicon.is(left, ~0ULL) ||
            m_page.taken(run, start, rank::Shape) || (left.size() > 1 && plain(run, start)) ||
            (left.size() == 1 && oneOf(U"故同各両亡他計当男女全", left.front())) ||
            (left.size() > 1 && oneOf(U"者医主署級部科課", left.back()))) {
            return start;
        }
        return run;
    }

    // りゅうせいくん, しばたれさわさん: hiragana to where it begins, but not the particle before it.
    std::size_t widerKana(std::size_t start, std::size_t end) const {
        const std::size_t run = runStart(start, isHiragana, kLongestKana);
        if (start - run > kLongestKana) {
            return start;
        }
        const std::size_t first =
            m_parser.beginsHere(run) || !oneOf(U"のはがともでにを", m_page.at(run)) ? run : run + 1;
        for (std::size_t i = start; i > first + 1; --i) {
            if (m_page.before(i) == U'の' || m_page.before(i) == U'を') {
                return i; // おとなりのばなやす
            }
        }
        // 相談したとひなさん, 、といずみさん: words of speech stand before the name that was found.
        const Morpheme* const word = m_page.morphemeAt(first);
        const bool known = word != nullptr && !word->unknown && word->end <= start;
        const bool speech = known && (!m_page.lexicon.isGiven(m_page.slice(first, end)) &&
                                      (!m_parser.beginsHere(first) || word->end > first + 2 ||
                                       (word->pos == Pos::Particle && m_page.at(first) == U'と')));
        return first >= start || oneOf(U"おご", m_page.at(first)) || speech ||
                       m_page.taken(first, start, rank::Shape)
                   ? start
                   : first;
    }

    // 西明寺 はな様, 水流添 カツ様: what stands before a given name and one blank, on its own.
    std::size_t withSurname(std::size_t start, const Candidate& name) const {
        const std::u32string_view given = m_page.slice(start, name.end);
        const std::size_t end = start == 0 ? 0 : start - 1;
        if (start < 2 || m_page.text[end] != U' ' || isBlank(m_page.before(end)) || given.size() > 5 ||
            (!m_page.lexicon.isGiven(given) && (m_page.lexicon.isSurname(given) || isKanji(given.front())))) {
            return start;
        }
        const bool kanji = inKanjiName(m_page.before(end));
        if (!kanji && !isKatakana(m_page.before(end))) {
            return start;
        }
        const std::size_t run = runStart(end, kanji ? inKanjiName : isKatakana, kLongestKana);
        const std::u32string_view text = m_page.slice(run, end);
        const bool listed = m_page.lexicon.isSurname(text);
        const bool edge = kanji ? bounded(run) : m_parser.beginsHere(run);
        const Morpheme* const word = m_page.morphemeAt(run);
        const bool done = word != nullptr && word->start == run && word->end >= end && !word->unknown &&
                          (word->pos == Pos::ActionNoun || word->pos == Pos::Adverbial ||
                           word->pos == Pos::Number || word->pos == Pos::Counter);
        const Morpheme* const last = m_page.morphemeAt(end - 1);
        const bool counted = last != nullptr && (last->pos == Pos::Counter || last->pos == Pos::Suffix);
        if (!edge || text.size() > (kanji ? kLongestKanji : kLongestKana) ||
            (!listed && (m_page.cueTo(end, ~0ULL) != nullptr || m_page.lexicon.is(text, ~0ULL) || done ||
                         counted || oneOf(U"科課室部棟院長者員師医士係班組会様氏", text.back()))) ||
            (m_page.taken(run, end, rank::Shape) && !(listed && text.size() > 2))) {
            return start;
        }
        return run;
    }

    // 鵤さん, 姉の子 るなちゃん, Kさん: who is addressed though nothing was found before the honorific.
    void unlisted(const Cue& cue) {
        std::size_t end = cue.start;
        if (end == 0 || m_page.taken(end - 1, end, rank::Shape)) {
            return;
        }
        const char32_t next = m_page.at(cue.end);
        if ((isKatakana(m_page.at(cue.start)) && isKatakana(next)) ||
            (m_page.slice(cue.start, cue.end) == U"君" && isKanji(next))) {
            return; // スボレキサント, 六君子湯
        }
        const bool honorific = (cue.bits & kind::Honorific) != 0;
        const bool latinTitle =
            isLatin(m_page.at(cue.start)) && (cue.bits & kind::TitleClinician) != 0 && !isLatin(next);
        const bool title = !honorific && cue.end - cue.start > 1;
        if (isClose(m_page.before(end)) && honorific) {
            quoted(end);
            return;
        }
        if (isUpper(m_page.before(end)) || m_page.before(end) == U'.') {
            if (honorific || m_page.slice(cue.start, cue.end) == U"先生") {
                initials(end);
            }
            return;
        }
        if (inKanjiName(m_page.before(end)) && (honorific || latinTitle || title)) {
            unlistedKanji(cue, end);
        } else if (isHiragana(m_page.before(end)) && honorific) {
            unlistedKana(cue, end);
        } else if (isKatakana(m_page.before(end)) && honorific) {
            const std::size_t start = runStart(end, isKatakana, 8);
            if (end - start >= 2 && end - start <= 8 && bounded(start) && !plain(start, end) &&
                m_page.cueFrom(start, ~0ULL) == nullptr && m_page.slice(cue.start, cue.end) != U"様") {
                offer(start, end, cue);
            }
        }
    }

    void unlistedKanji(const Cue& cue, std::size_t end) {
        const std::size_t start = runStart(end, inKanjiName, kLongestKanji);
        const std::u32string_view text = m_page.slice(start, end);
        const Morpheme* const word = m_page.morphemeAt(end - 1);
        const bool within = word != nullptr && word->end > end && !word->unknown; // 皆さん
        const char32_t next = m_page.at(cue.end);
        const bool form = m_page.slice(cue.start, cue.end) == U"様" &&
                          (isKanji(next) || next == U'の' || next == U'に' || next == U'な');
        if (text.empty() || text.size() > 4 || !bounded(start) || within || form ||
            m_page.cueTo(end, ~0ULL) != nullptr || m_page.lexicon.is(text, ~0ULL) ||
            oneOf(U"者員師士手族医官人屋長生家客方親様々各皆上主嫁婿姉兄弟妹娘孫子科課部室棟的爺婆坊何水",
                  text.back())) {
            return;
        }
        if (text.size() > 1 ? plain(start, end) && !m_page.lexicon.isSurname(text)
                            : !m_parser.beginsHere(start)) {
            return;
        }
        if ((cue.bits & kind::Honorific) == 0 && text.size() == 1 &&
            oneOf(U"前元現旧新副各同両故総当他全", text.front())) {
            return;
        }
        offer(start, end, cue);
    }

    void unlistedKana(const Cue& cue, std::size_t end) {
        const std::size_t run = runStart(end, isHiragana, kLongestKana);
        const bool edge = m_parser.beginsHere(run);
        const std::size_t start = edge || !oneOf(U"のはがともでにを", m_page.at(run)) ? run : run + 1;
        const std::u32string_view title = m_page.slice(cue.start, cue.end);
        const bool familiar = title == U"くん" || title == U"ちゃん" || title == U"君";
        const Morpheme* const word = m_page.morphemeAt(end - 1);
        const bool within = word != nullptr && word->end > end && !word->unknown;
        if (end - start < 2 || end - start > 5 || within ||
            oneOf(U"おごこそあどぁぃぅぇぉゃゅょっ", m_page.at(start)) ||
            m_page.lexicon.is(m_page.slice(start, end), ~0ULL) || m_page.cueTo(end, ~0ULL) != nullptr ||
            (!familiar && (title != U"さん" || !edge || plain(start, end)))) {
            return;
        }
        // みっちゃん is what she is called, as a whole.
        offer(start, oneOf(U"っー", m_page.before(end)) ? cue.end : end, cue);
    }

    // 「堀之内 モカ」様

    void quoted(std::size_t end) {
        std::size_t start = end - 1;
        while (start > 0 && end - start < 14 &&
               (isNameCharacter(m_page.before(start)) || isBlank(m_page.before(start)))) {
            --start;
        }
        if (m_page.before(start) == U'「' && end - 1 > start + 1 && !plain(start, end - 1) &&
            m_page.cueFrom(start, ~0ULL) == nullptr) {
            m_page.add(start, end - 1, Label::PatientName, 0.5, "title.quoted", rank::Shape + 1);
        }
    }

    // Kさん, T.S.さん, T・K氏; Aさん stands for anybody.

    void initials(std::size_t end) {
        std::size_t start = end;
        std::size_t letters = 0;
        while (start > 0 && (isUpper(m_page.before(start)) || oneOf(U".・", m_page.before(start)))) {
            letters += isUpper(m_page.before(start)) ? 1 : 0;
            --start;
        }
        if (letters > 0 && letters <= 2 && isUpper(m_page.at(start)) && m_page.slice(start, end) != U"A" &&
            !isLatin(m_page.before(start)) && !isDigit(m_page.before(start)) &&
            m_page.before(start) != U'-') {
            m_page.add(start, end, Label::PatientName, 0.4, "title.initials", rank::Shape);
        }
    }

    // "Itakano sensei", "Aikawa-san"
    void romanAddressed() {
        static constexpr std::array<std::u32string_view, 5> kWords{U"sensei", U"san", U"sama", U"kun",
                                                                   U"chan"};
        for (std::size_t i = 2; i < m_page.text.size(); ++i) {
            if ((m_page.text[i] != U's' && m_page.text[i] != U'k' && m_page.text[i] != U'c') ||
                (m_page.text[i - 1] != U' ' && m_page.text[i - 1] != U'-')) {
                continue;
            }
            const auto* const word = std::find_if(
                kWords.begin(), kWords.end(), [&](std::u32string_view w) { return m_page.startsWith(i, w); });
            if (word == kWords.end() || isLatin(m_page.at(i + word->size()))) {
                continue;
            }
            std::size_t start = i - 1;
            while (start > 0 && isLower(m_page.before(start))) {
                --start;
            }
            if (start > 0 && isUpper(m_page.before(start)) && !isLatin(m_page.before(start - 1)) &&
                i - start >= 3 && !m_page.taken(start - 1, i - 1, rank::Shape)) {
                m_page.add(start - 1, i - 1, *word == U"sensei" ? Label::ClinicianName : Label::OtherName,
                           0.6, "title.roman", rank::Shape);
            }
        }
    }

    void offer(std::size_t start, std::size_t end, const Cue& cue) {
        if (!m_page.taken(start, end, rank::Shape)) {
            m_page.add(start, end,
                       (cue.bits & kind::TitleClinician) != 0 ? Label::ClinicianName : Label::OtherName, 0.45,
                       "title.bare", rank::Shape);
        }
    }

    Page& m_page;
    NameParser m_parser;
};

} // namespace

void findHonouredNames(Page& page) {
    HonouredFinder(page).run();
}

} // namespace kamei::detect::text::names
