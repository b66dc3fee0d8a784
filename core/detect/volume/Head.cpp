#include "core/detect/volume/Head.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/detect/volume/Pieces.h"
#include "core/intake/volume/Series.h"

namespace kamei::detect::volume {
namespace {

using base::ErrorCode;
using intake::volume::norm;
using model::PointMm;

constexpr std::string_view kPlace = "detect.volume.head";
constexpr double kCellMm = 2.0;
constexpr double kSkinHu = -300;
constexpr double kAirHu = -500; // below: values of a volume without modality look like Hounsfield units
constexpr double kOpeningMm = 6;
constexpr double kGrowMm = 14; // back over the ears and the nose, which the opening takes off
constexpr double kClosingMm = 8;
constexpr double kLeastSideMm = 60; // of a head: an infant's
constexpr double kHeadMm = 260;     // from the vertex to below the chin
constexpr double kVertexToEyesMm = 110;
constexpr std::size_t kLeastCells = 2000;

std::size_t indexOf(const model::VolumeGeometry& g, std::int32_t x, std::int32_t y, std::int32_t z) {
    return (static_cast<std::size_t>(z) * static_cast<std::size_t>(g.size[1]) + static_cast<std::size_t>(y)) *
               static_cast<std::size_t>(g.size[0]) +
           static_cast<std::size_t>(x);
}

/// Means over blocks of voxels.
std::vector<float> shrink(const model::Volume& volume, Head& head) {
    const auto& from = volume.geometry;
    head.grid = from;
    for (std::size_t axis = 0; axis < 3; ++axis) {
        const double spacing = norm(from.axes[axis]);
        const auto step = std::clamp<std::int32_t>(
            static_cast<std::int32_t>(std::lround(kCellMm / std::max(spacing, 1e-6))), 1, from.size[axis]);
        head.step[axis] = step;
        head.grid.size[axis] = from.size[axis] / step;
        for (std::size_t i = 0; i < 3; ++i) {
            head.grid.origin[i] += from.axes[axis][i] * (step - 1) / 2.0;
            head.grid.axes[axis][i] *= step;
        }
    }
    std::vector<float> out(head.grid.voxels());
    const auto columns = static_cast<std::size_t>(from.size[0]);
    const auto rows = static_cast<std::size_t>(from.size[1]);
    const double share = 1.0 / (static_cast<double>(head.step[0]) * head.step[1] * head.step[2]);
    for (std::int32_t z = 0; z < head.grid.size[2]; ++z) {
        for (std::int32_t y = 0; y < head.grid.size[1]; ++y) {
            for (std::int32_t x = 0; x < head.grid.size[0]; ++x) {
                std::int64_t sum = 0;
                for (std::int32_t k = 0; k < head.step[2]; ++k) {
                    for (std::int32_t j = 0; j < head.step[1]; ++j) {
                        const std::size_t row = (static_cast<std::size_t>(z * head.step[2] + k) * rows +
                                                 static_cast<std::size_t>(y * head.step[1] + j)) *
                                                    columns +
                                                static_cast<std::size_t>(x * head.step[0]);
                        for (std::int32_t i = 0; i < head.step[0]; ++i) {
                            sum += volume.voxels[row + static_cast<std::size_t>(i)];
                        }
                    }
                }
                out[indexOf(head.grid, x, y, z)] =
                    static_cast<float>(static_cast<double>(sum) * share * volume.slope + volume.intercept);
            }
        }
    }
    return out;
}

double quantile(std::vector<float> values, double share) {
    const auto at =
        values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::ranges::nth_element(values, at);
    return *at;
}

/// Mean and spread of what lies below the threshold.
void measureBackground(const std::vector<float>& cells, Head& head) {
    double sum = 0;
    double squares = 0;
    std::size_t count = 0;
    for (const float value : cells) {
        if (value < head.skinThreshold) {
            sum += value;
            squares += static_cast<double>(value) * value;
            ++count;
        }
    }
    if (count > 0) {
        head.background = sum / static_cast<double>(count);
        head.noise = std::sqrt(
            std::max(0.0, squares / static_cast<double>(count) - head.background * head.background));
    }
}

/// Visits the set cells with their places.
void eachSet(const Head& head, const auto& take) {
    for (std::int32_t z = 0; z < head.grid.size[2]; ++z) {
        for (std::int32_t y = 0; y < head.grid.size[1]; ++y) {
            for (std::int32_t x = 0; x < head.grid.size[0]; ++x) {
                const std::size_t index = indexOf(head.grid, x, y, z);
                if (head.mask[index] != 0) {
                    take(head.grid.at(x, y, z), index);
                }
            }
        }
    }
}

double along(const PointMm& place, const PointMm& axis) {
    return intake::volume::dot(place, axis);
}

/// Keeps what lies within reach of the upper end: of a body, the head.
void keepUpperEnd(Head& head) {
    double top = -std::numeric_limits<double>::max();
    eachSet(head, [&](const PointMm& place, std::size_t) { top = std::max(top, along(place, head.up)); });
    eachSet(head, [&](const PointMm& place, std::size_t index) {
        head.mask[index] = along(place, head.up) > top - kHeadMm ? 1 : 0;
    });
}

/// The middle of the head, as high as the eyes, and how far it reaches.
void measure(Head& head) {
    const std::array<PointMm, 3> axes{head.left, head.front, head.up};
    std::array<double, 3> low{};
    std::array<double, 3> high{};
    low.fill(std::numeric_limits<double>::max());
    high.fill(-std::numeric_limits<double>::max());
    eachSet(head, [&](const PointMm& place, std::size_t) {
        for (std::size_t i = 0; i < 3; ++i) {
            low[i] = std::min(low[i], along(place, axes[i]));
            high[i] = std::max(high[i], along(place, axes[i]));
        }
    });
    const double height = high[2] - low[2];
    const double level = height < 2 * kVertexToEyesMm ? (high[2] + low[2]) / 2 : high[2] - kVertexToEyesMm;
    // The neck lies further back than the face: the middle is taken of what is as high as the eyes.
    std::array<double, 2> from{std::numeric_limits<double>::max(), std::numeric_limits<double>::max()};
    std::array<double, 2> to{-from[0], -from[1]};
    constexpr double kSlabMm = 40;
    eachSet(head, [&](const PointMm& place, std::size_t) {
        if (std::abs(along(place, head.up) - level) < kSlabMm) {
            for (std::size_t i = 0; i < 2; ++i) {
                from[i] = std::min(from[i], along(place, axes[i]));
                to[i] = std::max(to[i], along(place, axes[i]));
            }
        }
    });
    for (std::size_t i = 0; i < 2; ++i) {
        head.widthMm[i] = to[i] - from[i];
    }
    const std::array<double, 3> middle{(from[0] + to[0]) / 2, (from[1] + to[1]) / 2, level};
    for (std::size_t i = 0; i < 3; ++i) {
        head.centre[i] = 0;
        for (std::size_t axis = 0; axis < 3; ++axis) {
            head.centre[i] += axes[axis][i] * middle[axis];
        }
        head.reachMm[i] = high[i] - middle[i];
        head.backMm[i] = middle[i] - low[i];
    }
    // Proportions of adult heads (vertex to chin about 230 mm): the marks of a face are better where there is
    // one.
    head.eyesMm = 0;
    head.browMm = 20;
    head.noseMm = -45;
    head.mouthMm = -70;
    head.chinMm = -115;
}

/// Whether the tissue reaches the border of the field nearly everywhere: then there is no skin.
bool hasAir(const Head& head) {
    std::size_t border = 0;
    std::size_t tissue = 0;
    const auto& size = head.grid.size;
    for (std::int32_t z = 0; z < size[2]; ++z) {
        for (std::int32_t y = 0; y < size[1]; ++y) {
            for (std::int32_t x = 0; x < size[0]; ++x) {
                if (x == 0 || y == 0 || x + 1 == size[0] || y + 1 == size[1]) {
                    ++border;
                    tissue += head.mask[indexOf(head.grid, x, y, z)];
                }
            }
        }
    }
    constexpr double kMost = 0.9;
    return static_cast<double>(tissue) < kMost * static_cast<double>(border);
}

} // namespace

std::array<double, 3> voxelOf(const model::VolumeGeometry& g, const PointMm& place) {
    const PointMm d{place[0] - g.origin[0], place[1] - g.origin[1], place[2] - g.origin[2]};
    const PointMm yz = intake::volume::cross(g.axes[1], g.axes[2]);
    const PointMm zx = intake::volume::cross(g.axes[2], g.axes[0]);
    const PointMm xy = intake::volume::cross(g.axes[0], g.axes[1]);
    const double volume = intake::volume::dot(g.axes[0], yz);
    return {intake::volume::dot(d, yz) / volume, intake::volume::dot(d, zx) / volume,
            intake::volume::dot(d, xy) / volume};
}

bool hasHeadSize(const Head& head) {
    return head.widthMm[0] > 70 && head.widthMm[0] < 230 && head.widthMm[1] > 80 && head.widthMm[1] < 290;
}

bool Head::contains(const PointMm& place) const {
    return isNear(place, 0);
}

bool Head::isNear(const PointMm& place, double marginMm) const {
    const auto at = voxelOf(grid, place);
    std::array<std::int32_t, 3> low{};
    std::array<std::int32_t, 3> high{};
    for (std::size_t i = 0; i < 3; ++i) {
        const double reach = marginMm / norm(grid.axes[i]);
        low[i] = std::max(0, static_cast<std::int32_t>(std::lround(at[i] - reach)));
        high[i] = std::min(grid.size[i] - 1, static_cast<std::int32_t>(std::lround(at[i] + reach)));
    }
    for (std::int32_t z = low[2]; z <= high[2]; ++z) {
        for (std::int32_t y = low[1]; y <= high[1]; ++y) {
            for (std::int32_t x = low[0]; x <= high[0]; ++x) {
                if (mask[indexOf(grid, x, y, z)] != 0) {
                    return true;
                }
            }
        }
    }
    return false;
}

base::Expected<Head> findHead(const model::Volume& volume, std::stop_token stop) {
    Head head;
    if (volume.voxels.size() != volume.geometry.voxels() || volume.voxels.empty()) {
        return base::fail(ErrorCode::InvalidArgument, kPlace);
    }
    const std::vector<float> cells = shrink(volume, head);
    const bool hounsfield =
        volume.modality == "CT" || (volume.modality.empty() && quantile(cells, 0.02) < kAirHu);
    const std::array<double, 3> spacing{norm(head.grid.axes[0]), norm(head.grid.axes[1]),
                                        norm(head.grid.axes[2])};
    Pieces pieces(head.grid.size, spacing);
    if (hounsfield) {
        head.skinThreshold = kSkinHu;
    } else {
        // Otsu's method parts dark tissue from bright: skin begins about half way down to the background.
        const double low = quantile(cells, 0.02);
        const auto parted = pieces.otsu(cells, quantile(cells, 0.995));
        if (!parted) {
            return tl::unexpected(parted.error());
        }
        head.skinThreshold = low + (*parted - low) / 2;
    }
    measureBackground(cells, head);
    if (stop.stop_requested()) {
        return base::fail(ErrorCode::Cancelled, kPlace);
    }
    std::vector<std::uint8_t> tissue(cells.size());
    std::ranges::transform(cells, tissue.begin(), [&](float value) {
        return static_cast<std::uint8_t>(value >= head.skinThreshold ? 1 : 0);
    });
    if (static_cast<std::size_t>(std::ranges::count(tissue, 1)) < kLeastCells) {
        return base::fail(ErrorCode::NotPossible, kPlace, {"no-tissue"});
    }
    head.mask = tissue;
    if (!hasAir(head)) {
        return base::fail(ErrorCode::NotPossible, kPlace, {"no-air"});
    }
    auto mask = pieces.largest(tissue, kOpeningMm, kGrowMm);
    if (!mask) {
        return tl::unexpected(mask.error());
    }
    head.mask = std::move(*mask);
    if (static_cast<std::size_t>(std::ranges::count(head.mask, 1)) < kLeastCells) {
        return base::fail(ErrorCode::NotPossible, kPlace, {"no-tissue"});
    }
    keepUpperEnd(head);
    if (auto filled = pieces.fill(head.mask, kClosingMm); !filled) {
        return tl::unexpected(filled.error());
    }
    if (stop.stop_requested()) {
        return base::fail(ErrorCode::Cancelled, kPlace);
    }
    measure(head);
    for (std::size_t i = 0; i < 2; ++i) {
        if (head.reachMm[i] + head.backMm[i] < kLeastSideMm) {
            return base::fail(ErrorCode::NotPossible, kPlace, {"too-small"});
        }
    }
    return head;
}

} // namespace kamei::detect::volume
