#include <algorithm>
#include <bit>

#include "core/intake/image/BmpLayout.h"
#include "core/intake/image/Image.h"
#include "core/transform/image/Fill.h"
#include "core/transform/image/Masks.h"

namespace kamei::transform::image {
namespace {

using intake::image::BmpLayout;

void put(std::string& out, std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) {
        out.push_back(static_cast<char>(value >> (8 * i) & 0xFF));
    }
}

/// File header and a BITMAPINFOHEADER, with the fields and the palette behind it: nothing that has room for
/// more.
std::string headOf(const BmpLayout& layout, std::size_t pixelBytes) {
    const bool fields = layout.bits == 16 || layout.bits == 32;
    const bool alpha = layout.masks[3] != 0;
    const std::size_t behind = layout.palette.size() * 4 + (fields ? (alpha ? 16U : 12U) : 0U);
    const std::size_t offset = 14 + 40 + behind;
    std::string out = "BM";
    put(out, offset + pixelBytes, 4);
    put(out, 0, 4);
    put(out, offset, 4);
    put(out, 40, 4);
    put(out, static_cast<std::uint32_t>(layout.width), 4);
    put(out, static_cast<std::uint32_t>(layout.topDown ? -layout.height : layout.height), 4);
    put(out, 1, 2);
    put(out, static_cast<std::uint32_t>(layout.bits), 2);
    put(out, fields ? (alpha ? 6 : 3) : 0, 4);
    put(out, pixelBytes, 4);
    put(out, layout.xPixelsPerMetre, 4);
    put(out, layout.yPixelsPerMetre, 4);
    put(out, layout.palette.size(), 4);
    put(out, 0, 4);
    for (std::size_t i = 0; fields && i < (alpha ? 4U : 3U); ++i) {
        put(out, layout.masks[i], 4);
    }
    for (const auto& [red, green, blue] : layout.palette) {
        put(out, blue, 1);
        put(out, green, 1);
        put(out, red, 1);
        put(out, 0, 1);
    }
    return out;
}

std::uint32_t darkest(const BmpLayout& layout) {
    const auto brightness = [](const auto& c) { return c[0] * 3 + c[1] * 6 + c[2]; };
    const auto found = std::ranges::min_element(layout.palette, {}, brightness);
    return static_cast<std::uint32_t>(found - layout.palette.begin());
}

std::uint32_t packed(const BmpLayout& layout, const model::Raster& filled, std::size_t pixel) {
    const auto channels = static_cast<std::size_t>(filled.channels);
    const auto sample = [&](std::size_t c) {
        return std::to_integer<std::uint32_t>(filled.samples[pixel * channels + c]);
    };
    if (layout.bits == 24) {
        return sample(0) << 16 | sample(1) << 8 | sample(2);
    }
    std::uint32_t out = 0;
    for (std::size_t c = 0; c < channels; ++c) {
        const std::uint32_t mask = layout.masks[c];
        const std::uint64_t highest = mask == 0 ? 0 : mask >> std::countr_zero(mask);
        out |=
            mask == 0 ? 0 : static_cast<std::uint32_t>(sample(c) * highest / 255) << std::countr_zero(mask);
    }
    return out;
}

/// Stored rows without what lies between pixels: padding, and bits that no field of a pixel uses.
std::string rowsOf(const BmpLayout& layout, std::string_view bytes) {
    std::string out(bytes.substr(layout.pixels, layout.stride * static_cast<std::size_t>(layout.height)));
    const auto bits = static_cast<std::size_t>(layout.bits);
    const std::size_t used = static_cast<std::size_t>(layout.width) * bits;
    const std::uint32_t kept = layout.masks[0] | layout.masks[1] | layout.masks[2] | layout.masks[3];
    for (std::size_t row = 0; row < out.size(); row += layout.stride) {
        auto* const first = reinterpret_cast<unsigned char*>(out.data() + row);
        fillBits(first, used, layout.stride * 8 - used, false);
        for (std::size_t x = 0; bits >= 16 && bits != 24 && x < static_cast<std::size_t>(layout.width); ++x) {
            for (std::size_t b = 0; b < bits / 8; ++b) {
                first[x * bits / 8 + b] &= static_cast<unsigned char>(kept >> (8 * b) & 0xFF);
            }
        }
    }
    return out;
}

} // namespace

base::Expected<std::string> maskBmp(std::string_view bytes, const std::vector<model::Mask>& masks) {
    const auto layout = intake::image::bmpLayout(bytes);
    if (!layout) {
        return tl::unexpected(layout.error());
    }
    auto filled = intake::image::decode(bytes, "bmp", 1);
    if (!filled) {
        return tl::unexpected(filled.error());
    }
    std::string rows = rowsOf(*layout, bytes);
    const FrameMasks frame = masksOn(masks, 1, layout->width, layout->height);
    fillRaster(*filled, frame, 1);
    const auto bits = static_cast<std::size_t>(layout->bits);
    const std::uint32_t entry = layout->palette.empty() ? 0 : darkest(*layout);
    for (std::int32_t y = 0; y < layout->height; ++y) {
        auto* const row = reinterpret_cast<unsigned char*>(rows.data() + (layout->rowAt(y) - layout->pixels));
        for (std::int32_t x = 0; x < layout->width; ++x) {
            if (!frame.all.at(x, y)) {
                continue;
            }
            const auto column = static_cast<std::size_t>(x);
            for (std::size_t bit = 0; bits <= 8 && bit < bits; ++bit) {
                fillBits(row, column * bits + bit, 1, (entry >> (bits - 1 - bit) & 1U) != 0);
            }
            const std::size_t pixel =
                static_cast<std::size_t>(y) * static_cast<std::size_t>(layout->width) + column;
            const std::uint32_t value = bits > 8 ? packed(*layout, *filled, pixel) : 0;
            for (std::size_t b = 0; bits > 8 && b < bits / 8; ++b) {
                row[column * bits / 8 + b] = static_cast<unsigned char>(value >> (8 * b) & 0xFF);
            }
        }
    }
    return headOf(*layout, rows.size()) + rows;
}

} // namespace kamei::transform::image
