#include <algorithm>
#include <array>

#include "core/detect/text/names/NameParser.h"
#include "core/detect/text/names/Units.h"

namespace kamei::detect::text::names {
namespace {

using namespace japanese;

constexpr std::size_t kMostCandidates = 4096; // of a page; a list of names is no longer
constexpr std::size_t kLongestSpaced = 24;    // letters that stand apart, label and honorific included

Label labelOfCue(std::uint64_t bits) {
    return (bits & kind::PatientField) != 0   ? Label::PatientName
           : (bits & kind::ClinicianCue) != 0 ? Label::ClinicianName
           : (bits & kind::Kin) != 0          ? Label::FamilyName
                                              : Label::OtherName;
}

// Names that the others of a list give away, and names whose letters stand apart, as OCR and forms write
// them.
class ListFinder {
public:
    explicit ListFinder(Page& page) : m_page(page), m_parser(page) {}

    void run() {
        spaced();
        romanised();
        for (std::size_t k = 0; k < m_page.found.size() && k < kMostCandidates; ++k) {
            const Candidate name = m_page.found[k];
            if (name.label <= Label::OtherName && name.rank >= rank::Shape && name.confidence >= 0.45) {
                behind(name);
                ahead(name);
            }
        }
    }

private:
    static bool separates(char32_t c) { return oneOf(U"、・,/→", c); }

    // Past "様", "医師", "(薬)", "(44)".
    std::size_t pastTitle(std::size_t i) const {
        i = m_page.skipBlanks(i);
        if (const Cue* const title = m_page.cueFrom(i, kind::NameEnd)) {
            i = title->end;
        }
        if (isOpen(m_page.at(i)) && m_page.at(i) != U'「') {
            for (std::size_t k = i + 1; k < i + 10 && !isLineEnd(m_page.at(k)); ++k) {
                if (isClose(m_page.at(k))) {
                    return k + 1;
                }
            }
        }
        return i;
    }

    // What may follow the name of a list: a mark, an honorific, a bracket, the end, "は平熱".
    bool listGoesOn(std::size_t i) const {
        const char32_t c = m_page.at(i);
        return c == 0 || isStop(c) || isSpace(c) || oneOf(U"はがもと", c) ||
               m_page.cueFrom(i, kind::NameEnd) != nullptr;
    }

    void offer(const NameMatch& name, Label label) {
        const bool listed = name.shape >= NameShape::Given;
        const std::u32string_view text = m_page.slice(name.start, name.end);
        const bool kanji = std::all_of(text.begin(), text.end(), isKanji);
        if (m_page.taken(name.start, name.end, rank::Shape) || m_page.lexicon.is(text, ~0ULL) ||
            !(listed || (kanji && text.size() >= 2 && text.size() <= 4)) || (!listed && endsLikeBody(text)) ||
            !m_parser.nameLike(name.start, name.end)) {
            return;
        }
        m_page.add(name.start, name.end, label, listed ? 0.55 : 0.4, "structure.list", rank::Shape);
    }

    void behind(const Candidate& name) {
        std::size_t i = pastTitle(name.end);
        i = m_page.skipBlanks(i);
        if (!separates(m_page.at(i))) {
            return;
        }
        i = m_page.skipBlanks(i + 1);
        if (m_page.cueFrom(i, ~0ULL) != nullptr || isLineEnd(m_page.at(i))) {
            return;
        }
        if (const auto next = m_parser.forward(i, Lead::Attached); next && listGoesOn(next->end)) {
            offer(*next, name.label);
        }
    }

    void ahead(const Candidate& name) {
        std::size_t mark = m_page.skipBlanksBack(name.start);
        if (mark == 0 || !separates(m_page.before(mark))) {
            return;
        }
        if (const auto last = m_parser.backward(m_page.skipBlanksBack(mark - 1)); last && last->bounded) {
            offer(*last, name.label);
        }
    }

    // "氏 名 大 曽 根 徹 様": letters with a blank behind each.
    void spaced() {
        for (std::size_t i = 0; i < m_page.text.size(); ++i) {
            if (!alone(i)) {
                continue;
            }
            m_places.clear();
            m_letters.clear();
            std::size_t at = i;
            while (alone(at) && m_places.size() < kLongestSpaced) {
                m_places.push_back(at);
                m_letters.push_back(m_page.text[at]);
                at = m_page.skipBlanks(at + 1);
            }
            i = m_places.back();
            if (m_letters.size() >= 3) {
                readSpaced();
            }
        }
    }

    bool alone(std::size_t i) const {
        const char32_t c = m_page.at(i);
        const auto edge = [](char32_t x) { return x == 0 || isSpace(x) || oneOf(U":|[]()", x); };
        return (isKanji(c) || isKatakana(c) || isHiragana(c)) && edge(m_page.before(i)) &&
               edge(m_page.at(i + 1));
    }

