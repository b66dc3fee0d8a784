#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/base/Error.h"
#include "core/model/Raster.h"

namespace kamei::intake::image {

/// Largest picture that is decoded: one gigapixel.
inline constexpr std::uint64_t kMaxPixels = 1ULL << 30;
/// Most pages of a TIFF that are read.
inline constexpr std::int32_t kMaxPages = 10'000;

/// What a picture file says of its pictures without decoding them.
struct ImageFacts {
    std::int32_t width = 0; ///< of the first page, as stored
    std::int32_t height = 0;
    std::int32_t pages = 1;
    std::int32_t channels = 1;      ///< as stored
    std::int32_t bitsPerSample = 8; ///< as stored
    std::int32_t orientation = 1;   ///< Exif 2.32 tag 0x0112, 1..8
};

/// Facts of a JPEG, PNG, TIFF, BMP or HEIF (`format` is the id of the format row; under "heif" also the PNG
/// that it becomes). Malformed, Truncated, TooLarge (above kMaxPixels), TooManyEntries (above kMaxPages),
/// UnsupportedFormat.
[[nodiscard]] base::Expected<ImageFacts> readFacts(std::string_view bytes, std::string_view format);

/// One page (from 1) as stored, orientation not applied: grey, RGB or RGBA, 8 or 16 bits; palettes and CMYK
/// become RGB. Truncated when pixels are missing: nothing is made up.
[[nodiscard]] base::Expected<model::Raster> decode(std::string_view bytes, std::string_view format,
                                                   std::int32_t page);

/// Turns a picture the way its orientation asks (Exif 2.32, 4.6.4 A).
[[nodiscard]] model::Raster oriented(const model::Raster& raster, std::int32_t orientation);

/// Largest block of memory that libpng may ask for, in a file of so many bytes: rows of the widest picture,
/// and a whole chunk. It reads a chunk into memory of the length that is claimed, before it sees that the
/// file ends, and its own limit (png_set_chunk_malloc_max) only warns.
[[nodiscard]] constexpr std::size_t mostOfPngBlock(std::size_t fileBytes) {
    constexpr std::size_t kRows = std::size_t{32} << 20;
    return fileBytes < kRows ? kRows : fileBytes;
}

} // namespace kamei::intake::image
