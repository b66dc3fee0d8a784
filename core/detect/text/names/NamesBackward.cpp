#include "core/detect/text/names/NameParser.h"

#include <algorithm>

namespace kamei::detect::text::names {

using namespace japanese;

namespace {

constexpr std::size_t kLongestSurname = 5;
constexpr std::size_t kLongestGiven = 4;
constexpr std::size_t kLongestName = 12;

bool allKatakana(std::u32string_view text) {
    return std::all_of(text.begin(), text.end(), [](char32_t c) { return isKatakana(c) || c == U'・'; });
}

bool allHiragana(std::u32string_view text) {
    return std::all_of(text.begin(), text.end(), isHiragana);
}

bool isPersonPos(Pos pos) {
    return pos == Pos::Person || pos == Pos::Surname || pos == Pos::Given;
}

} // namespace

NameShape NameParser::shapeOf(std::size_t start, std::size_t end) const {
    const std::u32string_view text = m_page.slice(start, end);
    const std::size_t blank = text.find(U' ');
    const Lexicon& lexicon = m_page.lexicon;
    if (blank != std::u32string_view::npos) {
        return lexicon.isSurname(text.substr(0, blank)) && lexicon.isGiven(text.substr(blank + 1))
                   ? NameShape::Full
                   : NameShape::Unknown;
    }
    for (std::size_t split = std::min(kLongestSurname, text.size() - 1); split > 0 && text.size() > 1;
         --split) {
        if (text.size() - split <= kLongestGiven && lexicon.isSurname(text.substr(0, split)) &&
            lexicon.isGiven(text.substr(split)) && !lexicon.isSurname(text)) {
            return NameShape::Full;
        }
    }
    if (lexicon.isSurname(text)) {
        return NameShape::Surname;
    }
    if (lexicon.isGiven(text)) {
        return NameShape::Given;
    }
    if (allKatakana(text)) {
        return text.find(U'・') != std::u32string_view::npos ? NameShape::Foreign : NameShape::Kana;
    }
    return NameShape::Unknown;
}

bool NameParser::partOfWord(std::size_t start, std::size_t end) const {
    if (end - start != 1 || !isKanji(m_page.at(start))) {
        return false;
    }
    const Morpheme* const word = m_page.morphemeAt(start);
    if (word == nullptr || isPersonPos(word->pos)) {
        return false;
    }
    if (word->end - word->start > 1) {
        return !word->unknown && (isKanji(m_page.at(end)) || isKanji(m_page.before(start)));
    }
    // MeCab takes 原 and 平 for prefixes too, but these are surnames with bearers: 原医師 is a person.
    return word->pos == Pos::Prefix && isKanji(m_page.at(end)) &&
           m_page.lexicon.bearers(m_page.slice(start, end)) == 0;
}

int NameParser::leftEvidence(std::size_t start) const {
    if (beginsHere(start)) {
        return 3;
    }
    if (m_page.cueTo(start, kind::NameCue | kind::AnyLabel | kind::FacilitySuffix | kind::OrgSuffix |
                                kind::NameEnd | kind::NotName) != nullptr) {
        return 3;
    }
    const char32_t before = m_page.before(start);
    const Morpheme* const first = m_page.morphemeAt(start);
    if (before == U'ヶ' || before == U'ケ' ||
        (first != nullptr && first->start == start && isKanji(before) &&
         (first->pos == Pos::Suffix || first->pos == Pos::Counter))) {
        return -5; // the 中 of 搬送中
    }
    if (isHiragana(before) && isKanji(m_page.at(start))) {
        return isParticleLetter(before) ? 3 : 1;
    }
    if (isLatin(before)) {
        return isLatin(m_page.at(start)) ? -5 : 2;
    }
    if (isKatakana(before) && !isKatakana(m_page.at(start))) {
        return 1;
    }
    const Morpheme* const left = m_page.morphemeAt(start - 1);
    if (left != nullptr && left->end == start) {
        return left->pos == Pos::Particle ? 3 : left->pos == Pos::Suffix || left->pos == Pos::Noun ? 2 : 1;
    }
    return -5;
}

std::optional<NameMatch> NameParser::backward(std::size_t end) const {
    if (end == 0) {
        return std::nullopt;
    }
    // Latin before a title: "Dr" excepted, read the words backwards.
    if (isLatin(m_page.before(end))) {
        std::size_t start = end;
        std::size_t words = 0;
        while (start > 0 && words < 3 && isRomanLetter(m_page.before(start))) {
            while (start > 0 && isRomanLetter(m_page.before(start))) {
                --start;
            }
            ++words;
            if (start > 1 && m_page.before(start) == U' ' && isRomanLetter(m_page.at(start - 2)) &&
                words < 3 && isUpper(m_page.at(start))) {
                --start;
            }
        }
        start = isBlank(m_page.at(start)) ? start + 1 : start;
        if (end - start >= 3 && isUpper(m_page.at(start)) &&
            m_page.cueFrom(start, kind::AnyLabel | kind::NameCue | kind::NameEnd) == nullptr) {
            return NameMatch{start, end, NameShape::Roman, true};
        }
        return std::nullopt;
    }
    std::optional<NameMatch> best;
    int bestScore = 5;
    bool blanks = false;
    for (std::size_t start = end; start > 0 && end - start < kLongestName;) {
        const char32_t c = m_page.before(start);
        const bool dot =
            c == U'・' && isKatakana(m_page.at(start)) && start > 1 && isKatakana(m_page.at(start - 2));
        if (isBlank(c) && !blanks && end - start >= 1 && start > 1 && isNameCharacter(m_page.at(start - 2))) {
            blanks = true;
            --start;
            continue;
        }
        if (!isNameCharacter(c) && !dot) {
            break;
        }
        --start;
        if (isBlank(m_page.at(start))) {
            continue;
        }
        const std::u32string_view text = m_page.slice(start, end);
        const NameShape shape = shapeOf(start, end);
        int score = 0;
        switch (shape) {
        case NameShape::Full:
            score = 8;
            break;
        case NameShape::Surname:
            score = m_page.lexicon.bearers(text) > 0 || text.size() > 1 ? 6 : 4;
            break;
        case NameShape::Given:
            score = allHiragana(text) && text.size() < 2 ? 0 : 5;
            break;
        case NameShape::Foreign:
            score = 8;
            break;
        case NameShape::Kana:
            score = isKatakana(m_page.before(start)) || m_page.before(start) == U'・' ? -9
                    : plainWord(start, end)                                           ? -9
                                                                                      : 4;
            break;
        default:
            // An unlisted run counts only whole, between marks.
            score =
                !blanks &&
                        std::all_of(text.begin(), text.end(),
                                    [](char32_t x) { return isKanji(x) || x == U'ヶ'; }) &&
                        text.size() <= 4 && leftEvidence(start) >= 3 && !plainWord(start, end)
                    ? 3
                : blanks && leftEvidence(start) >= 3 &&
                        std::all_of(text.begin(), text.end(),
                                    [](char32_t x) { return isKanji(x) || isHiragana(x) || isBlank(x); }) &&
                        (m_page.lexicon.isSurname(text.substr(0, text.find(U' '))) ||
                         (m_page.lexicon.isGiven(text.substr(text.find(U' ') + 1)) && text.find(U' ') <= 3))
                    ? 5
                    : -9;
            break;
        }
        const int left = leftEvidence(start);
        score += left;
        // A longer name that begins as well wins: 菊地 over 地, 五百旗頭 over 旗頭.
        score += left >= 1 ? static_cast<int>(text.size()) / 2 : 0;
        const Morpheme* const word = m_page.morphemeAt(start);
        if (word != nullptr && word->start == start && isPersonPos(word->pos)) {
            score += 1;
        }
        const Cue* const lead = m_page.cueFrom(start, kind::NotName | kind::NameCue | kind::AnyLabel);
        if (m_page.lexicon.is(text, kind::NotName | kind::Kin | kind::Eponym | kind::Occupation |
                                        kind::NameCue | kind::NameEnd) ||
            (lead != nullptr && lead->end < end && lead->end - lead->start > 1)) {
            score = -9;
        }
        if (score > bestScore) {
            bestScore = score;
            best = NameMatch{start, end, shape, left >= 3};
        }
    }
    return best;
}

} // namespace kamei::detect::text::names
