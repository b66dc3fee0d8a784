#include "core/transform/dicom/PixelMask.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <iterator>
#include <utility>

namespace kamei::transform::dicom {
namespace {

using intake::dicom::Instance;
using intake::dicom::PixelFormat;
using intake::dicom::Tag;

constexpr std::string_view kPlace = "transform.dicom.mask";
constexpr Tag kPixelPadding = 0x00280120;
constexpr Tag kFloatPadding = 0x00280122;
constexpr Tag kDoublePadding = 0x00280123;
constexpr Tag kRedDescriptor = 0x00281101;
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
    const std::uint64_t raw = intake::dicom::sampleAt(frame.data(), index, unit);
    const std::size_t unused = 64 - 8 * unit;
    return isSigned ? static_cast<std::int64_t>(raw << unused) >> unused : static_cast<std::int64_t>(raw);
}

/// 16 bits of a value in the byte order of its element.
unsigned word(std::span<const std::byte> bytes, std::size_t index, bool big) {
    const auto at = [&](std::size_t i) { return std::to_integer<unsigned>(bytes[2 * index + i]); };
    return big ? at(0) << 8 | at(1) : at(1) << 8 | at(0);
}

/// A stored value as near to `stored` as the format can hold, with the sign carried up through the cell.
std::uint64_t storedBits(double stored, const PixelFormat& format) {
    const double half = std::ldexp(1.0, format.bitsStored - 1);
    const double lowest = format.isSigned ? -half : 0.0;
    const double value = std::clamp(std::round(stored), lowest, lowest + 2 * half - 1);
    return static_cast<std::uint64_t>(static_cast<std::int64_t>(value))
           << (format.highBit + 1 - format.bitsStored);
}

std::uint64_t floatBits(double stored, std::size_t unit) {
    return unit == sizeof(double) ? std::bit_cast<std::uint64_t>(stored)
                                  : std::bit_cast<std::uint32_t>(static_cast<float>(stored));
}

/// Darkest entry of the palette, by the sum of its channels; the first one where the tables cannot be read
/// (segmented ones): whatever its colour, it is one colour.
std::uint64_t darkest(const Instance& instance) {
    std::vector<unsigned> sums;
    std::uint64_t first = 0;
    for (Tag c = 0; c < 3; ++c) {
        const auto* element = instance.find(kRedPalette + c);
        const auto* descriptor = instance.find(kRedDescriptor + c);
        if (element == nullptr || descriptor == nullptr || instance.value(*descriptor).size() < 6) {
            return 0;
        }
        const auto head = instance.value(*descriptor);
        const auto data = instance.value(*element);
        const bool big = descriptor->syntax.bigEndian;
        const unsigned stated = word(head, 0, big);
        const std::size_t count = stated == 0 ? 65'536 : stated;
        first = word(head, 1, big);
        const bool wide = data.size() >= 2 * count;
        if (data.size() < count || (c > 0 && sums.size() != count)) {
            return first;
        }
        sums.resize(count);
        for (std::size_t i = 0; i < count; ++i) {
            sums[i] += wide ? word(data, i, element->syntax.bigEndian) : std::to_integer<unsigned>(data[i]);
        }
    }
    return first + static_cast<std::uint64_t>(std::ranges::min_element(sums) - sums.begin());
}

/// Bits of the padding value of floating point samples (PS3.3 C.7.5.1.1.2), or of zero.
std::uint64_t floatingBlack(const Instance& instance, bool isDouble) {
    const auto* element = instance.find(isDouble ? kDoublePadding : kFloatPadding);
    const std::size_t size = isDouble ? sizeof(double) : sizeof(float);
    std::uint64_t out = 0;
    if (element != nullptr && instance.value(*element).size() == size) {
        const auto value = instance.value(*element);
        for (std::size_t i = 0; i < size; ++i) {
            out = out << 8 |
                  std::to_integer<std::uint64_t>(value[element->syntax.bigEndian ? i : size - 1 - i]);
        }
    }
    return out;
}

} // namespace

PixelMask::PixelMask(std::vector<model::Mask> masks, std::int32_t firstFrame, const volume::FrameCuts* cuts,
                     std::size_t source)
    : m_firstFrame(firstFrame), m_cuts(cuts), m_source(source) {
    const auto isSingle = [](const model::Mask& mask) { return mask.frames.first == mask.frames.last; };
    std::ranges::remove_copy_if(masks, std::back_inserter(m_masks), isSingle);
    for (model::Mask& mask : masks) {
        if (isSingle(mask)) {
            auto& list = m_single.try_emplace(mask.frames.first, m_masks).first->second;
            list.push_back(std::move(mask));
        }
    }
}

const std::vector<model::Mask>& PixelMask::masksFor(std::int32_t number) const {
    const auto found = m_single.find(number);
    return found == m_single.end() ? m_masks : found->second;
}

bool PixelMask::touches(std::int32_t frame) const {
    const auto& masks = masksFor(numberOf(frame));
    const bool drawn =
        std::ranges::any_of(masks, [&](const model::Mask& m) { return m.frames.contains(numberOf(frame)); });
    return drawn || cuts(frame);
}

image::FrameMasks PixelMask::on(std::int32_t frame, std::int32_t width, std::int32_t height) const {
    return image::masksOn(masksFor(numberOf(frame)), numberOf(frame), width, height);
}

