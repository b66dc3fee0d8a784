#include "core/base/Sha256Blocks.h"

#include <algorithm>
#include <chrono>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace kamei::base::sha256blocks {

#if defined(__x86_64__)

namespace {

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

/// The instructions' own order of the words, from the lowest: ABEF is F, E, B, A; CDGH is H, G, D, C.
struct Halves {
    __m128i abef;
    __m128i cdgh;
};

Halves halvesOf(const Chain& chain) {
    const auto word = [&](std::size_t i) { return static_cast<int>(chain[i]); };
    return {_mm_set_epi32(word(0), word(1), word(4), word(5)),
            _mm_set_epi32(word(2), word(3), word(6), word(7))};
}

void putBack(const Halves& halves, Chain& chain) {
    alignas(16) std::array<std::uint32_t, 4> abef{};
    alignas(16) std::array<std::uint32_t, 4> cdgh{};
    _mm_store_si128(reinterpret_cast<__m128i*>(abef.data()), halves.abef);
    _mm_store_si128(reinterpret_cast<__m128i*>(cdgh.data()), halves.cdgh);
    chain = {abef[3], abef[2], cdgh[3], cdgh[2], abef[1], abef[0], cdgh[1], cdgh[0]};
}

/// Runs `blocks` blocks of each lane through its chain. The lanes' instructions alternate, which is the
/// point.
template <std::size_t Lanes>
__attribute__((target("sha,sse4.1"))) void compressLanes(const std::array<Run*, Lanes>& runs,
                                                         std::size_t blocks) {
    const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    __m128i abef[Lanes];
    __m128i cdgh[Lanes];
    const std::byte* data[Lanes];
    for (std::size_t lane = 0; lane < Lanes; ++lane) {
        const Halves halves = halvesOf(*runs[lane]->chain);
        abef[lane] = halves.abef;
        cdgh[lane] = halves.cdgh;
        data[lane] = runs[lane]->data;
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
        putBack({abef[lane], cdgh[lane]}, *runs[lane]->chain);
        runs[lane]->data = data[lane];
    }
}

#define KAMEI_WIDE __attribute__((target("avx512f,avx512bw")))
// What the words of a truth table below stand for: three operands, of which
constexpr int kParity = 0x96;   // the odd ones count,
constexpr int kChoose = 0xCA;   // the first chooses between the others,
constexpr int kMajority = 0xE8; // two decide.

/// Sixteen rows of sixteen words to sixteen columns.
KAMEI_WIDE inline void transpose(__m512i (&rows)[kWide]) {
    __m512i part[kWide];
    for (std::size_t i = 0; i < 8; ++i) {
        part[2 * i] = _mm512_unpacklo_epi32(rows[2 * i], rows[2 * i + 1]);
        part[2 * i + 1] = _mm512_unpackhi_epi32(rows[2 * i], rows[2 * i + 1]);
    }
    for (std::size_t i = 0; i < kWide; i += 4) {
        rows[i] = _mm512_unpacklo_epi64(part[i], part[i + 2]);
        rows[i + 1] = _mm512_unpackhi_epi64(part[i], part[i + 2]);
        rows[i + 2] = _mm512_unpacklo_epi64(part[i + 1], part[i + 3]);
        rows[i + 3] = _mm512_unpackhi_epi64(part[i + 1], part[i + 3]);
    }
    for (std::size_t i = 0; i < 4; ++i) {
        part[i] = _mm512_shuffle_i32x4(rows[i], rows[i + 4], 0x88);
        part[i + 4] = _mm512_shuffle_i32x4(rows[i], rows[i + 4], 0xDD);
        part[i + 8] = _mm512_shuffle_i32x4(rows[i + 8], rows[i + 12], 0x88);
        part[i + 12] = _mm512_shuffle_i32x4(rows[i + 8], rows[i + 12], 0xDD);
    }
    for (std::size_t i = 0; i < 4; ++i) {
        rows[i] = _mm512_shuffle_i32x4(part[i], part[i + 8], 0x88);
        rows[i + 8] = _mm512_shuffle_i32x4(part[i], part[i + 8], 0xDD);
        rows[i + 4] = _mm512_shuffle_i32x4(part[i + 4], part[i + 12], 0x88);
        rows[i + 12] = _mm512_shuffle_i32x4(part[i + 4], part[i + 12], 0xDD);
    }
}

/// One lane of a vector is one stream: the rounds of FIPS 180-4, 6.2.2 as they stand there.
KAMEI_WIDE void compressSixteen(std::uint32_t (&chains)[8][kWide], std::array<const std::byte*, kWide>& data,
                                std::size_t blocks) {
    const __m512i swap = _mm512_set4_epi32(0x0c0d0e0f, 0x08090a0b, 0x04050607, 0x00010203);
    __m512i chain[8];
    for (std::size_t i = 0; i < 8; ++i) {
        chain[i] = _mm512_loadu_si512(chains[i]);
    }
    for (; blocks > 0; --blocks) {
        __m512i w[kWide];
        for (std::size_t lane = 0; lane < kWide; ++lane) {
            w[lane] = _mm512_loadu_si512(data[lane]);
            data[lane] += kBlock;
        }
        transpose(w);
        for (__m512i& words : w) {
            words = _mm512_shuffle_epi8(words, swap);
        }
        __m512i a = chain[0];
        __m512i b = chain[1];
        __m512i c = chain[2];
        __m512i d = chain[3];
        __m512i e = chain[4];
        __m512i f = chain[5];
        __m512i g = chain[6];
        __m512i h = chain[7];
#pragma GCC unroll 64
        for (std::size_t i = 0; i < 64; ++i) {
            const __m512i round = _mm512_set1_epi32(static_cast<int>(kRound[i]));
            const __m512i ofE = _mm512_ternarylogic_epi32(_mm512_ror_epi32(e, 6), _mm512_ror_epi32(e, 11),
                                                          _mm512_ror_epi32(e, 25), kParity);
            const __m512i chosen = _mm512_ternarylogic_epi32(e, f, g, kChoose);
            const __m512i first = _mm512_add_epi32(_mm512_add_epi32(_mm512_add_epi32(h, ofE), chosen),
                                                   _mm512_add_epi32(w[i % 16], round));
            const __m512i ofA = _mm512_ternarylogic_epi32(_mm512_ror_epi32(a, 2), _mm512_ror_epi32(a, 13),
                                                          _mm512_ror_epi32(a, 22), kParity);
            const __m512i majority = _mm512_ternarylogic_epi32(a, b, c, kMajority);
            h = g;
            g = f;
            f = e;
            e = _mm512_add_epi32(d, first);
            d = c;
            c = b;
            b = a;
            a = _mm512_add_epi32(first, _mm512_add_epi32(ofA, majority));
            if (i < 48) {
                const __m512i next = w[(i + 1) % 16];
                const __m512i late = w[(i + 14) % 16];
                const __m512i ofNext =
                    _mm512_ternarylogic_epi32(_mm512_ror_epi32(next, 7), _mm512_ror_epi32(next, 18),
                                              _mm512_srli_epi32(next, 3), kParity);
                const __m512i ofLate =
                    _mm512_ternarylogic_epi32(_mm512_ror_epi32(late, 17), _mm512_ror_epi32(late, 19),
                                              _mm512_srli_epi32(late, 10), kParity);
                w[i % 16] = _mm512_add_epi32(_mm512_add_epi32(w[i % 16], ofNext),
                                             _mm512_add_epi32(w[(i + 9) % 16], ofLate));
            }
        }
        chain[0] = _mm512_add_epi32(chain[0], a);
        chain[1] = _mm512_add_epi32(chain[1], b);
        chain[2] = _mm512_add_epi32(chain[2], c);
        chain[3] = _mm512_add_epi32(chain[3], d);
        chain[4] = _mm512_add_epi32(chain[4], e);
        chain[5] = _mm512_add_epi32(chain[5], f);
        chain[6] = _mm512_add_epi32(chain[6], g);
        chain[7] = _mm512_add_epi32(chain[7], h);
    }
    for (std::size_t i = 0; i < 8; ++i) {
        _mm512_storeu_si512(chains[i], chain[i]);
    }
}
#undef KAMEI_WIDE

/// The best of a few tries, in any unit.
template <class Body> std::chrono::nanoseconds quickest(Body&& body) {
    auto best = std::chrono::nanoseconds::max();
    for (int i = 0; i < 5; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        body();
        best = std::min(best, std::chrono::nanoseconds(std::chrono::steady_clock::now() - begin));
    }
    return best;
}

bool wideIsQuicker() {
    constexpr std::size_t kBlocks = 32;
    static constexpr std::array<std::byte, kBlocks * kBlock> kData{};
    std::array<Chain, kWide> chains;
    chains.fill(kBegin);
    std::array<Run, kWide> runs;
    std::array<Run*, kWide> all{};
    const auto reset = [&] {
        for (std::size_t i = 0; i < kWide; ++i) {
            runs[i] = {&chains[i], kData.data()};
            all[i] = &runs[i];
        }
    };
    const auto wide = quickest([&] {
        reset();
        compressWide(all, kBlocks);
    });
    const auto byTwos = quickest([&] {
        reset();
        for (std::size_t i = 0; i < kWide; i += 2) {
            compress(runs[i], runs[i + 1], kBlocks);
        }
    });
    return wide < byTwos;
}

} // namespace

