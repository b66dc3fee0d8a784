#include <algorithm>
#include <array>

#include "core/detect/text/names/NameMarks.h"
#include "core/detect/text/names/NameParser.h"

namespace kamei::detect::text::names {
namespace {

using namespace japanese;

constexpr std::size_t kMostWords = 5;

// Names in Latin letters that stand where names stand: with age and sex behind, with their reading beside, at
// the beginning of a row, below a greeting. Runs when rules and model have found what they find by
// themselves.
class LatinFinder {
public:
    explicit LatinFinder(Page& page) : m_page(page), m_used(page.text.size() + 1) {
        for (const Candidate& c : resolve(page)) {
            std::fill(m_used.begin() + static_cast<std::ptrdiff_t>(c.start),
                      m_used.begin() + static_cast<std::ptrdiff_t>(c.end), true);
            m_people += c.label <= Label::OtherName ? 1 : 0;
        }
        m_japanese = std::any_of(m_page.text.begin(), m_page.text.end(), isJapanese);
    }

    void run() {
        for (std::size_t i = 0; i < m_page.text.size(); ++i) {
            if (!isUpper(m_page.text[i]) || isLatin(m_page.before(i))) {
                continue;
            }
            const Phrase phrase = read(i);
            if (phrase.end > i) {
                judge(i, phrase);
            }
            i = std::max(i, phrase.end > 0 ? phrase.end - 1 : 0);
        }
    }

private:
    // Words with capitals in a row.
    struct Phrase {
        std::size_t end = 0;
        std::size_t words = 0;
        bool comma = false;
        bool caret = false;
        bool capitals = true; ///< nothing but them: "LUMBAR SPINE SAG" as well as a name
    };

    Phrase read(std::size_t start) const {
        Phrase phrase;
        std::size_t i = start;
        std::size_t letters = 0;
        while (phrase.words < kMostWords && isUpper(m_page.at(i))) {
            std::size_t end = i;
            while (isRomanLetter(m_page.at(end))) {
                ++end;
            }
            const std::u32string_view word = m_page.slice(i, end);
            const bool initial = word.size() <= 4 && word.back() == U'.';
            if ((word.back() == U'.' && !initial && word != U"Jr.") || m_page.lexicon.is(word, ~0ULL)) {
                if (word.back() == U'.' && phrase.words > 0 && !m_page.lexicon.is(word, ~0ULL)) {
                    phrase.end = end - 1; // the last of a sentence
                    ++phrase.words;
                }
                break;
            }
            letters = std::max(letters, word.size());
            phrase.capitals = phrase.capitals && std::none_of(word.begin(), word.end(), isLower);
            phrase.end = end;
            ++phrase.words;
            if (m_page.at(end) == U'^' && isUpper(m_page.at(end + 1))) {
                phrase.caret = true;
                i = end + 1;
            } else if (m_page.at(end) == U' ' && isUpper(m_page.at(end + 1))) {
                i = end + 1;
            } else if (m_page.at(end) == U',' && m_page.at(end + 1) == U' ' && isUpper(m_page.at(end + 2)) &&
                       !phrase.comma) {
                phrase.comma = true;
                i = end + 2;
            } else {
                break;
            }
        }
        if (letters < 3) {
            phrase.end = 0;
        }
        return phrase;
    }

    bool used(std::size_t start, std::size_t end) const {
        return std::find(m_used.begin() + static_cast<std::ptrdiff_t>(start),
                         m_used.begin() + static_cast<std::ptrdiff_t>(end),
                         true) != m_used.begin() + static_cast<std::ptrdiff_t>(end);
    }

    void add(std::size_t start, std::size_t end, Label label, double confidence, std::string_view source) {
        m_page.add(start, end, label, confidence, source, rank::Model);
        std::fill(m_used.begin() + static_cast<std::ptrdiff_t>(start),
                  m_used.begin() + static_cast<std::ptrdiff_t>(end), true);
    }

    void judge(std::size_t start, const Phrase& phrase) {
        const std::size_t end = phrase.end;
        if (used(start, end) || m_page.cueFrom(start, ~0ULL) != nullptr) {
            return;
        }
        // As DICOM writes people; but its studies are called so too: NEURO^HEAD.
        if (phrase.caret && phrase.words <= 3 &&
            (m_japanese || m_page.labelBefore(start, kind::NameCue | kind::AnyLabel) != nullptr)) {
            add(start, end, Label::ClinicianName, 0.6, "latin.caret");
            return;
        }
        if (phrase.words >= 2 &&
            (m_japanese || !phrase.capitals || phrase.comma || m_page.at(end + 1) == U'(') &&
            agedBehind(end, phrase)) {
            add(start, end, Label::PatientName, 0.6, "latin.aged");
            return;
        }
        if (m_people < 1) {
            return;
        }
        if (phrase.words >= 2 && readingBeside(start, end)) {
            add(start, end, Label::PatientName, 0.5, "latin.reading");
        } else if (phrase.words <= 3 && greeted(start) && m_page.at(end) != U':') {
            add(start, end, Label::OtherName, 0.45, "latin.greeting");
        } else if (m_people > 1 && phrase.words >= 2 && phrase.words <= 4 && rowOf(start) && rowEnds(end)) {
            add(start, end, Label::PatientName, 0.4, "latin.row");
        }
    }

