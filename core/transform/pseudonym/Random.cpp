#include "core/transform/pseudonym/Random.h"

#include <cmath>
#include <cstring>
#include <numbers>
#include <sodium.h>

namespace kamei::transform::pseudonym {

Random::Random(const Key& key, std::initializer_list<std::string_view> parts) : m_seed(key.seed(parts)) {}

void Random::refill() {
    std::array<std::uint8_t, randombytes_SEEDBYTES> seed{};
    static_assert(seed.size() == sizeof m_seed);
    seed = m_seed;
    for (std::size_t i = 0; i < sizeof m_blocks; ++i) {
        seed[i] = static_cast<std::uint8_t>(seed[i] ^ (m_blocks >> (8 * i)));
    }
    randombytes_buf_deterministic(m_block.data(), sizeof m_block, seed.data());
    ++m_blocks;
    m_at = 0;
}

std::uint64_t Random::next() {
    if (m_at == m_block.size()) {
        refill();
    }
    return m_block[m_at++];
}

std::uint64_t Random::below(std::uint64_t bound) {
    const std::uint64_t least = (0 - bound) % bound; // numbers below it would favour the low results
    std::uint64_t number = next();
    while (number < least) {
        number = next();
    }
    return number % bound;
}

double Random::uniform() {
    return (static_cast<double>(next() >> 11U) + 0.5) * 0x1p-53;
}

double Random::normal(double deviation) {
    const double radius = std::sqrt(-2 * std::log(uniform()));
    return deviation * radius * std::cos(2 * std::numbers::pi * uniform());
}

double Random::laplace(double deviation) {
    const double side = uniform() - 0.5;
    const double scale = deviation / std::numbers::sqrt2;
    return -scale * std::copysign(std::log(1 - 2 * std::abs(side)), side);
}

double Random::evenly(double deviation) {
    return deviation * std::sqrt(3.0) * (2 * uniform() - 1);
}

} // namespace kamei::transform::pseudonym
