#include "core/detect/text/PhraseTrie.h"

namespace kamei::detect::text {
namespace {

constexpr unsigned kCharacterBits = 21;

char32_t folded(char32_t c) {
    return c >= U'A' && c <= U'Z' ? c + 0x20 : c;
}

// The bit of the first two characters.
std::size_t pairOf(char32_t first, char32_t second) {
    return (first * 0x9E3779B1U ^ second * 0x85EBCA6BU) >> 15U;
}

std::uint64_t edge(std::uint32_t node, char32_t c) {
    return (std::uint64_t{node} << kCharacterBits) | folded(c);
}

} // namespace

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

void PhraseTrie::add(std::u32string_view phrase, std::uint64_t bits, std::uint32_t value) {
    if (phrase.empty()) {
        return;
    }
    m_first[folded(phrase.front()) & 0xFFFFU] = true;
    if (phrase.size() == 1) {
        m_alone[folded(phrase.front()) & 0xFFFFU] = true;
    } else {
        m_pairs[pairOf(folded(phrase[0]), folded(phrase[1]))] = true;
    }
    std::uint32_t node = 0;
    for (const char32_t c : phrase) {
        const std::uint64_t key = edge(node, c);
        std::size_t slot = slotOf(key);
        if (m_edges[slot].node == 0) {
            if (m_used * 2 > m_edges.size()) {
                grow();
                slot = slotOf(key);
            }
            m_edges[slot] = {key, static_cast<std::uint32_t>(m_nodes.size())};
            ++m_used;
            m_nodes.emplace_back();
        }
        node = m_edges[slot].node;
    }
    m_nodes[node].bits |= bits;
    m_nodes[node].value = value;
    m_nodes[node].end = true;
}

PhraseTrie::Match PhraseTrie::longest(std::u32string_view text, std::size_t at) const {
    Match best;
    if (at >= text.size()) {
        return best;
    }
    const char32_t first = folded(text[at]);
    if (!m_first[first & 0xFFFFU]) {
        return best;
    }
    const bool pair = at + 1 < text.size() && m_pairs[pairOf(first, folded(text[at + 1]))];
    if (!pair && !m_alone[first & 0xFFFFU]) {
        return best;
    }
    std::uint32_t node = 0;
    for (std::size_t i = at; i < text.size(); ++i) {
        node = m_edges[slotOf(edge(node, text[i]))].node;
        if (node == 0) {
            break;
        }
        if (m_nodes[node].end) {
            best = {i + 1 - at, m_nodes[node].bits, m_nodes[node].value};
        }
    }
    return best;
}

bool PhraseTrie::contains(std::u32string_view phrase) const {
    return longest(phrase, 0).length == phrase.size();
}

} // namespace kamei::detect::text
