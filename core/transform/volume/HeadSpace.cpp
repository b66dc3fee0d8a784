#include "core/transform/volume/HeadSpace.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tbb/parallel_for.h>

#include "core/model/VolumeMask.h"

namespace kamei::transform::volume {
namespace {

constexpr double kAroundMm = 12; ///< air around the head that belongs to the space
constexpr double kFarthestMm = 220;
constexpr double kUnder = 75; ///< neck below the chin

double dot(const model::PointMm& a, const model::PointMm& b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/// Squared distances along one line of cells: lower envelope of parabolas.
class Envelope {
public:
    void run(std::vector<float>& line) {
        const std::size_t n = line.size();
        m_at.resize(n);
        m_from.resize(n + 1);
        m_out.resize(n);
        constexpr float kNever = std::numeric_limits<float>::infinity();
        std::size_t count = 0;
        for (std::size_t q = 0; q < n; ++q) {
            if (line[q] == kNever) {
                continue;
            }
            float cross = -kNever;
            while (count > 0) {
                const std::size_t p = m_at[count - 1];
                const auto fq = static_cast<float>(q);
                const auto fp = static_cast<float>(p);
                cross = ((line[q] + fq * fq) - (line[p] + fp * fp)) / (2 * fq - 2 * fp);
                if (cross > m_from[count - 1]) {
                    break;
                }
                --count;
                cross = -kNever;
            }
            m_at[count] = q;
            m_from[count] = count == 0 ? -kNever : cross;
            ++count;
        }
        for (std::size_t q = 0, k = 0; q < n; ++q) {
            if (count == 0) {
                m_out[q] = kNever;
                continue;
            }
            while (k + 1 < count && m_from[k + 1] < static_cast<float>(q)) {
                ++k;
            }
            const float apart = static_cast<float>(q) - static_cast<float>(m_at[k]);
            m_out[q] = apart * apart + line[m_at[k]];
        }
        line.swap(m_out);
    }

private:
    std::vector<std::size_t> m_at;
    std::vector<float> m_from;
    std::vector<float> m_out;
};

} // namespace

base::Expected<HeadSpace> HeadSpace::of(const model::Volume& volume, const detect::volume::Head& head) {
    const auto frame = model::VoxelFrame::of(volume.geometry);
    if (!frame) {
        return tl::unexpected(frame.error());
    }
    HeadSpace out;
    out.m_centre = head.centre;
    out.m_axes = {head.left, head.front, head.up};
    const bool upright = std::abs(dot(head.left, head.front)) < 0.05 &&
                         std::abs(dot(head.left, head.up)) < 0.05 &&
                         std::abs(dot(head.front, head.up)) < 0.05;
    bool sound = upright && std::ranges::all_of(out.m_axes, [](const model::PointMm& axis) {
                     return std::abs(dot(axis, axis) - 1) < 0.02;
                 });
    for (std::size_t k = 0; k < 3 && sound; ++k) {
        double back = std::abs(head.backMm[k]);
        back = k == 2 ? std::min(back, std::abs(head.chinMm) + kUnder) : back;
        const double low = -std::min(back, kFarthestMm) - kAroundMm;
        const double high = std::min(std::abs(head.reachMm[k]), kFarthestMm) + kAroundMm;
        sound = std::isfinite(low) && std::isfinite(high) && high - low > 40;
        out.m_low[k] = low;
        out.m_size[k] = sound ? static_cast<std::int32_t>((high - low) / kCellMm) + 1 : 0;
    }
    if (!sound) {
        return base::fail(base::ErrorCode::NotPossible, "transform.volume", {"head"});
    }
    const std::size_t cells = static_cast<std::size_t>(out.m_size[0]) *
                              static_cast<std::size_t>(out.m_size[1]) *
                              static_cast<std::size_t>(out.m_size[2]);
    out.m_imaged.assign(cells, 0);
    out.m_inside.assign(cells, 0);
    out.m_values.assign(cells, 0);
    const auto& size = volume.geometry.size;
    const auto voxelAt = [&](const model::PointMm& place) -> std::ptrdiff_t {
        const model::PointMm at = frame->index(place);
        std::array<std::ptrdiff_t, 3> v{};
        for (std::size_t k = 0; k < 3; ++k) {
            v[k] = static_cast<std::ptrdiff_t>(std::floor(at[k] + 0.5));
            if (v[k] < 0 || v[k] >= size[k]) {
                return -1;
            }
        }
        return (v[2] * size[1] + v[1]) * size[0] + v[0];
    };
    const std::size_t layer =
        static_cast<std::size_t>(out.m_size[0]) * static_cast<std::size_t>(out.m_size[1]);
    tbb::parallel_for(std::size_t{0}, static_cast<std::size_t>(out.m_size[2]), [&](std::size_t z) {
        for (std::size_t cell = z * layer; cell < (z + 1) * layer; ++cell) {
            const HeadMm place = out.centreOf(cell);
            const model::PointMm middle = out.patientOf(place);
            out.m_imaged[cell] = voxelAt(middle) >= 0 ? 1 : 0;
            out.m_inside[cell] = out.m_imaged[cell] != 0 && head.contains(middle) ? 1 : 0;
            // A few voxels of the cell rather than one: noise and thin bone.
            double sum = 0;
            int count = 0;
            for (unsigned corner = 0; corner < 8; ++corner) {
                HeadMm at = place;
                for (unsigned k = 0; k < 3; ++k) {
                    at[k] += (corner >> k & 1U) != 0 ? kCellMm / 4 : -kCellMm / 4;
                }
                if (const auto voxel = voxelAt(out.patientOf(at)); voxel >= 0) {
                    sum += volume.value(static_cast<std::size_t>(voxel));
                    ++count;
                }
            }
            out.m_values[cell] = count > 0 ? static_cast<float>(sum / count) : 0.0F;
        }
    });
    std::vector<std::uint8_t> air(cells);
    for (std::size_t cell = 0; cell < cells; ++cell) {
        air[cell] = out.m_imaged[cell] != 0 && out.m_inside[cell] == 0 ? 1 : 0;
    }
    out.m_depth = out.distancesTo(air);
    for (std::size_t cell = 0; cell < cells; ++cell) {
        // The skin lies half a cell before the first cell outside.
        const float below = out.m_depth[cell] - static_cast<float>(kCellMm / 2);
        out.m_depth[cell] = out.m_inside[cell] != 0 ? std::max(below, 0.5F) : 0.0F;
    }
    return out;
}

HeadMm HeadSpace::placeOf(const model::PointMm& patient) const {
    const model::PointMm from{patient[0] - m_centre[0], patient[1] - m_centre[1], patient[2] - m_centre[2]};
    return {dot(m_axes[0], from), dot(m_axes[1], from), dot(m_axes[2], from)};
}

model::PointMm HeadSpace::patientOf(const HeadMm& place) const {
    model::PointMm out = m_centre;
    for (std::size_t k = 0; k < 3; ++k) {
        for (std::size_t i = 0; i < 3; ++i) {
            out[i] += place[k] * m_axes[k][i];
        }
    }
    return out;
}

HeadMm HeadSpace::centreOf(std::size_t cell) const {
    const auto columns = static_cast<std::size_t>(m_size[0]);
    const auto rows = static_cast<std::size_t>(m_size[1]);
    return {m_low[0] + kCellMm * static_cast<double>(cell % columns),
            m_low[1] + kCellMm * static_cast<double>(cell / columns % rows),
            m_low[2] + kCellMm * static_cast<double>(cell / columns / rows)};
}

std::ptrdiff_t HeadSpace::cellAt(const HeadMm& place) const {
    std::array<std::ptrdiff_t, 3> at{};
    for (std::size_t k = 0; k < 3; ++k) {
        at[k] = static_cast<std::ptrdiff_t>(std::floor((place[k] - m_low[k]) / kCellMm + 0.5));
        if (at[k] < 0 || at[k] >= m_size[k]) {
            return -1;
        }
    }
    return (at[2] * m_size[1] + at[1]) * m_size[0] + at[0];
}

double HeadSpace::depthAt(const HeadMm& place) const {
    std::array<std::ptrdiff_t, 3> at{};
    std::array<double, 3> part{};
    for (std::size_t k = 0; k < 3; ++k) {
        const double x = (place[k] - m_low[k]) / kCellMm;
        at[k] = static_cast<std::ptrdiff_t>(std::floor(x));
        part[k] = x - static_cast<double>(at[k]);
        if (at[k] < 0 || at[k] + 1 >= m_size[k]) {
            const auto cell = cellAt(place);
            return cell < 0 ? 0 : static_cast<double>(m_depth[static_cast<std::size_t>(cell)]);
        }
    }
    double out = 0;
    for (unsigned corner = 0; corner < 8; ++corner) {
        double weight = 1;
        std::array<std::ptrdiff_t, 3> v = at;
        for (unsigned k = 0; k < 3; ++k) {
            const bool upper = (corner >> k & 1U) != 0;
            v[k] += upper ? 1 : 0;
            weight *= upper ? part[k] : 1 - part[k];
        }
        const auto cell = static_cast<std::size_t>((v[2] * m_size[1] + v[1]) * m_size[0] + v[0]);
        out += weight * static_cast<double>(m_depth[cell]);
    }
    return out;
}

std::vector<float> HeadSpace::distancesTo(const std::vector<std::uint8_t>& set) const {
    std::vector<float> out(set.size());
    std::ranges::transform(set, out.begin(), [](std::uint8_t in) {
        return in != 0 ? 0.0F : std::numeric_limits<float>::infinity();
    });
    const std::array<std::size_t, 3> size{static_cast<std::size_t>(m_size[0]),
                                          static_cast<std::size_t>(m_size[1]),
                                          static_cast<std::size_t>(m_size[2])};
    const std::array<std::size_t, 3> step{1, size[0], size[0] * size[1]};
    for (std::size_t axis = 0; axis < 3; ++axis) {
        const std::size_t a = axis == 0 ? 1 : 0;
        const std::size_t b = axis == 2 ? 1 : 2;
        tbb::parallel_for(std::size_t{0}, size[b], [&](std::size_t j) {
            Envelope envelope;
            std::vector<float> line(size[axis]);
            for (std::size_t i = 0; i < size[a]; ++i) {
                const std::size_t first = i * step[a] + j * step[b];
                for (std::size_t k = 0; k < size[axis]; ++k) {
                    line[k] = out[first + k * step[axis]];
                }
                envelope.run(line);
                for (std::size_t k = 0; k < size[axis]; ++k) {
                    out[first + k * step[axis]] = line[k];
                }
            }
        });
    }
    for (float& one : out) {
        one = std::sqrt(one) * static_cast<float>(kCellMm);
    }
    return out;
}

} // namespace kamei::transform::volume
