#include <algorithm>

#include "core/transform/dicom/Encoder.h"
#include "core/transform/dicom/PixelStream.h"

namespace kamei::transform::dicom {
namespace {

namespace dcm = intake::dicom;
namespace vr = intake::dicom::vr;
namespace tags = intake::dicom::tags;
using base::ErrorCode;

constexpr std::string_view kPlace = "transform.dicom.pixels";

void reverseUnits(std::span<std::byte> bytes, std::size_t unit) {
    for (std::size_t at = 0; at + unit <= bytes.size(); at += unit) {
        std::reverse(bytes.begin() + static_cast<std::ptrdiff_t>(at),
                     bytes.begin() + static_cast<std::ptrdiff_t>(at + unit));
    }
}

std::uint64_t pixelsOf(const dcm::PixelFormat& format) {
    return static_cast<std::uint64_t>(format.rows) * static_cast<std::uint64_t>(format.columns);
}

} // namespace

std::uint64_t PixelStream::nativeLength() const {
    const dcm::PixelLocation& pixels = *m_instance->pixels();
    if (m_way == Way::Decompress) {
        return m_outFormat.frameBytes() * static_cast<std::uint64_t>(m_decoder->frames());
    }
    // Bytes behind the last whole frame are no pixels that anybody saw, however many frames are stated: they
    // stay behind.
    const auto frames = static_cast<std::uint64_t>(m_decoder->frames());
    const std::uint64_t bits = m_format.bitsAllocated == 1
                                   ? pixelsOf(m_format) * static_cast<std::uint64_t>(m_format.samples)
                                   : m_format.frameBytes() * 8;
    std::uint64_t wanted = (bits * frames + 7) / 8;
    // In swapped words the last byte of an odd number stands first. Decoded frames have been turned round.
    const bool words = m_swap && (m_way == Way::CopyNative || m_format.bitsAllocated == 1);
    wanted += words ? wanted % 2 : 0;
    return std::min(pixels.length, wanted);
}

std::string PixelStream::nativeHead(std::uint64_t length) const {
    const dcm::PixelLocation& pixels = *m_instance->pixels();
    Vr written = pixels.vr;
    if (m_way == Way::Decompress) {
        written = m_outFormat.bitsAllocated > 8 ? vr::OW : vr::OB;
    } else if (pixels.tag == tags::PixelData && written != vr::OB && written != vr::OW) {
        written = vr::OW; // UN and the like
    }
    std::string out;
    Encoder(out, m_explicitVr).head(pixels.tag, written, static_cast<std::uint32_t>(length + length % 2));
    return out;
}

base::Expected<void> PixelStream::copyRange(ByteSink& out, std::uint64_t offset, std::uint64_t length,
                                            bool swap) const {
    const auto number = m_instance->number(tags::BitsAllocated).value_or(16);
    const dcm::PixelLocation& pixels = *m_instance->pixels();
    const std::size_t unit = pixels.tag == tags::DoublePixelData                  ? 8
                             : pixels.tag == tags::FloatPixelData || number == 32 ? 4
                             : number == 64                                       ? 8
                             : pixels.vr == vr::OB && number <= 8                 ? 1
                                                                                  : 2;
    return out.writeFilled(length, [&](std::span<std::byte> part) -> base::Expected<void> {
        if (auto got = m_instance->read(offset, part); !got) {
            return got;
        }
        if (swap && unit > 1) {
            reverseUnits(part, unit);
        }
        offset += part.size();
        return {};
    });
}

/// copyRange of little endian samples without the bits beside the stored ones.
base::Expected<void> PixelStream::cleanRange(ByteSink& out, std::uint64_t offset,
                                             std::uint64_t length) const {
    if (!m_spare) {
        return copyRange(out, offset, length, m_swap);
    }
    return out.writeFilled(length, [&](std::span<std::byte> part) -> base::Expected<void> {
        if (auto got = m_instance->read(offset, part); !got) {
            return got;
        }
        if (m_swap) {
            reverseUnits(part, dcm::swapUnit(*m_instance->pixels(), m_format.bitsAllocated));
        }
        m_spare->clear(part);
        offset += part.size();
        return {};
    });
}

base::Expected<void> PixelStream::writeNative(ByteSink& out) const {
    const dcm::PixelLocation& pixels = *m_instance->pixels();
    const std::uint64_t length = nativeLength();
    if (m_way == Way::CopyNative) {
        return cleanRange(out, pixels.offset, length);
    }
    if (m_format.bitsAllocated == 1) {
        return writeBits(out);
    }
    const std::uint64_t size = m_format.frameBytes();
    for (std::int32_t f = 0; f < m_decoder->frames(); ++f) {
        // Frames of swapped words need not begin with a word: those are decoded.
        if (!touches(f) && !m_swap) {
            if (auto copied = cleanRange(out, pixels.offset + size * static_cast<std::uint64_t>(f), size);
                !copied) {
                return copied;
            }
            continue;
        }
        const auto frame = writer().masked(f);
        if (!frame) {
            return tl::unexpected(frame.error());
        }
        if (auto wrote = out.write(frame->samples); !wrote) {
            return wrote;
        }
    }
    return {};
}

/// Pixels of one bit: sixteen frames begin and end with a word, whatever their size.
base::Expected<void> PixelStream::writeBits(ByteSink& out) const {
    constexpr std::int32_t kFrames = 16;
    const dcm::PixelLocation& pixels = *m_instance->pixels();
    const std::uint64_t count = pixelsOf(m_format);
    const std::uint64_t length = nativeLength();
    std::vector<std::byte> part;
    for (std::int32_t group = 0; group < m_decoder->frames(); group += kFrames) {
        const std::uint64_t begin = count * static_cast<std::uint64_t>(group) / 8;
        part.resize(static_cast<std::size_t>(std::min(count * kFrames / 8, length - begin)));
        if (auto got = m_instance->read(pixels.offset + begin, part); !got) {
            return got;
        }
        if (m_swap && pixels.vr != vr::OB) {
            reverseUnits(part, 2);
        }
        for (std::int32_t f = group; f < std::min(group + kFrames, m_decoder->frames()); ++f) {
            if (touches(f)) {
                const std::uint64_t first = count * static_cast<std::uint64_t>(f - group);
                if (auto done = m_mask->applyBits(
                        std::span(part).subspan(static_cast<std::size_t>(first / 8)), f, m_format, first);
                    !done) {
                    return done;
                }
            }
        }
        if (auto wrote = out.write(part); !wrote) {
            return wrote;
        }
    }
    return {};
}

base::Expected<void> PixelStream::writeDecompressed(ByteSink& out) const {
    for (std::int32_t f = 0; f < m_decoder->frames(); ++f) {
        const auto frame = writer().masked(f);
        if (!frame) {
            return tl::unexpected(frame.error());
        }
        if (frame->samples.size() != m_outFormat.frameBytes() ||
            frame->format.photometric != m_outFormat.photometric) {
            return base::fail(ErrorCode::Malformed, kPlace, {dcm::tagText(tags::PixelData)});
        }
        if (auto wrote = out.write(frame->samples); !wrote) {
            return wrote;
        }
    }
    return {};
}

} // namespace kamei::transform::dicom
