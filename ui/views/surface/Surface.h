#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "core/model/Volume.h"
#include "ui/views/surface/Camera.h"

namespace kamei::ui::views::surface {

/// How fine a surface is. Turning is drawn with the coarse one, rest with the full one.
enum class Detail { Coarse, Full };

/// Red, green, blue of each point of a surface.
using Colours = std::vector<std::array<std::uint8_t, 3>>;

/// The triangles between values below and above a threshold, in patient coordinates (mm). Never changed once
/// made: may be read on any thread.
class Surface {
public:
    struct Mesh; ///< VTK's
    explicit Surface(std::unique_ptr<Mesh> mesh);
    ~Surface();
    Surface(const Surface&) = delete;
    Surface& operator=(const Surface&) = delete;

    [[nodiscard]] std::int64_t triangles() const;
    [[nodiscard]] std::int64_t points() const;
    /// x, y, z of each point.
    [[nodiscard]] std::span<const float> pointsMm() const;
    [[nodiscard]] const PointMm& low() const { return m_low; }
    [[nodiscard]] const PointMm& high() const { return m_high; }
    [[nodiscard]] const Mesh& mesh() const { return *m_mesh; }

private:
    std::unique_ptr<Mesh> m_mesh;
    PointMm m_low{};
    PointMm m_high{};
};

/// Where a surface is wanted: the cells of a grid with 1. Without table, headrest and tubes, and without what
/// lies deep inside, a head has a third of the triangles.
struct Keep {
    model::VolumeGeometry grid;
    std::vector<std::uint8_t> cells;
};

/// A volume made ready for surfaces: keeps it alive, and a coarse copy of it, of at most kCoarse voxels a
/// side, from which a surface takes milliseconds. Functions may be called from any thread.
class SurfaceSource {
public:
    static constexpr std::int32_t kCoarse = 112;

    /// Reads the volume once.
    explicit SurfaceSource(std::shared_ptr<const model::Volume> volume, std::optional<Keep> keep = {});
    [[nodiscard]] const model::Volume& volume() const { return *m_volume; }
    [[nodiscard]] const std::shared_ptr<const model::Volume>& shared() const { return m_volume; }
    /// Null where it was stopped. A threshold outside the values gives an empty surface.
    [[nodiscard]] std::shared_ptr<const Surface> surface(double threshold, Detail detail,
                                                         std::stop_token stop = {}) const;
    /// Least and greatest value, in units of the modality.
    [[nodiscard]] std::pair<double, double> range() const { return m_range; }

private:
    std::shared_ptr<const model::Volume> m_volume;
    model::Volume m_coarse;
    std::optional<Keep> m_keep;
    std::pair<double, double> m_range;
};

/// Distance in mm from every point of `of` to the nearest point of `to`; nothing where `to` is empty.
[[nodiscard]] std::vector<float> distancesMm(const Surface& of, const Surface& to);

} // namespace kamei::ui::views::surface
