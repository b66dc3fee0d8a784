#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <span>

#include "core/base/Digest.h"

namespace kamei::base {

/// SHA-256 (FIPS 180-4) of two streams side by side. The processor's SHA instructions wait for one another
/// within one stream; two streams fill the gaps, so that both together take little more time than one. Where
/// the processor has no such instructions, two ordinary hashers. Not thread-safe.
class Sha256Pair {
public:
    Sha256Pair();
    ~Sha256Pair();
    Sha256Pair(const Sha256Pair&) = delete;
    Sha256Pair& operator=(const Sha256Pair&) = delete;

    /// The next bytes of each stream; they may differ in length, and one may be empty.
    void update(std::span<const std::byte> first, std::span<const std::byte> second);
    /// Both digests; the object is used up.
    [[nodiscard]] std::array<Sha256, 2> finish();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace kamei::base
