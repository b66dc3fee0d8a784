#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace kamei::base::sha256blocks {

/// The eight words between two blocks (FIPS 180-4, 6.2), and what they begin with (5.3.3).
using Chain = std::array<std::uint32_t, 8>;
inline constexpr Chain kBegin{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                              0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
inline constexpr std::size_t kBlock = 64;
inline constexpr std::size_t kWide = 16; ///< streams that are run side by side in wide vectors

/// One stream: its chain and where its next block begins.
struct Run {
    Chain* chain = nullptr;
    const std::byte* data = nullptr;
};

/// Whether the processor has the SHA instructions; without them nothing below may be called.
[[nodiscard]] bool hasInstructions();
/// Whether it has vectors of sixteen words; compressWide asks for them.
[[nodiscard]] bool hasWideVectors();
/// Whether it has both, and vectors are the quicker way on it for sixteen streams (measured once: processors
/// differ).
[[nodiscard]] bool prefersWide();
/// Fewest streams for which one pass in wide vectors takes less time than the same streams by twos.
inline constexpr std::size_t kWideFrom = 12;

/// Runs `blocks` blocks of one stream, or of two, through its chain, and moves `data` behind them.
void compress(Run& one, std::size_t blocks);
void compress(Run& one, Run& other, std::size_t blocks);
/// The same for up to kWide streams.
void compressWide(std::span<Run* const> runs, std::size_t blocks);

} // namespace kamei::base::sha256blocks
