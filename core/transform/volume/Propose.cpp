#include "core/transform/volume/Propose.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <tbb/parallel_for.h>

#include "core/transform/volume/HeadSpace.h"
#include "core/transform/volume/Protected.h"
#include "core/transform/volume/SkinMap.h"

namespace kamei::transform::volume {
namespace {

using base::ErrorCode;

constexpr std::string_view kPlace = "transform.volume";
constexpr double kAirHu = -1000;
constexpr double kSoftHu = 40;
constexpr double kCoverMm = 4;
constexpr int kOpening = 12; ///< degrees: nose, lips and brows
constexpr double kLidMm = 3;
constexpr double kEarDepthMm = 4;
constexpr double kBelowChinMm = 15;
constexpr double kAboveBrowMm = 30;
constexpr double kAirMm = 25;       ///< beyond the farthest skin
constexpr double kEarTurn = 118;    ///< degrees from the front, behind the ears
constexpr double kCheekTurn = 76;   ///< before the ears
constexpr double kLeastSeen = 0.25; ///< of the directions around the front

/// What the product knows of the head in a volume before it cuts.
struct Prepared {
    HeadSpace space;
    FaceLevels levels;
    std::vector<std::uint8_t> behind; ///< 1: never touched
    bool hounsfield = false;
    double fill = 0;
    double leastCover = 0; ///< a cover below it would not be seen as skin
};

/// Of a volume whose modality nobody names (NIfTI): air of a head CT is far below anything that MR or PT can
/// be.
bool isHounsfield(const model::Volume& volume, double background) {
    return volume.modality == "CT" || (volume.modality.empty() && background < -500);
}

base::Expected<Prepared> prepare(const model::Volume& volume, const detect::volume::Head& head,
                                 double marginMm) {
    if (!(marginMm >= 0 && marginMm <= 20)) {
        return base::fail(ErrorCode::InvalidArgument, kPlace, {"margin"});
    }
    auto space = HeadSpace::of(volume, head);
    if (!space) {
        return tl::unexpected(space.error());
    }
    const bool hounsfield = isHounsfield(volume, head.background);
    const FaceLevels levels = levelsOf(*space, head);
    std::vector<std::uint8_t> behind = brainOf(*space, head, levels, hounsfield, marginMm);
    return Prepared{std::move(*space),
                    levels,
                    std::move(behind),
                    hounsfield,
                    hounsfield ? kAirHu : head.background,
                    hounsfield ? kSoftHu : head.background + 2 * (head.skinThreshold - head.background)};
}

/// What becomes of a voxel.
enum class Take {
    No,
    Air,
    Cover,
};

/// Makes the masks, voxel by voxel: `takes` is asked for voxels that are not protected.
template <class Takes>
base::Expected<Proposal> carve(const model::Volume& volume, const Prepared& head, const Takes& takes,
                               const std::stop_token& stop) {
    const model::VolumeGeometry& geometry = volume.geometry;
    Proposal out;
    out.mask = model::VolumeMask(geometry);
    out.behind = model::VolumeMask(geometry);
    out.cover = model::VolumeMask(geometry);
    out.fill = head.fill;
    // A place in the head is linear in the voxel.
    const HeadMm first = head.space.placeOf(geometry.at(0, 0, 0));
    std::array<HeadMm, 3> step{head.space.placeOf(geometry.at(1, 0, 0)),
                               head.space.placeOf(geometry.at(0, 1, 0)),
                               head.space.placeOf(geometry.at(0, 0, 1))};
    for (HeadMm& one : step) {
        for (std::size_t k = 0; k < 3; ++k) {
            one[k] -= first[k];
        }
    }
    const auto columns = static_cast<std::size_t>(geometry.size[0]);
    const auto rows = static_cast<std::size_t>(geometry.size[1]);
    constexpr std::size_t kWords = 512;
    const std::size_t words = out.mask.words().size();
    tbb::parallel_for(std::size_t{0}, (words + kWords - 1) / kWords, [&](std::size_t block) {
        if (stop.stop_requested()) {
            return;
        }
        for (std::size_t word = block * kWords; word < std::min(words, (block + 1) * kWords); ++word) {
            std::uint64_t taken = 0;
            std::uint64_t kept = 0;
            std::uint64_t covered = 0;
            for (std::size_t bit = 0; bit < 64 && word * 64 + bit < volume.voxels.size(); ++bit) {
                const std::size_t index = word * 64 + bit;
                const auto x = static_cast<double>(index % columns);
                const auto y = static_cast<double>(index / columns % rows);
                const auto z = static_cast<double>(index / columns / rows);
                HeadMm at{};
                for (std::size_t k = 0; k < 3; ++k) {
                    at[k] = first[k] + x * step[0][k] + y * step[1][k] + z * step[2][k];
                }
                const auto cell = head.space.cellAt(at);
                if (cell >= 0 && head.behind[static_cast<std::size_t>(cell)] != 0) {
                    kept |= std::uint64_t{1} << bit;
                    continue;
                }
                const Take take = takes(at, cell);
                taken |= std::uint64_t{take != Take::No} << bit;
                covered |= std::uint64_t{take == Take::Cover} << bit;
            }
            out.mask.setWord(word, taken);
            out.behind.setWord(word, kept);
            out.cover.setWord(word, covered);
        }
    });
    if (stop.stop_requested()) {
        return base::fail(ErrorCode::Cancelled, kPlace);
    }
    if (out.mask.empty()) {
        return base::fail(ErrorCode::NotPossible, kPlace, {"face-outside"});
    }
    out.coverValue =
        head.hounsfield ? kSoftHu
                        : std::max(head.leastCover, tissueValue(volume, out.cover).value_or(head.leastCover));
    return out;
}

double apart(const HeadMm& a, const HeadMm& b) {
    return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

/// What the choices of a person keep: 1 more for cells of eyes, of teeth, and of all that lies deeper than
/// the shell may ever reach.
void keepChosen(Prepared& head, const ShellOptions& options) {
    const FaceLevels& levels = head.levels;
    const double deepest = 2.2 * options.depthMm + 8;
    for (std::size_t cell = 0; cell < head.behind.size(); ++cell) {
        if (!head.space.inside(cell)) {
            continue;
        }
        const auto depth = static_cast<double>(head.space.depthMm(cell));
        const HeadMm at = head.space.centreOf(cell);
        bool keep = depth > deepest;
        if (!options.eyes && depth > kLidMm) {
            for (const HeadMm& eye : {levels.rightEye, levels.leftEye}) {
                // Half cone of the orbit behind the lid, about 45 mm deep and 36 mm wide.
                const HeadMm axis{eye[0], std::clamp(at[1], eye[1] - 45, eye[1]), eye[2]};
                keep = keep || (at[1] <= eye[1] + 6 && apart(at, axis) < 19 * levels.scale);
            }
        }
        if (!options.teeth && depth > 7 * levels.scale) {
            keep = keep || (std::abs(at[0]) < 32 * levels.scale &&
                            std::abs(at[2] - levels.mouth) < 24 * levels.scale);
        }
        head.behind[cell] = keep ? 1 : head.behind[cell];
    }
}

/// What must stay of the head in front of the ears: the cover goes over it.
std::vector<HeadMm> standing(const Prepared& head, const SkinMap& map, double low, double high) {
    std::vector<HeadMm> out;
    for (std::size_t cell = 0; cell < head.behind.size(); ++cell) {
        const HeadMm at = head.space.centreOf(cell);
        if (head.behind[cell] != 0 && head.space.inside(cell) && at[1] > 0 && at[2] > low && at[2] < high &&
            std::abs(turnOf(map.centre(), at)) < kCheekTurn) {
            out.push_back(at);
        }
    }
    return out;
}

bool brainIsNear(const Prepared& head, const SkinMap& map, double depthMm) {
    for (std::size_t cell = 0; cell < head.behind.size(); ++cell) {
        const HeadMm at = head.space.centreOf(cell);
        if (head.behind[cell] != 0 && head.space.inside(cell) && at[1] > 0 && at[2] < head.levels.brow &&
            static_cast<double>(head.space.depthMm(cell)) < depthMm - HeadSpace::kCellMm &&
            std::abs(turnOf(map.centre(), at)) < kCheekTurn) {
            return true;
        }
    }
    return false;
}

/// Whether the field of view ends before the face does at a height.
bool imagedAt(const HeadSpace& space, double front, double up) {
    const auto cell = space.cellAt({0, front, up});
    return cell >= 0 && space.imaged(static_cast<std::size_t>(cell));
}

std::vector<std::string> notesOf(const Prepared& head) {
    std::vector<std::string> out;
    if (!imagedAt(head.space, head.levels.eyesFront / 2, head.levels.chin)) {
        out.emplace_back("chin-outside");
    }
    if (!imagedAt(head.space, head.levels.browFront / 2, head.levels.brow)) {
        out.emplace_back("forehead-outside");
    }
    return out;
}

} // namespace

base::Expected<Proposal> proposeShell(const model::Volume& volume, const detect::volume::Head& head,
                                      const ShellOptions& options, std::stop_token stop) {
    if (!(options.depthMm >= 3 && options.depthMm <= 40)) {
        return base::fail(ErrorCode::InvalidArgument, kPlace, {"depth"});
    }
    auto prepared = prepare(volume, head, options.marginMm);
    if (!prepared) {
        return tl::unexpected(prepared.error());
    }
    const HeadSpace& space = prepared->space;
    const FaceLevels& levels = prepared->levels;
    const double low = levels.chin - kBelowChinMm;
    const double high = levels.brow + kAboveBrowMm * levels.scale;
    SkinMap map(space, {0, levels.ears, (levels.eyes + levels.mouth) / 2}, low - 10, high + 10);
    if (map.seen() < kLeastSeen) {
        return base::fail(ErrorCode::NotPossible, kPlace, {"face-outside"});
    }
    const double outer = map.farthest() + kAirMm;
    std::vector<std::string> notes = notesOf(*prepared);
    if (brainIsNear(*prepared, map, options.depthMm)) {
        notes.emplace_back("brain-near");
    }
    keepChosen(*prepared, options);
    map.open(kOpening);
    const SkinMap skin = map;
    map.lower(options.depthMm, 0.4 * options.depthMm, options.seed);
    SkinMap cover = map;
    cover.cover(kCoverMm, standing(*prepared, map, low, high), skin);
    const double widest = options.ears ? kEarTurn : kCheekTurn;
    const auto takes = [&](const HeadMm& at, std::ptrdiff_t cell) {
        if (at[2] < low || at[2] > high || at[1] < levels.ears - 60) {
            return Take::No;
        }
        const double turn = std::abs(turnOf(map.centre(), at));
        if (turn > widest) {
            return Take::No;
        }
        const bool inside = cell >= 0 && space.inside(static_cast<std::size_t>(cell));
        double away = 0;
        const double left = map.at(at, away);
        bool taken = false;
        if (inside) {
            const double depth = space.depthAt(at);
            taken = depth < (turn > kCheekTurn ? kEarDepthMm : options.depthMm) ||
                    (away >= left && turn <= kCheekTurn);
        } else {
            taken = away <= outer;
        }
        if (!taken) {
            return Take::No;
        }
        const double covered = cover.at(at, away);
        return turn <= kCheekTurn && away < covered ? Take::Cover : Take::Air;
    };
    auto out = carve(volume, *prepared, takes, stop);
    if (out) {
        out->notes = std::move(notes);
    }
    return out;
}

base::Expected<Proposal> proposePlane(const model::Volume& volume, const detect::volume::Head& head,
                                      const PlaneOptions& options, std::stop_token stop) {
    if (!(options.topMm >= 0 && options.topMm <= 40)) {
        return base::fail(ErrorCode::InvalidArgument, kPlace, {"top"});
    }
    if (!(options.bottomMm >= -10 && options.bottomMm <= 90)) {
        return base::fail(ErrorCode::InvalidArgument, kPlace, {"bottom"});
    }
    auto prepared = prepare(volume, head, options.marginMm);
    if (!prepared) {
        return tl::unexpected(prepared.error());
    }
    const FaceLevels& levels = prepared->levels;
    const double low = levels.chin - kBelowChinMm;
    const double high = levels.brow + kAboveBrowMm * levels.scale;
    SkinMap map(prepared->space, {0, levels.ears, (levels.eyes + levels.mouth) / 2}, low - 10, high + 10);
    if (map.seen() < kLeastSeen) {
        return base::fail(ErrorCode::NotPossible, kPlace, {"face-outside"});
    }
    const double outer = map.farthest() + kAirMm;
    const double top = levels.browFront - options.topMm;
    const double bottom = levels.ears + options.bottomMm;
    const auto between = [&](double up) {
        const double share =
            std::clamp((up - levels.chin) / std::max(levels.brow - levels.chin, 1.0), 0.0, 1.0);
        return bottom + share * (top - bottom);
    };
    // Eyes lie behind the brows: where the plane would leave them, it goes back until it takes them, too.
    const double back = std::max(0.0, between(levels.eyes) - (levels.eyesFront - options.topMm));
    const auto planeAt = [&](double up) { return between(up) - back; };
    for (std::size_t cell = 0; cell < prepared->behind.size(); ++cell) {
        const HeadMm at = prepared->space.centreOf(cell);
        if (at[1] < planeAt(at[2]) - HeadSpace::kCellMm) {
            prepared->behind[cell] = 1; // everything behind the plane
        }
    }
    map.open(kOpening);
    SkinMap cover = map;
    cover.limit([&](const HeadMm& at) { return at[1] < planeAt(at[2]); });
    cover.cover(kCoverMm, standing(*prepared, map, low, high), map);
    const auto takes = [&](const HeadMm& at, std::ptrdiff_t) {
        const double before = at[1] - planeAt(at[2]);
        if (at[2] < low || at[2] > high || before < 0 || apart(at, map.centre()) > outer) {
            return Take::No;
        }
        if (std::abs(turnOf(map.centre(), at)) > kCheekTurn) {
            return Take::Air;
        }
        double away = 0;
        const double covered = cover.at(at, away);
        return away < covered ? Take::Cover : Take::Air;
    };
    auto out = carve(volume, *prepared, takes, stop);
    if (out) {
        out->notes = notesOf(*prepared);
    }
    return out;
}

std::optional<double> tissueValue(const model::Volume& volume, const model::VolumeMask& cover) {
    if (volume.modality == "CT") {
        return kSoftHu;
    }
    const auto frame = model::VoxelFrame::of(volume.geometry);
    if (!frame) {
        return std::nullopt;
    }
    // Enough to know the middle.
    constexpr std::size_t kMost = 20'000;
    const std::size_t every = std::max<std::size_t>(1, cover.count() / kMost);
    const auto& size = cover.geometry().size;
    const auto columns = static_cast<std::size_t>(size[0]);
    const auto rows = static_cast<std::size_t>(size[1]);
    std::vector<double> values;
    std::size_t seen = 0;
    for (std::size_t i = 0; i < cover.voxels(); ++i) {
        if (!cover.test(i) || seen++ % every != 0) {
            continue;
        }
        const auto at = frame->index(cover.geometry().at(static_cast<double>(i % columns),
                                                         static_cast<double>(i / columns % rows),
                                                         static_cast<double>(i / columns / rows)));
        std::size_t index = 0;
        bool inside = true;
        for (std::size_t k = 3; k-- > 0;) {
            const double v = std::round(at[k]);
            inside = inside && v >= 0 && v < volume.geometry.size[k];
            index = inside ? index * static_cast<std::size_t>(volume.geometry.size[k]) +
                                 static_cast<std::size_t>(v)
                           : index;
        }
        if (inside) {
            values.push_back(volume.value(index));
        }
    }
    if (values.empty()) {
        return std::nullopt;
    }
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

} // namespace kamei::transform::volume
