#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "core/base/Digest.h"

namespace kamei::base {

/// SHA-256 (FIPS 180-4) of several streams side by side. The processor's SHA instructions wait for one
/// another within one stream, and two streams fill the gaps; sixteen fill the lanes of wide vectors.
/// Whichever way is the quicker on this processor is taken; where it has no such instructions, ordinary
/// hashers. Not thread-safe.
class Sha256Lanes {
public:
    static constexpr std::size_t kMost = 16;

    /// `count` streams, 1 to kMost.
    explicit Sha256Lanes(std::size_t count);
    ~Sha256Lanes();
    Sha256Lanes(const Sha256Lanes&) = delete;
    Sha256Lanes& operator=(const Sha256Lanes&) = delete;

    /// The next bytes of each stream, in order of the streams; they may differ in length, and some may be
    /// empty.
    void update(std::span<const std::span<const std::byte>> parts);
    /// The digests in order of the streams; the object is used up.
    [[nodiscard]] std::vector<Sha256> finish();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace kamei::base