base::Expected<void> PixelMask::cut(std::span<std::byte> frame, std::int32_t number,
                                    const PixelFormat& format, std::uint64_t black) const {
    if (!cuts(number)) {
        return {};
    }
    const auto cut = m_cuts->on(m_source, number);
    if (!cut) {
        return tl::unexpected(cut.error());
    }
    const auto pixels = static_cast<std::size_t>(format.rows) * static_cast<std::size_t>(format.columns);
    const Layout layout = layoutOf(format);
    const auto unit = static_cast<std::size_t>(format.bitsAllocated / 8);
    const bool ybr =
        format.photometric.starts_with("YBR_FULL") || format.photometric.starts_with("YBR_PARTIAL");
    if (cut->black) {
        for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
            for (int c = 0; c < format.samples; ++c) {
                put(frame, layout.index(pixel, static_cast<std::size_t>(c)), unit,
                    ybr && c > 0 ? 1ULL << format.highBit : black);
            }
        }
        return {};
    }
    const bool sized = cut->inside.width == format.columns && cut->inside.height == format.rows;
    if (!sized || format.samples != 1 || format.photometric == "PALETTE COLOR" || unit == 0) {
        return base::fail(base::ErrorCode::NotPossible, kPlace, {"deface", "colour"});
    }
    const auto bitsOf = [&](double stored) {
        return format.isFloat ? floatBits(stored, unit) : storedBits(stored, format);
    };
    const std::uint64_t value = bitsOf(cut->stored);
    const std::uint64_t cover = bitsOf(cut->coverStored);
    for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
        if (cut->inside.inside[pixel] != 0) {
            put(frame, pixel, unit, cut->covers(pixel) ? cover : value);
        }
    }
    return {};
}

std::uint64_t PixelMask::blackOf(const Instance& instance, const PixelFormat& format) {
    const Tag tag = instance.pixels() ? instance.pixels()->tag : intake::dicom::tags::PixelData;
    if (tag != intake::dicom::tags::PixelData) {
        return floatingBlack(instance, tag == intake::dicom::tags::DoublePixelData);
    }
    if (format.photometric == "PALETTE COLOR") {
        return darkest(instance);
    }
    if (!isMonochrome(format)) {
        return 0;
    }
    const bool inverse = format.photometric == "MONOCHROME1";
    const std::int64_t half = std::int64_t{1} << (format.bitsStored - 1);
    const std::int64_t lowest = format.isSigned ? -half : 0;
    const std::int64_t highest = lowest + 2 * half - 1;
    std::int64_t value = inverse ? highest : lowest;
    if (const auto padding = instance.number(kPixelPadding)) {
        // It may be stated as US where samples are signed.
        const std::int64_t stated = format.isSigned && *padding > highest ? *padding - 0x10000 : *padding;
        const bool dark = inverse ? stated >= lowest + half : stated < lowest + half;
        value = stated >= lowest && stated <= highest && dark ? stated : value;
    }
    // The sign is carried up through the cell, as encoders do.
    return static_cast<std::uint64_t>(value) << (format.highBit + 1 - format.bitsStored);
}

base::Expected<void> PixelMask::apply(std::span<std::byte> frame, std::int32_t number,
                                      const PixelFormat& format, std::uint64_t black) const {
    const Layout layout = layoutOf(format);
    const auto unit = static_cast<std::size_t>(format.bitsAllocated / 8);
    const bool ybr =
        format.photometric.starts_with("YBR_FULL") || format.photometric.starts_with("YBR_PARTIAL");
    const bool plain = format.bitsAllocated != 64 && !format.isFloat && format.photometric != "PALETTE COLOR";
    image::FrameMasks masks = on(number, format.columns, format.rows);
    std::vector<model::Mask> blackened;
    if (!plain) { // entries of a palette and floating point have no mean that is a value
        blackened.reserve(masks.masks.size());
        for (image::FilledMask& one : masks.masks) {
            blackened.push_back(*one.mask);
            blackened.back().fill = model::Mask::Fill::Black;
            one.mask = &blackened.back();
        }
    }
    const int shift = format.highBit + 1 - format.bitsStored;
    const std::int64_t half = std::int64_t{1} << (plain ? format.bitsStored - 1 : 0);
    const std::int64_t lowest = (format.isSigned ? -half : 0) * (std::int64_t{1} << shift);
    const std::int64_t highest = lowest + (2 * half - 1) * (std::int64_t{1} << shift);
    std::vector<image::ChannelRange> ranges;
    for (int c = 0; c < format.samples; ++c) {
        const std::uint64_t value = ybr && c > 0 ? 1ULL << format.highBit : black;
        ranges.push_back({static_cast<std::int64_t>(value), lowest, highest, !(ybr && c > 0)});
    }
    image::fillSamples(
        masks, numberOf(number), ranges,
        [&](std::size_t pixel, std::size_t c) {
            return get(frame, layout.index(pixel, c), unit, format.isSigned);
        },
        [&](std::size_t pixel, std::size_t c, std::int64_t value) {
            put(frame, layout.index(pixel, c), unit, static_cast<std::uint64_t>(value));
        });
    return cut(frame, number, format, black);
}

base::Expected<void> PixelMask::applyBits(std::span<std::byte> bits, std::int32_t number,
                                          const PixelFormat& format, std::uint64_t firstPixel) const {
    if (cuts(number)) {
        return base::fail(base::ErrorCode::NotPossible, kPlace, {"deface", "one-bit"});
    }
    const model::MaskBitmap masked =
        model::rasterise(masksFor(numberOf(number)), numberOf(number), format.columns, format.rows);
    const bool inverse = format.photometric == "MONOCHROME1";
    for (std::size_t pixel = 0; pixel < masked.inside.size(); ++pixel) {
        if (masked.inside[pixel] != 0) {
            const std::uint64_t bit = firstPixel % 8 + pixel;
            const std::byte one = std::byte{1} << (bit % 8);
            std::byte& cell = bits[static_cast<std::size_t>(bit / 8)];
            cell = inverse ? cell | one : cell & ~one;
        }
    }
    return {};
}

} // namespace kamei::transform::dicom
