#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "core/base/Error.h"
#include "core/detect/volume/Head.h"
#include "core/model/Volume.h"

namespace kamei::transform::volume {

/// A place in the head in mm: to its left, its front and up from the middle of the head.
using HeadMm = std::array<double, 3>;

/// The head upright on cells of kCellMm, whichever way the patient lay and the slices were tilted, so that
/// distances are the same to all sides. Index: (up * size[1] + front) * size[0] + left.
class HeadSpace {
public:
    static constexpr double kCellMm = 2.0;

    /// NotPossible ("head"): axes or reach that make no head.
    [[nodiscard]] static base::Expected<HeadSpace> of(const model::Volume& volume,
                                                      const detect::volume::Head& head);

    [[nodiscard]] const std::array<std::int32_t, 3>& size() const { return m_size; }
    [[nodiscard]] std::size_t cells() const { return m_inside.size(); }
    [[nodiscard]] HeadMm placeOf(const model::PointMm& patient) const;
    [[nodiscard]] model::PointMm patientOf(const HeadMm& place) const;
    [[nodiscard]] HeadMm centreOf(std::size_t cell) const;
    /// The cell that a place lies in, -1 outside.
    [[nodiscard]] std::ptrdiff_t cellAt(const HeadMm& place) const;

    [[nodiscard]] bool imaged(std::size_t cell) const { return m_imaged[cell] != 0; }
    [[nodiscard]] bool inside(std::size_t cell) const { return m_inside[cell] != 0; }
    /// Mean of some voxels in the cell.
    [[nodiscard]] float value(std::size_t cell) const { return m_values[cell]; }
    /// Below the skin, mm; 0 outside the head. What was not imaged is no skin.
    [[nodiscard]] float depthMm(std::size_t cell) const { return m_depth[cell]; }
    /// The same between the centres of cells.
    [[nodiscard]] double depthAt(const HeadMm& place) const;

    /// Distances in mm of every cell to the nearest one of `set` (bytes, 1 for its members), exact
    /// (Felzenszwalb and Huttenlocher 2012).
    [[nodiscard]] std::vector<float> distancesTo(const std::vector<std::uint8_t>& set) const;

private:
    HeadSpace() = default;

    model::PointMm m_centre{};
    std::array<model::PointMm, 3> m_axes{}; ///< unit: left, front, up
    HeadMm m_low{};                         ///< centre of the first cell
    std::array<std::int32_t, 3> m_size{};
    std::vector<std::uint8_t> m_imaged;
    std::vector<std::uint8_t> m_inside;
    std::vector<float> m_values;
    std::vector<float> m_depth;
};

} // namespace kamei::transform::volume
