#include "core/model/VolumeMask.h"

#include <algorithm>
#include <cmath>

namespace kamei::model {
namespace {

using base::ErrorCode;

constexpr std::string_view kPlace = "model.volume-mask";
constexpr double kRounding = 1e-3; ///< voxels

std::size_t wordsFor(std::size_t voxels) {
    return (voxels + 63) / 64;
}

PointMm cross(const PointMm& a, const PointMm& b) {
    return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}

double dot(const PointMm& a, const PointMm& b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

bool sound(const VolumeGeometry& geometry) {
    const auto finite = [](const PointMm& p) {
        return std::ranges::all_of(p, [](double v) { return std::isfinite(v); });
    };
    return std::ranges::all_of(geometry.size, [](std::int32_t n) { return n >= 1; }) &&
           finite(geometry.origin) && std::ranges::all_of(geometry.axes, finite);
}

bool inside(std::span<const PointPx> corners, double x, double y) {
    bool in = false;
    for (std::size_t i = 0, j = corners.size() - 1; i < corners.size(); j = i++) {
        const PointPx& a = corners[i];
        const PointPx& b = corners[j];
        if ((a.y > y) != (b.y > y) && x < (b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x) {
            in = !in;
        }
    }
    return in;
}

/// Axes of a plane: the one that runs fastest first.
std::array<std::size_t, 2> planeAxes(int axis) {
    return axis == 0   ? std::array<std::size_t, 2>{1, 2}
           : axis == 1 ? std::array<std::size_t, 2>{0, 2}
                       : std::array<std::size_t, 2>{0, 1};
}

} // namespace

base::Expected<VoxelFrame> VoxelFrame::of(const VolumeGeometry& geometry) {
    const auto& a = geometry.axes;
    const double volume = dot(a[0], cross(a[1], a[2]));
    const double box = std::sqrt(dot(a[0], a[0]) * dot(a[1], a[1]) * dot(a[2], a[2]));
    if (!sound(geometry) || !(std::abs(volume) > 1e-6 * box)) {
        return base::fail(ErrorCode::InvalidArgument, kPlace, {"geometry"});
    }
    VoxelFrame out;
    out.m_size = geometry.size;
    out.m_origin = geometry.origin;
    for (std::size_t i = 0; i < 3; ++i) {
        out.m_rows[i] = cross(a[(i + 1) % 3], a[(i + 2) % 3]);
        for (double& v : out.m_rows[i]) {
            v /= volume;
        }
    }
    return out;
}

PointMm VoxelFrame::index(const PointMm& point) const {
    const PointMm from{point[0] - m_origin[0], point[1] - m_origin[1], point[2] - m_origin[2]};
    return {dot(m_rows[0], from), dot(m_rows[1], from), dot(m_rows[2], from)};
}

VoxelBox VoxelFrame::touched(const VoxelBox& box, const VolumeGeometry& of) const {
    PointMm low{1e300, 1e300, 1e300};
    PointMm high{-1e300, -1e300, -1e300};
    for (unsigned corner = 0; corner < 8; ++corner) {
        PointMm at{};
        for (unsigned k = 0; k < 3; ++k) {
            at[k] = (corner >> k & 1U) != 0 ? box.last[k] + 0.5 : box.first[k] - 0.5;
        }
        const PointMm there = index(of.at(at[0], at[1], at[2]));
        for (std::size_t k = 0; k < 3; ++k) {
            low[k] = std::min(low[k], there[k]);
            high[k] = std::max(high[k], there[k]);
        }
    }
    VoxelBox out;
    for (std::size_t k = 0; k < 3; ++k) {
        const double most = m_size[k] - 1;
        out.first[k] =
            static_cast<std::int32_t>(std::clamp(std::ceil(low[k] - 0.5 - kRounding), 0.0, most + 1));
        out.last[k] =
            static_cast<std::int32_t>(std::clamp(std::floor(high[k] + 0.5 + kRounding), -1.0, most));
    }
    return out;
}

VolumeMask::VolumeMask(const VolumeGeometry& geometry)
    : m_geometry(geometry), m_words(wordsFor(geometry.voxels()), 0) {}

std::size_t VolumeMask::count() const {
    std::size_t out = 0;
    for (const std::uint64_t word : m_words) {
        out += static_cast<std::size_t>(std::popcount(word));
    }
    return out;
}

bool VolumeMask::empty() const {
    return std::ranges::all_of(m_words, [](std::uint64_t word) { return word == 0; });
}

bool VolumeMask::touches(std::int32_t slice) const {
    std::size_t at = indexOf(0, 0, slice);
    const std::size_t end = indexOf(0, 0, slice + 1);
    while (at < end) {
        if (at % 64 == 0 && at + 64 <= end) {
            if (m_words[at / 64] != 0) {
                return true;
            }
            at += 64;
        } else if (test(at++)) {
            return true;
        }
    }
    return false;
}

VoxelBox VolumeMask::bounds() const {
    VoxelBox out;
    const auto columns = static_cast<std::size_t>(std::max(m_geometry.size[0], 1));
    const auto rows = static_cast<std::size_t>(std::max(m_geometry.size[1], 1));
    const auto add = [&](std::size_t index) {
        const std::array<std::int32_t, 3> at{static_cast<std::int32_t>(index % columns),
                                             static_cast<std::int32_t>(index / columns % rows),
                                             static_cast<std::int32_t>(index / columns / rows)};
        const bool first = out.last[0] < 0;
        for (std::size_t k = 0; k < 3; ++k) {
            out.first[k] = first ? at[k] : std::min(out.first[k], at[k]);
            out.last[k] = std::max(out.last[k], at[k]);
        }
    };
    for (std::size_t w = 0; w < m_words.size(); ++w) {
        if (m_words[w] == 0) {
            continue;
        }
        const std::size_t first = w * 64 + static_cast<std::size_t>(std::countr_zero(m_words[w]));
        const std::size_t last = w * 64 + 63 - static_cast<std::size_t>(std::countl_zero(m_words[w]));
        if (first / columns == last / columns) { // within one row the ends say it all
            add(first);
            add(last);
            continue;
        }
        for (std::uint64_t word = m_words[w]; word != 0; word &= word - 1) {
            add(w * 64 + static_cast<std::size_t>(std::countr_zero(word)));
        }
    }
    return out;
}

MaskBitmap VolumeMask::plane(int axis, std::int32_t at) const {
    const auto [across, down] = planeAxes(axis);
    const auto third = static_cast<std::size_t>(3 - across - down);
    MaskBitmap out;
    out.width = m_geometry.size[across];
    out.height = m_geometry.size[down];
    out.inside.reserve(static_cast<std::size_t>(out.width) * static_cast<std::size_t>(out.height));
    std::array<std::int32_t, 3> voxel{};
    voxel[third] = at;
    for (voxel[down] = 0; voxel[down] < out.height; ++voxel[down]) {
        for (voxel[across] = 0; voxel[across] < out.width; ++voxel[across]) {
            out.inside.push_back(test(indexOf(voxel[0], voxel[1], voxel[2])) ? 1 : 0);
        }
    }
    return out;
}

void VolumeMask::paintSphere(const PointMm& centre, double radiusMm, bool take) {
    const auto frame = VoxelFrame::of(m_geometry);
    if (!frame || !(radiusMm >= 0)) {
        return;
    }
    const VolumeGeometry cube{
        {1, 1, 1}, centre, {PointMm{2 * radiusMm, 0, 0}, {0, 2 * radiusMm, 0}, {0, 0, 2 * radiusMm}}};
    const VoxelBox box = frame->touched({{0, 0, 0}, {0, 0, 0}}, cube);
    for (std::int32_t slice = box.first[2]; slice <= box.last[2]; ++slice) {
        for (std::int32_t row = box.first[1]; row <= box.last[1]; ++row) {
            for (std::int32_t column = box.first[0]; column <= box.last[0]; ++column) {
                const PointMm at = m_geometry.at(column, row, slice);
                const PointMm from{at[0] - centre[0], at[1] - centre[1], at[2] - centre[2]};
                if (dot(from, from) <= radiusMm * radiusMm) {
                    set(indexOf(column, row, slice), take);
                }
            }
        }
    }
}

void VolumeMask::paintPolygon(int axis, std::int32_t first, std::int32_t last,
                              std::span<const PointPx> corners, bool take) {
    if (corners.size() < 3 || axis < 0 || axis > 2 || m_words.empty()) {
        return;
    }
    const auto [across, down] = planeAxes(axis);
    const auto third = static_cast<std::size_t>(axis);
    first = std::max(first, 0);
    last = std::min(last, m_geometry.size[third] - 1);
    std::array<std::int32_t, 3> voxel{};
    for (voxel[down] = 0; voxel[down] < m_geometry.size[down]; ++voxel[down]) {
        for (voxel[across] = 0; voxel[across] < m_geometry.size[across]; ++voxel[across]) {
            if (inside(corners, voxel[across], voxel[down])) {
                for (voxel[third] = first; voxel[third] <= last; ++voxel[third]) {
                    set(indexOf(voxel[0], voxel[1], voxel[2]), take);
                }
            }
        }
    }
}

base::Expected<void> VolumeMask::unite(const VolumeMask& other) {
    if (m_geometry != other.m_geometry) {
        return base::fail(ErrorCode::InvalidArgument, kPlace, {"geometry"});
    }
    for (std::size_t i = 0; i < m_words.size(); ++i) {
        m_words[i] |= other.m_words[i];
    }
    return {};
}

base::Expected<void> VolumeMask::cut(const VolumeMask& other) {
    if (m_geometry != other.m_geometry) {
        return base::fail(ErrorCode::InvalidArgument, kPlace, {"geometry"});
    }
    for (std::size_t i = 0; i < m_words.size(); ++i) {
        m_words[i] &= ~other.m_words[i];
    }
    return {};
}

base::Expected<std::size_t> VolumeMask::overlap(const VolumeMask& other) const {
    if (m_geometry != other.m_geometry) {
        return base::fail(ErrorCode::InvalidArgument, kPlace, {"geometry"});
    }
    std::size_t out = 0;
    for (std::size_t i = 0; i < m_words.size(); ++i) {
        out += static_cast<std::size_t>(std::popcount(m_words[i] & other.m_words[i]));
    }
    return out;
}

} // namespace kamei::model
