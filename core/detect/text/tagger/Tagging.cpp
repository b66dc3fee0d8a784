#include "core/detect/text/tagger/Tagging.h"

#include <algorithm>
#include <bit>

namespace kamei::detect::text::tagger {
namespace {

using namespace japanese;

constexpr std::size_t kLongestLine = 400; // words
constexpr std::size_t kUsualLine = 32;    // the same; longer ones grow

constexpr std::uint32_t mix(std::uint32_t a, std::uint32_t b) {
    std::uint64_t h = (std::uint64_t{a} << 32U | b) * 0x9E3779B97F4A7C15ULL;
    h ^= h >> 29U;
    h *= 0xBF58476D1CE4E5B9ULL;
    h ^= h >> 32U;
    return static_cast<std::uint32_t>(h);
}

std::uint32_t hashOf(std::u32string_view text) {
    std::uint32_t h = 17;
    for (const char32_t c : text) {
        h = mix(h, isDigit(c) ? U'0' : c);
    }
    return h;
}

std::uint32_t kindOf(char32_t c) {
    return isKanji(c)      ? 1
           : isKatakana(c) ? 2
           : isHiragana(c) ? 3
           : isDigit(c)    ? 4
           : isUpper(c)    ? 5
           : isLatin(c)    ? 6
           : isStop(c)     ? 7
                           : 8;
}

// The kinds of letters of a word, runs of one kind as one.
std::uint32_t kindsOf(std::u32string_view text) {
    std::uint32_t h = 0;
    std::uint32_t last = 0;
    std::uint32_t runs = 0;
    for (const char32_t c : text) {
        const std::uint32_t kind = kindOf(c);
        if (kind != last && ++runs <= 4) {
            h = h * 9 + kind;
        }
        last = kind;
    }
    return h;
}

std::uint32_t listsOf(const Page& page, std::size_t start, std::u32string_view text) {
    std::uint32_t h = 0;
    if (text.size() <= 5 && !text.empty() && (isKanji(text.front()) || isHiragana(text.front()))) {
        h |= page.lexicon.bearers(text) > 0 ? 2U : page.lexicon.isSurname(text) ? 1U : 0U;
        h |= page.lexicon.isGiven(text) ? 4U : 0U;
    } else if (text.size() <= 6 && !text.empty() && isKatakana(text.front())) {
        h |= page.lexicon.isGiven(text) ? 4U : 0U;
    }
    // No place has a name of one letter, but most words are short.
    const bool place =
        text.size() > 1 && page.lexicon.places().longest(page.text, start).length == text.size();
    h |= place ? 8U : 0U;
    return h;
}

std::uint32_t cueHash(std::uint64_t bits) {
    return bits == 0 ? 0
                     : mix(static_cast<std::uint32_t>(bits), static_cast<std::uint32_t>(bits >> 32U)) | 1U;
}

bool endsField(const Page& page, std::size_t i) {
    const char32_t c = page.at(i);
    return c == U'。' || (isBlank(c) && isBlank(page.at(i + 1)));
}

} // namespace

std::vector<TagLine> tagLines(const Page& page, const std::vector<Candidate>& chosen) {
    const std::size_t size = page.text.size();
    std::vector<bool> cut(size + 1);
    std::vector<std::uint64_t> cueBits(size + 1);
    std::vector<std::uint32_t> rule(size + 1);
    for (const Cue& cue : page.cues) {
        cut[cue.start] = cut[cue.end] = true;
        std::fill(cueBits.begin() + cue.start, cueBits.begin() + cue.end, cue.bits);
    }
    for (const Candidate& c : chosen) {
        cut[c.start] = cut[c.end] = true;
        const auto what = 2U + 2U * static_cast<std::uint32_t>(c.label) + (c.rank < rank::Cued ? 128U : 0U);
        std::fill(rule.begin() + static_cast<std::ptrdiff_t>(c.start),
                  rule.begin() + static_cast<std::ptrdiff_t>(c.end), what + 1U);
        rule[c.start] = what;
    }
    std::vector<TagLine> lines;
    TagLine line;
    std::uint32_t field = 0;
    std::uint32_t sinceField = 0;
    std::size_t last = 0;
    const auto endLine = [&] {
        if (!line.empty()) {
            lines.push_back(std::move(line));
            line = {};
            line.reserve(kUsualLine);
        }
        field = 0;
    };
    for (const Morpheme& morpheme : page.morphemes) {
        for (std::size_t i = last; i < morpheme.start; ++i) {
            if (isLineEnd(page.text[i])) {
                endLine();
            } else if (endsField(page, i)) {
                field = 0;
            }
        }
        last = morpheme.end;
        for (std::size_t start = morpheme.start; start < morpheme.end;) {
            std::size_t end = start + 1;
            while (end < morpheme.end && !cut[end]) {
                ++end;
            }
            const std::u32string_view text = page.slice(start, end);
            if (isLineEnd(text.front())) {
                endLine();
                start = end;
                continue;
            }
            TagWord word;
            word.start = static_cast<std::uint32_t>(start);
            word.end = static_cast<std::uint32_t>(end);
            word.surface = hashOf(text);
            const bool split = end - start != morpheme.end - morpheme.start;
            word.shape = mix(static_cast<std::uint32_t>(morpheme.pos) | (morpheme.unknown ? 32U : 0U) |
                                 (split ? 64U : 0U) |
                                 static_cast<std::uint32_t>(std::min<std::size_t>(text.size(), 7)) << 8U |
                                 listsOf(page, start, text) << 12U,
                             kindsOf(text));
            word.cue = cueHash(cueBits[start]);
            word.rule = rule[start];
            word.tail = isDigit(text.back()) ? U'0' : text.back(); // as in the surface
            word.head = isDigit(text.front()) ? U'0' : text.front();
            word.field = field == 0 ? 0 : mix(field, std::min(sinceField, 3U));
            word.blankBefore = isSpace(page.before(start));
            if (cueBits[start] != 0) {
                field = word.cue;
                sinceField = 0;
            } else if (endsField(page, start)) {
                field = 0;
            } else {
                ++sinceField;
            }
            line.push_back(word);
            if (line.size() >= kLongestLine) {
                endLine();
            }
            start = end;
        }
    }
    endLine();
    return lines;
}

void wordFeatures(const TagWord& word, int offset, std::vector<std::uint32_t>& out) {
    const auto base = static_cast<std::uint32_t>(offset + 8) * 16U;
    out.push_back(mix(base + 1, word.surface));
    out.push_back(mix(base + 2, word.shape));
    if (word.cue != 0) {
        out.push_back(mix(base + 3, word.cue));
    }
    if (offset >= -1 && offset <= 1) {
        out.push_back(mix(base + 4, word.rule));
        out.push_back(mix(base + 5, word.tail));
        out.push_back(mix(base + 6, mix(word.tail, word.shape)));
    }
    if (offset == 0) {
        out.push_back(mix(base + 7, word.head));
        out.push_back(mix(base + 8, mix(word.rule, word.shape)));
    }
}

void jointFeatures(const TagLine& line, std::size_t i, std::vector<std::uint32_t>& out) {
    const auto none = [](std::uint32_t side) {
        TagWord word;
        word.surface = word.shape = side;
        return word;
    };
    static const TagWord kBefore = none(1);
    static const TagWord kBehind = none(2);
    const auto at = [&](std::ptrdiff_t offset) -> const TagWord& {
        const std::ptrdiff_t k = static_cast<std::ptrdiff_t>(i) + offset;
        return k < 0                                           ? kBefore
               : k >= static_cast<std::ptrdiff_t>(line.size()) ? kBehind
                                                               : line[static_cast<std::size_t>(k)];
    };
    const TagWord& a = at(-2);
    const TagWord& b = at(-1);
    const TagWord& c = at(0);
    const TagWord& d = at(1);
    const TagWord& e = at(2);
    const auto both = [&](std::uint32_t id, std::uint32_t x, std::uint32_t y) {
        out.push_back(mix(1000 + id, mix(x, y)));
    };
    both(1, b.surface, c.surface);
    both(2, c.surface, d.surface);
    both(3, b.shape, c.shape);
    both(4, c.shape, d.shape);
    both(5, mix(b.shape, c.shape), d.shape);
    both(6, b.surface, c.shape);
    both(7, c.shape, d.surface);
    both(8, a.surface, b.surface);
    both(9, d.surface, e.surface);
    both(10, mix(b.surface, c.shape), d.surface);
    both(11, mix(a.cue, b.cue), c.shape);
    both(12, c.shape, mix(d.cue, e.cue));
    both(13, mix(b.cue, d.cue), c.shape);
    both(14, c.field, c.shape);
    both(15, c.field, b.tail);
    const std::uint32_t blanks = (c.blankBefore ? 1U : 0U) | (d.blankBefore ? 2U : 0U) | (i == 0 ? 4U : 0U) |
                                 (i + 1 == line.size() ? 8U : 0U);
    both(16, blanks, c.shape);
    both(17, mix(b.rule, c.rule), d.rule);
    both(18, a.rule, mix(b.tail, c.shape));
    both(19, mix(c.shape, d.rule), e.rule);
}

} // namespace kamei::detect::text::tagger