    // "Cooper, Ellen, 71F", "PHAM THI LAN (F, 19)", "Kowalski, Jan, MRN"
    bool agedBehind(std::size_t end, const Phrase& phrase) const {
        std::size_t i = end;
        while (i < end + 3 && oneOf(U", (", m_page.at(i))) {
            ++i;
        }
        if (i == end) {
            return false;
        }
        if (m_page.startsWith(i, U"MRN")) {
            return phrase.comma; // KNEE SAG PD MRN
        }
        std::size_t digits = i;
        while (isDigit(m_page.at(digits))) {
            ++digits;
        }
        if (digits > i && digits - i <= 3) {
            const std::size_t sex = m_page.at(digits) == U' ' ? digits + 1 : digits;
            return oneOf(U"MF男女歳才y", m_page.at(sex)) && !isLatin(m_page.at(sex + 1));
        }
        return oneOf(U"MF", m_page.at(i)) && m_page.at(i + 1) == U',' &&
               isDigit(m_page.at(m_page.skipBlanks(i + 2)));
    }

    // "SILVA, Marcos Enrique(シルバ マルコス)", "Aung Kyaw Moe[tab]アウン チョー モー": not a word alone,
    // which may be a drug with its name.
    bool readingBeside(std::size_t start, std::size_t end) const {
        std::size_t i = m_page.skipBlanks(end);
        if (isOpen(m_page.at(i)) || oneOf(U"|,/", m_page.at(i)) || m_page.at(end) == U'\t') {
            i += m_page.at(end) == U'\t' ? 0 : 1;
            if (kanaWords(i) > 1) {
                return true;
            }
        }
        if (isOpen(m_page.before(start)) && isClose(m_page.at(end)) && start > 1 &&
            isKatakana(m_page.text[start - 2])) {
            std::size_t first = start - 1;
            while (first > 0 && (isKatakana(m_page.before(first)) || oneOf(U"・ ", m_page.before(first)))) {
                --first;
            }
            return kanaWords(m_page.skipBlanks(first)) > 1;
        }
        return false;
    }

    std::size_t kanaWords(std::size_t i) const {
        std::size_t words = 0;
        while (isKatakana(m_page.at(i))) {
            ++words;
            while (isKatakana(m_page.at(i))) {
                ++i;
            }
            i += oneOf(U"・ =", m_page.at(i)) ? 1 : 0;
        }
        return words;
    }

    // Below "Thanks,", behind "this is": who writes or speaks.
    bool greeted(std::size_t start) const {
        static constexpr std::array<std::u32string_view, 16> kLeads{
            U"Thanks,", U"Love,",       U"Regards,", U"regards,", U"Yours,",     U"Sincerely,",
            U"Best,",   U"sincerely,",  U"this is",  U"This is",  U"my name is", U"My name is",
            U"ask for", U"Interpreter", U"Partner",  U"Fellow"};
        std::size_t i = start;
        while (i > 0 && isSpace(m_page.before(i))) {
            --i;
        }
        return i < start && std::any_of(kLeads.begin(), kLeads.end(),
                                        [&](std::u32string_view lead) { return m_page.endsWith(i, lead); });
    }

    // The beginning of a row: of a line, behind its number or mark.
    bool rowOf(std::size_t start) const {
        std::size_t i = start;
        while (i > 0 && start - i < 8 && !isLineEnd(m_page.before(i))) {
            const char32_t c = m_page.before(i);
            if (isLatin(c) ? !isUpper(c) || isLatin(i > 1 ? m_page.text[i - 2] : U'\0')
                           : isWord(c) && !isDigit(c) && c != U'〇') {
                return false;
            }
            --i;
        }
        return i == 0 || isLineEnd(m_page.before(i));
    }

    // Japanese or nothing follows.
    bool rowEnds(std::size_t end) const {
        const std::size_t next = m_page.skipBlanks(end);
        const char32_t c = m_page.at(next);
        return c == 0 || isLineEnd(c) || isKanji(c) || isKatakana(c) || isHiragana(c) || oneOf(U"→(|、", c);
    }

    Page& m_page;
    std::vector<bool> m_used; ///< each place
    std::size_t m_people = 0;
    bool m_japanese = false; ///< whether anything in the text is
};

} // namespace

void findLatinNames(Page& page) {
    LatinFinder(page).run();
}

} // namespace kamei::detect::text::names
