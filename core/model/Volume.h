#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace kamei::model {

/// A place in the patient in mm; x to the left, y to the back, z to the head (DICOM PS3.3 C.7.6.2.1.1,
/// "LPS").
using PointMm = std::array<double, 3>;

/// Where the voxels of a volume lie in the patient. The axes carry the spacing; they need not stand upright
/// on each other (a tilted gantry shears the stack).
struct VolumeGeometry {
    std::array<std::int32_t, 3> size{}; ///< columns, rows, slices
    PointMm origin{};                   ///< centre of voxel (0, 0, 0)
    std::array<PointMm, 3> axes{};      ///< step to the next column, row and slice, mm

    /// The centre of a voxel, whole numbers or between.
    [[nodiscard]] PointMm at(double column, double row, double slice) const {
        PointMm point = origin;
        for (std::size_t i = 0; i < 3; ++i) {
            point[i] += column * axes[0][i] + row * axes[1][i] + slice * axes[2][i];
        }
        return point;
    }
    [[nodiscard]] std::size_t voxels() const {
        return static_cast<std::size_t>(size[0]) * static_cast<std::size_t>(size[1]) *
               static_cast<std::size_t>(size[2]);
    }
    friend bool operator==(const VolumeGeometry&, const VolumeGeometry&) = default;
};

/// One scalar volume in the patient's coordinates. Index of a voxel: (slice * rows + row) * columns + column.
struct Volume {
    VolumeGeometry geometry;
    std::vector<std::int16_t> voxels;
    double slope =
        1; ///< value = voxel * slope + intercept: HU for CT, arbitrary for MR, as stored for others
    double intercept = 0;
    std::string modality;         ///< "CT", "MR", "PT"; empty when not told (NIfTI)
    std::string frameOfReference; ///< Frame of Reference UID; empty when none

    [[nodiscard]] double value(std::size_t index) const { return voxels[index] * slope + intercept; }
};

} // namespace kamei::model
