#include "core/detect/known/Matcher.h"

#include <algorithm>
#include <string>

#include "core/detect/japanese/Variants.h"
#include "core/detect/known/Spellings.h"

namespace kamei::detect::known {
namespace {

using namespace japanese;

// Characters that may stand between the parts of an identifier without changing it.
bool isFiller(char32_t c) {
    return isSpace(c) || c == U'-' || c == U'^' || c == U'・' || c == U'=' || c == U'_' || c == U'(' ||
           c == U')';
}

bool isAlphanumeric(char32_t c) {
    return isDigit(c) || isLatin(c);
}

struct Pattern {
    std::size_t length = 0; ///< of the compared form
    std::size_t identifier = 0;
    Part part = Part::Whole;
};

} // namespace

// The edges of a trie: node and character, and the node to which they lead. Open addressing, a power of two:
// a matcher is often made for one short text, and an allocation for each letter of a name would take longer
// than the search.
class Edges {
public:
    /// The node behind `node` by `c`; 0, the root, when there is none.
    [[nodiscard]] std::uint32_t follow(std::uint32_t node, char32_t c) const {
        return m_slots[slotOf(keyOf(node, c))].to;
    }
    /// The same, made as `fresh` when there is none.
    std::uint32_t followOrAdd(std::uint32_t node, char32_t c, std::uint32_t fresh) {
        if (m_used * 2 > m_slots.size()) {
            std::vector<Slot> old(m_slots.size() * 2);
            old.swap(m_slots);
            for (const Slot& slot : old) {
                if (slot.to != 0) {
                    m_slots[slotOf(slot.key)] = slot;
                }
            }
        }
        const std::uint64_t key = keyOf(node, c);
        Slot& slot = m_slots[slotOf(key)];
        if (slot.to == 0) {
            slot = {key, fresh};
            ++m_used;
        }
        return slot.to;
    }

private:
    struct Slot {
        std::uint64_t key = 0;
        std::uint32_t to = 0; ///< 0: free
    };
    static std::uint64_t keyOf(std::uint32_t node, char32_t c) { return (std::uint64_t{node} << 21U) | c; }
    [[nodiscard]] std::size_t slotOf(std::uint64_t key) const {
        const std::size_t mask = m_slots.size() - 1;
        std::size_t slot = static_cast<std::size_t>(key * 0x9E3779B97F4A7C15ULL >> 32U) & mask;
        while (m_slots[slot].to != 0 && m_slots[slot].key != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    std::vector<Slot> m_slots = std::vector<Slot>(512); // a birth date has hundreds of letters
    std::size_t m_used = 0;
};

// A trie over compared characters: patterns are few and short, so no failure links are needed.
struct Matcher::State {
    std::vector<std::int32_t> ends{-1}; ///< for each node the pattern that ends there, or -1
    Edges edges;
    std::vector<Pattern> patterns;

    void add(std::u32string_view text, std::size_t identifier, Part part) {
        std::uint32_t node = 0;
        std::size_t length = 0;
        for (const char32_t c : text) {
            if (isFiller(c)) {
                continue;
            }
            node = edges.followOrAdd(node, foldForComparison(c), static_cast<std::uint32_t>(ends.size()));
            if (node == ends.size()) {
                ends.push_back(-1);
            }
            ++length;
        }
        if (length == 0) {
            return;
        }
        // A whole identifier outranks a part that is written alike.
        if (ends[node] < 0 ||
            (part == Part::Whole && patterns[static_cast<std::size_t>(ends[node])].part != Part::Whole)) {
            ends[node] = static_cast<std::int32_t>(patterns.size());
            patterns.push_back({length, identifier, part});
        }
    }
};

Matcher::Matcher(std::span<const model::KnownIdentifier> known) : m_state(std::make_unique<State>()) {
    for (std::size_t i = 0; i < known.size(); ++i) {
        for (const std::u32string& text : comparableForms(known[i])) {
            m_state->add(text, i, Part::Whole);
        }
        if (known[i].kind != "patient-name" && known[i].kind != "clinician" && known[i].kind != "family") {
            continue;
        }
        for (const NameParts& name : nameParts(known[i].value)) {
            m_state->add(name.surname, i, Part::Surname);
            m_state->add(name.given, i, Part::Given);
        }
    }
}

Matcher::~Matcher() = default;
Matcher::Matcher(Matcher&&) noexcept = default;
Matcher& Matcher::operator=(Matcher&&) noexcept = default;

bool Matcher::empty() const {
    return m_state->patterns.empty();
}

std::vector<Hit> Matcher::search(const Normalised& normalised) const {
    const std::u32string& text = normalised.text;
    const auto& ends = m_state->ends;
    const Edges& edges = m_state->edges;
    std::vector<Hit> out;
    if (empty()) {
        return out;
    }
    // The ends of a number or Latin word must be the ends of what stands there.
    const auto bounded = [&text](std::size_t start, std::size_t end) {
        const auto goesOn = [](char32_t a, char32_t b) { // a label may touch a number: "ID00458812"
            return (isDigit(a) && isDigit(b)) || (isLatin(a) && isLatin(b));
        };
        const bool left = start == 0 || !goesOn(text[start - 1], text[start]);
        const bool right = end == text.size() || !goesOn(text[end - 1], text[end]);
        // "0451" is not meant in "0852-01-0451".
        const bool joined = (start > 1 && isAlphanumeric(text[start]) && text[start - 1] == U'-' &&
                             isAlphanumeric(text[start - 2])) ||
                            (end + 1 < text.size() && isAlphanumeric(text[end - 1]) && text[end] == U'-' &&
                             isAlphanumeric(text[end + 1]));
        const bool kanaLeft = start == 0 || !isKatakana(text[start]) || !isKatakana(text[start - 1]);
        const bool kanaRight = end == text.size() || !isKatakana(text[end - 1]) || !isKatakana(text[end]);
        return left && right && !joined && kanaLeft && kanaRight;
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::uint32_t node = edges.follow(0, foldForComparison(text[i]));
        if (node == 0 || isFiller(text[i])) {
            continue; // most characters begin no identifier
        }
        Hit best;
        bool found = false;
        std::size_t fillers = 0;
        for (std::size_t k = i + 1;; ++k) {
            if (ends[node] >= 0 && !isFiller(text[k - 1]) && bounded(i, k)) {
                const Pattern& pattern = m_state->patterns[static_cast<std::size_t>(ends[node])];
                best = {i, k, pattern.identifier, pattern.part};
                found = true;
            }
            if (k >= text.size()) {
                break;
            }
            if (isFiller(text[k])) {
                if (++fillers > 2) {
                    break;
                }
                continue;
            }
            fillers = 0;
            node = edges.follow(node, foldForComparison(text[k]));
            if (node == 0) {
                break;
            }
        }
        if (found) {
            out.push_back(best);
            i = best.end - 1;
        }
    }
    return out;
}

std::vector<KnownSpan> searchKnown(std::string_view utf8, const Matcher& matcher) {
    std::vector<KnownSpan> out;
    const Normalised text = normalise(utf8);
    for (const Hit& hit : matcher.search(text)) {
        if (hit.part == Part::Whole) {
            out.push_back({text.originalStart(hit.start), text.originalEnd(hit.end), hit.identifier});
        }
    }
    return out;
}

std::vector<KnownSpan> searchKnown(std::string_view utf8, std::span<const model::KnownIdentifier> known) {
    return searchKnown(utf8, Matcher(known));
}

} // namespace kamei::detect::known
