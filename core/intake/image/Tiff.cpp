#include <algorithm>
#include <cstring>

#include "core/intake/image/Codecs.h"
#include "core/intake/image/TiffPage.h"

namespace kamei::intake::image {
namespace {

using base::ErrorCode;

constexpr std::string_view kPlace = "intake.image.tiff";

std::uint16_t field(TIFF* tiff, std::uint32_t tag) {
    std::uint16_t value = 0;
    TIFFGetFieldDefaulted(tiff, tag, &value);
    return value;
}

bool isPlain(const TiffLayout& layout) {
    const bool depth = layout.bits == 8 || layout.bits == 16;
    const bool grey =
        layout.photometric == PHOTOMETRIC_MINISBLACK || layout.photometric == PHOTOMETRIC_MINISWHITE;
    const bool rgb = layout.photometric == PHOTOMETRIC_RGB && layout.samples >= 3;
    const bool jpegColour = layout.photometric == PHOTOMETRIC_YCBCR &&
                            layout.compression == COMPRESSION_JPEG && layout.samples == 3;
    const bool integer = layout.format == SAMPLEFORMAT_UINT || (layout.format == SAMPLEFORMAT_INT && grey);
    return depth && integer && (grey || rgb || jpegColour);
}

/// Copies a block (strip or tile) into the page, one plane or all channels of it.
void place(const std::vector<std::byte>& block, const TiffLayout& layout, std::uint32_t x, std::uint32_t y,
           std::uint16_t plane, std::vector<std::byte>& page) {
    const std::size_t bytes = layout.bits / 8U;
    const bool separate = layout.planar == PLANARCONFIG_SEPARATE;
    const std::size_t inBlock = separate ? bytes : bytes * layout.samples;
    const std::size_t pixel = bytes * layout.samples;
    const std::uint32_t rows = std::min(layout.blockHeight, layout.height - y);
    const std::uint32_t columns = std::min(layout.blockWidth, layout.width - x);
    for (std::uint32_t row = 0; row < rows; ++row) {
        const std::byte* from = block.data() + static_cast<std::size_t>(row) * layout.blockWidth * inBlock;
        std::byte* to = page.data() + (static_cast<std::size_t>(y + row) * layout.width + x) * pixel +
                        plane * bytes * (separate ? 1U : 0U);
        if (!separate) {
            std::memcpy(to, from, columns * pixel);
            continue;
        }
        for (std::uint32_t column = 0; column < columns; ++column) {
            std::memcpy(to + column * pixel, from + column * bytes, bytes);
        }
    }
}

base::Expected<model::Raster> decodeByLibrary(TIFF* tiff, const TiffLayout& layout) {
    if (layout.format != SAMPLEFORMAT_UINT) {
        return base::fail(ErrorCode::UnsupportedFormat, kPlace, {"tiff"});
    }
    std::vector<std::uint32_t> pixels(static_cast<std::size_t>(layout.width) * layout.height);
    // Asking for the stored orientation leaves the rows where they are.
    if (TIFFReadRGBAImageOriented(tiff, layout.width, layout.height, pixels.data(), layout.orientation, 1) ==
        0) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
    model::Raster out;
    out.width = static_cast<std::int32_t>(layout.width);
    out.height = static_cast<std::int32_t>(layout.height);
    out.channels = 3;
    out.samples.resize(pixels.size() * 3);
    for (std::size_t i = 0; i < pixels.size(); ++i) {
        out.samples[i * 3] = static_cast<std::byte>(TIFFGetR(pixels[i]));
        out.samples[i * 3 + 1] = static_cast<std::byte>(TIFFGetG(pixels[i]));
        out.samples[i * 3 + 2] = static_cast<std::byte>(TIFFGetB(pixels[i]));
    }
    return out;
}

/// Keeps the first `channels` of each pixel.
void dropChannels(std::vector<std::byte>& samples, std::size_t from, std::size_t channels,
                  std::size_t bytes) {
    const std::size_t pixels = samples.size() / (from * bytes);
    for (std::size_t i = 0; i < pixels; ++i) {
        std::memmove(samples.data() + i * channels * bytes, samples.data() + i * from * bytes,
                     channels * bytes);
    }
    samples.resize(pixels * channels * bytes);
}

} // namespace

base::Expected<TiffLayout> layoutOf(TIFF* tiff, const TiffMemory& memory) {
    TiffLayout out;
    TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &out.width);
    TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &out.height);
    if (auto done = checkSize(out.width, out.height); !done) {
        return tl::unexpected(done.error());
    }
    out.bits = field(tiff, TIFFTAG_BITSPERSAMPLE);
    out.samples = field(tiff, TIFFTAG_SAMPLESPERPIXEL);
    out.photometric = field(tiff, TIFFTAG_PHOTOMETRIC);
    out.planar = field(tiff, TIFFTAG_PLANARCONFIG);
    out.format = field(tiff, TIFFTAG_SAMPLEFORMAT);
    out.compression = field(tiff, TIFFTAG_COMPRESSION);
    out.orientation = std::clamp<std::uint16_t>(field(tiff, TIFFTAG_ORIENTATION), 1, 8);
    out.tiled = TIFFIsTiled(tiff) != 0;
    out.format = out.format == SAMPLEFORMAT_VOID ? std::uint16_t(SAMPLEFORMAT_UINT) : out.format;
    if (out.samples == 0 || out.samples > 16) {
        return base::fail(ErrorCode::UnsupportedFormat, kPlace, {"tiff"});
    }
    if (out.tiled) {
        TIFFGetField(tiff, TIFFTAG_TILEWIDTH, &out.blockWidth);
        TIFFGetField(tiff, TIFFTAG_TILELENGTH, &out.blockHeight);
    } else {
        out.blockWidth = out.width;
        TIFFGetFieldDefaulted(tiff, TIFFTAG_ROWSPERSTRIP, &out.blockHeight);
        out.blockHeight = std::min(out.blockHeight, out.height);
    }
    if (auto done = checkSize(out.blockWidth, out.blockHeight); !done) {
        return tl::unexpected(done.error());
    }
    const std::uint32_t blocks = out.tiled ? TIFFNumberOfTiles(tiff) : TIFFNumberOfStrips(tiff);
    const std::uint64_t size = memory.input().size();
    for (std::uint32_t i = 0; i < blocks; ++i) {
        const std::uint64_t offset = TIFFGetStrileOffset(tiff, i);
        const std::uint64_t count = TIFFGetStrileByteCount(tiff, i);
        if (offset > size || count > size - offset) {
            return base::fail(ErrorCode::Truncated, kPlace);
        }
    }
    return out;
}

