#include "core/detect/volume/Surface.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "core/detect/volume/Pieces.h"
#include "core/intake/volume/Series.h"

namespace kamei::detect::volume {
namespace {

using intake::volume::cross;
using intake::volume::dot;
using intake::volume::norm;
using model::PointMm;

constexpr std::int32_t kBlock = 8;
constexpr double kAroundMm = 8; // of the head's mask: skin that lies below the threshold of the mask
constexpr float kNothing = std::numeric_limits<float>::infinity();

PointMm plus(const PointMm& a, const PointMm& b, double times) {
    return {a[0] + times * b[0], a[1] + times * b[1], a[2] + times * b[2]};
}

PointMm unit(const PointMm& a) {
    const double length = std::max(1e-12, norm(a));
    return {a[0] / length, a[1] / length, a[2] / length};
}

/// Right, up and ahead in the picture: `up` upright on the way one looks.
struct Axes {
    PointMm right, up, ahead;
};

Axes axesOf(const SurfaceView& view) {
    Axes out;
    out.ahead = unit(view.towards);
    out.right = unit(cross(out.ahead, view.up));
    out.up = cross(out.right, out.ahead);
    return out;
}

/// Voxels by place in index coordinates.
class Samples {
public:
    explicit Samples(const model::Volume& volume)
        : m_data(volume.voxels.data()), m_size(volume.geometry.size),
          m_row(static_cast<std::size_t>(m_size[0])), m_plane(m_row * static_cast<std::size_t>(m_size[1])) {}

    /// Trilinear; the place lies inside, see clipped().
    [[nodiscard]] float at(const std::array<float, 3>& p) const {
        const auto x = std::clamp(static_cast<std::int32_t>(p[0]), 0, std::max(0, m_size[0] - 2));
        const auto y = std::clamp(static_cast<std::int32_t>(p[1]), 0, std::max(0, m_size[1] - 2));
        const auto z = std::clamp(static_cast<std::int32_t>(p[2]), 0, std::max(0, m_size[2] - 2));
        const float fx = std::clamp(p[0] - static_cast<float>(x), 0.0F, 1.0F);
        const float fy = std::clamp(p[1] - static_cast<float>(y), 0.0F, 1.0F);
        const float fz = std::clamp(p[2] - static_cast<float>(z), 0.0F, 1.0F);
        const std::int16_t* v = m_data + static_cast<std::size_t>(z) * m_plane +
                                static_cast<std::size_t>(y) * m_row + static_cast<std::size_t>(x);
        const std::size_t dx = m_size[0] > 1 ? 1 : 0;
        const std::size_t dy = m_size[1] > 1 ? m_row : 0;
        const std::size_t dz = m_size[2] > 1 ? m_plane : 0;
        const auto mix = [](float a, float b, float t) { return a + (b - a) * t; };
        const auto line = [&](std::size_t k) {
            return mix(static_cast<float>(v[k]), static_cast<float>(v[k + dx]), fx);
        };
        return mix(mix(line(0), line(dy), fy), mix(line(dz), line(dy + dz), fy), fz);
    }

private:
    const std::int16_t* m_data;
    std::array<std::int32_t, 3> m_size;
    std::size_t m_row;
    std::size_t m_plane;
};

/// Steps of index coordinates a mm, for directions in mm.
std::array<float, 3> directionIn(const model::VolumeGeometry& geometry, const PointMm& direction) {
    const auto from = voxelOf(geometry, geometry.origin);
    const auto to = voxelOf(geometry, plus(geometry.origin, direction, 1));
    return {static_cast<float>(to[0] - from[0]), static_cast<float>(to[1] - from[1]),
            static_cast<float>(to[2] - from[2])};
}

/// One ray: where it enters and leaves, and what it meets.
struct Ray {
    std::array<float, 3> from{}; ///< at depth 0
    std::array<float, 3> step{}; ///< a mm

    [[nodiscard]] std::array<float, 3> at(float depth) const {
        return {from[0] + depth * step[0], from[1] + depth * step[1], from[2] + depth * step[2]};
    }
    /// Depths within the box; false when it misses.
    [[nodiscard]] bool clip(const std::array<std::int32_t, 3>& size, float& near, float& far) const {
        near = -1e9F;
        far = 1e9F;
        for (std::size_t i = 0; i < 3; ++i) {
            const float last = static_cast<float>(size[i] - 1);
            if (std::abs(step[i]) < 1e-9F) {
                if (from[i] < 0 || from[i] > last) {
                    return false;
                }
                continue;
            }
            const float a = -from[i] / step[i];
            const float b = (last - from[i]) / step[i];
            near = std::max(near, std::min(a, b));
            far = std::min(far, std::max(a, b));
        }
        return near <= far;
    }
};

class Looker {
public:
    Looker(const model::Volume& volume, const std::array<std::int32_t, 3>& blocks,
           const std::vector<std::int16_t>& highest, const SurfaceView& view)
        : m_volume(volume), m_samples(volume), m_blocks(blocks), m_highest(highest), m_view(view),
          m_axes(axesOf(view)),
          m_level(static_cast<float>((view.threshold - volume.intercept) / volume.slope)) {
        const auto& axes = volume.geometry.axes;
        m_stepMm = static_cast<float>(std::max(0.2, std::min({norm(axes[0]), norm(axes[1]), norm(axes[2])})));
    }

