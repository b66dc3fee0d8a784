#include "core/detect/text/PhraseTrie.h"

namespace kamei::detect::text {
namespace {

constexpr unsigned kCharacterBits = 21;

char32_t folded(char32_t c) {
    return c >= U'A' && c <= U'Z' ? c + 0x20 : c;
}

std::uint64_t edge(std::uint32_t node, char32_t c) {
    return (std::uint64_t{node} << kCharacterBits) | folded(c);
}

} // namespace

void PhraseTrie::add(std::u32string_view phrase, std::uint64_t bits, std::uint32_t value) {
    if (phrase.empty()) {
        return;
    }
    m_first[folded(phrase.front()) & 0xFFFFU] = true;
    std::uint32_t node = 0;
    for (const char32_t c : phrase) {
        const auto [place, fresh] =
            m_next.try_emplace(edge(node, c), static_cast<std::uint32_t>(m_nodes.size()));
        if (fresh) {
            m_nodes.emplace_back();
        }
        node = place->second;
    }
    m_nodes[node].bits |= bits;
    m_nodes[node].value = value;
    m_nodes[node].end = true;
}

PhraseTrie::Match PhraseTrie::longest(std::u32string_view text, std::size_t at) const {
    Match best;
    if (at >= text.size() || !m_first[folded(text[at]) & 0xFFFFU]) {
        return best;
    }
    std::uint32_t node = 0;
    for (std::size_t i = at; i < text.size(); ++i) {
        const auto found = m_next.find(edge(node, text[i]));
        if (found == m_next.end()) {
            break;
        }
        node = found->second;
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
