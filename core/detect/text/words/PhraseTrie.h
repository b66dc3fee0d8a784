#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace kamei::detect::text::words {

/// A set of phrases with a number each, for finding the longest one that begins at a place. Latin
/// letters match in either case.
class PhraseTrie {
public:
    PhraseTrie() = default;
    /// For the few phrases of one text: takes little memory, so that it is made and filled soon.
    static PhraseTrie ofText() { return PhraseTrie(12, 256); }

    /// `bits` of phrases added twice are joined.
    void add(std::u32string_view phrase, std::uint64_t bits, std::uint32_t value = 0);

    struct Match {
        std::size_t length = 0; ///< 0: nothing begins here
        std::uint64_t bits = 0;
        std::uint32_t value = 0;
    };
    [[nodiscard]] Match longest(std::u32string_view text, std::size_t at) const {
        return at < text.size() && m_first[folded(text[at]) & m_mask] ? longestFrom(text, at) : Match();
    }

private:
    static char32_t folded(char32_t c) { return c >= U'A' && c <= U'Z' ? c + 0x20 : c; }
    static std::uint64_t edge(std::uint32_t node, char32_t c);
    static std::uint64_t doubleEdge(char32_t first, char32_t second);
    /// longest() where some phrase begins with the character.
    [[nodiscard]] Match longestFrom(std::u32string_view text, std::size_t at) const;

    struct Node {
        std::uint64_t bits = 0;
        std::uint32_t value = 0;
        bool end = false;
    };
    std::vector<Node> m_nodes{1};
    /// Open addressing, a power of two: node << 21 | character and the node it leads to (0: free, as no edge
    /// leads to the root).
    struct Edge {
        std::uint64_t key = 0;
        std::uint32_t node = 0;
    };
    [[nodiscard]] std::size_t slotOf(std::uint64_t key) const;
    void grow();
    /// Where the edge leads, which is made to lead to `node` if there is none.
    std::uint32_t link(std::uint64_t key, std::uint32_t node);

    PhraseTrie(unsigned bits, std::size_t edges)
        : m_mask((1U << bits) - 1), m_edges(edges), m_first(m_mask + 1), m_alone(m_mask + 1),
          m_pairs(m_mask + 1), m_pairMask(m_mask) {}

    std::uint32_t m_mask = 0xFFFF; ///< of the characters by which m_first and m_alone go
    std::vector<Edge> m_edges = std::vector<Edge>(1024);
    std::size_t m_used = 0;
    // What a look-up may find, so that most places of a text need no walk: characters that phrases begin
    // with, those that are phrases alone, and pairs that phrases begin with (several may share a bit).
    std::vector<bool> m_first = std::vector<bool>(0x10000);
    std::vector<bool> m_alone = std::vector<bool>(0x10000);
    std::vector<bool> m_pairs = std::vector<bool>(0x20000);
    std::uint32_t m_pairMask = 0x1FFFF;
};

} // namespace kamei::detect::text::words
