#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <span>

namespace kamei::stage {

/// Passes quickly over data in which no searched string can stand: where there are never kRun bytes in a row
/// that all belong to a set. In 16-bit pictures the high bytes break nearly every run.
///
/// Immutable after build, thread-safe. Without AVX2 nothing is passed over.
class ByteRuns {
public:
    static constexpr std::size_t kRun = 8;    ///< bytes
    static constexpr std::size_t kGroup = 64; ///< bytes that are judged at once

    /// From now on a run is one of these bytes.
    void build(const std::bitset<256>& bytes);

    /// The first position p = begin, begin + kGroup, ... such that a run may begin in [p, p + kGroup); `end`
    /// or more when none does before `end`. Looks at most 2 * kGroup bytes beyond, within `data`.
    [[nodiscard]] std::size_t next(std::span<const std::byte> data, std::size_t begin, std::size_t end) const;

private:
    bool m_usable = false;
    // Membership by nibbles: bit (high nibble mod 8) of the entry of the low nibble, for high nibbles 0 to 7
    // and 8 to 15.
    alignas(16) std::array<std::uint8_t, 16> m_lower{};
    alignas(16) std::array<std::uint8_t, 16> m_upper{};
};

} // namespace kamei::stage
