#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <vector>

namespace kamei::stage {

/// Finds in one pass where one of many byte strings may begin (a Wu-Manber filter with fixed steps).
///
/// Of every string a window of `Window` bytes is chosen; all its grams of `Gram` bytes are entered into a bit
/// table. The data are then probed every Step = Window - Gram + 1 bytes only: one probe falls into the window
/// wherever the string begins. Bytes are compared with bit 5 set, so that Latin letters match in any case.
template <std::size_t Window, std::size_t Gram> class GramFilter {
    static_assert(Gram == 3 || Gram == 4);
    static_assert(Window > Gram);

public:
    static constexpr std::size_t kStep = Window - Gram + 1;
    /// A window begins at most this far inside its string.
    static constexpr std::size_t kFarthest = 32;

    /// Strings shorter than Window are left out.
    void build(std::span<const std::string* const> strings);

    /// Probes data at begin, begin + kStep, ... < end; calls found(string, position where it would begin) for
    /// each whose gram agrees there. Gives the first position not probed.
    template <class Found>
    std::size_t probe(std::span<const std::byte> data, std::size_t begin, std::size_t end,
                      Found&& found) const {
        const auto* bytes = reinterpret_cast<const unsigned char*>(data.data());
        std::size_t at = begin;
        // Grams are loaded as 4 bytes, so the last ones of the data take the slow way.
        const std::size_t safe = data.size() >= 4 ? data.size() - 3 : 0;
        const std::size_t last = end < safe ? end : safe;
        constexpr std::size_t kUnroll = 16;
        while (at + kUnroll * kStep <= last) {
            std::uint32_t hits = 0;
            for (std::size_t i = 0; i < kUnroll; ++i) {
                hits |= bit(hashOf(load(bytes + at + i * kStep))) << i;
            }
            for (std::size_t i = 0; hits != 0; ++i, hits >>= 1) {
                if ((hits & 1U) != 0) {
                    report(load(bytes + at + i * kStep), at + i * kStep, found);
                }
            }
            at += kUnroll * kStep;
        }
        for (; at < end; at += kStep) {
            unsigned char tail[4] = {0, 0, 0, 0};
            const std::size_t left = data.size() - at;
            std::memcpy(tail, bytes + at, left < 4 ? left : 4);
            const std::uint32_t gram = load(tail);
            if (left >= Gram && bit(hashOf(gram)) != 0) {
                report(gram, at, found);
            }
        }
        return at;
    }

    [[nodiscard]] bool empty() const { return m_entries.empty(); }
    [[nodiscard]] std::size_t memory() const {
        return m_bits.size() * sizeof(std::uint64_t) + m_starts.size() * sizeof(std::uint32_t) +
               m_entries.size() * sizeof(Entry);
    }

private:
    struct Entry {
        std::uint32_t gram = 0;
        std::uint32_t hash = 0;
        std::uint32_t string = 0;
        std::uint32_t offset = 0; ///< of the gram in its string
    };

    static std::uint32_t load(const unsigned char* at) {
        std::uint32_t value = 0;
        std::memcpy(&value, at, sizeof value);
        static_assert(std::endian::native == std::endian::little,
                      "the first bytes of a gram are its low ones");
        constexpr std::uint32_t kMask = Gram == 4 ? 0xFFFFFFFFU : 0x00FFFFFFU;
        return (value | 0x20202020U) & kMask;
    }
    static std::uint32_t hashOf(std::uint32_t gram) { return gram * 0x9E3779B1U; }
    std::uint32_t bit(std::uint32_t hash) const {
        const std::uint32_t index = hash >> m_bitShift;
        return static_cast<std::uint32_t>(m_bits[index >> 6] >> (index & 63U)) & 1U;
    }
    template <class Found> void report(std::uint32_t gram, std::size_t at, Found& found) const {
        const std::uint32_t bucket = hashOf(gram) >> m_startShift;
        for (std::uint32_t i = m_starts[bucket]; i < m_starts[bucket + 1]; ++i) {
            const Entry& entry = m_entries[i];
            if (entry.gram == gram && entry.offset <= at) {
                found(entry.string, at - entry.offset);
            }
        }
    }
    static std::size_t windowOf(const std::string& text);

    std::vector<std::uint64_t> m_bits = std::vector<std::uint64_t>(1);
    std::vector<std::uint32_t> m_starts;
    std::vector<Entry> m_entries;
    int m_bitShift = 26; ///< 64 bits
    int m_startShift = 31;
};

/// Elsewhere than in native pixels: forms of 4 bytes and more, every second byte probed.
using FineFilter = GramFilter<4, 3>;
/// In native pixels: forms of 8 bytes and more, every fifth byte probed.
using CoarseFilter = GramFilter<8, 4>;

extern template class GramFilter<4, 3>;
extern template class GramFilter<8, 4>;

} // namespace kamei::stage
