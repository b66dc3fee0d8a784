#include "core/transform/volume/Protected.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace kamei::transform::volume {
namespace {

/// From front to back of an adult's head, mm (mean of head length, ISO/TR 7250-2: about 190).
constexpr double kAdultLengthMm = 190;
/// Scalp and skull at their thinnest over the brain, but for the temple; mm.
constexpr double kOverBrainMm = 9;
constexpr double kSoftLow = -20; ///< HU: brain, blood and water, no fat
constexpr double kSoftHigh = 110;
/// What ties the brain to orbit and neck is thinner than twice this; without bone to be seen, more.
constexpr double kTakenOffHuMm = 5;
constexpr double kTakenOffMm = 7;
/// Where soft tissue can be brain: no scalp. Without bone to be seen, scalp is told by its depth alone.
constexpr double kDeepHuMm = 4;
constexpr double kDeepMm = 7;

/// The skin in front at a height, beside the middle: `across` mm to the left.
double skinFront(const HeadSpace& space, double across, double up, double fallback) {
    double out = -1e9;
    for (double front = 0; front < 220; front += 1) {
        for (const double aside : {-4.0, 0.0, 4.0}) {
            const auto cell = space.cellAt({across + aside, front, up});
            if (cell >= 0 && space.inside(static_cast<std::size_t>(cell))) {
                out = front;
            }
        }
    }
    return out < 0 ? fallback : out;
}

/// The largest piece that hangs together by faces of cells; the others are taken out of `set`.
void keepLargest(std::vector<std::uint8_t>& set, const std::array<std::int32_t, 3>& size) {
    std::vector<std::uint32_t> label(set.size(), 0);
    std::vector<std::size_t> open;
    std::uint32_t next = 0;
    std::uint32_t best = 0;
    std::size_t most = 0;
    const std::array<std::ptrdiff_t, 3> step{1, size[0], static_cast<std::ptrdiff_t>(size[0]) * size[1]};
    for (std::size_t seed = 0; seed < set.size(); ++seed) {
        if (set[seed] == 0 || label[seed] != 0) {
            continue;
        }
        label[seed] = ++next;
        open.assign(1, seed);
        std::size_t count = 0;
        while (!open.empty()) {
            const std::size_t cell = open.back();
            open.pop_back();
            ++count;
            const auto at = static_cast<std::ptrdiff_t>(cell);
            const std::array<std::ptrdiff_t, 3> v{at % size[0], at / step[1] % size[1], at / step[2]};
            for (std::size_t k = 0; k < 3; ++k) {
                for (const std::ptrdiff_t way : {-1, 1}) {
                    if (v[k] + way < 0 || v[k] + way >= size[k]) {
                        continue;
                    }
                    const auto other = static_cast<std::size_t>(at + way * step[k]);
                    if (set[other] != 0 && label[other] == 0) {
                        label[other] = next;
                        open.push_back(other);
                    }
                }
            }
        }
        best = count > most ? next : best;
        most = std::max(most, count);
    }
    for (std::size_t cell = 0; cell < set.size(); ++cell) {
        set[cell] = best != 0 && label[cell] == best ? 1 : 0;
    }
}

void growWithin(std::vector<std::uint8_t>& set, const std::vector<std::uint8_t>& hard,
                const std::array<std::int32_t, 3>& size, int times) {
    const std::array<std::ptrdiff_t, 3> step{1, size[0], static_cast<std::ptrdiff_t>(size[0]) * size[1]};
    for (int time = 0; time < times; ++time) {
        const std::vector<std::uint8_t> before = set;
        for (std::size_t cell = 0; cell < set.size(); ++cell) {
            if (before[cell] != 0 || hard[cell] != 0) {
                continue;
            }
            const auto at = static_cast<std::ptrdiff_t>(cell);
            const std::array<std::ptrdiff_t, 3> v{at % size[0], at / step[1] % size[1], at / step[2]};
            for (std::size_t k = 0; k < 3; ++k) {
                const bool below = v[k] > 0 && before[static_cast<std::size_t>(at - step[k])] != 0;
                const bool above = v[k] + 1 < size[k] && before[static_cast<std::size_t>(at + step[k])] != 0;
                set[cell] = below || above ? 1 : set[cell];
            }
        }
    }
}

std::vector<std::uint8_t> within(const HeadSpace& space, const std::vector<std::uint8_t>& set, double mm) {
    const std::vector<float> distance = space.distancesTo(set);
    std::vector<std::uint8_t> out(set.size());
    std::ranges::transform(distance, out.begin(),
                           [&](float d) { return static_cast<double>(d) <= mm ? 1 : 0; });
    return out;
}

} // namespace

