#include "core/detect/text/page/Page.h"

#include <algorithm>

#include "core/detect/text/page/Spacing.h"

namespace kamei::detect::text::page {
namespace {

using namespace japanese;

// A Latin word of the list must be a whole word: "ID" is not in "COVID".
bool isWhole(std::u32string_view text, std::size_t start, std::size_t end) {
    const bool left = start == 0 || !isLatin(text[start]) || !isLatin(text[start - 1]);
    const bool right = end >= text.size() || !isLatin(text[end - 1]) || !isLatin(text[end]);
    return left && right;
}

} // namespace

namespace {

Normalised readable(std::string_view utf8, const Lexicon& words) {
    Normalised out = normalise(utf8);
    joinSpacedLetters(out, utf8, words.words());
    return out;
}

} // namespace

Page::Page(std::string_view utf8, const Lexicon& words, const Analyser& analyser)
    : lexicon(words), normalised(readable(utf8, words)), text(normalised.text),
      morphemes(analyser.analyse(text)), m_cueFrom(text.size() + 1, -1), m_cueTo(text.size() + 1, -1),
      m_morphemeFrom(text.size() + 1, -1) {
    std::vector<bool> starts(text.size() + 1);
    for (const Morpheme& word : morphemes) {
        starts[word.start] = true;
    }
    for (std::size_t i = 0; i < text.size();) {
        const PhraseTrie::Match match = lexicon.words().longest(text, i);
        if (match.length == 0 || !isWhole(text, i, i + match.length)) {
            ++i;
            continue;
        }
        // 内海運転手: two kanji across two words are no 海運.
        const bool suffix = (match.bits & ~std::uint64_t{kind::OrgSuffix | kind::FacilitySuffix}) == 0;
        if (suffix && match.length == 2 && !starts[i] && i + 2 < text.size() && !starts[i + 2]) {
            ++i;
            continue;
        }
        const auto index = static_cast<std::int32_t>(cues.size());
        cues.push_back(
            {static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(i + match.length), match.bits});
        m_cueFrom[i] = index;
        m_cueTo[i + match.length] = index;
        i += match.length;
    }
    for (std::size_t k = 0; k < morphemes.size(); ++k) {
        for (std::size_t i = morphemes[k].start; i < morphemes[k].end; ++i) {
            m_morphemeFrom[i] = static_cast<std::int32_t>(k);
        }
    }
}

namespace {

// Where a remark in brackets begins that ends before `end`: "氏名(自署)", "電話番号(日中の連絡先)"; `end`
// where none does. What holds a digit is a value.
std::size_t beforeRemark(std::u32string_view text, std::size_t end) {
    constexpr std::size_t kLongest = 14;
    if (end == 0 || !isClose(text[end - 1])) {
        return end;
    }
    for (std::size_t i = end - 1; i > 0 && end - i < kLongest; --i) {
        const char32_t c = text[i - 1];
        if (isOpen(c)) {
            return i - 1;
        }
        if (isDigit(c) || isLineEnd(c) || isClose(c)) {
            break;
        }
    }
    return end;
}

} // namespace

const Cue* Page::labelBefore(std::size_t i, std::uint64_t bits, std::size_t reach) const {
    static constexpr CharacterSet kMarks{U" \t:=|/・,、.#はがのを→-_"};
    const auto separates = [](char32_t c) { return kMarks.has(c) || isOpen(c) || isClose(c); };
    for (std::size_t back = 0; back <= reach && back <= i; ++back) {
        const std::size_t end = i - back;
        if (const Cue* const cue = cueTo(end, bits)) {
            return cue;
        }
        if (const Cue* const cue = cueTo(skipBlanksBack(beforeRemark(text, end)), bits);
            cue != nullptr && end < text.size()) {
            return cue;
        }
        if (end == 0 || !separates(text[end - 1])) {
            return nullptr;
        }
    }
    return nullptr;
}

void Page::add(std::size_t start, std::size_t end, Label label, double confidence, std::string_view source,
               int rank) {
    end = std::min(end, text.size()); // whatever a rule counts, nothing lies behind the text
    while (start < end && isSpace(text[start])) {
        ++start;
    }
    while (end > start && isSpace(text[end - 1])) {
        --end;
    }
    if (start < end) {
        found.push_back({start, end, label, confidence, source, rank, {}});
    }
}

bool Page::taken(std::size_t start, std::size_t end, int atLeast) const {
    return std::any_of(found.begin(), found.end(), [=](const Candidate& c) {
        return c.rank >= atLeast && c.start < end && start < c.end;
    });
}

} // namespace kamei::detect::text::page
