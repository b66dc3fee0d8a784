#pragma once

#include <string_view>

#include "core/intake/image/Image.h"

namespace kamei::intake::image {

// One pair for each container; see Image.h for what they promise.
[[nodiscard]] base::Expected<ImageFacts> jpegFacts(std::string_view bytes);
[[nodiscard]] base::Expected<model::Raster> decodeJpeg(std::string_view bytes);
[[nodiscard]] base::Expected<ImageFacts> pngFacts(std::string_view bytes);
[[nodiscard]] base::Expected<model::Raster> decodePng(std::string_view bytes);
[[nodiscard]] base::Expected<ImageFacts> tiffFacts(std::string_view bytes);
[[nodiscard]] base::Expected<model::Raster> decodeTiff(std::string_view bytes, std::int32_t page);

/// The primary picture, turned as the file asks (ISO/IEC 23008-12): orientation is always 1.
[[nodiscard]] base::Expected<ImageFacts> heifFacts(std::string_view bytes);
[[nodiscard]] base::Expected<model::Raster> decodeHeif(std::string_view bytes);
/// Windows and OS/2 bitmaps without compression; see BmpLayout.h.
[[nodiscard]] base::Expected<ImageFacts> bmpFacts(std::string_view bytes);
[[nodiscard]] base::Expected<model::Raster> decodeBmp(std::string_view bytes);

/// TooLarge when a picture exceeds kMaxPixels, Malformed when a side is not positive.
[[nodiscard]] base::Expected<void> checkSize(std::uint64_t width, std::uint64_t height);

} // namespace kamei::intake::image
