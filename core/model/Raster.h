#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace kamei::model {

/// A decoded picture. Samples are interleaved, row-major, top row first, native byte order, rows
/// without padding: index ((y * width) + x) * channels + c.
struct Raster {
    std::int32_t width = 0;
    std::int32_t height = 0;
    std::int32_t channels = 1;   ///< 1 grey, 3 RGB, 4 RGBA
    std::int32_t bitsPerSample = 8; ///< 8 or 16, as stored in memory
    bool isSigned = false;       ///< 16-bit grey only
    bool invert = false;         ///< MONOCHROME1: low values are bright
    /// value = stored * slope + intercept (Modality LUT, PS3.3 C.11.1); window in those units.
    double slope = 1.0;
    double intercept = 0.0;
    double windowCenter = 0.0;
    double windowWidth = 0.0; ///< 0: none stated
    std::vector<std::byte> samples;
};

} // namespace kamei::model
