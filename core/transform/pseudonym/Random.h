#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "core/transform/pseudonym/Pseudonym.h"

namespace kamei::transform::pseudonym {

/// Random numbers that the workspace's key gives for a purpose: the same ones each time the same data are
/// processed, and nobody's to repeat once the key is destroyed. ChaCha20 (libsodium
/// randombytes_buf_deterministic) seeded by keyed BLAKE2b over the parts.
class Random {
public:
    Random(const Key& key, std::initializer_list<std::string_view> parts);

    [[nodiscard]] std::uint64_t next();
    /// Uniform in 0..bound-1, without bias; bound > 0.
    [[nodiscard]] std::uint64_t below(std::uint64_t bound);
    [[nodiscard]] double uniform();                 ///< in (0, 1)
    [[nodiscard]] double normal(double deviation);  ///< mean 0; Box and Muller
    [[nodiscard]] double laplace(double deviation); ///< mean 0
    [[nodiscard]] double evenly(double deviation);  ///< uniform, mean 0

private:
    void refill();

    std::array<std::uint8_t, 32> m_seed{};
    std::array<std::uint64_t, 512> m_block{};
    std::size_t m_at = 512;
    std::uint64_t m_blocks = 0;
};

} // namespace kamei::transform::pseudonym
