#include "core/transform/slide/BlockEdit.h"

#include <algorithm>
#include <cstring>
#include <tiff.h>

#include "core/intake/dicom/Jpeg2000.h"
#include "core/intake/slide/Ndpi.h"
#include "core/transform/image/JpegBlocks.h"

namespace kamei::transform::slide {
namespace {

using base::ErrorCode;
using intake::slide::BlockTable;
using intake::slide::Codec;
using intake::slide::Page;

constexpr std::string_view kPlace = "transform.slide.block";

base::Expected<std::string> destroyedJpeg(const Page& page, const BlockTable& table, std::string_view jpeg,
                                          const model::MaskBitmap& inside) {
    image::JpegEdit edit;
    const model::Mask black;
    edit.inside = [&](std::int32_t width, std::int32_t height) {
        // A JPEG of another size than its block would be masked at another place than it is shown.
        image::FrameMasks out;
        out.all = inside;
        if (width != inside.width || height != inside.height) {
            out.all.width = width;
            out.all.height = height;
            out.all.inside.assign(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), 1);
        }
        out.masks.push_back({&black, out.all});
        return out;
    };
    edit.blackIsHigh = page.photometric == PHOTOMETRIC_MINISWHITE;
    edit.rgbUnlessMarked = page.photometric == PHOTOMETRIC_RGB;
    // Readers that go from block to block keep the tables of the last one: a block with tables of its own
    // between blocks that go by the page's would spoil those behind it.
    edit.keepTables = !table.tables.empty();
    return image::fillBlocks(jpeg, edit);
}

base::Expected<std::string> destroyedInterval(const Page& page, const BlockTable& table, std::string_view raw,
                                              const model::MaskBitmap& inside) {
    const std::string jpeg = intake::slide::completeJpeg(page, table, raw, 0);
    const auto written = destroyedJpeg(page, table, jpeg, inside);
    if (!written) {
        return written;
    }
    const auto header = intake::slide::jpegHeader(*written);
    if (!header || written->size() < header->dataAt + 2 || raw.size() < 2) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
    // The marker behind the interval stays: RST by number, or EOI.
    return written->substr(header->dataAt, written->size() - 2 - header->dataAt) +
           std::string(raw.substr(raw.size() - 2));
}

base::Expected<std::string> destroyedCodestream(const Page& page, std::string_view raw,
                                                const model::MaskBitmap& inside) {
    const auto width = static_cast<std::uint32_t>(inside.width);
    const auto height = static_cast<std::uint32_t>(inside.height);
    auto planes =
        intake::dicom::decodeJpeg2000Planes(std::as_bytes(std::span(raw.data(), raw.size())), width, height);
    if (!planes) {
        return tl::unexpected(planes.error());
    }
    const bool ycc = page.compression == 33003 || page.photometric == PHOTOMETRIC_YCBCR;
    for (std::size_t c = 0; c < planes->size(); ++c) {
        auto& plane = (*planes)[c];
        const std::int32_t low = plane.isSigned ? -(1 << (plane.bits - 1)) : 0;
        const std::int32_t middle = low + (1 << (plane.bits - 1));
        const std::int32_t black = ycc && c > 0                                 ? middle
                                   : page.photometric == PHOTOMETRIC_MINISWHITE ? low + (1 << plane.bits) - 1
                                                                                : low;
        for (std::int32_t y = 0; y < inside.height; ++y) {
            for (std::int32_t x = 0; x < inside.width; ++x) {
                if (inside.at(x, y)) { // a coarse sample goes with any of its pixels
                    plane.values[std::size_t(y) / plane.dy * plane.width + std::size_t(x) / plane.dx] = black;
                }
            }
        }
    }
    const auto bytes = intake::dicom::encodeJpeg2000Planes(*planes, width, height);
    if (!bytes) {
        return tl::unexpected(bytes.error());
    }
    return std::string(reinterpret_cast<const char*>(bytes->data()), bytes->size());
}

} // namespace

base::Expected<std::string> destroyed(const intake::slide::Structure& structure, const Page& page,
                                      const BlockTable& table, std::string_view raw, std::uint64_t block,
                                      const model::MaskBitmap& inside) {
    const auto row = static_cast<std::uint32_t>(block / page.columns() % page.rows());
    if (page.intervals) {
        return destroyedInterval(page, table, raw, inside);
    }
    if (page.codec == Codec::Jpeg) {
        return destroyedJpeg(page, table, intake::slide::completeJpeg(page, table, raw, row), inside);
    }
    if (page.codec == Codec::Jpeg2000) {
        return destroyedCodestream(page, raw, inside);
    }
    auto samples = intake::slide::decodeBlock(structure, page, table, raw, row);
    if (!samples) {
        return tl::unexpected(samples.error());
    }
    const std::size_t pixel = (page.separate ? 1U : page.samples) * std::size_t{page.bits / 8U};
    const bool isSigned =
        page.sampleFormat == SAMPLEFORMAT_INT; // its lowest value; the highest where that is black
    const bool high = page.photometric == PHOTOMETRIC_MINISWHITE;
    const auto low16 = static_cast<std::uint16_t>(isSigned ? (high ? 0x7FFF : 0x8000) : high ? 0xFFFF : 0);
    const int low8 = low16 >> 8;
    for (std::size_t i = 0; i < inside.inside.size(); ++i) {
        if (inside.inside[i] == 0) {
            continue;
        }
        std::byte* const at = samples->data() + i * pixel;
        if (page.bits == 8) {
            std::memset(at, low8, pixel);
        } else {
            for (std::size_t c = 0; c < pixel; c += 2) {
                std::memcpy(at + c, &low16, 2);
            }
        }
    }
    return intake::slide::encodeBlock(structure, page, *samples, row);
}

} // namespace kamei::transform::slide
