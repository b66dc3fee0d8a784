#include "core/intake/dicom/PixelCodec.h"

#include <algorithm>
#include <array>
#include <limits>

#include "core/intake/dicom/Htj2k.h"
#include "core/intake/dicom/Jpeg2000.h"
#include "core/intake/dicom/JpegFamily.h"
#include "core/intake/dicom/JpegLs.h"
#include "core/intake/dicom/JpegXl.h"

namespace kamei::intake::dicom {
namespace {

using base::ErrorCode;
constexpr std::string_view kPlace = "intake.dicom.pixels";
constexpr std::string_view kRle = "1.2.840.10008.1.2.5";
constexpr std::uint64_t kLargestFrame = 2ULL << 30;
constexpr std::array<std::string_view, 2> kJpeg2000{"1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.4.91"};

bool isJpeg2000(std::string_view uid) {
    return std::ranges::find(kJpeg2000, uid) != kJpeg2000.end();
}

bool isCodecKnown(std::string_view uid) {
    return uid == kRle || isJpegFamily(uid) || isJpegLs(uid) || isJpeg2000(uid) || isHtj2k(uid) ||
           isJpegXl(uid);
}

} // namespace

std::size_t swapUnit(const PixelLocation& pixels, std::int32_t bitsAllocated) {
    if (pixels.tag == tags::DoublePixelData || bitsAllocated == 64) {
        return 8;
    }
    if (pixels.tag == tags::FloatPixelData || bitsAllocated == 32) {
        return 4;
    }
    // Eight bits or one in OW lie in words of sixteen (PS3.5 8.1.2).
    return pixels.vr == vr::OB && bitsAllocated <= 8 ? 1 : 2;
}

std::uint64_t PixelFormat::frameBytes() const {
    const std::uint64_t pixels = static_cast<std::uint64_t>(rows) * static_cast<std::uint64_t>(columns);
    if (halfColour) {
        return pixels * 2 * static_cast<std::uint64_t>(bitsAllocated / 8);
    }
    return pixels * static_cast<std::uint64_t>(samples) * static_cast<std::uint64_t>(bitsAllocated / 8);
}

base::Expected<PixelFormat> pixelFormatOf(const Instance& instance) {
    PixelFormat out;
    const auto number = [&](Tag tag, std::int32_t fallback, std::int32_t& to) {
        to = static_cast<std::int32_t>(
            std::clamp<std::int64_t>(instance.number(tag).value_or(fallback), 0, 65'535));
    };
    number(tags::Rows, 0, out.rows);
    number(tags::Columns, 0, out.columns);
    number(tags::SamplesPerPixel, 1, out.samples);
    const bool doubles = instance.pixels() && instance.pixels()->tag == tags::DoublePixelData;
    const bool floats = instance.pixels() && instance.pixels()->tag == tags::FloatPixelData;
    out.isFloat = doubles || floats;
    number(tags::BitsAllocated, doubles ? 64 : floats ? 32 : 8, out.bitsAllocated);
    if (out.isFloat) { // what else is stated cannot be (PS3.3 C.7.6.24)
        out.bitsAllocated = doubles ? 64 : 32;
    }
    number(tags::BitsStored, out.bitsAllocated, out.bitsStored);
    number(tags::HighBit, out.bitsStored - 1, out.highBit);
    if (out.isFloat) {
        out.bitsStored = out.bitsAllocated;
        out.highBit = out.bitsStored - 1;
    }
    out.isSigned = instance.number(tags::PixelRepresentation).value_or(0) == 1;
    out.planar = out.samples > 1 && instance.number(tags::PlanarConfiguration).value_or(0) == 1;
    out.photometric = std::string(instance.text(tags::Photometric));
    if (out.photometric.empty()) {
        out.photometric = out.samples == 3 ? "RGB" : "MONOCHROME2";
    }
    if (instance.pixels() && !instance.pixels()->encapsulated && out.samples == 3 &&
        (out.photometric == "YBR_FULL_422" || out.photometric == "YBR_PARTIAL_422")) {
        // Some writers state the half form and store the full one: the length tells.
        const std::uint64_t frames = static_cast<std::uint64_t>(
            std::max<std::int64_t>(1, instance.number(tags::NumberOfFrames).value_or(1)));
        out.halfColour = instance.pixels()->length / frames < out.frameBytes();
    }
    const auto refuse = [](Tag tag) { return base::fail(ErrorCode::Malformed, kPlace, {tagText(tag)}); };
    if (out.rows == 0) {
        return refuse(tags::Rows);
    }
    if (out.columns == 0) {
        return refuse(tags::Columns);
    }
    if (out.samples < 1 || out.samples > 4) {
        return refuse(tags::SamplesPerPixel);
    }
    constexpr std::array kWidths{1, 8, 16, 32, 64};
    if (std::ranges::find(kWidths, out.bitsAllocated) == kWidths.end()) {
        return refuse(tags::BitsAllocated);
    }
    if (out.bitsStored < 1 || out.bitsStored > out.bitsAllocated) {
        return refuse(tags::BitsStored);
    }
    if (out.highBit >= out.bitsAllocated || out.highBit + 1 < out.bitsStored) {
        return refuse(tags::HighBit);
    }
    const std::uint64_t pixels =
        static_cast<std::uint64_t>(out.rows) * static_cast<std::uint64_t>(out.columns);
    if (std::max(out.frameBytes(), pixels) > kLargestFrame) {
        return base::fail(ErrorCode::TooLarge, kPlace, {tagText(tags::Rows)});
    }
    return out;
}

base::Expected<FrameDecoder> FrameDecoder::make(const Instance& instance) {
    if (!instance.pixels()) {
        return base::fail(ErrorCode::NotPossible, kPlace);
    }
    const std::string& syntax = instance.transferSyntax();
    if (instance.pixels()->encapsulated && !isCodecKnown(syntax)) {
        return base::fail(ErrorCode::UnsupportedTransferSyntax, kPlace, {syntax});
    }
    auto format = pixelFormatOf(instance);
    if (!format) {
        return tl::unexpected(format.error());
    }
    FrameDecoder out;
    out.m_instance = &instance;
    out.m_format = std::move(*format);
    if (auto mapped = out.mapFrames(); !mapped) {
        return tl::unexpected(mapped.error());
    }
    return out;
}

base::Expected<void> FrameDecoder::mapFrames() {
    const PixelLocation& pixels = *m_instance->pixels();
    const std::int64_t stated =
        std::max<std::int64_t>(1, m_instance->number(tags::NumberOfFrames).value_or(1));
    constexpr std::int64_t kMost = std::numeric_limits<std::int32_t>::max();
    if (!pixels.encapsulated) {
        const std::uint64_t bits =
            m_format.bitsAllocated == 1
                ? static_cast<std::uint64_t>(m_format.rows) * static_cast<std::uint64_t>(m_format.columns)
                : m_format.frameBytes() * 8;
        m_frames = static_cast<std::int32_t>(
            std::min({stated, static_cast<std::int64_t>(pixels.length * 8 / bits), kMost}));
        return {};
    }
    auto parts = dicom::mapFrames(*m_instance, stated);
    if (!parts) {
        return tl::unexpected(parts.error());
    }
    m_parts = std::move(*parts);
    m_frames =
        static_cast<std::int32_t>(std::min<std::int64_t>(static_cast<std::int64_t>(m_parts.size()), kMost));
    return {};
}

base::Expected<std::vector<std::byte>> FrameDecoder::stream(std::int32_t frame) const {
    if (frame < 0 || frame >= m_frames || m_parts.empty()) {
        return base::fail(ErrorCode::NotPossible, kPlace);
    }
    const FrameParts& parts = m_parts[static_cast<std::size_t>(frame)];
    const auto& fragments = m_instance->fragments();
    std::vector<std::byte> out;
    for (std::size_t i = parts.first; i < parts.first + parts.count; ++i) {
        const std::size_t had = out.size();
        if (had + fragments[i].length > kLargestFrame) {
            return base::fail(ErrorCode::TooLarge, kPlace);
        }
        out.resize(had + static_cast<std::size_t>(fragments[i].length));
        if (auto got = m_instance->read(fragments[i].offset, std::span(out).subspan(had)); !got) {
            return tl::unexpected(got.error());
        }
    }
    return out;
}

/// Bytes of native pixel data from `at` on, little endian; `at` need not begin a word.
base::Expected<void> FrameDecoder::readNative(std::uint64_t at, std::span<std::byte> out) const {
    const PixelLocation& pixels = *m_instance->pixels();
    const std::size_t unit = swapUnit(pixels, m_format.bitsAllocated);
    if (!m_instance->syntax().bigEndian || unit == 1) {
        return m_instance->read(pixels.offset + at, out);
    }
    const std::uint64_t begin = at / unit * unit;
    const std::uint64_t end = std::min((at + out.size() + unit - 1) / unit * unit, pixels.length);
    if (end < at + out.size()) {
        return base::fail(ErrorCode::Truncated, kPlace, {tagText(pixels.tag)});
    }
    std::vector<std::byte> words(static_cast<std::size_t>(end - begin));
    if (auto got = m_instance->read(pixels.offset + begin, words); !got) {
        return got;
    }
    for (std::size_t i = 0; i + unit <= words.size(); i += unit) {
        std::reverse(words.begin() + static_cast<std::ptrdiff_t>(i),
                     words.begin() + static_cast<std::ptrdiff_t>(i + unit));
    }
    std::copy_n(words.begin() + static_cast<std::ptrdiff_t>(at - begin), out.size(), out.begin());
    return {};
}

base::Expected<DecodedFrame> FrameDecoder::decodeNative(std::int32_t frame) const {
    DecodedFrame out{m_format, {}};
    if (m_format.bitsAllocated == 1) {
        // One bit a pixel, the first pixel in the lowest bit (PS3.5 8.1.1): spread to one byte each.
        const std::uint64_t count =
            static_cast<std::uint64_t>(m_format.rows) * static_cast<std::uint64_t>(m_format.columns);
        const std::uint64_t first = count * static_cast<std::uint64_t>(frame);
        std::vector<std::byte> packed(static_cast<std::size_t>((first + count + 7) / 8 - first / 8));
        if (auto got = readNative(first / 8, packed); !got) {
            return tl::unexpected(got.error());
        }
        out.samples = spreadBits(packed, first % 8, static_cast<std::size_t>(count));
        out.format.bitsAllocated = 8;
        out.format.highBit = 0;
        return out;
    }
    out.samples.resize(static_cast<std::size_t>(m_format.frameBytes()));
    if (auto got = readNative(m_format.frameBytes() * static_cast<std::uint64_t>(frame), out.samples); !got) {
        return tl::unexpected(got.error());
    }
    return out;
}

base::Expected<DecodedFrame> FrameDecoder::decode(std::int32_t frame) const {
    if (frame < 0 || frame >= m_frames) {
        return base::fail(ErrorCode::NotPossible, kPlace);
    }
    if (!m_instance->pixels()->encapsulated) {
        return decodeNative(frame);
    }
    const auto bytes = stream(frame);
    if (!bytes) {
        return tl::unexpected(bytes.error());
    }
    auto out = decodeFrame(*bytes, m_format, m_instance->transferSyntax());
    if (!out && out.error().code != ErrorCode::UnsupportedTransferSyntax) {
        out.error().args = {tagText(m_instance->pixels()->tag)}; // which element is not sound
    }
    return out;
}

base::Expected<DecodedFrame> decodeFrame(std::span<const std::byte> stream, const PixelFormat& format,
                                         std::string_view transferSyntax) {
    if (transferSyntax == kRle) {
        auto samples = decodeRle(stream, format);
        if (!samples) {
            return tl::unexpected(samples.error());
        }
        DecodedFrame out{format, std::move(*samples)};
        out.format.planar = false;
        if (format.bitsAllocated == 1) {
            out.format.bitsAllocated = 8;
            out.format.highBit = 0;
        }
        return out;
    }
    if (isJpeg2000(transferSyntax) || isHtj2k(transferSyntax)) {
        return decodeJpeg2000(stream, format);
    }
    if (isJpegLs(transferSyntax)) {
        return decodeJpegLs(stream, format);
    }
    return isJpegXl(transferSyntax) ? decodeJpegXl(stream, format)
                                    : decodeJpegFamily(stream, format, transferSyntax);
}

base::Expected<std::vector<std::byte>>
encodeFrame(std::span<const std::byte> samples, const PixelFormat& format, std::string_view transferSyntax) {
    if (transferSyntax == kRle) {
        return encodeRle(samples, format);
    }
    if (isJpeg2000(transferSyntax)) {
        return encodeJpeg2000(samples, format);
    }
    if (isHtj2k(transferSyntax)) {
        return encodeHtj2k(samples, format, transferSyntax);
    }
    if (isJpegLs(transferSyntax)) {
        return encodeJpegLs(samples, format);
    }
    return isJpegXl(transferSyntax) ? encodeJpegXl(samples, format)
                                    : encodeJpegFamily(samples, format, transferSyntax);
}

} // namespace kamei::intake::dicom
