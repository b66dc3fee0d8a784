#include "core/detect/text/words/PhraseTrie.h"

namespace kamei::detect::text::words {
namespace {

constexpr unsigned kCharacterBits = 21;

// The bit of the first two characters.
std::size_t pairOf(char32_t first, char32_t second) {
    return (first * 0x9E3779B1U ^ second * 0x85EBCA6BU) >> 15U;
}

} // namespace

std::uint64_t PhraseTrie::edge(std::uint32_t node, char32_t c) {
    return (std::uint64_t{node} << kCharacterBits) | folded(c);
}

// The two first characters at once, as an edge from the root to the node behind both.
std::uint64_t PhraseTrie::doubleEdge(char32_t first, char32_t second) {
    return 1ULL << 63U | std::uint64_t{first} << kCharacterBits | second;
}

std::size_t PhraseTrie::slotOf(std::uint64_t key) const {
    const std::size_t mask = m_edges.size() - 1;
    std::size_t slot = static_cast<std::size_t>(key * 0x9E3779B97F4A7C15ULL >> 32U) & mask;
    while (m_edges[slot].node != 0 && m_edges[slot].key != key) {
        slot = (slot + 1) & mask;
    }
    return slot;
}

void PhraseTrie::grow() {
    std::vector<Edge> old(m_edges.size() * 2);
    old.swap(m_edges);
    for (const Edge& edge : old) {
        if (edge.node != 0) {
            m_edges[slotOf(edge.key)] = edge;
        }
    }
}

std::uint32_t PhraseTrie::link(std::uint64_t key, std::uint32_t node) {
    if (m_used * 2 > m_edges.size()) {
        grow();
    }
    Edge& edge = m_edges[slotOf(key)];
    if (edge.node == 0) {
        edge = {key, node};
        ++m_used;
    }
    return edge.node;
}

void PhraseTrie::add(std::u32string_view phrase, std::uint64_t bits, std::uint32_t value) {
    if (phrase.empty()) {
        return;
    }
    m_first[folded(phrase.front()) & m_mask] = true;
    if (phrase.size() == 1) {
        m_alone[folded(phrase.front()) & m_mask] = true;
    } else {
        m_pairs[pairOf(folded(phrase[0]), folded(phrase[1])) & m_pairMask] = true;
    }
    std::uint32_t node = 0;
    for (std::size_t i = 0; i < phrase.size(); ++i) {
        node = link(edge(node, phrase[i]), static_cast<std::uint32_t>(m_nodes.size()));
        if (node == m_nodes.size()) {
            m_nodes.emplace_back();
        }
        if (i == 1) {
            link(doubleEdge(folded(phrase[0]), folded(phrase[1])), node);
        }
    }
    m_nodes[node].bits |= bits;
    m_nodes[node].value = value;
    m_nodes[node].end = true;
}

PhraseTrie::Match PhraseTrie::longestFrom(std::u32string_view text, std::size_t at) const {
    Match best;
    const char32_t first = folded(text[at]);
    const char32_t second = at + 1 < text.size() ? folded(text[at + 1]) : U'\0';
    if (at + 1 < text.size() && m_pairs[pairOf(first, second) & m_pairMask]) {
        std::uint32_t node = m_edges[slotOf(doubleEdge(first, second))].node;
        for (std::size_t i = at + 2; node != 0; ++i) {
            if (m_nodes[node].end) {
                best = {i - at, m_nodes[node].bits, m_nodes[node].value};
            }
            if (i >= text.size()) {
                break;
            }
            node = m_edges[slotOf(edge(node, text[i]))].node;
        }
    }
    if (best.length == 0 && m_alone[first & m_mask]) {
        const Node& node = m_nodes[m_edges[slotOf(edge(0, first))].node];
        best = node.end ? Match{1, node.bits, node.value} : best;
    }
    return best;
}

} // namespace kamei::detect::text::words