bool hasInstructions() {
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

bool hasWideVectors() {
    return __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0;
}

bool prefersWide() {
    static const bool wide = hasInstructions() && hasWideVectors() && wideIsQuicker();
    return wide;
}

void compress(Run& one, std::size_t blocks) {
    compressLanes<1>({&one}, blocks);
}

void compress(Run& one, Run& other, std::size_t blocks) {
    compressLanes<2>({&one, &other}, blocks);
}

void compressWide(std::span<Run* const> runs, std::size_t blocks) {
    std::uint32_t chains[8][kWide]{};
    std::array<const std::byte*, kWide> data{};
    for (std::size_t lane = 0; lane < kWide; ++lane) {
        // Lanes that nobody needs read what the first one reads.
        const Run& run = *runs[lane < runs.size() ? lane : 0];
        data[lane] = run.data;
        for (std::size_t i = 0; i < run.chain->size(); ++i) {
            chains[i][lane] = (*run.chain)[i];
        }
    }
    compressSixteen(chains, data, blocks);
    for (std::size_t lane = 0; lane < runs.size(); ++lane) {
        runs[lane]->data = data[lane];
        for (std::size_t i = 0; i < runs[lane]->chain->size(); ++i) {
            (*runs[lane]->chain)[i] = chains[i][lane];
        }
    }
}

#else

bool hasInstructions() {
    return false;
}
bool hasWideVectors() {
    return false;
}
bool prefersWide() {
    return false;
}
void compress(Run&, std::size_t) {}
void compress(Run&, Run&, std::size_t) {}
void compressWide(std::span<Run* const>, std::size_t) {}

#endif

} // namespace kamei::base::sha256blocks
