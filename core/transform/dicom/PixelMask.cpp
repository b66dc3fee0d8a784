#include "core/transform/dicom/PixelMask.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <utility>

namespace kamei::transform::dicom {
namespace {

using intake::dicom::Instance;
using intake::dicom::PixelFormat;
using intake::dicom::Tag;

constexpr Tag kPixelPadding = 0x00280120;
constexpr Tag kRedPalette = 0x00281201;

bool isMonochrome(const PixelFormat& format) {
    return format.photometric.starts_with("MONOCHROME");
}

/// Where the samples of a frame lie, in units of one sample.
struct Layout {
    std::size_t pixelStep = 1;
    std::size_t channelStep = 1;
    bool half = false; ///< Y1 Y2 CB CR

    std::size_t index(std::size_t pixel, std::size_t channel) const {
        if (half) {
            return pixel / 2 * 4 + (channel == 0 ? pixel % 2 : channel + 1);
        }
        return pixel * pixelStep + channel * channelStep;
    }
};

Layout layoutOf(const PixelFormat& format) {
    const std::size_t pixels =
        static_cast<std::size_t>(format.rows) * static_cast<std::size_t>(format.columns);
    if (format.planar) {
        return {1, pixels, false};
    }
    return {static_cast<std::size_t>(format.samples), 1, format.halfColour};
}

void put(std::span<std::byte> frame, std::size_t index, std::size_t unit, std::uint64_t value) {
    std::memcpy(frame.data() + index * unit, &value, unit);
}

std::int64_t get(std::span<const std::byte> frame, std::size_t index, std::size_t unit, bool isSigned) {
    std::uint64_t raw = 0;
    std::memcpy(&raw, frame.data() + index * unit, unit);
    const std::size_t unused = 64 - 8 * unit;
    return isSigned ? static_cast<std::int64_t>(raw << unused) >> unused : static_cast<std::int64_t>(raw);
}

/// Mean of the pixels that border the masked ones, per channel; `black` when nothing borders them.
std::int64_t borderMean(std::span<const std::byte> frame, const PixelFormat& format,
                        const model::MaskBitmap& inside, const Layout& layout, std::size_t channel,
                        std::int64_t black) {
    const auto unit = static_cast<std::size_t>(format.bitsAllocated / 8);
    std::int64_t sum = 0;
    std::int64_t count = 0;
    const model::RectPx box = inside.bounds();
    const std::int32_t right = std::min(box.x + box.width + 1, inside.width);
    const std::int32_t bottom = std::min(box.y + box.height + 1, inside.height);
    for (std::int32_t y = std::max(0, box.y - 1); y < bottom; ++y) {
        for (std::int32_t x = std::max(0, box.x - 1); x < right; ++x) {
            const bool borders =
                !inside.at(x, y) &&
                ((x > 0 && inside.at(x - 1, y)) || (x + 1 < inside.width && inside.at(x + 1, y)) ||
                 (y > 0 && inside.at(x, y - 1)) || (y + 1 < inside.height && inside.at(x, y + 1)));
            if (borders) {
                const auto pixel = static_cast<std::size_t>(y) * static_cast<std::size_t>(inside.width) +
                                   static_cast<std::size_t>(x);
                sum += get(frame, layout.index(pixel, channel), unit, format.isSigned);
                ++count;
            }
        }
    }
    return count == 0 ? black : sum / count;
}

/// Darkest entry of the palette, by the sum of its channels.
std::uint32_t darkest(const Instance& instance) {
    std::array<std::span<const std::byte>, 3> data;
    std::size_t entries = std::numeric_limits<std::size_t>::max();
    std::size_t width = 2;
    for (Tag c = 0; c < 3; ++c) {
        const auto* element = instance.find(kRedPalette + c);
        const auto* descriptor = instance.find(0x00281101 + c);
        if (element == nullptr || descriptor == nullptr || instance.value(*descriptor).size() < 6) {
            return 0;
        }
        data[c] = instance.value(*element);
        const auto head = instance.value(*descriptor);
        const bool big = descriptor->syntax.bigEndian;
        std::size_t count = std::to_integer<std::size_t>(head[big ? 0 : 1]) << 8 |
                            std::to_integer<std::size_t>(head[big ? 1 : 0]);
        count = count == 0 ? 65'536 : count;
        width = data[c].size() >= 2 * count ? 2 : 1;
        entries = std::min(entries, data[c].size() / width);
    }
    std::uint32_t best = 0;
    unsigned least = std::numeric_limits<unsigned>::max();
    for (std::size_t i = 0; i < entries; ++i) {
        unsigned sum = 0;
        for (const auto& channel : data) {
            for (std::size_t b = 0; b < width; ++b) {
                sum += std::to_integer<unsigned>(channel[i * width + b]) << (8 * b);
            }
        }
        if (sum < least) {
            least = sum;
            best = static_cast<std::uint32_t>(i);
        }
    }
    const auto first = instance.find(0x00281101);
    const auto head = instance.value(*first);
    const bool big = first->syntax.bigEndian;
    return best + (std::to_integer<std::uint32_t>(head[big ? 2 : 3]) << 8 |
                   std::to_integer<std::uint32_t>(head[big ? 3 : 2]));
}

} // namespace

PixelMask::PixelMask(std::vector<model::Mask> masks, std::int32_t firstFrame)
    : m_masks(std::move(masks)), m_firstFrame(firstFrame) {}

bool PixelMask::touches(std::int32_t frame) const {
    return std::ranges::any_of(m_masks,
                               [&](const model::Mask& m) { return m.frames.contains(frame + m_firstFrame); });
}

std::uint32_t PixelMask::blackOf(const Instance& instance, const PixelFormat& format) {
    const std::uint32_t ones = format.bitsStored >= 32 ? 0xFFFFFFFFU : (1U << format.bitsStored) - 1;
    if (format.photometric == "PALETTE COLOR") {
        return darkest(instance);
    }
    if (!isMonochrome(format)) {
        return 0;
    }
    if (const auto padding = instance.number(kPixelPadding)) {
        return static_cast<std::uint32_t>(*padding) & ones;
    }
    const bool inverse = format.photometric == "MONOCHROME1";
    const int low = format.highBit + 1 - format.bitsStored;
    std::uint32_t value = inverse ? ones : 0;
    if (format.isSigned) {
        // The sign is carried up through the cell, as encoders do.
        const std::uint32_t smallest = ~(ones >> 1);
        value = inverse ? ones >> 1 : smallest;
    }
    return value << low;
}

void PixelMask::apply(std::span<std::byte> frame, std::int32_t number, const PixelFormat& format,
                      std::uint32_t black) const {
    const Layout layout = layoutOf(format);
    const auto unit = static_cast<std::size_t>(format.bitsAllocated / 8);
    const auto channels = static_cast<std::size_t>(format.samples);
    const bool ybr =
        format.photometric.starts_with("YBR_FULL") || format.photometric.starts_with("YBR_PARTIAL");
    const std::uint64_t grey = 1ULL << (format.bitsStored - 1);
    const auto blackIn = [&](std::size_t channel) { return ybr && channel > 0 ? grey : black; };
    for (const model::Mask& mask : m_masks) {
        if (!mask.frames.contains(number + m_firstFrame)) {
            continue;
        }
        const model::MaskBitmap inside =
            model::rasterise({mask}, number + m_firstFrame, format.columns, format.rows);
        std::array<std::uint64_t, 4> fill{};
        for (std::size_t c = 0; c < channels; ++c) {
            const bool mean = mask.fill == model::Mask::Fill::LocalMean && unit <= 4 &&
                              format.photometric != "PALETTE COLOR";
            fill[c] = mean ? static_cast<std::uint64_t>(borderMean(frame, format, inside, layout, c,
                                                                   static_cast<std::int64_t>(blackIn(c))))
                           : blackIn(c);
        }
        for (std::size_t pixel = 0; pixel < inside.inside.size(); ++pixel) {
            if (inside.inside[pixel] == 0) {
                continue;
            }
            for (std::size_t c = 0; c < channels; ++c) {
                put(frame, layout.index(pixel, c), unit, fill[c]);
            }
        }
    }
}

void PixelMask::applyBits(std::span<std::byte> bits, std::int32_t number, const PixelFormat& format,
                          std::uint64_t firstPixel) const {
    const model::MaskBitmap inside =
        model::rasterise(m_masks, number + m_firstFrame, format.columns, format.rows);
    for (std::size_t pixel = 0; pixel < inside.inside.size(); ++pixel) {
        if (inside.inside[pixel] != 0) {
            const std::uint64_t bit = firstPixel % 8 + pixel;
            bits[static_cast<std::size_t>(bit / 8)] &= ~(std::byte{1} << (bit % 8));
        }
    }
}

} // namespace kamei::transform::dicom
