#include "core/stage/GramFilter.h"

#include <algorithm>
#include <bit>
#include <set>

namespace kamei::stage {
namespace {

// Rough cost of a byte in a window: bytes that fill binary files make grams that hit everywhere.
int commonness(unsigned char byte) {
    switch (byte) {
    case 0x00:
    case 0x20:
        return 8;
    case 0x01:
    case 0x02:
    case 0x30:
    case 0x31:
    case 0xFF:
        return 4;
    case 0x2E:
    case 0x32:
        return 3;
    default:
        return (byte >= 0x33 && byte <= 0x39) ? 2 : 1;
    }
}

} // namespace

template <std::size_t Window, std::size_t Gram>
std::size_t GramFilter<Window, Gram>::windowOf(const std::string& text) {
    const std::size_t last = std::min(text.size() - Window, kFarthest);
    std::size_t best = 0;
    int lowest = 0;
    for (std::size_t start = 0; start <= last; ++start) {
        int cost = 0;
        for (std::size_t i = 0; i < Window; ++i) {
            cost += commonness(static_cast<unsigned char>(text[start + i]));
        }
        if (start == 0 || cost < lowest) {
            best = start;
            lowest = cost;
        }
    }
    return best;
}

template <std::size_t Window, std::size_t Gram>
void GramFilter<Window, Gram>::build(std::span<const std::string* const> strings) {
    m_entries.clear();
    for (std::size_t i = 0; i < strings.size(); ++i) {
        const std::string& text = *strings[i];
        if (text.size() < Window) {
            continue;
        }
        const std::size_t window = windowOf(text);
        for (std::size_t offset = window; offset < window + kStep; ++offset) {
            unsigned char bytes[4] = {0, 0, 0, 0};
            std::memcpy(bytes, text.data() + offset, Gram);
            const std::uint32_t gram = load(bytes);
            m_entries.push_back(
                {gram, hashOf(gram), static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(offset)});
        }
    }
    std::ranges::sort(m_entries, {}, &Entry::hash);
    std::size_t different = 0;
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        different += i == 0 || m_entries[i].gram != m_entries[i - 1].gram ? 1U : 0U;
    }

    // At most one bit in 64 is set while the table stays within 512 KiB.
    const int bits = std::clamp(static_cast<int>(std::bit_width(different * 64)), 12, 22);
    m_bitShift = 32 - bits;
    m_bits.assign((std::size_t{1} << bits) / 64, 0);
    const int buckets = std::clamp(static_cast<int>(std::bit_width(different)), 4, 16);
    m_startShift = 32 - buckets;
    m_starts.assign((std::size_t{1} << buckets) + 1, 0);
    for (const Entry& entry : m_entries) {
        const std::uint32_t index = entry.hash >> m_bitShift;
        m_bits[index >> 6] |= std::uint64_t{1} << (index & 63U);
        ++m_starts[(entry.hash >> m_startShift) + 1];
    }
    for (std::size_t i = 1; i < m_starts.size(); ++i) {
        m_starts[i] += m_starts[i - 1];
    }
    m_entries.shrink_to_fit();
}

template class GramFilter<4, 3>;
template class GramFilter<8, 4>;

} // namespace kamei::stage
