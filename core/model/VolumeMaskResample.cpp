#include <algorithm>
#include <cmath>

#include "core/model/VolumeMask.h"

namespace kamei::model {
namespace {

using base::ErrorCode;

constexpr std::string_view kPlace = "model.volume-mask";
constexpr double kRounding = 1e-3; ///< voxels

PointMm cross(const PointMm& a, const PointMm& b) {
    return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}

double dot(const PointMm& a, const PointMm& b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/// Whether two voxels, each of its own volume, share more than their skin: separating axes of two
/// parallelepipeds (Gottschalk 1996). Their shapes are the same for all pairs, so that each axis has one
/// bound.
class VoxelPair {
public:
    VoxelPair(const std::array<PointMm, 3>& a, const std::array<PointMm, 3>& b) {
        for (std::size_t i = 0; i < 3; ++i) {
            add(cross(a[i], a[(i + 1) % 3]), a, b);
            add(cross(b[i], b[(i + 1) % 3]), a, b);
            for (const PointMm& other : b) {
                add(cross(a[i], other), a, b);
            }
        }
    }
    [[nodiscard]] bool meet(const PointMm& apart) const {
        return std::ranges::all_of(
            m_axes, [&](const Axis& axis) { return std::abs(dot(axis.direction, apart)) < axis.reach; });
    }

private:
    struct Axis {
        PointMm direction{};
        double reach = 0;
    };
    void add(const PointMm& direction, const std::array<PointMm, 3>& a, const std::array<PointMm, 3>& b) {
        double reach = 0;
        for (std::size_t i = 0; i < 3; ++i) {
            reach += (std::abs(dot(direction, a[i])) + std::abs(dot(direction, b[i]))) / 2;
        }
        if (reach > 0) { // parallel edges span no axis
            m_axes.push_back({direction, reach * (1 - kRounding)});
        }
    }
    std::vector<Axis> m_axes;
};

} // namespace

base::Expected<VolumeMask> VolumeMask::resampled(const VolumeGeometry& onto) const {
    return onto == m_geometry ? base::Expected<VolumeMask>(*this) : resampled(onto, bounds());
}

base::Expected<VolumeMask> VolumeMask::resampled(const VolumeGeometry& onto, const VoxelBox& own) const {
    const auto here = VoxelFrame::of(m_geometry);
    const auto there = VoxelFrame::of(onto);
    if (!here || !there || onto.voxels() > kMostVoxels) {
        return base::fail(ErrorCode::InvalidArgument, kPlace, {"geometry"});
    }
    VolumeMask out(onto);
    if (own.empty()) {
        return out;
    }
    const VoxelPair pair(m_geometry.axes, onto.axes);
    // How far a voxel of `onto` reaches from its centre, in voxels of this mask.
    PointMm reach{};
    const PointMm zero = here->index(onto.at(0, 0, 0));
    const std::array<PointMm, 3> step{here->index(onto.at(1, 0, 0)), here->index(onto.at(0, 1, 0)),
                                      here->index(onto.at(0, 0, 1))};
    for (std::size_t k = 0; k < 3; ++k) {
        reach[k] = 0.5;
        for (const PointMm& one : step) {
            reach[k] += std::abs(one[k] - zero[k]) / 2;
        }
    }
    const auto taken = [&](const PointMm& at, const PointMm& centre) {
        std::array<std::int32_t, 3> low{};
        std::array<std::int32_t, 3> high{};
        for (std::size_t k = 0; k < 3; ++k) {
            low[k] = std::max(own.first[k], static_cast<std::int32_t>(std::ceil(at[k] - reach[k])));
            high[k] = std::min(own.last[k], static_cast<std::int32_t>(std::floor(at[k] + reach[k])));
        }
        for (std::int32_t slice = low[2]; slice <= high[2]; ++slice) {
            for (std::int32_t row = low[1]; row <= high[1]; ++row) {
                for (std::int32_t column = low[0]; column <= high[0]; ++column) {
                    if (!test(indexOf(column, row, slice))) {
                        continue;
                    }
                    const PointMm mine = m_geometry.at(column, row, slice);
                    if (pair.meet({mine[0] - centre[0], mine[1] - centre[1], mine[2] - centre[2]})) {
                        return true;
                    }
                }
            }
        }
        return false;
    };
    const VoxelBox box = there->touched(own, m_geometry);
    for (std::int32_t slice = box.first[2]; slice <= box.last[2]; ++slice) {
        for (std::int32_t row = box.first[1]; row <= box.last[1]; ++row) {
            for (std::int32_t column = box.first[0]; column <= box.last[0]; ++column) {
                const PointMm centre = onto.at(column, row, slice);
                if (taken(here->index(centre), centre)) {
                    out.set(out.indexOf(column, row, slice));
                }
            }
        }
    }
    return out;
}

} // namespace kamei::model
