#include <algorithm>
#include <array>
#include <cstring>

#include "core/intake/image/Image.h"
#include "core/intake/image/Metadata.h"
#include "core/intake/image/TiffMemory.h"
#include "core/intake/image/TiffPage.h"
#include "core/transform/image/Fill.h"
#include "core/transform/image/Masks.h"

namespace kamei::transform::image {
namespace {

using base::ErrorCode;
using intake::image::TiffHandle;
using intake::image::TiffLayout;
using intake::image::TiffMemory;

constexpr std::string_view kPlace = "transform.image.tiff";

/// How a page is written: with its own compression where that loses nothing and Debian's libtiff writes it.
std::uint16_t compressionFor(const TiffLayout& layout) {
    switch (layout.compression) {
    case COMPRESSION_NONE:
    case COMPRESSION_LZW:
    case COMPRESSION_PACKBITS:
    case COMPRESSION_ADOBE_DEFLATE:
        return layout.compression;
    case COMPRESSION_CCITTRLE:
    case COMPRESSION_CCITTFAX3:
    case COMPRESSION_CCITTFAX4:
        return COMPRESSION_CCITTFAX4;
    default:
        return COMPRESSION_ADOBE_DEFLATE;
    }
}

/// Whether the stored samples cannot be taken as they are: lossy codecs, and colour that shares chroma.
bool needsDecoding(const TiffLayout& layout) {
    return layout.compression == COMPRESSION_JPEG || layout.compression == COMPRESSION_OJPEG ||
           layout.photometric == PHOTOMETRIC_YCBCR || layout.photometric == PHOTOMETRIC_LOGL ||
           layout.photometric == PHOTOMETRIC_LOGLUV;
}

template <class Value> void copyField(TIFF* from, TIFF* to, std::uint32_t tag) {
    Value value{};
    if (TIFFGetField(from, tag, &value) != 0) {
        TIFFSetField(to, tag, value);
    }
}

/// Tags that say how pixels are to be shown. Everything else is left behind.
void copyAppearance(TIFF* from, TIFF* to, const TiffLayout& layout, bool decoded) {
    TIFFSetField(to, TIFFTAG_IMAGEWIDTH, layout.width);
    TIFFSetField(to, TIFFTAG_IMAGELENGTH, layout.height);
    TIFFSetField(to, TIFFTAG_ORIENTATION, layout.orientation);
    copyField<std::uint32_t>(from, to, TIFFTAG_SUBFILETYPE);
    copyField<float>(from, to, TIFFTAG_XRESOLUTION);
    copyField<float>(from, to, TIFFTAG_YRESOLUTION);
    copyField<std::uint16_t>(from, to, TIFFTAG_RESOLUTIONUNIT);
    if (decoded) {
        return;
    }
    std::uint16_t* red = nullptr;
    std::uint16_t* green = nullptr;
    std::uint16_t* blue = nullptr;
    if (layout.photometric == PHOTOMETRIC_PALETTE &&
        TIFFGetField(from, TIFFTAG_COLORMAP, &red, &green, &blue) != 0) {
        TIFFSetField(to, TIFFTAG_COLORMAP, red, green, blue);
    }
    std::uint16_t extras = 0;
    std::uint16_t* kinds = nullptr;
    if (TIFFGetField(from, TIFFTAG_EXTRASAMPLES, &extras, &kinds) != 0 && extras > 0) {
        TIFFSetField(to, TIFFTAG_EXTRASAMPLES, extras, kinds);
    }
    copyField<std::uint16_t>(from, to, TIFFTAG_INKSET);
}

void copyProfile(TIFF* from, TIFF* to) {
    std::uint32_t size = 0;
    void* data = nullptr;
    if (TIFFGetField(from, TIFFTAG_ICCPROFILE, &size, &data) != 0 &&
        intake::image::isCommonProfile({static_cast<const char*>(data), size})) {
        TIFFSetField(to, TIFFTAG_ICCPROFILE, size, data);
    }
}

/// The bits of a black sample: white is zero in some photometrics, and a palette has any order.
struct Black {
    bool ones = false;
    std::uint32_t entry = 0;
    bool palette = false;
};

Black blackOf(TIFF* tiff, const TiffLayout& layout) {
    Black out;
    out.ones = layout.photometric == PHOTOMETRIC_MINISWHITE || layout.photometric == PHOTOMETRIC_SEPARATED;
    std::uint16_t* red = nullptr;
    std::uint16_t* green = nullptr;
    std::uint16_t* blue = nullptr;
    if (layout.photometric == PHOTOMETRIC_PALETTE && layout.bits <= 16 &&
        TIFFGetField(tiff, TIFFTAG_COLORMAP, &red, &green, &blue) != 0) {
        out.palette = true;
        const std::uint32_t count = 1U << layout.bits;
        const auto brightness = [&](std::uint32_t i) { return red[i] * 3U + green[i] * 6U + blue[i]; };
        for (std::uint32_t i = 1; i < count; ++i) {
            out.entry = brightness(i) < brightness(out.entry) ? i : out.entry;
        }
    }
    return out;
}

/// Blackens the masked pixels of one block of decoded samples. Samples above 8 bits are in this machine's
/// order.
void blacken(std::vector<unsigned char>& block, std::size_t rowBytes, const TiffLayout& layout,
             std::uint32_t left, std::uint32_t top, const model::MaskBitmap& bitmap, const Black& black) {
    const std::size_t samples = layout.planar == PLANARCONFIG_SEPARATE ? 1 : layout.samples;
    const std::size_t pixelBits = samples * layout.bits;
    const std::uint32_t rows = std::min(layout.blockHeight, layout.height - top);
    const std::uint32_t columns = std::min(layout.blockWidth, layout.width - left);
    for (std::uint32_t y = 0; y < rows; ++y) {
        unsigned char* const row = block.data() + y * rowBytes;
        for (std::uint32_t x = 0; x < columns; ++x) {
            if (!bitmap.at(static_cast<std::int32_t>(left + x), static_cast<std::int32_t>(top + y))) {
                continue;
            }
            fillBits(row, x * pixelBits, pixelBits, black.ones);
            if (!black.palette) {
                continue;
            }
            if (layout.bits == 16) {
                const auto value = static_cast<std::uint16_t>(black.entry);
                std::copy_n(reinterpret_cast<const unsigned char*>(&value), 2, row + x * 2);
                continue;
            }
            for (std::size_t bit = 0; bit < layout.bits; ++bit) {
                fillBits(row, x * pixelBits + bit, 1, ((black.entry >> (layout.bits - 1U - bit)) & 1U) != 0);
            }
        }
    }
}

/// What masks of a page ask for, and the pixels that other fills than black give, where samples can hold
/// them.
struct PageMasks {
    FrameMasks masks;
    model::Raster filled; ///< of the page's own samples; width 0: everything is black
};

/// Copies the samples of masked pixels from `filled` into one block.
void copyFilled(std::vector<unsigned char>& block, std::size_t rowBytes, const TiffLayout& layout,
                std::uint32_t left, std::uint32_t top, std::uint16_t plane, const PageMasks& page) {
    const std::size_t bytes = layout.bits / 8U;
    const bool planes = layout.planar == PLANARCONFIG_SEPARATE;
    const std::size_t samples = planes ? 1 : layout.samples;
    const std::uint32_t rows = std::min(layout.blockHeight, layout.height - top);
    const std::uint32_t columns = std::min(layout.blockWidth, layout.width - left);
    for (std::uint32_t y = 0; y < rows; ++y) {
        for (std::uint32_t x = 0; x < columns; ++x) {
            if (!page.masks.all.at(static_cast<std::int32_t>(left + x), static_cast<std::int32_t>(top + y))) {
                continue;
            }
            const std::size_t pixel = std::size_t{top + y} * layout.width + left + x;
            const std::size_t first = (pixel * layout.samples + (planes ? plane : 0U)) * bytes;
            std::memcpy(block.data() + y * rowBytes + x * samples * bytes, page.filled.samples.data() + first,
                        samples * bytes);
        }
    }
}

/// Palettes, few bits and rare photometrics have no values for a mean: there every mask is black.
base::Expected<PageMasks> pageMasks(FrameMasks masks, const TiffLayout& layout, std::string_view bytes,
                                    std::int32_t page) {
    PageMasks out{std::move(masks), {}};
    const bool asked = std::ranges::any_of(
        out.masks.masks, [](const FilledMask& one) { return one.mask->fill != model::Mask::Fill::Black; });
    const bool plain = (layout.photometric == PHOTOMETRIC_RGB && layout.samples == 3) ||
                       (layout.photometric == PHOTOMETRIC_MINISBLACK && layout.samples == 1);
    if (!asked || !plain || (layout.bits != 8 && layout.bits != 16) || layout.format != SAMPLEFORMAT_UINT) {
        return out;
    }
    auto raster = intake::image::decode(bytes, "tiff", page);
    if (!raster) {
        return tl::unexpected(raster.error());
    }
    if (raster->channels == layout.samples && raster->bitsPerSample == layout.bits && !raster->invert) {
        fillRaster(*raster, out.masks, page);
        out.filled = std::move(*raster);
    }
    return out;
}

base::Expected<void> copyBlocks(TIFF* from, TIFF* to, const TiffLayout& layout, const PageMasks* page) {
    const Black black = blackOf(from, layout);
    const auto size = static_cast<std::size_t>(layout.tiled ? TIFFTileSize(from) : TIFFStripSize(from));
    const auto rowBytes =
        static_cast<std::size_t>(layout.tiled ? TIFFTileRowSize(from) : TIFFScanlineSize(from));
    const std::size_t samples = layout.planar == PLANARCONFIG_SEPARATE ? 1 : layout.samples;
    const std::size_t needed = (static_cast<std::size_t>(layout.blockWidth) * samples * layout.bits + 7) / 8;
    if (size == 0 || rowBytes < needed || size < rowBytes * layout.blockHeight) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
    std::vector<unsigned char> block(size);
    const std::uint16_t planes = layout.planar == PLANARCONFIG_SEPARATE ? layout.samples : std::uint16_t(1);
    for (std::uint16_t plane = 0; plane < planes; ++plane) {
        for (std::uint32_t y = 0; y < layout.height; y += layout.blockHeight) {
            for (std::uint32_t x = 0; x < layout.width; x += layout.blockWidth) {
                const std::uint32_t index =
                    layout.tiled ? TIFFComputeTile(from, x, y, 0, plane) : TIFFComputeStrip(from, y, plane);
                std::fill(block.begin(), block.end(), static_cast<unsigned char>(0));
                const tmsize_t got = layout.tiled
                                         ? TIFFReadEncodedTile(from, index, block.data(), tmsize_t(size))
                                         : TIFFReadEncodedStrip(from, index, block.data(), tmsize_t(size));
                if (got < 0) {
                    return base::fail(ErrorCode::Malformed, kPlace);
                }
                if (page != nullptr && page->filled.width > 0) {
                    copyFilled(block, rowBytes, layout, x, y, plane, *page);
                } else if (page != nullptr) {
                    blacken(block, rowBytes, layout, x, y, page->masks.all, black);
                }
                const tmsize_t put = layout.tiled
                                         ? TIFFWriteEncodedTile(to, index, block.data(), tmsize_t(size))
                                         : TIFFWriteEncodedStrip(to, index, block.data(), got);
                if (put < 0) {
                    return base::fail(ErrorCode::Malformed, kPlace);
                }
            }
        }
    }
    return {};
}

base::Expected<void> copyStored(TIFF* from, TIFF* to, const TiffLayout& layout, const PageMasks* page) {
    const std::uint16_t compression = compressionFor(layout);
    TIFFSetField(to, TIFFTAG_BITSPERSAMPLE, layout.bits);
    TIFFSetField(to, TIFFTAG_SAMPLESPERPIXEL, layout.samples);
    TIFFSetField(to, TIFFTAG_PHOTOMETRIC, layout.photometric);
    TIFFSetField(to, TIFFTAG_PLANARCONFIG, layout.planar);
    TIFFSetField(to, TIFFTAG_SAMPLEFORMAT, layout.format);
    TIFFSetField(to, TIFFTAG_COMPRESSION, compression);
    copyAppearance(from, to, layout, false);
    if (compression == COMPRESSION_LZW || compression == COMPRESSION_ADOBE_DEFLATE) {
        std::uint16_t predictor = PREDICTOR_NONE;
        const bool own =
            layout.compression == COMPRESSION_LZW || layout.compression == COMPRESSION_ADOBE_DEFLATE;
        if (own && TIFFGetField(from, TIFFTAG_PREDICTOR, &predictor) != 0) {
            TIFFSetField(to, TIFFTAG_PREDICTOR, predictor);
        }
    }
    if (layout.tiled) {
        TIFFSetField(to, TIFFTAG_TILEWIDTH, layout.blockWidth);
        TIFFSetField(to, TIFFTAG_TILELENGTH, layout.blockHeight);
    } else {
        TIFFSetField(to, TIFFTAG_ROWSPERSTRIP, layout.blockHeight);
    }
    return copyBlocks(from, to, layout, page);
}

/// A page of a lossy codec: the decoded picture, without loss from here on.
base::Expected<void> writeDecoded(TIFF* from, TIFF* to, const TiffLayout& layout, std::string_view bytes,
                                  std::int32_t page, FrameMasks* masks) {
    auto raster = intake::image::decode(bytes, "tiff", page);
    if (!raster) {
        return tl::unexpected(raster.error());
    }
    const auto channels = static_cast<std::size_t>(raster->channels);
    const std::size_t pixel = channels * static_cast<std::size_t>(raster->bitsPerSample / 8);
    if (masks != nullptr) {
        grow(*masks);
        fillRaster(*raster, *masks, page);
    }
    auto* const samples = reinterpret_cast<unsigned char*>(raster->samples.data());
    const int photometric = channels >= 3    ? PHOTOMETRIC_RGB
                            : raster->invert ? PHOTOMETRIC_MINISWHITE
                                             : PHOTOMETRIC_MINISBLACK;
    TIFFSetField(to, TIFFTAG_BITSPERSAMPLE, raster->bitsPerSample);
    TIFFSetField(to, TIFFTAG_SAMPLESPERPIXEL, raster->channels);
    TIFFSetField(to, TIFFTAG_PHOTOMETRIC, photometric);
    TIFFSetField(to, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    TIFFSetField(to, TIFFTAG_COMPRESSION, COMPRESSION_ADOBE_DEFLATE);
    copyAppearance(from, to, layout, true);
    constexpr std::uint32_t kRowsPerStrip = 64;
    TIFFSetField(to, TIFFTAG_ROWSPERSTRIP, kRowsPerStrip);
    const std::size_t rowBytes = static_cast<std::size_t>(raster->width) * pixel;
    for (std::uint32_t y = 0; y < layout.height; y += kRowsPerStrip) {
        const std::uint32_t rows = std::min(kRowsPerStrip, layout.height - y);
        if (TIFFWriteEncodedStrip(to, y / kRowsPerStrip, samples + y * rowBytes, tmsize_t(rows * rowBytes)) <
            0) {
            return base::fail(ErrorCode::Malformed, kPlace);
        }
    }
    return {};
}

} // namespace

base::Expected<std::string> maskTiff(std::string_view bytes, const std::vector<model::Mask>& masks) {
    const auto facts = intake::image::readFacts(bytes, "tiff");
    if (!facts) {
        return tl::unexpected(facts.error());
    }
    TiffMemory source(bytes);
    TiffMemory target;
    {
        const TiffHandle from = source.open();
        const TiffHandle to = target.open();
        if (from == nullptr || to == nullptr) {
            return base::fail(ErrorCode::Malformed, kPlace);
        }
        for (std::int32_t page = 1; page <= facts->pages; ++page) {
            if (TIFFSetDirectory(from.get(), static_cast<tdir_t>(page - 1)) == 0) {
                return base::fail(ErrorCode::Malformed, kPlace);
            }
            const auto layout = intake::image::layoutOf(from.get(), source);
            if (!layout) {
                return tl::unexpected(layout.error());
            }
            const bool decoded = needsDecoding(*layout);
            auto frame = masksOn(masks, page, static_cast<std::int32_t>(layout->width),
                                 static_cast<std::int32_t>(layout->height));
            base::Expected<void> done;
            if (decoded) {
                done = writeDecoded(from.get(), to.get(), *layout, bytes, page,
                                    masks.empty() ? nullptr : &frame);
            } else {
                const auto touched = pageMasks(std::move(frame), *layout, bytes, page);
                if (!touched) {
                    return tl::unexpected(touched.error());
                }
                done = copyStored(from.get(), to.get(), *layout, masks.empty() ? nullptr : &*touched);
            }
            if (!done) {
                return tl::unexpected(done.error());
            }
            copyProfile(from.get(), to.get());
            if (TIFFWriteDirectory(to.get()) == 0) {
                return base::fail(ErrorCode::Malformed, kPlace);
            }
        }
    }
    return std::move(target.output());
}

} // namespace kamei::transform::image
