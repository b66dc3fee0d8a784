#include <array>
#include <cstring>

#include "core/intake/image/Codecs.h"
#include "core/intake/image/Image.h"

namespace kamei::intake::image {

using base::ErrorCode;

namespace {

/// What becomes of HEIF pictures: they are written as PNG.
bool isPng(std::string_view bytes) {
    return bytes.starts_with("\x89PNG\r\n\x1A\n");
}

} // namespace

base::Expected<void> checkSize(std::uint64_t width, std::uint64_t height) {
    constexpr std::uint64_t kMaxSide = 1ULL << 20;
    if (width == 0 || height == 0) {
        return base::fail(ErrorCode::Malformed, "intake.image.size");
    }
    if (width > kMaxSide || height > kMaxSide || width * height > kMaxPixels) {
        return base::fail(ErrorCode::TooLarge, "intake.image.size",
                          {std::to_string(width), std::to_string(height)});
    }
    return {};
}

base::Expected<ImageFacts> readFacts(std::string_view bytes, std::string_view format) {
    if (format == "jpeg") {
        return jpegFacts(bytes);
    }
    if (format == "png") {
        return pngFacts(bytes);
    }
    if (format == "tiff") {
        return tiffFacts(bytes);
    }
    if (format == "bmp") {
        return bmpFacts(bytes);
    }
    if (format == "heif") {
        return isPng(bytes) ? pngFacts(bytes) : heifFacts(bytes);
    }
    return base::fail(ErrorCode::UnsupportedFormat, "intake.image.facts", {std::string(format)});
}

base::Expected<model::Raster> decode(std::string_view bytes, std::string_view format, std::int32_t page) {
    if (format == "tiff") {
        return decodeTiff(bytes, page);
    }
    if (page != 1) {
        return base::fail(ErrorCode::InvalidArgument, "intake.image.decode", {std::to_string(page)});
    }
    if (format == "jpeg") {
        return decodeJpeg(bytes);
    }
    if (format == "png") {
        return decodePng(bytes);
    }
    if (format == "bmp") {
        return decodeBmp(bytes);
    }
    if (format == "heif") {
        return isPng(bytes) ? decodePng(bytes) : decodeHeif(bytes);
    }
    return base::fail(ErrorCode::UnsupportedFormat, "intake.image.decode", {std::string(format)});
}

model::Raster oriented(const model::Raster& raster, std::int32_t orientation) {
    if (orientation <= 1 || orientation > 8) {
        return raster;
    }
    const bool swaps = orientation >= 5;
    model::Raster out = raster;
    out.width = swaps ? raster.height : raster.width;
    out.height = swaps ? raster.width : raster.height;
    const auto pixel =
        static_cast<std::size_t>(raster.channels) * static_cast<std::size_t>(raster.bitsPerSample / 8);
    const std::int32_t right = raster.width - 1;
    const std::int32_t bottom = raster.height - 1;
    for (std::int32_t y = 0; y < out.height; ++y) {
        for (std::int32_t x = 0; x < out.width; ++x) {
            // Where the stored pixel lies that is shown at x, y.
            static constexpr std::array<bool, 9> kFlipX{false, false, true, true, false,
                                                        false, false, true, true};
            static constexpr std::array<bool, 9> kFlipY{false, false, false, true, true,
                                                        false, true,  true,  false};
            const auto o = static_cast<std::size_t>(orientation);
            const std::int32_t fromX = swaps ? y : x;
            const std::int32_t fromY = swaps ? x : y;
            const std::int32_t sourceX = kFlipX[o] ? right - fromX : fromX;
            const std::int32_t sourceY = kFlipY[o] ? bottom - fromY : fromY;
            const std::size_t from =
                static_cast<std::size_t>(sourceY) * static_cast<std::size_t>(raster.width) +
                static_cast<std::size_t>(sourceX);
            const std::size_t to = static_cast<std::size_t>(y) * static_cast<std::size_t>(out.width) +
                                   static_cast<std::size_t>(x);
            std::memcpy(out.samples.data() + to * pixel, raster.samples.data() + from * pixel, pixel);
        }
    }
    return out;
}

} // namespace kamei::intake::image