    SurfacePicture look() {
        const auto side = static_cast<std::size_t>(std::max(1, m_view.sizePx));
        SurfacePicture out;
        out.picture.width = out.picture.height = static_cast<std::int32_t>(side);
        out.picture.samples.resize(side * side);
        out.depthMm.assign(side * side, kNothing);
        const auto& geometry = m_volume.geometry;
        Ray ray;
        ray.step = directionIn(geometry, m_axes.ahead);
        const double mm = m_view.sideMm / static_cast<double>(side);
        const double half = static_cast<double>(side) / 2;
        for (std::size_t y = 0; y < side; ++y) {
            for (std::size_t x = 0; x < side; ++x) {
                const PointMm at =
                    plus(plus(m_view.centre, m_axes.right, (static_cast<double>(x) + 0.5 - half) * mm),
                         m_axes.up, (half - static_cast<double>(y) - 0.5) * mm);
                const auto index = voxelOf(geometry, at);
                ray.from = {static_cast<float>(index[0]), static_cast<float>(index[1]),
                            static_cast<float>(index[2])};
                float depth = 0;
                if (hit(ray, depth)) {
                    out.depthMm[y * side + x] = depth;
                    out.picture.samples[y * side + x] = shade(ray, depth);
                }
            }
        }
        return out;
    }

private:
    /// Depth behind the block in which a place lies; the place itself where its block may hold the surface.
    float behindEmpty(const Ray& ray, float depth) const {
        const auto p = ray.at(depth);
        std::array<std::int32_t, 3> block{};
        for (std::size_t i = 0; i < 3; ++i) {
            block[i] = std::clamp(static_cast<std::int32_t>(p[i]) / kBlock, 0, m_blocks[i] - 1);
        }
        const std::size_t index =
            (static_cast<std::size_t>(block[2]) * static_cast<std::size_t>(m_blocks[1]) +
             static_cast<std::size_t>(block[1])) *
                static_cast<std::size_t>(m_blocks[0]) +
            static_cast<std::size_t>(block[0]);
        if (static_cast<float>(m_highest[index]) >= m_level) {
            return depth;
        }
        float out = 1e9F;
        for (std::size_t i = 0; i < 3; ++i) {
            if (std::abs(ray.step[i]) > 1e-9F) {
                const float edge = static_cast<float>((block[i] + (ray.step[i] > 0 ? 1 : 0)) * kBlock);
                out = std::min(out, (edge - ray.from[i]) / ray.step[i]);
            }
        }
        return std::max(out, depth) + 1e-3F;
    }

    bool hit(const Ray& ray, float& depth) const {
        float near = 0;
        float far = 0;
        if (!ray.clip(m_volume.geometry.size, near, far)) {
            return false;
        }
        for (float at = near; at <= far;) {
            const float behind = behindEmpty(ray, at);
            if (behind > at) {
                at = behind;
                continue;
            }
            if (m_samples.at(ray.at(at)) >= m_level) {
                float low = std::max(near, at - m_stepMm);
                float high = at;
                for (int i = 0; i < 6; ++i) {
                    const float middle = (low + high) / 2;
                    (m_samples.at(ray.at(middle)) >= m_level ? high : low) = middle;
                }
                depth = high;
                return true;
            }
            at += m_stepMm;
        }
        return false;
    }

    /// Lambert's law with a light from the eye and a little above it.
    std::byte shade(const Ray& ray, float depth) const {
        const auto p = ray.at(depth);
        PointMm gradient{};
        for (std::size_t axis = 0; axis < 3; ++axis) {
            auto before = p;
            auto behind = p;
            before[axis] -= 1;
            behind[axis] += 1;
            const double rise = m_samples.at(clamped(behind)) - m_samples.at(clamped(before));
            // Along each axis a voxel; axes of another length and slope count by their own.
            const PointMm& step = m_volume.geometry.axes[axis];
            gradient = plus(gradient, step, rise / std::max(1e-9, dot(step, step)));
        }
        const PointMm normal = unit({-gradient[0], -gradient[1], -gradient[2]});
        const PointMm light = unit(plus(plus({0, 0, 0}, m_axes.ahead, -1), m_axes.up, 0.35));
        constexpr double kAmbient = 40;
        constexpr double kDiffuse = 200;
        const double bright = kAmbient + kDiffuse * std::max(0.0, dot(normal, light));
        return static_cast<std::byte>(std::clamp(std::lround(bright), 0L, 255L));
    }