FaceLevels levelsOf(const HeadSpace& space, const detect::volume::Head& head) {
    FaceLevels out;
    const double length =
        head.widthMm[1] > 0 ? head.widthMm[1] : std::abs(head.reachMm[1]) + std::abs(head.backMm[1]);
    out.scale = std::clamp(length / kAdultLengthMm, 0.5, 1.15);
    out.brow = head.browMm;
    out.eyes = head.eyesMm;
    out.nose = head.noseMm;
    out.mouth = head.mouthMm;
    out.chin = head.chinMm;
    const double reach = std::abs(head.reachMm[1]);
    out.browFront = skinFront(space, 0, out.brow, reach);
    out.eyesFront = skinFront(space, 32 * out.scale, out.eyes, reach - 12 * out.scale);
    out.rightEye = {-32 * out.scale, skinFront(space, -32 * out.scale, out.eyes, out.eyesFront), out.eyes};
    out.leftEye = {32 * out.scale, out.eyesFront, out.eyes};
    out.mouthAt = {0, skinFront(space, 0, out.mouth, reach), out.mouth};
    if (head.marks) {
        const HeadMm right = space.placeOf(head.marks->rightEye);
        const HeadMm left = space.placeOf(head.marks->leftEye);
        out.rightEye = right;
        out.leftEye = left;
        out.eyesFront = std::min(right[1], left[1]);
        out.mouthAt = space.placeOf(head.marks->mouth);
        const double ears =
            (space.placeOf(head.marks->rightEar)[1] + space.placeOf(head.marks->leftEar)[1]) / 2;
        out.ears = std::clamp(ears, -25 * out.scale, 25 * out.scale);
    }
    return out;
}

std::vector<std::uint8_t> brainOf(const HeadSpace& space, const detect::volume::Head& head,
                                  const FaceLevels& levels, bool hounsfield, double marginMm) {
    const double s = levels.scale;
    const auto inFace = [&](const HeadMm& at) {
        const bool below = at[2] < levels.eyes && at[1] > levels.eyesFront - 36 * s;
        // Without bone to be seen the brow hangs together with what lies behind it.
        return below || (!hounsfield && at[2] < levels.brow + 10 * s && at[1] > levels.browFront - 18 * s);
    };
    std::vector<std::uint8_t> brain(space.cells(), 0);
    std::vector<std::uint8_t> hard(space.cells(), 0); // what is no soft tissue
    for (std::size_t cell = 0; cell < space.cells(); ++cell) {
        const double value = static_cast<double>(space.value(cell));
        const bool soft = hounsfield ? value > kSoftLow && value < kSoftHigh : value > head.skinThreshold;
        hard[cell] = !space.inside(cell) || !soft ? 1 : 0;
        if (!space.inside(cell) || static_cast<double>(space.depthMm(cell)) < kOverBrainMm * s) {
            continue;
        }
        const HeadMm at = space.centreOf(cell);
        const bool above = at[2] > levels.eyes + 12 * s &&
                           (at[2] > levels.brow + 10 * s || at[1] < levels.browFront - 18 * s);
        const bool behind = at[1] < levels.eyesFront - 50 * s && at[2] > levels.mouth;
        const bool back = at[1] < levels.ears - 15 * s;
        brain[cell] = above || behind || back ? 1 : 0;
    }
    const double takenOff = hounsfield ? kTakenOffHuMm : kTakenOffMm;
    const std::vector<float> fromHard = space.distancesTo(hard);
    std::vector<std::uint8_t> core(space.cells(), 0);
    for (std::size_t cell = 0; cell < core.size(); ++cell) {
        core[cell] = static_cast<double>(fromHard[cell]) > takenOff && !inFace(space.centreOf(cell)) ? 1 : 0;
    }
    keepLargest(core, space.size());
    // Back to where it was cut, from cell to cell through soft tissue: never across bone into the scalp.
    const std::vector<std::uint8_t> near = within(space, core, takenOff + HeadSpace::kCellMm);
    for (std::size_t cell = 0; cell < hard.size(); ++cell) {
        hard[cell] = near[cell] == 0 ? 1 : hard[cell];
    }
    growWithin(core, hard, space.size(), static_cast<int>(2 * takenOff / HeadSpace::kCellMm));
    for (std::size_t cell = 0; cell < brain.size(); ++cell) {
        const bool deep = static_cast<double>(space.depthMm(cell)) >= (hounsfield ? kDeepHuMm : kDeepMm) * s;
        if (core[cell] != 0 && deep && !inFace(space.centreOf(cell))) {
            brain[cell] = 1;
        }
    }
    return within(space, brain, marginMm + HeadSpace::kCellMm / 2); // from the border of the cell
}

} // namespace kamei::transform::volume
