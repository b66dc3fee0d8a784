#include "core/base/DigestLanes.h"

#include <algorithm>
#include <cstdint>

#include "core/base/Sha256Blocks.h"

namespace kamei::base {
namespace {

using sha256blocks::kBlock;

constexpr std::size_t kLengthAt = kBlock - 8;

/// One stream: its chain, and the bytes that do not fill a block yet.
struct Lane {
    sha256blocks::Chain chain = sha256blocks::kBegin;
    std::array<std::byte, kBlock> rest{};
    std::size_t restSize = 0;
    std::uint64_t length = 0;

    void runRest() {
        sha256blocks::Run run{&chain, rest.data()};
        sha256blocks::compress(run, 1);
        restSize = 0;
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
            runRest();
        }
        return data.subspan(taken);
    }
    void keepRest(std::span<const std::byte> data) {
        if (!data.empty()) {
            std::ranges::copy(data, rest.begin());
            restSize = data.size();
        }
    }
    void fillWithZeros(std::size_t end) {
        std::fill(rest.begin() + static_cast<std::ptrdiff_t>(restSize),
                  rest.begin() + static_cast<std::ptrdiff_t>(end), std::byte{0});
    }
    /// Padding: one bit, zeros, the length in bits (FIPS 180-4, 5.1.1).
    Sha256 finish() {
        rest[restSize++] = std::byte{0x80};
        if (restSize > kLengthAt) {
            fillWithZeros(kBlock);
            runRest();
        }
        fillWithZeros(kLengthAt);
        for (std::size_t i = 0; i < 8; ++i) {
            rest[kLengthAt + i] = static_cast<std::byte>((length * 8) >> (56 - 8 * i));
        }
        runRest();
        Sha256 out;
        for (std::size_t i = 0; i < out.bytes.size(); ++i) {
            out.bytes[i] = static_cast<std::byte>(chain[i / 4] >> (24 - 8 * (i % 4)));
        }
        return out;
    }
};

/// A stream's whole blocks that are still to be run.
struct Pending {
    sha256blocks::Run run;
    std::size_t blocks = 0;
};

/// Runs all of them; which streams go side by side changes the time and nothing else.
void runAll(std::span<Pending> pending) {
    for (;;) {
        std::array<sha256blocks::Run*, Sha256Lanes::kMost> active{};
        std::size_t count = 0;
        std::size_t common = SIZE_MAX;
        for (Pending& one : pending) {
            if (one.blocks > 0) {
                active[count++] = &one.run;
                common = std::min(common, one.blocks);
            }
        }
        if (count == 0) {
            return;
        }
        const bool wide = count >= sha256blocks::kWideFrom && sha256blocks::prefersWide();
        if (wide) {
            sha256blocks::compressWide(std::span(active).first(count), common);
        } else {
            for (std::size_t i = 0; i + 1 < count; i += 2) {
                sha256blocks::compress(*active[i], *active[i + 1], common);
            }
            if (count % 2 != 0) {
                sha256blocks::compress(*active[count - 1], common);
            }
        }
        for (Pending& one : pending) {
            one.blocks -= one.blocks > 0 ? common : 0;
        }
    }
}

} // namespace

struct Sha256Lanes::State {
    explicit State(std::size_t count)
        : sideBySide(sha256blocks::hasInstructions()), lanes(sideBySide ? count : 0),
          hashers(sideBySide ? 0 : count) {}

    bool sideBySide;
    std::vector<Lane> lanes;
    std::vector<Sha256Hasher> hashers;
};

static_assert(Sha256Lanes::kMost == sha256blocks::kWide);

Sha256Lanes::Sha256Lanes(std::size_t count) : m_state(std::make_unique<State>(count)) {}
Sha256Lanes::~Sha256Lanes() = default;

void Sha256Lanes::update(std::span<const std::span<const std::byte>> parts) {
    for (std::size_t i = 0; i < m_state->hashers.size(); ++i) {
        m_state->hashers[i].update(parts[i]);
    }
    auto& lanes = m_state->lanes;
    std::array<Pending, kMost> pending;
    std::array<std::span<const std::byte>, kMost> data;
    for (std::size_t i = 0; i < lanes.size(); ++i) {
        data[i] = lanes[i].fillRest(parts[i]);
        pending[i] = {{&lanes[i].chain, data[i].data()}, data[i].size() / kBlock};
    }
    runAll(std::span(pending).first(lanes.size()));
    for (std::size_t i = 0; i < lanes.size(); ++i) {
        lanes[i].keepRest(data[i].subspan(data[i].size() / kBlock * kBlock));
    }
}

std::vector<Sha256> Sha256Lanes::finish() {
    std::vector<Sha256> out;
    for (Lane& lane : m_state->lanes) {
        out.push_back(lane.finish());
    }
    for (Sha256Hasher& hasher : m_state->hashers) {
        out.push_back(hasher.finish());
    }
    return out;
}

} // namespace kamei::base