    std::array<float, 3> clamped(std::array<float, 3> p) const {
        for (std::size_t i = 0; i < 3; ++i) {
            p[i] = std::clamp(p[i], 0.0F, static_cast<float>(m_volume.geometry.size[i] - 1));
        }
        return p;
    }

    const model::Volume& m_volume;
    Samples m_samples;
    const std::array<std::int32_t, 3>& m_blocks;
    const std::vector<std::int16_t>& m_highest;
    const SurfaceView& m_view;
    Axes m_axes;
    float m_level;
    float m_stepMm = 1;
};

/// The mean with both neighbours, 1-2-1, along one axis.
void smooth(std::vector<std::int16_t>& voxels, std::size_t step, std::size_t count, std::size_t lines,
            std::size_t inner) {
    std::vector<std::int32_t> line(count);
    for (std::size_t l = 0; l < lines; ++l) {
        const std::size_t base = l / inner * inner * count + l % inner;
        for (std::size_t i = 0; i < count; ++i) {
            line[i] = voxels[base + i * step];
        }
        for (std::size_t i = 0; i < count; ++i) {
            const std::int32_t before = line[i > 0 ? i - 1 : 0];
            const std::int32_t behind = line[std::min(count - 1, i + 1)];
            voxels[base + i * step] = static_cast<std::int16_t>((before + 2 * line[i] + behind) / 4);
        }
    }
}

} // namespace

SurfaceCaster::SurfaceCaster(const model::Volume& volume) : m_volume(volume) {
    const auto& size = volume.geometry.size;
    for (std::size_t i = 0; i < 3; ++i) {
        m_blocks[i] = (std::max(1, size[i] - 1) + kBlock - 1) / kBlock;
    }
    m_highest.assign(static_cast<std::size_t>(m_blocks[0]) * static_cast<std::size_t>(m_blocks[1]) *
                         static_cast<std::size_t>(m_blocks[2]),
                     std::numeric_limits<std::int16_t>::min());
    std::size_t index = 0;
    for (std::int32_t z = 0; z < size[2]; ++z) {
        for (std::int32_t y = 0; y < size[1]; ++y) {
            for (std::int32_t x = 0; x < size[0]; ++x, ++index) {
                // A voxel on the seam counts for both sides: the surface may lie between them.
                const std::int16_t value = volume.voxels[index];
                for (std::int32_t k = std::max(0, z - 1) / kBlock; k <= std::min(z / kBlock, m_blocks[2] - 1);
                     ++k) {
                    for (std::int32_t j = std::max(0, y - 1) / kBlock;
                         j <= std::min(y / kBlock, m_blocks[1] - 1); ++j) {
                        for (std::int32_t i = std::max(0, x - 1) / kBlock;
                             i <= std::min(x / kBlock, m_blocks[0] - 1); ++i) {
                            auto& highest = m_highest[(static_cast<std::size_t>(k) *
                                                           static_cast<std::size_t>(m_blocks[1]) +
                                                       static_cast<std::size_t>(j)) *
                                                          static_cast<std::size_t>(m_blocks[0]) +
                                                      static_cast<std::size_t>(i)];
                            highest = std::max(highest, value);
                        }
                    }
                }
            }
        }
    }
}

SurfacePicture SurfaceCaster::look(const SurfaceView& view) const {
    return Looker(m_volume, m_blocks, m_highest, view).look();
}

PointMm SurfacePicture::placeOf(const SurfaceView& view, double x, double y, double depth) const {
    const Axes axes = axesOf(view);
    const double mm = view.sideMm / view.sizePx;
    const double half = view.sizePx / 2.0;
    return plus(plus(plus(view.centre, axes.right, (x - half) * mm), axes.up, (half - y) * mm), axes.ahead,
                depth);
}

SurfacePicture look(const model::Volume& volume, const SurfaceView& view, const Head* head) {
    if (head == nullptr) {
        return SurfaceCaster(volume).look(view);
    }
    const model::Volume around = aroundHead(volume, *head);
    return SurfaceCaster(around).look(view);
}

model::Raster render(const model::Volume& volume, const SurfaceView& view, const Head* head) {
    return look(volume, view, head).picture;
}

SurfaceView viewOf(const Head& head, double yaw, double pitch, double roll, double threshold) {
    constexpr double kDegree = std::numbers::pi / 180;
    const double y = yaw * kDegree;
    const double p = pitch * kDegree;
    const double r = roll * kDegree;
    SurfaceView out;
    const PointMm flat = plus(plus({0, 0, 0}, head.front, std::cos(y)), head.left, std::sin(y));
    const PointMm eye = plus(plus({0, 0, 0}, flat, std::cos(p)), head.up, std::sin(p));
    const PointMm up = plus(plus({0, 0, 0}, head.up, std::cos(p)), flat, -std::sin(p));
    out.towards = {-eye[0], -eye[1], -eye[2]};
    const PointMm right = cross(out.towards, up);
    out.up = plus(plus({0, 0, 0}, up, std::cos(r)), right, std::sin(r));
    constexpr double kToChinMm = 130; // below it there is neck
    out.centre = plus(head.centre, head.up, (head.reachMm[2] - std::min(head.backMm[2], kToChinMm)) / 2);
    out.threshold = threshold;
    return out;
}

model::Volume aroundHead(const model::Volume& volume, const Head& head, double spacingMm) {
    const std::array<double, 3> cell{norm(head.grid.axes[0]), norm(head.grid.axes[1]),
                                     norm(head.grid.axes[2])};
    const auto grown = Pieces(head.grid.size, cell).grown(head.mask, kAroundMm);
    const std::vector<std::uint8_t>& near = grown ? *grown : head.mask;
    PointMm low{1e9, 1e9, 1e9};
    PointMm high{-1e9, -1e9, -1e9};
    std::size_t index = 0;
    for (std::int32_t z = 0; z < head.grid.size[2]; ++z) {
        for (std::int32_t y = 0; y < head.grid.size[1]; ++y) {
            for (std::int32_t x = 0; x < head.grid.size[0]; ++x, ++index) {
                if (near[index] != 0) {
                    const PointMm at = head.grid.at(x, y, z);
                    for (std::size_t i = 0; i < 3; ++i) {
                        low[i] = std::min(low[i], at[i]);
                        high[i] = std::max(high[i], at[i]);
                    }
                }
            }
        }
    }
    model::Volume out;
    out.slope = volume.slope;
    out.intercept = volume.intercept;
    out.modality = volume.modality;
    out.frameOfReference = volume.frameOfReference;
    constexpr std::int32_t kMost = 400;
    for (std::size_t i = 0; i < 3; ++i) {
        const double room = std::max(0.0, high[i] - low[i]);
        out.geometry.size[i] = std::clamp(static_cast<std::int32_t>(room / spacingMm) + 2, 2, kMost);
        out.geometry.origin[i] = low[i];
        out.geometry.axes[i][i] = spacingMm;
    }
    const double air = std::round((head.background - volume.intercept) / volume.slope);
    const auto nothing = static_cast<std::int16_t>(std::clamp(air, -32'768.0, 32'767.0));
    out.voxels.assign(out.geometry.voxels(), nothing);
    const Samples samples(volume);
    const auto& from = volume.geometry.size;
    index = 0;
    for (std::int32_t z = 0; z < out.geometry.size[2]; ++z) {
        for (std::int32_t y = 0; y < out.geometry.size[1]; ++y) {
            const auto start = voxelOf(volume.geometry, out.geometry.at(0, y, z));
            const auto step = directionIn(volume.geometry, out.geometry.axes[0]);
            for (std::int32_t x = 0; x < out.geometry.size[0]; ++x, ++index) {
                std::array<float, 3> p{};
                bool inside = true;
                std::size_t place = 0;
                for (std::size_t i = 3; i-- > 0;) {
                    p[i] = static_cast<float>(start[i]) + static_cast<float>(x) * step[i];
                    inside = inside && p[i] > -0.5F && p[i] < static_cast<float>(from[i]) - 0.5F;
                    const auto in = static_cast<std::int32_t>(p[i]) / head.step[i];
                    place = place * static_cast<std::size_t>(head.grid.size[i]) +
                            static_cast<std::size_t>(std::clamp(in, 0, head.grid.size[i] - 1));
                    p[i] = std::clamp(p[i], 0.0F, static_cast<float>(from[i] - 1));
                }
                if (inside && near[place] != 0) {
                    out.voxels[index] = static_cast<std::int16_t>(std::lround(samples.at(p)));
                }
            }
        }
    }
    const auto columns = static_cast<std::size_t>(out.geometry.size[0]);
    const auto rows = static_cast<std::size_t>(out.geometry.size[1]);
    const auto slices = static_cast<std::size_t>(out.geometry.size[2]);
    smooth(out.voxels, 1, columns, rows * slices, 1);
    smooth(out.voxels, columns, rows, columns * slices, columns);
    smooth(out.voxels, columns * rows, slices, columns * rows, columns * rows);
    return out;
}

} // namespace kamei::detect::volume
