#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <vector>

#include "core/stage/ByteRuns.h"

namespace kamei::stage {

/// Finds in one pass where one of many byte strings may begin (a Wu-Manber filter with fixed steps).
///
/// Of every string a window of `Window` bytes is chosen; all its grams of `Gram` bytes are entered into two
/// bit tables. The data are then probed every kStep = Window - Gram + 1 bytes only: one probe falls into the
/// window wherever the string begins. Bytes are compared with bit 5 set, so that Latin letters match in any
/// case. The first table is small enough for the first-level cache; the few probes that pass it are gathered
/// without a branch and looked up in the second one, and then in the list of strings. Windows of a run's
/// length and more are looked for only where their bytes are in a row at all (ByteRuns).
template <std::size_t Window, std::size_t Gram> class GramFilter {
    static_assert(Gram == 3 || Gram == 4);
    static_assert(Window > Gram);
    static_assert(std::endian::native == std::endian::little, "the first bytes of a gram are its low ones");

public:
    static constexpr std::size_t kStep = Window - Gram + 1;
    /// A window begins at most this far inside its string.
    static constexpr std::size_t kFarthest = 80;

    /// Strings shorter than Window, and null ones, are left out.
    void build(std::span<const std::string* const> strings);

    /// Probes data at begin, begin + kStep, ... < end; calls found(string, position where it would begin) for
    /// each whose gram agrees there. Gives the first position not probed.
    template <class Found>
    std::size_t probe(std::span<const std::byte> data, std::size_t begin, std::size_t end,
                      Found&& found) const {
        if (m_entries.empty()) {
            return begin < end ? begin + (end - begin + kStep - 1) / kStep * kStep : begin;
        }
        const auto* bytes = reinterpret_cast<const unsigned char*>(data.data());
        std::size_t at = begin;
        // Grams are loaded as 4 bytes, so the last ones of the data take the slow way.
        const std::size_t safe = data.size() >= 4 ? data.size() - 3 : 0;
        const std::size_t last = end < safe ? end : safe;
        std::array<std::uint32_t, kBlock> passed;
        while (at + kBlock * kStep <= last) {
            if constexpr (kByRuns) {
                at = m_runs.next(data, at, end);
                if (at + kBlock * kStep > last) {
                    break;
                }
            }
            const std::size_t count = sieve(bytes + at, passed);
            for (std::size_t i = 0; i < count; ++i) {
                report(data, load(bytes + at + passed[i]), at + passed[i], found);
            }
            // What begins in the last bytes of a block is judged again as the next group.
            at += kByRuns ? ByteRuns::kGroup : kBlock * kStep;
        }
        for (; at < end; at += kStep) {
            std::array<unsigned char, 4> tail{};
            const std::size_t left = data.size() - at;
            std::memcpy(tail.data(), bytes + at, left < 4 ? left : 4);
            if (left >= Gram) {
                report(data, load(tail.data()), at, found);
            }
        }
        return at;
    }

    [[nodiscard]] std::size_t memory() const {
        return (m_first.size() + m_second.size()) * sizeof(std::uint64_t) +
               m_starts.size() * sizeof(std::uint32_t) + m_entries.size() * sizeof(Entry);
    }

private:
    static constexpr bool kByRuns = Window >= ByteRuns::kRun;
    /// Probes at a time: where runs are followed, those of every window that begins in one group.
    static constexpr std::size_t kBlock = kByRuns ? ByteRuns::kGroup / kStep + 2 : 256;
    static_assert(!kByRuns || (kBlock - 1) * kStep >= ByteRuns::kGroup);
    static constexpr std::uint32_t kFold = 0x20202020U;
    static constexpr unsigned char kFoldByte = 0x20U;
    struct Entry {
        std::uint32_t gram = 0;
        std::uint32_t hash = 0;
        std::uint32_t string = 0;
        std::uint32_t offset = 0; ///< of the gram in its string
        std::uint32_t next = 0;   ///< the bytes behind the gram, as far as `nextMask` says
        std::uint32_t nextMask = 0;
    };

    static std::uint32_t load(const unsigned char* at) {
        std::uint32_t value = 0;
        std::memcpy(&value, at, sizeof value);
        constexpr std::uint32_t kMask = Gram == 4 ? 0xFFFFFFFFU : 0x00FFFFFFU;
        return (value | kFold) & kMask;
    }
    static std::uint32_t firstHash(std::uint32_t gram) { return gram * 0x9E3779B1U; }
    static std::uint32_t secondHash(std::uint32_t gram) { return (gram ^ (gram >> 13)) * 0x85EBCA6BU; }
    static std::uint32_t bit(const std::vector<std::uint64_t>& table, std::uint32_t index) {
        return static_cast<std::uint32_t>(table[index >> 6] >> (index & 63U)) & 1U;
    }
    // Offsets of the probes of one block that pass the first table.
    std::size_t sieve(const unsigned char* bytes, std::array<std::uint32_t, kBlock>& passed) const {
        const std::uint64_t* table = m_first.data();
        const int shift = m_firstShift;
        std::size_t count = 0;
        for (std::uint32_t offset = 0; offset < kBlock * kStep; offset += kStep) {
            const std::uint32_t index = firstHash(load(bytes + offset)) >> shift;
            passed[count] = offset;
            count += (table[index >> 6] >> (index & 63U)) & 1U;
        }
        return count;
    }
    template <class Found>
    void report(std::span<const std::byte> data, std::uint32_t gram, std::size_t at, Found& found) const {
        const std::uint32_t hash = secondHash(gram);
        if (bit(m_second, hash >> m_secondShift) == 0) {
            return;
        }
        // Strings of one kind share their grams (numbers in UTF-16): the bytes behind tell most of them
        // apart.
        const std::size_t behind = at + Gram;
        const bool knowsNext = behind + sizeof gram <= data.size();
        std::uint32_t next = 0;
        if (knowsNext) {
            std::memcpy(&next, data.data() + behind, sizeof next);
            next |= kFold;
        }
        const std::uint32_t bucket = hash >> m_startShift;
        for (std::uint32_t i = m_starts[bucket]; i < m_starts[bucket + 1]; ++i) {
            const Entry& entry = m_entries[i];
            const bool differs = knowsNext && ((entry.next ^ next) & entry.nextMask) != 0;
            if (entry.gram == gram && !differs && entry.offset <= at) {
                found(entry.string, at - entry.offset);
            }
        }
    }

    std::vector<std::uint64_t> m_first;
    std::vector<std::uint64_t> m_second;
    std::vector<std::uint32_t> m_starts; ///< first entry of each bucket
    std::vector<Entry> m_entries;        ///< in order of hash
    ByteRuns m_runs;
    int m_firstShift = 0;
    int m_secondShift = 0;
    int m_startShift = 0;
};

/// Elsewhere than in native pixels: forms of 4 bytes and more, every second byte probed.
using FineFilter = GramFilter<4, 3>;
/// In native pixels: forms of 8 bytes and more, every fifth byte probed.
using CoarseFilter = GramFilter<8, 4>;

extern template class GramFilter<4, 3>;
extern template class GramFilter<8, 4>;

} // namespace kamei::stage
