#include "core/detect/text/names/NameParser.h"

#include <algorithm>

namespace kamei::detect::text::names {

using namespace japanese;

std::optional<NameMatch> NameParser::roman(std::size_t start) const {
    if (!isUpper(m_page.at(start)) || isLatin(m_page.before(start))) {
        return std::nullopt;
    }
    std::size_t i = start;
    std::size_t end = start;
    std::size_t words = 0;
    std::size_t letters = 0;
    while (words < 4 && isUpper(m_page.at(i))) {
        std::size_t k = i;
        while (isRomanLetter(m_page.at(k))) {
            ++k;
        }
        letters += k - i;
        ++words;
        end = k;
        i = k;
        if (words > 0 &&
            m_page.cueFrom(m_page.skipBlanks(i + 1), kind::NameCue | kind::AnyLabel) != nullptr) {
            break;
        }
        // "Phillips, K." goes on behind the comma, "Y. Toyama, K. Hase" does not.
        if (m_page.at(i) == U',' && m_page.at(i + 1) == U' ' && words == 1) {
            i += 2;
        } else if (m_page.at(i) == U' ' || m_page.at(i) == U'・') {
            ++i;
        } else {
            break;
        }
    }
    while (end > start && (m_page.before(end) == U'-' || m_page.before(end) == U',')) {
        --end;
    }
    if (words == 1 && m_page.before(end) == U'.') {
        --end;
    }
    if (letters < 3 || isDigit(m_page.at(end)) ||
        m_page.cueFrom(start, kind::AnyLabel | kind::ClinicianCue) != nullptr) {
        return std::nullopt;
    }
    return NameMatch{start, end, NameShape::Roman, true};
}

std::optional<NameMatch> NameParser::katakana(std::size_t start) const {
    if (!isKatakana(m_page.at(start)) || isKatakana(m_page.before(start))) {
        return std::nullopt;
    }
    std::size_t end = start;
    std::size_t words = 1;
    while (isKatakana(m_page.at(end)) ||
           ((m_page.at(end) == U'・' || m_page.at(end) == U' ' || m_page.at(end) == U'=') &&
            isKatakana(m_page.at(end + 1)) && words < 4)) {
        words += isKatakana(m_page.at(end)) ? 0 : 1;
        ++end;
    }
    // カルロス 上原: a foreign given name before a Japanese surname.
    if (m_page.at(end) == U' ' && isKanji(m_page.at(end + 1))) {
        for (std::size_t length = 3; length > 0; --length) {
            const std::size_t behind = end + 1 + length;
            if (behind <= m_page.text.size() && m_page.lexicon.isSurname(m_page.slice(end + 1, behind)) &&
                endsHere(behind)) {
                return NameMatch{start, behind, NameShape::Foreign, true};
            }
        }
    }
    if (end - start < 2) {
        return std::nullopt;
    }
    return NameMatch{start, end, words > 1 ? NameShape::Foreign : NameShape::Kana, endsHere(end)};
}

} // namespace kamei::detect::text::names
