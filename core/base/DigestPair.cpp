#include "core/base/DigestPair.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace kamei::base {
namespace {

constexpr std::size_t kBlock = 64;
constexpr std::size_t kLengthAt = kBlock - 8;

#if defined(__x86_64__)

// FIPS 180-4, 4.2.2.
alignas(16) constexpr std::array<std::uint32_t, 64> kRound{
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};
// FIPS 180-4, 5.3.3, in the order in which the instructions keep the state: ABEF, CDGH.
alignas(16) constexpr std::array<std::uint32_t, 4> kAbef{0x9b05688c, 0x510e527f, 0xbb67ae85, 0x6a09e667};
alignas(16) constexpr std::array<std::uint32_t, 4> kCdgh{0x5be0cd19, 0x1f83d9ab, 0xa54ff53a, 0x3c6ef372};

struct Chain {
    __m128i abef;
    __m128i cdgh;
};

/// Runs `blocks` blocks of each lane through its chain. The lanes' instructions alternate, which is the
/// point.
template <std::size_t Lanes>
__attribute__((target("sha,sse4.1"))) void
compress(std::array<Chain*, Lanes> chains, std::array<const std::byte*, Lanes> data, std::size_t blocks) {
    const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    __m128i abef[Lanes];
    __m128i cdgh[Lanes];
    for (std::size_t lane = 0; lane < Lanes; ++lane) {
        abef[lane] = chains[lane]->abef;
        cdgh[lane] = chains[lane]->cdgh;
    }
    for (; blocks > 0; --blocks) {
        __m128i words[Lanes][4];
        __m128i abefBefore[Lanes];
        __m128i cdghBefore[Lanes];
        for (std::size_t lane = 0; lane < Lanes; ++lane) {
            for (std::size_t i = 0; i < 4; ++i) {
                const auto* at = reinterpret_cast<const __m128i*>(data[lane] + 16 * i);
                words[lane][i] = _mm_shuffle_epi8(_mm_loadu_si128(at), swap);
            }
            data[lane] += kBlock;
            abefBefore[lane] = abef[lane];
            cdghBefore[lane] = cdgh[lane];
        }
#pragma GCC unroll 16
        for (std::size_t step = 0; step < 16; ++step) {
            const __m128i round = _mm_load_si128(reinterpret_cast<const __m128i*>(kRound.data() + 4 * step));
#pragma GCC unroll 2
            for (std::size_t lane = 0; lane < Lanes; ++lane) {
                __m128i(&w)[4] = words[lane];
                const __m128i sum = _mm_add_epi32(w[step % 4], round);
                cdgh[lane] = _mm_sha256rnds2_epu32(cdgh[lane], abef[lane], sum);
                abef[lane] = _mm_sha256rnds2_epu32(abef[lane], cdgh[lane], _mm_shuffle_epi32(sum, 0x0e));
                if (step < 12) {
                    // The four words after the present sixteen take the place of the oldest four.
                    const __m128i low = _mm_sha256msg1_epu32(w[step % 4], w[(step + 1) % 4]);
                    const __m128i middle = _mm_alignr_epi8(w[(step + 3) % 4], w[(step + 2) % 4], 4);
                    w[step % 4] = _mm_sha256msg2_epu32(_mm_add_epi32(low, middle), w[(step + 3) % 4]);
                }
            }
        }
        for (std::size_t lane = 0; lane < Lanes; ++lane) {
            abef[lane] = _mm_add_epi32(abef[lane], abefBefore[lane]);
            cdgh[lane] = _mm_add_epi32(cdgh[lane], cdghBefore[lane]);
        }
    }
    for (std::size_t lane = 0; lane < Lanes; ++lane) {
        chains[lane]->abef = abef[lane];
        chains[lane]->cdgh = cdgh[lane];
    }
}

Sha256 digestOf(const Chain& chain) {
    std::array<std::uint32_t, 4> fromAbef{};
    std::array<std::uint32_t, 4> fromCdgh{};
    std::memcpy(fromAbef.data(), &chain.abef, sizeof fromAbef);
    std::memcpy(fromCdgh.data(), &chain.cdgh, sizeof fromCdgh);
    const std::array<std::uint32_t, 8> words{fromAbef[3], fromAbef[2], fromCdgh[3], fromCdgh[2],
                                             fromAbef[1], fromAbef[0], fromCdgh[1], fromCdgh[0]};
    Sha256 out;
    for (std::size_t i = 0; i < out.bytes.size(); ++i) {
        out.bytes[i] = static_cast<std::byte>(words[i / 4] >> (24 - 8 * (i % 4)));
    }
    return out;
}

/// One stream: its chain, and the bytes that do not fill a block yet.
struct Lane {
    Chain chain{_mm_load_si128(reinterpret_cast<const __m128i*>(kAbef.data())),
                _mm_load_si128(reinterpret_cast<const __m128i*>(kCdgh.data()))};
    std::array<std::byte, kBlock> rest{};
    std::size_t restSize = 0;
    std::uint64_t length = 0;

