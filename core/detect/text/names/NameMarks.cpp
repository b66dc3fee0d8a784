#include "core/detect/text/names/NameMarks.h"

#include <algorithm>

#include "core/detect/text/names/NameParser.h"

namespace kamei::detect::text::names {

using namespace japanese;

bool plainWords(const Page& page, Stretch range) {
    for (std::size_t i = range.start; i < range.end;) {
        const Morpheme* const part = page.morphemeAt(i);
        if (part == nullptr || part->unknown || part->pos == Pos::Surname || part->pos == Pos::Given ||
            part->pos == Pos::Person || part->pos == Pos::Place || part->pos == Pos::ProperNoun) {
            return false;
        }
        i = part->end;
    }
    return true;
}

bool nameCloses(const Page& page, std::size_t end) {
    const char32_t c = page.at(end);
    return c == 0 || isStop(c) || isSpace(c) || page.cueFrom(end, kind::NameEnd) != nullptr;
}

Stretch wordAt(const Page& page, std::size_t start) {
    std::size_t end = start;
    const char32_t first = page.at(start);
    if (isKanji(first)) {
        while (inKanjiName(page.at(end))) {
            ++end;
        }
    } else if (isKatakana(first)) {
        while (isKatakana(page.at(end)) || (page.at(end) == U'・' && isKatakana(page.at(end + 1)))) {
            ++end;
        }
    } else if (isHiragana(first)) {
        while (isHiragana(page.at(end)) || (page.at(end) == U'ー' && end > start)) {
            ++end;
        }
    }
    return {start, end};
}

NameMarks::NameMarks(Page& page) : m_page(page), m_marks(page.text.size() + 1) {
    for (const Candidate& c : resolve(page)) {
        mark(c);
    }
}

void NameMarks::mark(const Candidate& c) {
    std::fill(m_marks.begin() + static_cast<std::ptrdiff_t>(c.start),
              m_marks.begin() + static_cast<std::ptrdiff_t>(c.end), Used);
    if (c.label <= Label::OtherName) {
        m_marks[c.start] |= NameStarts;
        m_names.push_back({c.start, c.end, c.label});
    }
}

bool NameMarks::used(Stretch range) const {
    return std::any_of(m_marks.begin() + static_cast<std::ptrdiff_t>(range.start),
                       m_marks.begin() + static_cast<std::ptrdiff_t>(range.end),
                       [](std::uint8_t m) { return (m & Used) != 0; });
}

void NameMarks::add(Stretch range, Label label, double confidence, std::string_view source) {
    if (range.end > range.start && !used(range)) {
        m_page.add(range.start, range.end, label, confidence, source, rank::Model);
        mark(m_page.found.back());
    }
}

void NameMarks::take(Stretch range, Label label, double confidence, std::string_view source) {
    int highest = rank::Model;
    for (const Candidate& c : resolve(m_page)) {
        if (c.start >= range.end || c.end <= range.start) {
            continue;
        }
        const bool other = c.label > Label::OtherName;
        if ((other && c.rank > rank::Model) || c.rank >= rank::Known || c.end > range.end ||
            (!other && c.start == range.start && c.end == range.end)) {
            return;
        }
        highest = std::max(highest, c.rank + (other || c.start < range.start ? 1 : 0));
    }
    m_page.add(range.start, range.end, label, confidence, source, highest);
    mark(m_page.found.back());
}

bool NameMarks::possible(Stretch word) const {
    const std::size_t length = word.end - word.start;
    const char32_t first = m_page.at(word.start);
    const std::u32string_view text = m_page.slice(word.start, word.end);
    const std::size_t most = isKanji(first) ? 5 : isKatakana(first) ? 12 : 6;
    constexpr std::uint64_t kNever = kind::NotName | kind::AnyLabel | kind::Decoy;
    if (length == 0 || length > most || (length == 1 && !isKanji(first)) || used(word) ||
        m_page.lexicon.is(text, ~0ULL) || endsLikeBody(text) ||
        (length > 1 && oneOf(U"症式病法型群者受", text.back())) ||
        m_page.cueFrom(word.start, kNever | kind::Eponym) != nullptr ||
        m_page.cueTo(word.end, kNever) != nullptr) {
        return false;
    }
    const bool surname = m_page.lexicon.isSurname(text);
    const Cue* const cue = m_page.cueFrom(word.start, ~0ULL);
    return surname || ((cue == nullptr || cue->end - cue->start == 1) && !plainWords(m_page, word));
}

} // namespace kamei::detect::text::names