    void readSpaced() {
        const std::u32string_view letters = m_letters;
        const Cue* const lead = m_page.labelBefore(m_places.front(), kind::NameCue);
        std::uint64_t bits = lead != nullptr ? lead->bits : 0;
        std::size_t first = 0;
        if (const auto label = m_page.lexicon.words().longest(letters, 0);
            label.length > 1 && (label.bits & kind::AnyLabel) != 0) {
            bits = label.bits;
            first = label.length;
        } else if (label.length > 1 && (label.bits & kind::NameCue) != 0) {
            bits = label.bits;
            first = label.length;
        }
        std::size_t last = letters.size();
        bool honoured = false;
        for (std::size_t k = last; k-- > first;) {
            const auto title = m_page.lexicon.words().longest(letters, k);
            if (title.length == last - k && (title.bits & kind::NameEnd) != 0) {
                last = k;
                honoured = true;
            }
        }
        const std::size_t count = last - first;
        if (count < 2 || count > 7) {
            return;
        }
        const std::u32string_view name = letters.substr(first, count);
        bool listed = false;
        for (std::size_t split = 1; split < count; ++split) {
            listed = listed || (m_page.lexicon.isSurname(name.substr(0, split)) &&
                                m_page.lexicon.isGiven(name.substr(split)));
        }
        // 麻 酔 全 身 麻 酔: what follows a role need not be a name.
        const bool patient = (bits & kind::PatientField) != 0;
        const bool surname = m_page.lexicon.isSurname(name.substr(0, 2)) ||
                             (count > 3 && m_page.lexicon.isSurname(name.substr(0, 3)));
        const bool role = (bits & kind::NameCue) != 0 && (listed || surname);
        if (!patient && !role && !honoured && !(listed && bits == 0)) {
            return;
        }
        const std::size_t start = m_places[first];
        const std::size_t end = m_places[last - 1] + 1;
        if (!m_page.taken(start, end, rank::Number)) {
            m_page.add(start, end, bits == 0 ? Label::PatientName : labelOfCue(bits), listed ? 0.8 : 0.6,
                       "structure.spaced", rank::Cued + 1);
        }
    }

    // HASHIMOTO TARO, Kunitsugu Sotaro: two words with capitals that are written as Japanese is in Latin
    // letters.
    void romanised() {
        for (std::size_t i = 0; i < m_page.text.size(); ++i) {
            const std::size_t first = isUpper(m_page.text[i]) ? romajiLength(i) : 0;
            if (first == 0) {
                continue;
            }
            std::size_t second = i + first;
            second += m_page.at(second) == U',' ? 1 : 0;
            second = m_page.skipBlanks(second);
            const std::size_t length = second > i + first ? romajiLength(second) : 0;
            const bool same = isUpper(m_page.at(i + 1)) == isUpper(m_page.at(second + 1));
            if (length == 0 || !same || first + length < 8 || isLatin(m_page.at(second + length + 1))) {
                i += first;
                continue;
            }
            if (!m_page.taken(i, second + length, rank::Shape) && m_page.cueFrom(i, ~0ULL) == nullptr &&
                m_page.cueFrom(second, ~0ULL) == nullptr) {
                m_page.add(i, second + length, Label::PatientName, 0.4, "structure.romaji", rank::Guess);
            }
            i = second + length;
        }
    }

    // The length of a word of at least two syllables of Hepburn's spelling (kunrei's si, ti, tu, hu too) that
    // begins with a capital, 0 for others.
    std::size_t romajiLength(std::size_t start) const {
        if (!isUpper(m_page.at(start)) || isLatin(m_page.before(start))) {
            return 0;
        }
        std::array<char32_t, 14> letters{};
        std::size_t i = start;
        for (; isLatin(m_page.at(i)) && i - start < letters.size(); ++i) {
            const char32_t c = m_page.at(i);
            letters[i - start] = c < 0x80 && isUpper(c) ? c + 0x20 : c;
        }
        const std::u32string_view word(letters.data(), i - start);
        std::size_t syllables = 0;
        for (std::size_t k = 0; k < word.size(); ++syllables) {
            const auto at = [&](std::size_t n) { return k + n < word.size() ? word[k + n] : U'\0'; };
            const auto vowel = [](char32_t c) { return oneOf(U"aiueo", c); };
            const bool pair = at(0) == at(1) && oneOf(U"kstp", at(0)); // Hattori
            k += pair ? 1 : 0;
            const bool n = at(0) == U'n' && !vowel(at(1)) && at(1) != U'y';
            const bool shch = (at(0) == U's' || at(0) == U'c') && at(1) == U'h';
            const bool ts = at(0) == U't' && at(1) == U's' && at(2) == U'u';
            const bool glide = oneOf(U"kgnhbpmr", at(0)) && at(1) == U'y' && oneOf(U"auo", at(2));
            const bool open = oneOf(U"kgsztdnhbpmrjfyw", at(0)) && vowel(at(1)) &&
                              !(oneOf(U"y", at(0)) && oneOf(U"ie", at(1))) &&
                              !(at(0) == U'w' && at(1) != U'a') && !(at(0) == U'f' && at(1) != U'u');
            const std::size_t step = n                      ? 1
                                     : shch && vowel(at(2)) ? 3
                                     : ts || glide          ? 3
                                     : vowel(at(0))         ? 1
                                     : open                 ? 2
                                                            : 0;
            if (step == 0) {
                return 0;
            }
            k += step;
        }
        return syllables >= 2 && word.size() >= 3 && !isLatin(m_page.at(i)) ? word.size() : 0;
    }

    Page& m_page;
    NameParser m_parser;
    std::vector<std::size_t> m_places; ///< of letters that stand apart
    std::u32string m_letters;
};

} // namespace

void findListedNames(Page& page) {
    ListFinder(page).run();
}

} // namespace kamei::detect::text::names
