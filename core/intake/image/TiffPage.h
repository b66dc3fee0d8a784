// Private to core/intake/image, core/intake/slide and core/transform/image: pages as libtiff reads.
#pragma once

#include <cstdint>
#include <string>
#include <tiffio.h>
#include <vector>

#include "core/base/Error.h"
#include "core/intake/image/TiffMemory.h"

namespace kamei::intake::image {

/// How the pixels of a page are laid out.
struct TiffLayout {
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    std::uint16_t bits = 1;
    std::uint16_t samples = 1;
    std::uint16_t photometric = 0;
    std::uint16_t planar = PLANARCONFIG_CONTIG;
    std::uint16_t format = SAMPLEFORMAT_UINT;
    std::uint16_t compression = COMPRESSION_NONE;
    std::uint16_t orientation = 1;
    bool tiled = false;
    std::uint32_t blockWidth = 0;  ///< of a tile, or the page's width
    std::uint32_t blockHeight = 0; ///< of a tile, or rows per strip
};

/// The layout of the page that is current. Checks size and that all its data lie inside the file (Truncated).
[[nodiscard]] base::Expected<TiffLayout> layoutOf(TIFF* tiff, const TiffMemory& memory);

/// Samples of a page of 8 or 16 bits in the order of Raster (interleaved), all channels; JPEG inside the
/// TIFF is decoded to RGB. NotPossible for other bit depths.
[[nodiscard]] base::Expected<std::vector<std::byte>> readSamples(TIFF* tiff, const TiffLayout& layout);

} // namespace kamei::intake::image