    void blocks(std::span<const std::byte> data) {
        compress<1>({&chain}, {data.data()}, data.size() / kBlock);
    }

    /// Completes a block begun before; what remains of `data` begins at a block's border.
    std::span<const std::byte> fillRest(std::span<const std::byte> data) {
        length += data.size();
        if (restSize == 0) {
            return data;
        }
        const std::size_t taken = std::min(kBlock - restSize, data.size());
        std::copy_n(data.begin(), taken, rest.begin() + static_cast<std::ptrdiff_t>(restSize));
        restSize += taken;
        if (restSize == kBlock) {
            blocks(rest);
            restSize = 0;
        }
        return data.subspan(taken);
    }
    void keepRest(std::span<const std::byte> data) {
        if (!data.empty()) {
            std::ranges::copy(data, rest.begin());
            restSize = data.size();
        }
    }
    /// Padding: one bit, zeros, the length in bits (FIPS 180-4, 5.1.1).
    Sha256 finish() {
        rest[restSize++] = std::byte{0x80};
        if (restSize > kLengthAt) {
            std::fill(rest.begin() + static_cast<std::ptrdiff_t>(restSize), rest.end(), std::byte{0});
            blocks(rest);
            restSize = 0;
        }
        std::fill(rest.begin() + static_cast<std::ptrdiff_t>(restSize), rest.end(), std::byte{0});
        for (std::size_t i = 0; i < 8; ++i) {
            rest[kLengthAt + i] = static_cast<std::byte>((length * 8) >> (56 - 8 * i));
        }
        blocks(rest);
        return digestOf(chain);
    }
};

bool hasShaInstructions() {
    // GCC 12 does not know the word "sha" here: CPUID leaf 7, EBX bit 29.
    static const bool has = [] {
        unsigned int eax = 7;
        unsigned int ebx = 0;
        unsigned int ecx = 0;
        unsigned int edx = 0;
        __asm__("cpuid" : "+a"(eax), "=b"(ebx), "+c"(ecx), "=d"(edx));
        return __builtin_cpu_supports("sse4.1") != 0 && ((ebx >> 29) & 1U) != 0;
    }();
    return has;
}

#endif

} // namespace

struct Sha256Pair::State {
#if defined(__x86_64__)
    bool sideBySide = hasShaInstructions();
    std::array<Lane, 2> lanes;
#else
    bool sideBySide = false;
#endif
    std::array<Sha256Hasher, 2> hashers;
};

Sha256Pair::Sha256Pair() : m_state(std::make_unique<State>()) {}
Sha256Pair::~Sha256Pair() = default;

void Sha256Pair::update(std::span<const std::byte> first, std::span<const std::byte> second) {
#if defined(__x86_64__)
    if (m_state->sideBySide) {
        auto& lanes = m_state->lanes;
        first = lanes[0].fillRest(first);
        second = lanes[1].fillRest(second);
        const std::size_t both = std::min(first.size(), second.size()) / kBlock;
        compress<2>({&lanes[0].chain, &lanes[1].chain}, {first.data(), second.data()}, both);
        std::size_t lane = 0;
        for (std::span<const std::byte> data :
             {first.subspan(both * kBlock), second.subspan(both * kBlock)}) {
            const std::size_t whole = data.size() / kBlock * kBlock;
            lanes[lane].blocks(data.first(whole));
            lanes[lane++].keepRest(data.subspan(whole));
        }
        return;
    }
#endif
    m_state->hashers[0].update(first);
    m_state->hashers[1].update(second);
}

std::array<Sha256, 2> Sha256Pair::finish() {
#if defined(__x86_64__)
    if (m_state->sideBySide) {
        return {m_state->lanes[0].finish(), m_state->lanes[1].finish()};
    }
#endif
    return {m_state->hashers[0].finish(), m_state->hashers[1].finish()};
}

} // namespace kamei::base
