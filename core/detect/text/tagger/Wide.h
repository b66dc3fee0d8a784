#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace kamei::detect::text::tagger {

/// Sixteen numbers that are added and compared at once, in as many registers as the processor needs. They
/// are handed over by reference alone: how values of this size are is not the same for all processors.
class Lanes {
public:
    static constexpr std::size_t kCount = 16;

    /// Sums of `a` and each of the numbers, and of each of two rows of numbers.
    [[gnu::always_inline]] Lanes(std::int32_t a, const std::int32_t* numbers) {
        std::memcpy(&m_low, numbers, sizeof m_low);
        std::memcpy(&m_high, numbers + kCount / 2, sizeof m_high);
        m_low += a;
        m_high += a;
    }
    [[gnu::always_inline]] Lanes(const std::int32_t* a, const std::int32_t* b) : Lanes(0, a) {
        const Lanes more(0, b);
        m_low += more.m_low;
        m_high += more.m_high;
    }
    /// The larger of each two.
    [[gnu::always_inline]] void raise(const Lanes& other) {
        m_low = m_low > other.m_low ? m_low : other.m_low;
        m_high = m_high > other.m_high ? m_high : other.m_high;
    }
    [[gnu::always_inline]] void put(std::int32_t* numbers) const {
        std::memcpy(numbers, &m_low, sizeof m_low);
        std::memcpy(numbers + kCount / 2, &m_high, sizeof m_high);
    }
    [[nodiscard]] [[gnu::always_inline]] std::int32_t largest() const {
        std::array<std::int32_t, kCount> numbers; // NOLINT: filled at once
        put(numbers.data());
        return *std::max_element(numbers.begin(), numbers.end());
    }

private:
    using Half [[gnu::vector_size(kCount / 2 * sizeof(std::int32_t))]] = std::int32_t;
    Half m_low;
    Half m_high;
};

/// Whether the processor adds eight numbers at once; asked at run time, as the programs run on any x86-64.
[[nodiscard]] inline bool hasWideLanes() {
#ifdef __x86_64__
    static const bool wide = __builtin_cpu_supports("avx2") != 0;
    return wide;
#else
    return false;
#endif
}

/// Runs `body` as it is compiled for such a processor: what it calls is compiled anew within it, if it is
/// seen from here.
template <class Body>
#ifdef __x86_64__
[[gnu::target("avx2"), gnu::flatten]]
#endif
void runWide(const Body& body) {
    body();
}

/// The same work with the widest lanes there are. Integers only: both ways give the same.
template <class Body> void runWidest(const Body& body) {
    if (hasWideLanes()) {
        runWide(body);
    } else {
        body();
    }
}

} // namespace kamei::detect::text::tagger
