#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/base/Error.h"
#include "core/intake/image/Metadata.h"

namespace kamei::intake::image {

/// Where the pixels of a bitmap lie (BITMAPCOREHEADER, BITMAPINFOHEADER, V4 and V5; rows are padded to four
/// bytes and stand bottom first unless topDown).
struct BmpLayout {
    std::int32_t width = 0;
    std::int32_t height = 0;
    bool topDown = false;
    std::int32_t bits = 24; ///< 1, 4, 8, 16, 24 or 32 a pixel
    std::uint32_t xPixelsPerMetre = 0;
    std::uint32_t yPixelsPerMetre = 0;
    std::array<std::uint32_t, 4> masks{};             ///< red, green, blue, alpha; of 16 and 32 bits
    std::vector<std::array<std::uint8_t, 3>> palette; ///< red, green, blue; up to 8 bits
    std::size_t pixels = 0;                           ///< offset of the first stored row
    std::size_t stride = 0;

    /// Offset of the row shown at y from the top.
    [[nodiscard]] std::size_t rowAt(std::int32_t y) const {
        return pixels + static_cast<std::size_t>(topDown ? y : height - 1 - y) * stride;
    }
};

/// Malformed, Truncated, TooLarge; UnsupportedFormat (args: compression) for RLE and embedded JPEG or PNG.
[[nodiscard]] base::Expected<BmpLayout> bmpLayout(std::string_view bytes);

/// What stands in a bitmap beside header, palette and pixels: colour profiles, gaps, bytes behind the end.
[[nodiscard]] std::vector<MetadataEntry> bmpRemainders(std::string_view bytes);

} // namespace kamei::intake::image