base::Expected<std::vector<std::byte>> readSamples(TIFF* tiff, const TiffLayout& layout) {
    if (layout.bits != 8 && layout.bits != 16) {
        return base::fail(ErrorCode::NotPossible, kPlace);
    }
    if (layout.compression == COMPRESSION_JPEG && layout.photometric == PHOTOMETRIC_YCBCR) {
        TIFFSetField(tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
    }
    const std::size_t pixel = static_cast<std::size_t>(layout.bits / 8U) * layout.samples;
    std::vector<std::byte> page(static_cast<std::size_t>(layout.width) * layout.height * pixel);
    const auto blockSize = static_cast<std::size_t>(layout.tiled ? TIFFTileSize(tiff) : TIFFStripSize(tiff));
    const std::size_t needed = static_cast<std::size_t>(layout.blockWidth) * layout.blockHeight *
                               (layout.planar == PLANARCONFIG_SEPARATE ? layout.bits / 8U : pixel);
    if (blockSize < needed || blockSize > (std::size_t(1) << 33)) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
    std::vector<std::byte> block(blockSize);
    const std::uint16_t planes = layout.planar == PLANARCONFIG_SEPARATE ? layout.samples : std::uint16_t(1);
    for (std::uint16_t plane = 0; plane < planes; ++plane) {
        for (std::uint32_t y = 0; y < layout.height; y += layout.blockHeight) {
            for (std::uint32_t x = 0; x < layout.width; x += layout.blockWidth) {
                const tmsize_t got = layout.tiled
                                         ? TIFFReadEncodedTile(tiff, TIFFComputeTile(tiff, x, y, 0, plane),
                                                               block.data(), tmsize_t(block.size()))
                                         : TIFFReadEncodedStrip(tiff, TIFFComputeStrip(tiff, y, plane),
                                                                block.data(), tmsize_t(block.size()));
                if (got < 0) {
                    return base::fail(ErrorCode::Malformed, kPlace);
                }
                place(block, layout, x, y, plane, page);
            }
        }
    }
    return page;
}

base::Expected<ImageFacts> tiffFacts(std::string_view bytes) {
    TiffMemory memory(bytes);
    const TiffHandle tiff = memory.open();
    if (tiff == nullptr) {
        return base::fail(memory.readPastEnd() ? ErrorCode::Truncated : ErrorCode::Malformed, kPlace);
    }
    ImageFacts facts;
    facts.pages = 0;
    bool more = true;
    while (more) {
        const auto layout = layoutOf(tiff.get(), memory);
        if (!layout) {
            return tl::unexpected(layout.error());
        }
        if (facts.pages == 0) {
            facts.width = static_cast<std::int32_t>(layout->width);
            facts.height = static_cast<std::int32_t>(layout->height);
            facts.channels = layout->samples;
            facts.bitsPerSample = layout->bits;
            facts.orientation = layout->orientation;
        }
        if (++facts.pages > kMaxPages) {
            return base::fail(ErrorCode::TooManyEntries, kPlace, {std::to_string(kMaxPages)});
        }
        const bool last = TIFFLastDirectory(tiff.get()) != 0;
        more = !last && TIFFReadDirectory(tiff.get()) != 0;
        if (!last && !more) { // a page is announced and cannot be read
            return base::fail(memory.readPastEnd() ? ErrorCode::Truncated : ErrorCode::Malformed, kPlace);
        }
    }
    return facts;
}

base::Expected<model::Raster> decodeTiff(std::string_view bytes, std::int32_t page) {
    TiffMemory memory(bytes);
    const TiffHandle tiff = memory.open();
    if (tiff == nullptr) {
        return base::fail(memory.readPastEnd() ? ErrorCode::Truncated : ErrorCode::Malformed, kPlace);
    }
    if (page < 1 || page > kMaxPages ||
        (page > 1 && TIFFSetDirectory(tiff.get(), static_cast<tdir_t>(page - 1)) == 0)) {
        return base::fail(ErrorCode::InvalidArgument, kPlace, {std::to_string(page)});
    }
    const auto layout = layoutOf(tiff.get(), memory);
    if (!layout) {
        return tl::unexpected(layout.error());
    }
    if (!isPlain(*layout)) {
        return decodeByLibrary(tiff.get(), *layout);
    }
    auto samples = readSamples(tiff.get(), *layout);
    if (!samples) {
        return tl::unexpected(samples.error());
    }
    model::Raster out;
    out.width = static_cast<std::int32_t>(layout->width);
    out.height = static_cast<std::int32_t>(layout->height);
    out.bitsPerSample = layout->bits;
    out.isSigned = layout->format == SAMPLEFORMAT_INT;
    out.invert = layout->photometric == PHOTOMETRIC_MINISWHITE;
    out.channels = layout->samples == 4 ? 4 : layout->samples >= 3 ? 3 : 1;
    if (layout->photometric != PHOTOMETRIC_RGB && layout->photometric != PHOTOMETRIC_YCBCR) {
        out.channels = 1;
    }
    if (out.channels != layout->samples) {
        dropChannels(*samples, layout->samples, static_cast<std::size_t>(out.channels), layout->bits / 8U);
    }
    out.samples = std::move(*samples);
    return out;
}

} // namespace kamei::intake::image
