#include "core/intake/dicom/PixelCodec.h"

#include <algorithm>
#include <array>
#include <limits>

#include "core/intake/dicom/Jpeg2000.h"
#include "core/intake/dicom/JpegFamily.h"

namespace kamei::intake::dicom {
namespace {

using base::ErrorCode;
constexpr std::string_view kPlace = "intake.dicom.pixels";
constexpr std::string_view kRle = "1.2.840.10008.1.2.5";
constexpr std::uint64_t kLargestFrame = 2ULL << 30;
constexpr std::array<std::string_view, 5> kJpeg2000{"1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.4.91",
                                                    "1.2.840.10008.1.2.4.201", "1.2.840.10008.1.2.4.202",
                                                    "1.2.840.10008.1.2.4.203"};

bool isJpeg2000(std::string_view uid) {
    return std::ranges::find(kJpeg2000, uid) != kJpeg2000.end();
}

std::uint32_t littleEndian(std::span<const std::byte> bytes, std::size_t at) {
    std::uint32_t out = 0;
    for (std::size_t i = 4; i-- > 0;) {
        out = out << 8 | std::to_integer<std::uint32_t>(bytes[at + i]);
    }
    return out;
}

} // namespace

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
    number(tags::BitsAllocated, doubles ? 64 : floats ? 32 : 8, out.bitsAllocated);
    number(tags::BitsStored, out.bitsAllocated, out.bitsStored);
    number(tags::HighBit, out.bitsStored - 1, out.highBit);
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
    if (out.frameBytes() > kLargestFrame) {
        return base::fail(ErrorCode::TooLarge, kPlace, {tagText(tags::Rows)});
    }
    return out;
}

base::Expected<FrameDecoder> FrameDecoder::make(const Instance& instance) {
    if (!instance.pixels()) {
        return base::fail(ErrorCode::NotPossible, kPlace);
    }
    const std::string& syntax = instance.transferSyntax();
    if (instance.pixels()->encapsulated && syntax != kRle && !isJpegFamily(syntax) && !isJpeg2000(syntax)) {
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
    const auto& fragments = m_instance->fragments();
    if (fragments.size() < 2) {
        return base::fail(ErrorCode::Malformed, kPlace, {tagText(tags::PixelData)});
    }
    const std::size_t count = fragments.size() - 1;
    if (stated == 1) {
        m_parts.push_back({1, count});
    } else if (static_cast<std::size_t>(stated) >= count) {
        for (std::size_t i = 0; i < count; ++i) {
            m_parts.push_back({i + 1, 1});
        }
    } else {
        // More fragments than frames: the offset table says where each begins (PS3.5 A.4); where it is
        // empty or wrong, a frame begins with its codestream's first marker.
        std::vector<std::byte> table(static_cast<std::size_t>(fragments[0].length));
        if (auto got = m_instance->read(fragments[0].offset, table); !got) {
            return got;
        }
        std::vector<std::size_t> begins;
        const std::uint64_t base = fragments[1].offset - 8;
        for (std::size_t f = 0, i = 0; f + 4 <= table.size() && i < count; f += 4) {
            const std::uint64_t at = base + littleEndian(table, f) + 8;
            while (i < count && fragments[i + 1].offset < at) {
                ++i;
            }
            if (i < count && fragments[i + 1].offset == at) {
                begins.push_back(i + 1);
            }
        }
        if (begins.size() != static_cast<std::size_t>(stated)) {
            begins.clear();
            for (std::size_t i = 1; i <= count; ++i) {
                std::array<std::byte, 2> head{};
                if (fragments[i].length < 2 || !m_instance->read(fragments[i].offset, head)) {
                    continue;
                }
                const bool jpeg =
                    head[0] == std::byte{0xFF} && (head[1] == std::byte{0xD8} || head[1] == std::byte{0x4F});
                if (jpeg) {
                    begins.push_back(i);
                }
            }
        }
        for (std::size_t b = 0; b < begins.size(); ++b) {
            const std::size_t end = b + 1 < begins.size() ? begins[b + 1] : fragments.size();
            m_parts.push_back({begins[b], end - begins[b]});
        }
    }
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

base::Expected<DecodedFrame> FrameDecoder::decodeNative(std::int32_t frame) const {
    const PixelLocation& pixels = *m_instance->pixels();
    DecodedFrame out{m_format, {}};
    if (m_format.bitsAllocated == 1) {
        // One bit a pixel, the first pixel in the lowest bit (PS3.5 8.1.1): spread to one byte each.
        const std::uint64_t count =
            static_cast<std::uint64_t>(m_format.rows) * static_cast<std::uint64_t>(m_format.columns);
        const std::uint64_t first = count * static_cast<std::uint64_t>(frame);
        std::vector<std::byte> packed(static_cast<std::size_t>((first + count + 7) / 8 - first / 8));
        if (auto got = m_instance->read(pixels.offset + first / 8, packed); !got) {
            return tl::unexpected(got.error());
        }
        out.samples.resize(static_cast<std::size_t>(count));
        for (std::uint64_t i = 0; i < count; ++i) {
            const std::uint64_t bit = first % 8 + i;
            out.samples[static_cast<std::size_t>(i)] =
                (packed[static_cast<std::size_t>(bit / 8)] >> (bit % 8)) & std::byte{1};
        }
        out.format.bitsAllocated = 8;
        out.format.highBit = 0;
        return out;
    }
    out.samples.resize(static_cast<std::size_t>(m_format.frameBytes()));
    if (auto got = m_instance->read(pixels.offset + m_format.frameBytes() * static_cast<std::uint64_t>(frame),
                                    out.samples);
        !got) {
        return tl::unexpected(got.error());
    }
    const auto unit = static_cast<std::size_t>(m_format.bitsAllocated / 8);
    const bool swapped = m_instance->syntax().bigEndian && (unit > 2 || pixels.vr != vr::OB);
    for (std::size_t at = 0; swapped && unit > 1 && at + unit <= out.samples.size(); at += unit) {
        std::reverse(out.samples.begin() + static_cast<std::ptrdiff_t>(at),
                     out.samples.begin() + static_cast<std::ptrdiff_t>(at + unit));
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
    const std::string& syntax = m_instance->transferSyntax();
    if (syntax == kRle) {
        auto samples = decodeRle(*bytes, m_format);
        if (!samples) {
            return tl::unexpected(samples.error());
        }
        DecodedFrame out{m_format, std::move(*samples)};
        out.format.planar = false;
        return out;
    }
    return isJpeg2000(syntax) ? decodeJpeg2000(*bytes, m_format) : decodeJpegFamily(*bytes, m_format, syntax);
}

} // namespace kamei::intake::dicom
