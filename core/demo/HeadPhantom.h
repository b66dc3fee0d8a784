#pragma once

#include <cstdint>
#include <vector>

namespace kamei::demo {

/// A computed head in Hounsfield units: skin, fat, skull, brain, eyes, nose, lips, chin, ears, neck and
/// a headrest. Index ((z * size) + y) * size + x; x to the patient's left, y to the back, z upwards (LPS).
struct HeadVolume {
    std::int32_t size = 0;   ///< columns and rows
    std::int32_t slices = 0; ///< from chin to vertex
    double spacingMm = 0;    ///< in the plane
    double sliceMm = 0;      ///< between slices
    std::vector<std::int16_t> values;
};

/// size x size x slices voxels over 230 x 230 x 230 mm. Noise comes from a fixed seed: same call, same
/// values.
[[nodiscard]] HeadVolume computeHead(std::int32_t size, std::int32_t slices);

} // namespace kamei::demo
