#include "core/stage/GramFilter.h"

#include <algorithm>

namespace kamei::stage {
namespace {

// Rough cost of a byte in a window: bytes that fill binary files make grams that hit everywhere.
std::uint32_t commonness(unsigned char byte) {
    switch (byte) {
    case 0x00:
    case 0x20:
    case 0xFC: // high byte of a CT value around -1000, and half of a common kanji
        return 8;
    case 0x01:
    case 0x02:
    case 0x30:
    case 0x31:
    case 0xFD:
    case 0xFE:
    case 0xFF:
        return 4;
    case 0x2E:
    case 0x32:
        return 3;
    default:
        return byte >= 0x33 && byte <= 0x39 ? 2 : 1;
    }
}

/// Counts how often grams were chosen so far, roughly: strings that share a beginning (UIDs of one hospital)
/// are told apart by where they differ.
class Usage {
public:
    void add(std::uint32_t hash) {
        std::uint16_t& count = m_counts[hash >> kShift];
        count = static_cast<std::uint16_t>(std::min<std::uint32_t>(count + 1U, kMost));
    }
    [[nodiscard]] std::uint32_t of(std::uint32_t hash) const { return m_counts[hash >> kShift]; }

private:
    static constexpr int kShift = 32 - 14;
    static constexpr std::uint32_t kMost = 1000;
    std::vector<std::uint16_t> m_counts = std::vector<std::uint16_t>(std::size_t{1} << 14);
};

void set(std::vector<std::uint64_t>& table, std::uint32_t index) {
    table[index >> 6] |= std::uint64_t{1} << (index & 63U);
}

} // namespace

template <std::size_t Window, std::size_t Gram>
void GramFilter<Window, Gram>::build(std::span<const std::string* const> strings) {
    m_entries.clear();
    Usage usage;
    std::bitset<256> inWindows;
    for (std::size_t i = 0; i < strings.size(); ++i) {
        if (strings[i] == nullptr || strings[i]->size() < Window) {
            continue;
        }
        // The last bytes of a string are read with zeros behind them.
        const std::string text = *strings[i] + std::string(4, '\0');
        const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
        const std::size_t farthest = std::min(strings[i]->size() - Window, kFarthest);
        std::size_t best = 0;
        std::uint32_t lowest = 0xFFFFFFFF;
        for (std::size_t start = 0; start <= farthest; ++start) {
            std::uint32_t cost = 0;
            for (std::size_t k = 0; k < Window; ++k) {
                cost += commonness(bytes[start + k]);
            }
            for (std::size_t k = 0; k < kStep && cost < lowest; ++k) {
                cost += usage.of(firstHash(load(bytes + start + k)));
            }
            if (cost < lowest) {
                best = start;
                lowest = cost;
            }
        }
        for (std::size_t k = best; k < best + Window; ++k) {
            // What is found is compared exactly but for the case of Latin letters.
            inWindows.set(bytes[k]);
            const unsigned char folded = bytes[k] | kFoldByte;
            if (folded >= 'a' && folded <= 'z') {
                inWindows.set(folded);
                inWindows.set(folded ^ kFoldByte);
            }
        }
        for (std::size_t offset = best; offset < best + kStep; ++offset) {
            const std::uint32_t gram = load(bytes + offset);
            usage.add(firstHash(gram));
            Entry entry{
                gram, secondHash(gram), static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(offset), 0,
                0};
            for (std::size_t k = 0; k < sizeof entry.next && offset + Gram + k < strings[i]->size(); ++k) {
                entry.next |= (std::uint32_t{bytes[offset + Gram + k]} | 0x20U) << (8 * k);
                entry.nextMask |= 0xFFU << (8 * k);
            }
            m_entries.push_back(entry);
        }
    }
    m_runs.build(inWindows);
    std::ranges::sort(m_entries, [](const Entry& a, const Entry& b) {
        return a.hash != b.hash ? a.hash < b.hash : a.gram < b.gram;
    });
    std::size_t different = 0;
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        different += i == 0 || m_entries[i].gram != m_entries[i - 1].gram ? 1U : 0U;
    }

    // 1 bit in 32 is set while the first table stays within 32 KiB (half of a first-level cache).
    const int width = static_cast<int>(std::bit_width(different));
    const int firstBits = std::clamp(width + 5, 12, 18);
    const int secondBits = std::clamp(width + 6, 12, 21);
    const int buckets = std::clamp(width, 4, 16);
    m_firstShift = 32 - firstBits;
    m_secondShift = 32 - secondBits;
    m_startShift = 32 - buckets;
    m_first.assign((std::size_t{1} << firstBits) / 64, 0);
    m_second.assign((std::size_t{1} << secondBits) / 64, 0);
    m_starts.assign((std::size_t{1} << buckets) + 1, 0);
    for (const Entry& entry : m_entries) {
        set(m_first, firstHash(entry.gram) >> m_firstShift);
        set(m_second, entry.hash >> m_secondShift);
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
