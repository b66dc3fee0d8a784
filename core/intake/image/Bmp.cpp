#include <algorithm>
#include <bit>

#include "core/intake/image/BmpLayout.h"
#include "core/intake/image/Codecs.h"

namespace kamei::intake::image {
namespace {

using base::ErrorCode;

constexpr std::string_view kPlace = "intake.image.bmp";
constexpr std::size_t kFileHeader = 14;
constexpr std::uint32_t kCoreHeader = 12;
constexpr std::uint32_t kInfoHeader = 40;

std::uint32_t number(std::string_view bytes, std::size_t at, std::size_t count) {
    std::uint32_t out = 0;
    for (std::size_t i = 0; i < count; ++i) {
        out |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
    }
    return out;
}

/// Bits of a field spread to eight.
std::uint8_t spread(std::uint32_t pixel, std::uint32_t mask) {
    if (mask == 0) {
        return 0;
    }
    const std::uint64_t value = (pixel & mask) >> std::countr_zero(mask);
    const std::uint64_t highest = mask >> std::countr_zero(mask);
    return static_cast<std::uint8_t>((value * 255 + highest / 2) / highest);
}

/// One run of bits.
bool isField(std::uint32_t mask) {
    const std::uint32_t low = mask == 0 ? 0 : mask >> std::countr_zero(mask);
    return (low & (low + 1)) == 0;
}

struct Header {
    std::uint32_t size = 0;
    std::uint32_t compression = 0;
    std::uint32_t colours = 0;
};

base::Expected<Header> readHeader(std::string_view bytes, BmpLayout& out) {
    if (bytes.size() < kFileHeader + kCoreHeader) {
        return base::fail(ErrorCode::Truncated, kPlace);
    }
    Header header;
    header.size = number(bytes, kFileHeader, 4);
    const bool core = header.size == kCoreHeader;
    if ((!core && header.size < kInfoHeader) || header.size > 4096) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
    if (bytes.size() < kFileHeader + header.size) {
        return base::fail(ErrorCode::Truncated, kPlace);
    }
    const std::size_t at = kFileHeader + 4;
    std::int64_t height = 0;
    if (core) {
        out.width = static_cast<std::int32_t>(number(bytes, at, 2));
        height = number(bytes, at + 2, 2);
        out.bits = static_cast<std::int32_t>(number(bytes, at + 6, 2));
    } else {
        out.width = static_cast<std::int32_t>(number(bytes, at, 4));
        height = static_cast<std::int32_t>(number(bytes, at + 4, 4));
        out.bits = static_cast<std::int32_t>(number(bytes, at + 10, 2));
        header.compression = number(bytes, at + 12, 4);
        out.xPixelsPerMetre = number(bytes, at + 20, 4);
        out.yPixelsPerMetre = number(bytes, at + 24, 4);
        header.colours = number(bytes, at + 28, 4);
    }
    out.topDown = height < 0;
    height = height < 0 ? -height : height;
    if (out.width <= 0 || height <= 0) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
    if (auto fits = checkSize(static_cast<std::uint64_t>(out.width), static_cast<std::uint64_t>(height));
        !fits) {
        return tl::unexpected(fits.error());
    }
    out.height = static_cast<std::int32_t>(height);
    return header;
}

base::Expected<void> readColours(std::string_view bytes, const Header& header, BmpLayout& out) {
    const bool core = header.size == kCoreHeader;
    std::size_t at = kFileHeader + header.size;
    if (out.bits <= 8) {
        const std::size_t most = std::size_t{1} << out.bits;
        const std::size_t count = header.colours == 0 ? most : header.colours;
        const std::size_t entry = core ? 3 : 4;
        if (count > most) {
            return base::fail(ErrorCode::Malformed, kPlace);
        }
        if (bytes.size() < at + count * entry) {
            return base::fail(ErrorCode::Truncated, kPlace);
        }
        for (std::size_t i = 0; i < count; ++i) {
            const auto byte = [&](std::size_t k) {
                return static_cast<std::uint8_t>(number(bytes, at + i * entry + k, 1));
            };
            out.palette.push_back({byte(2), byte(1), byte(0)});
        }
        return {};
    }
    constexpr std::uint32_t kBitFields = 3;
    constexpr std::uint32_t kAlphaBitFields = 6;
    if (header.compression == kBitFields || header.compression == kAlphaBitFields) {
        // In the later headers they stand inside, at the same place.
        const std::size_t fields = header.size >= 56 || header.compression == kAlphaBitFields ? 4 : 3;
        at = kFileHeader + kInfoHeader;
        if (bytes.size() < at + fields * 4) {
            return base::fail(ErrorCode::Truncated, kPlace);
        }
        for (std::size_t i = 0; i < fields; ++i) {
            out.masks[i] = number(bytes, at + i * 4, 4);
        }
    } else if (out.bits == 16) {
        out.masks = {0x7C00, 0x03E0, 0x001F, 0};
    } else if (out.bits == 32) {
        out.masks = {0xFF0000, 0x00FF00, 0x0000FF, 0};
    }
    return std::ranges::all_of(out.masks, isField) ? base::Expected<void>()
                                                   : base::fail(ErrorCode::Malformed, kPlace);
}

} // namespace

base::Expected<BmpLayout> bmpLayout(std::string_view bytes) {
    BmpLayout out;
    const auto header = readHeader(bytes, out);
    if (!header) {
        return tl::unexpected(header.error());
    }
    const bool depth =
        out.bits == 1 || out.bits == 4 || out.bits == 8 || out.bits == 16 || out.bits == 24 || out.bits == 32;
    const bool fields = header->compression == 3 || header->compression == 6;
    if (!depth || (fields && out.bits != 16 && out.bits != 32)) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
    if (header->compression != 0 && !fields) {
        return base::fail(ErrorCode::UnsupportedFormat, kPlace, {std::to_string(header->compression)});
    }
    if (auto read = readColours(bytes, *header, out); !read) {
        return tl::unexpected(read.error());
    }
    out.pixels = number(bytes, 10, 4);
    out.stride = (static_cast<std::size_t>(out.width) * static_cast<std::size_t>(out.bits) + 31) / 32 * 4;
    if (out.pixels < kFileHeader + header->size) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
    if (bytes.size() < out.pixels ||
        (bytes.size() - out.pixels) / out.stride < static_cast<std::size_t>(out.height)) {
        return base::fail(ErrorCode::Truncated, kPlace);
    }
    return out;
}

std::vector<MetadataEntry> bmpRemainders(std::string_view bytes) {
    std::vector<MetadataEntry> out;
    const auto layout = bmpLayout(bytes);
    if (!layout) {
        out.push_back({"Bmp.Unreadable", std::to_string(bytes.size()) + " bytes"});
        return out;
    }
    const std::size_t header = number(bytes, kFileHeader, 4);
    const std::size_t entry = header == kCoreHeader ? 3 : 4;
    const std::uint32_t compression =
        header == kInfoHeader && layout->bits > 8 ? number(bytes, kFileHeader + 16, 4) : 0;
    const std::size_t fields = compression == 0 ? 0 : compression == 6 ? 16 : 12;
    const std::size_t head = kFileHeader + header + layout->palette.size() * entry + fields;
    if (layout->pixels > head) {
        out.push_back({"Bmp.Gap", std::to_string(layout->pixels - head) + " bytes"});
    }
    const std::size_t end = layout->pixels + layout->stride * static_cast<std::size_t>(layout->height);
    if (bytes.size() > end) {
        out.push_back({"Bmp.Trailer", std::to_string(bytes.size() - end) + " bytes"});
    }
    return out;
}

base::Expected<ImageFacts> bmpFacts(std::string_view bytes) {
    const auto layout = bmpLayout(bytes);
    if (!layout) {
        return tl::unexpected(layout.error());
    }
    ImageFacts facts;
    facts.width = layout->width;
    facts.height = layout->height;
    facts.channels = layout->masks[3] != 0 ? 4 : 3;
    facts.bitsPerSample = 8;
    return facts;
}

base::Expected<model::Raster> decodeBmp(std::string_view bytes) {
    const auto layout = bmpLayout(bytes);
    if (!layout) {
        return tl::unexpected(layout.error());
    }
    model::Raster out;
    out.width = layout->width;
    out.height = layout->height;
    out.channels = layout->masks[3] != 0 ? 4 : 3;
    out.samples.resize(static_cast<std::size_t>(out.width) * static_cast<std::size_t>(out.height) *
                       static_cast<std::size_t>(out.channels));
    auto* to = reinterpret_cast<std::uint8_t*>(out.samples.data());
    const auto bits = static_cast<std::size_t>(layout->bits);
    for (std::int32_t y = 0; y < out.height; ++y) {
        const std::string_view row = bytes.substr(layout->rowAt(y), layout->stride);
        for (std::size_t x = 0; x < static_cast<std::size_t>(out.width); ++x) {
            if (bits <= 8) {
                const std::uint32_t byte = number(row, x * bits / 8, 1);
                const std::uint32_t entry = byte >> (8 - bits - x * bits % 8) & ((1U << bits) - 1);
                if (entry >= layout->palette.size()) {
                    return base::fail(ErrorCode::Malformed, kPlace);
                }
                to = std::copy_n(layout->palette[entry].begin(), 3, to);
                continue;
            }
            const std::uint32_t pixel = number(row, x * bits / 8, bits / 8);
            if (bits == 24) {
                *to++ = static_cast<std::uint8_t>(pixel >> 16);
                *to++ = static_cast<std::uint8_t>(pixel >> 8);
                *to++ = static_cast<std::uint8_t>(pixel);
                continue;
            }
            for (std::size_t c = 0; c < static_cast<std::size_t>(out.channels); ++c) {
                *to++ = spread(pixel, layout->masks[c]);
            }
        }
    }
    return out;
}

} // namespace kamei::intake::image
