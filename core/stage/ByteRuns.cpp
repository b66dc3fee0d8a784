#include "core/stage/ByteRuns.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace kamei::stage {

void ByteRuns::build(const std::bitset<256>& bytes) {
    m_lower = {};
    m_upper = {};
    for (std::size_t byte = 0; byte < bytes.size(); ++byte) {
        if (bytes[byte]) {
            auto& table = byte < 128 ? m_lower : m_upper;
            table[byte & 15U] = static_cast<std::uint8_t>(table[byte & 15U] | 1U << ((byte >> 4U) & 7U));
        }
    }
#if defined(__x86_64__)
    m_usable = __builtin_cpu_supports("avx2") != 0;
#endif
}

#if defined(__x86_64__)

namespace {

struct Tables {
    __m256i lower;
    __m256i upper;
};

/// One bit for each of 32 bytes: whether it belongs to the set.
__attribute__((target("avx2"), always_inline)) inline std::uint32_t members(const std::byte* at,
                                                                            const Tables& tables) {
    const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at));
    const __m256i nibble = _mm256_set1_epi8(0x0F);
    const __m256i low = _mm256_and_si256(bytes, nibble);
    const __m256i high = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), nibble);
    const __m256i bits = _mm256_setr_epi8(1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4,
                                          8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128);
    const __m256i bit = _mm256_shuffle_epi8(bits, high);
    // The top bit of a byte says which table its high nibble is in.
    const __m256i row = _mm256_blendv_epi8(_mm256_shuffle_epi8(tables.lower, low),
                                           _mm256_shuffle_epi8(tables.upper, low), bytes);
    return static_cast<std::uint32_t>(
        _mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_and_si256(row, bit), bit)));
}

__attribute__((target("avx2"), always_inline)) inline std::uint64_t membersOfGroup(const std::byte* at,
                                                                                   const Tables& tables) {
    return members(at, tables) | std::uint64_t{members(at + 32, tables)} << 32U;
}

__attribute__((target("avx2"))) std::size_t passOver(std::span<const std::byte> data, std::size_t begin,
                                                     std::size_t end,
                                                     const std::array<std::uint8_t, 16>& lower,
                                                     const std::array<std::uint8_t, 16>& upper) {
    constexpr std::size_t kGroup = ByteRuns::kGroup;
    static_assert(ByteRuns::kRun == 8, "three halvings below");
    if (begin + 2 * kGroup > data.size()) {
        return begin;
    }
    const auto* below = reinterpret_cast<const __m128i*>(lower.data());
    const auto* above = reinterpret_cast<const __m128i*>(upper.data());
    const Tables tables{_mm256_broadcastsi128_si256(_mm_load_si128(below)),
                        _mm256_broadcastsi128_si256(_mm_load_si128(above))};
    std::uint64_t here = membersOfGroup(data.data() + begin, tables);
    for (; begin < end && begin + 2 * kGroup <= data.size(); begin += kGroup) {
        const std::uint64_t after = membersOfGroup(data.data() + begin + kGroup, tables);
        // A bit stays set when the next 2, then 4, then 8 bits from there are.
        std::uint64_t run = here & (here >> 1U | after << 63U);
        std::uint64_t runAfter = after & after >> 1U;
        run &= run >> 2U | runAfter << 62U;
        runAfter &= runAfter >> 2U;
        run &= run >> 4U | runAfter << 60U;
        if (run != 0) {
            return begin;
        }
        here = after;
    }
    return begin;
}

} // namespace

#endif

std::size_t ByteRuns::next(std::span<const std::byte> data, std::size_t begin, std::size_t end) const {
#if defined(__x86_64__)
    if (m_usable) {
        return passOver(data, begin, end, m_lower, m_upper);
    }
#endif
    (void)data;
    (void)end;
    return begin;
}

} // namespace kamei::stage
