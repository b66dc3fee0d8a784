#include "core/transform/slide/BlockEdit.h"

#include <algorithm>
#include <cmath>
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

/// Pixels under masks that are not black, with their colours, in the order of the masks.
template <class Put> void eachPainted(const BlockFill& fill, const Put& put) {
    for (std::size_t mask = 0; mask < fill.paints.size(); ++mask) {
        const model::MaskBitmap& inside = fill.masks[mask];
        for (std::int32_t y = 0; y < inside.height; ++y) {
            for (std::int32_t x = 0; x < inside.width; ++x) {
                if (inside.at(x, y)) {
                    put(x, y, fill.paints[mask].at(x, y));
                }
            }
        }
    }
}

/// What a channel stores of a colour, as a share of its range (ITU-T T.800 G.3 where it is YCbCr).
double storedShare(const Colour& colour, std::size_t channel, bool ycc) {
    const double red = static_cast<double>(colour[0]) / 65535;
    const double green = static_cast<double>(colour[1]) / 65535;
    const double blue = static_cast<double>(colour[2]) / 65535;
    const double share = !ycc           ? (channel == 0   ? red
                                           : channel == 1 ? green
                                                          : blue)
                         : channel == 0 ? 0.299 * red + 0.587 * green + 0.114 * blue
                         : channel == 1 ? 0.5 - 0.168736 * red - 0.331264 * green + 0.5 * blue
                                        : 0.5 + 0.5 * red - 0.418688 * green - 0.081312 * blue;
    return std::clamp(share, 0.0, 1.0);
}

base::Expected<std::string> destroyedJpeg(const Page& page, const BlockTable& table, std::string_view jpeg,
                                          const BlockFill& fill) {
    image::JpegEdit edit;
    const model::Mask black;
    const model::MaskBitmap& inside = fill.inside;
    edit.inside = [&](std::int32_t width, std::int32_t height) {
        image::FrameMasks out;
        out.all = inside;
        if (width != inside.width || height != inside.height) {
            // A JPEG of another size than its block would be masked at another place than it is shown.
            out.all.width = width;
            out.all.height = height;
            out.all.inside.assign(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), 1);
            out.masks.push_back({&black, out.all});
        } else if (fill.paints.empty()) {
            out.masks.push_back({&black, out.all});
        } else {
            for (const model::MaskBitmap& one : fill.masks) {
                out.masks.push_back({&black, one});
            }
        }
        return out;
    };
    if (!fill.paints.empty()) {
        edit.paint = [&](std::size_t mask, std::int32_t x, std::int32_t y) {
            std::array<double, 3> out{};
            const Colour colour = fill.paints[mask].at(x, y);
            std::ranges::transform(colour, out.begin(),
                                   [](std::int64_t value) { return static_cast<double>(value) / 257; });
            return out;
        };
    }
    edit.blackIsHigh = page.photometric == PHOTOMETRIC_MINISWHITE;
    edit.rgbUnlessMarked = page.photometric == PHOTOMETRIC_RGB;
    // Readers that go from block to block keep the tables of the last one: a block with tables of its own
    // between blocks that go by the page's would spoil those behind it.
    edit.keepTables = !table.tables.empty();
    auto written = image::fillBlocks(jpeg, edit);
    if (!written && edit.paint) { // a table that has no code for the colour has one for black, or none at all
        edit.paint = {};
        written = image::fillBlocks(jpeg, edit);
    }
    return written;
}

base::Expected<std::string> destroyedInterval(const Page& page, const BlockTable& table, std::string_view raw,
                                              const BlockFill& fill) {
    const std::string jpeg = intake::slide::completeJpeg(page, table, raw, 0);
    const auto written = destroyedJpeg(page, table, jpeg, fill);
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
                                                const BlockFill& fill) {
    const model::MaskBitmap& inside = fill.inside;
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
    eachPainted(fill, [&](std::int32_t x, std::int32_t y, const Colour& colour) {
        for (std::size_t c = 0; c < planes->size(); ++c) {
            auto& plane = (*planes)[c];
            const std::int32_t low = plane.isSigned ? -(1 << (plane.bits - 1)) : 0;
            const double share = storedShare(colour, c, ycc);
            plane.values[std::size_t(y) / plane.dy * plane.width + std::size_t(x) / plane.dx] =
                low + static_cast<std::int32_t>(std::lround(share * ((1 << plane.bits) - 1)));
        }
    });
    const auto bytes = intake::dicom::encodeJpeg2000Planes(*planes, width, height);
    if (!bytes) {
        return tl::unexpected(bytes.error());
    }
    return std::string(reinterpret_cast<const char*>(bytes->data()), bytes->size());
}

} // namespace

base::Expected<std::string> destroyed(const intake::slide::Structure& structure, const Page& page,
                                      const BlockTable& table, std::string_view raw, std::uint64_t block,
                                      const BlockFill& fill) {
    const model::MaskBitmap& inside = fill.inside;
    const auto row = static_cast<std::uint32_t>(block / page.columns() % page.rows());
    if (page.intervals) {
        return destroyedInterval(page, table, raw, fill);
    }
    if (page.codec == Codec::Jpeg) {
        return destroyedJpeg(page, table, intake::slide::completeJpeg(page, table, raw, row), fill);
    }
    if (page.codec == Codec::Jpeg2000) {
        return destroyedCodestream(page, raw, fill);
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
    const std::size_t plane = block / (std::uint64_t{page.columns()} * page.rows());
    eachPainted(fill, [&](std::int32_t x, std::int32_t y, const Colour& colour) {
        std::byte* const at =
            samples->data() + (std::size_t(y) * std::size_t(inside.width) + std::size_t(x)) * pixel;
        for (std::size_t c = 0; c < (page.separate ? 1U : page.samples); ++c) {
            const auto value =
                static_cast<std::uint16_t>(colour.at(std::min<std::size_t>(page.separate ? plane : c, 2)));
            if (page.bits == 8) {
                at[c] = static_cast<std::byte>((value + 128) / 257);
            } else {
                std::memcpy(at + c * 2, &value, 2);
            }
        }
    });
    return intake::slide::encodeBlock(structure, page, *samples, row);
}

} // namespace kamei::transform::slide
