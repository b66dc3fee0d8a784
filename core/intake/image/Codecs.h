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

/// TooLarge when a picture exceeds kMaxPixels, Malformed when a side is not positive.
[[nodiscard]] base::Expected<void> checkSize(std::uint64_t width, std::uint64_t height);

} // namespace kamei::intake::image
