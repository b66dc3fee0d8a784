#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/base/Error.h"

namespace kamei::detect::volume {

/// What ITK does for the head: thresholds, distances and connected pieces on a grid of a few million cells.
/// Masks hold 0 and 1; index (z * rows + y) * columns + x. Errors: Internal, when ITK refuses; OutOfMemory.
class Pieces {
public:
    Pieces(const std::array<std::int32_t, 3>& size, const std::array<double, 3>& spacingMm)
        : m_size(size), m_spacing(spacingMm) {}

    /// The value that parts the cells best in two (Otsu 1979); those above `highest` count as it.
    [[nodiscard]] base::Expected<double> otsu(const std::vector<float>& cells, double highest) const;
    /// The largest piece after everything thinner than twice `openMm` is taken off, grown back within the
    /// mask by `growMm`.
    [[nodiscard]] base::Expected<std::vector<std::uint8_t>> largest(const std::vector<std::uint8_t>& mask,
                                                                    double openMm, double growMm) const;
    /// Closes gaps up to twice `closeMm` wide and fills what is enclosed, in space and in each plane.
    [[nodiscard]] base::Expected<void> fill(std::vector<std::uint8_t>& mask, double closeMm) const;
    /// Cells within `byMm` of the mask, the mask included.
    [[nodiscard]] base::Expected<std::vector<std::uint8_t>> grown(const std::vector<std::uint8_t>& mask,
                                                                  double byMm) const;

private:
    std::array<std::int32_t, 3> m_size;
    std::array<double, 3> m_spacing;
};

} // namespace kamei::detect::volume
