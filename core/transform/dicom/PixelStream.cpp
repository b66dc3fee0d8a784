#include "core/transform/dicom/PixelStream.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "core/intake/dicom/Jpeg2000.h"
#include "core/intake/dicom/JpegFamily.h"
#include "core/transform/dicom/Encoder.h"

namespace kamei::transform::dicom {
namespace {

namespace dcm = intake::dicom;
namespace vr = intake::dicom::vr;
namespace tags = intake::dicom::tags;
using base::ErrorCode;

constexpr std::string_view kPlace = "transform.dicom.pixels";
constexpr std::string_view kExplicitLittle = "1.2.840.10008.1.2.1";
constexpr std::string_view kImplicitLittle = "1.2.840.10008.1.2";
constexpr std::string_view kDeflated = "1.2.840.10008.1.2.1.99";
constexpr std::string_view kBigEndian = "1.2.840.10008.1.2.2";
constexpr std::string_view kRle = "1.2.840.10008.1.2.5";
constexpr std::array<std::string_view, 4> kLosslessJpeg{"1.2.840.10008.1.2.4.57", "1.2.840.10008.1.2.4.70",
                                                        "1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.4.81"};
constexpr std::array<std::string_view, 2> kJpeg2000{"1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.4.91"};
constexpr std::size_t kChunk =
    128 * 1024; // stays in the second-level cache between reading, hashing, writing

template <std::size_t N> bool oneOf(const std::array<std::string_view, N>& uids, std::string_view uid) {
    return std::ranges::find(uids, uid) != uids.end();
}

base::Expected<void> writeText(ByteSink& out, std::string_view text) {
    return out.write(std::as_bytes(std::span(text.data(), text.size())));
}

void reverseUnits(std::span<std::byte> bytes, std::size_t unit) {
    for (std::size_t at = 0; at + unit <= bytes.size(); at += unit) {
        std::reverse(bytes.begin() + static_cast<std::ptrdiff_t>(at),
                     bytes.begin() + static_cast<std::ptrdiff_t>(at + unit));
    }
}

/// One buffer a thread, for copying.
std::span<std::byte> chunkBuffer() {
    thread_local std::vector<std::byte> buffer(kChunk);
    return buffer;
}

} // namespace

base::Expected<PixelStream> PixelStream::plan(const dcm::Instance& instance, const PixelMask* mask) {
    PixelStream out;
    out.m_instance = &instance;
    out.m_mask = mask;
    const bool encapsulated = instance.pixels() && instance.pixels()->encapsulated;
    out.m_transferSyntax = instance.transferSyntax();
    out.m_swap = instance.syntax().bigEndian;
    out.m_explicitVr = instance.syntax().explicitVr;
    const bool plain = out.m_transferSyntax.empty() || out.m_transferSyntax == kDeflated ||
                       out.m_transferSyntax == kBigEndian || out.m_transferSyntax == kExplicitLittle ||
                       out.m_transferSyntax == kImplicitLittle || out.m_swap;
    const bool foreign = !out.m_transferSyntax.empty() && !out.m_transferSyntax.starts_with("1.2.840.10008.");
    if ((plain && encapsulated) || foreign) {
        return base::fail(ErrorCode::UnsupportedTransferSyntax, kPlace, {instance.transferSyntax()});
    }
    if (plain || (!encapsulated && instance.pixels())) {
        // What is stated may be wrong or missing; what is written is what was found.
        out.m_transferSyntax = out.m_explicitVr ? kExplicitLittle : kImplicitLittle;
    } else {
        out.m_explicitVr = true; // every encapsulated syntax is explicit (PS3.5 A.4)
    }
    if (!instance.pixels()) {
        return out;
    }
    out.m_way = encapsulated ? Way::CopyFragments : Way::CopyNative;
    if (mask != nullptr) {
        if (auto planned = out.planMasks(); !planned) {
            return tl::unexpected(planned.error());
        }
    }
    return out;
}

base::Expected<void> PixelStream::planMasks() {
    auto decoder = dcm::FrameDecoder::make(*m_instance);
    if (!decoder) {
        return tl::unexpected(decoder.error());
    }
    m_decoder = std::move(*decoder);
    const dcm::PixelLocation& pixels = *m_instance->pixels();
    const std::int64_t stated =
        std::max<std::int64_t>(1, m_instance->number(tags::NumberOfFrames).value_or(1));
    if (stated != m_decoder->frames()) {
        return base::fail(ErrorCode::Malformed, kPlace, {dcm::tagText(tags::NumberOfFrames)});
    }
    std::int32_t touched = -1;
    for (std::int32_t f = 0; f < m_decoder->frames() && touched < 0; ++f) {
        touched = m_mask->touches(f) ? f : -1;
    }
    if (touched < 0) {
        m_mask = nullptr;
        return {};
    }
    m_changes.masked = true;
    if (!pixels.encapsulated) {
        m_way = Way::MaskNative;
        return {};
    }
    const std::string& syntax = m_transferSyntax;
    m_way = syntax == kRle || oneOf(kLosslessJpeg, syntax) || oneOf(kJpeg2000, syntax) ? Way::MaskFragments
                                                                                       : Way::Decompress;
    if (m_way == Way::MaskFragments) {
        // A try on the first touched frame tells whether this kind of frame can be written back.
        if (maskedStream(touched)) {
            return {};
        }
        m_way = Way::Decompress;
    }
    const auto frame = m_decoder->decode(touched);
    if (!frame) {
        return tl::unexpected(frame.error());
    }
    m_outFormat = frame->format;
    m_transferSyntax = kExplicitLittle;
    m_changes.transcoded = true;
    m_changes.photometric = m_outFormat.photometric;
    const auto number = [&](Tag tag, std::int32_t value) {
        m_changes.numbers[tag] = static_cast<std::uint16_t>(value);
    };
    if (m_outFormat.samples > 1) {
        number(tags::PlanarConfiguration, m_outFormat.planar ? 1 : 0);
    }
    number(tags::BitsAllocated, m_outFormat.bitsAllocated);
    number(tags::BitsStored, m_outFormat.bitsStored);
    number(tags::HighBit, m_outFormat.highBit);
    return {};
}

std::uint64_t PixelStream::nativeLength() const {
    const dcm::PixelLocation& pixels = *m_instance->pixels();
    if (m_way == Way::Decompress) {
        return m_outFormat.frameBytes() * static_cast<std::uint64_t>(m_decoder->frames());
    }
    // Bytes behind the last frame are no pixels, whatever they are: they stay behind.
    const auto format = dcm::pixelFormatOf(*m_instance);
    if (!format) {
        return pixels.length;
    }
    const auto frames = static_cast<std::uint64_t>(
        std::max<std::int64_t>(1, m_instance->number(tags::NumberOfFrames).value_or(1)));
    const std::uint64_t bits = format->bitsAllocated == 1 ? static_cast<std::uint64_t>(format->rows) *
                                                                static_cast<std::uint64_t>(format->columns) *
                                                                static_cast<std::uint64_t>(format->samples)
                                                          : format->frameBytes() * 8;
    std::uint64_t wanted = frames > pixels.length ? pixels.length : (bits * frames + 7) / 8;
    wanted += m_swap ? wanted % 2 : 0; // in swapped words the last byte of an odd number stands first
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
    const std::span<std::byte> buffer = chunkBuffer();
    while (length > 0) {
        const std::span<std::byte> part =
            buffer.first(static_cast<std::size_t>(std::min<std::uint64_t>(length, buffer.size())));
        if (auto got = m_instance->read(offset, part); !got) {
            return got;
        }
        if (swap && unit > 1) {
            reverseUnits(part, unit);
        }
        if (auto wrote = out.write(part); !wrote) {
            return wrote;
        }
        offset += part.size();
        length -= part.size();
    }
    return {};
}

base::Expected<void> PixelStream::writeNative(ByteSink& out) const {
    const dcm::PixelLocation& pixels = *m_instance->pixels();
    const std::uint64_t length = nativeLength();
    if (m_way == Way::CopyNative) {
        return copyRange(out, pixels.offset, length, m_swap);
    }
    const dcm::PixelFormat& format = m_decoder->format();
    if (format.bitsAllocated == 1) {
        return writeBits(out);
    }
    const std::uint64_t size = format.frameBytes();
    const std::uint32_t black = PixelMask::blackOf(*m_instance, format);
    for (std::int32_t f = 0; f < m_decoder->frames(); ++f) {
        if (!m_mask->touches(f)) {
            if (auto copied =
                    copyRange(out, pixels.offset + size * static_cast<std::uint64_t>(f), size, m_swap);
                !copied) {
                return copied;
            }
            continue;
        }
        auto frame = m_decoder->decode(f);
        if (!frame) {
            return tl::unexpected(frame.error());
        }
        m_mask->apply(frame->samples, f, frame->format, black);
        if (auto wrote = out.write(frame->samples); !wrote) {
            return wrote;
        }
    }
    return {};
}

base::Expected<void> PixelStream::writeBits(ByteSink& out) const {
    const dcm::PixelLocation& pixels = *m_instance->pixels();
    const dcm::PixelFormat& format = m_decoder->format();
    std::vector<std::byte> all(static_cast<std::size_t>(nativeLength()));
    if (auto got = m_instance->read(pixels.offset, all); !got) {
        return got;
    }
    if (m_swap && pixels.vr == vr::OW) {
        reverseUnits(all, 2);
    }
    const std::uint64_t count =
        static_cast<std::uint64_t>(format.rows) * static_cast<std::uint64_t>(format.columns);
    for (std::int32_t f = 0; f < m_decoder->frames(); ++f) {
        if (m_mask->touches(f)) {
            const std::uint64_t first = count * static_cast<std::uint64_t>(f);
            m_mask->applyBits(std::span(all).subspan(static_cast<std::size_t>(first / 8)), f, format, first);
        }
    }
    return out.write(all);
}

base::Expected<void> PixelStream::writeDecompressed(ByteSink& out) const {
    const std::uint32_t black = PixelMask::blackOf(*m_instance, m_outFormat);
    for (std::int32_t f = 0; f < m_decoder->frames(); ++f) {
        auto frame = m_decoder->decode(f);
        if (!frame) {
            return tl::unexpected(frame.error());
        }
        if (frame->samples.size() != m_outFormat.frameBytes() ||
            frame->format.photometric != m_outFormat.photometric) {
            return base::fail(ErrorCode::Malformed, kPlace, {dcm::tagText(tags::PixelData)});
        }
        if (m_mask->touches(f)) {
            m_mask->apply(frame->samples, f, frame->format, black);
        }
        if (auto wrote = out.write(frame->samples); !wrote) {
            return wrote;
        }
    }
    return {};
}

base::Expected<std::vector<std::byte>> PixelStream::maskedStream(std::int32_t number) const {
    auto frame = m_decoder->decode(number);
    if (!frame) {
        return tl::unexpected(frame.error());
    }
    const std::string& stated = m_decoder->format().photometric;
    const bool rle = m_transferSyntax == kRle;
    const bool j2k = oneOf(kJpeg2000, m_transferSyntax);
    // Colour must come back as the header says: a frame that decoding has turned into RGB would be shown
    // wrongly.
    const bool colour = frame->format.samples > 1;
    if (colour && frame->format.photometric != stated && !(j2k && stated == "YBR_RCT")) {
        return base::fail(ErrorCode::NotPossible, kPlace);
    }
    if (frame->format.bitsStored != m_decoder->format().bitsStored) {
        return base::fail(ErrorCode::NotPossible, kPlace);
    }
    m_mask->apply(frame->samples, number, frame->format, PixelMask::blackOf(*m_instance, frame->format));
    if (rle) {
        return dcm::encodeRle(frame->samples, frame->format);
    }
    auto stream = j2k ? dcm::encodeJpeg2000(frame->samples, frame->format)
                      : dcm::encodeJpegFamily(frame->samples, frame->format, m_transferSyntax);
    if (!stream) {
        return stream;
    }
    // Written without loss is a claim that is checked: what is decoded again must be what was encoded.
    const auto again = j2k ? dcm::decodeJpeg2000(*stream, m_decoder->format())
                           : dcm::decodeJpegFamily(*stream, m_decoder->format(), m_transferSyntax);
    if (!again || again->samples != frame->samples) {
        return base::fail(ErrorCode::NotPossible, kPlace);
    }
    return stream;
}

base::Expected<void> PixelStream::writeFragments(ByteSink& out) const {
    const auto& fragments = m_instance->fragments();
    std::string head;
    // The offset table may stay empty (PS3.5 A.4); the old one no longer fits.
    Encoder(head, true).head(tags::Item, vr::UN, 0);
    for (std::int32_t f = 0; f < m_decoder->frames(); ++f) {
        if (m_mask->touches(f)) {
            const auto stream = maskedStream(f);
            if (!stream) {
                return tl::unexpected(stream.error());
            }
            const bool odd = stream->size() % 2 != 0;
            Encoder(head, true)
                .head(tags::Item, vr::UN, static_cast<std::uint32_t>(stream->size() + (odd ? 1 : 0)));
            head.append(reinterpret_cast<const char*>(stream->data()), stream->size());
            head.append(odd ? 1 : 0, '\0');
            if (auto wrote = writeText(out, head); !wrote) {
                return wrote;
            }
            head.clear();
            continue;
        }
        const dcm::FrameDecoder::FrameParts& parts = m_decoder->parts()[static_cast<std::size_t>(f)];
        for (std::size_t i = parts.first; i < parts.first + parts.count; ++i) {
            Encoder(head, true).head(tags::Item, vr::UN, static_cast<std::uint32_t>(fragments[i].length));
            if (auto wrote = writeText(out, head); !wrote) {
                return wrote;
            }
            head.clear();
            if (auto copied = copyRange(out, fragments[i].offset, fragments[i].length, false); !copied) {
                return copied;
            }
        }
    }
    return head.empty() ? base::Expected<void>{} : writeText(out, head);
}

base::Expected<void> PixelStream::write(ByteSink& out, std::uint64_t offset, Result& result) const {
    if (m_way == Way::None) {
        return {};
    }
    const dcm::PixelLocation& pixels = *m_instance->pixels();
    if (m_way == Way::CopyFragments || m_way == Way::MaskFragments) {
        std::string head;
        Encoder(head, true).head(pixels.tag, vr::OB, 0xFFFFFFFF);
        if (auto wrote = writeText(out, head); !wrote) {
            return wrote;
        }
        auto body = m_way == Way::CopyFragments ? copyRange(out, pixels.offset, pixels.length, false)
                                                : writeFragments(out);
        if (!body) {
            return body;
        }
        std::string end;
        Encoder(end, true).head(tags::SequenceEnd, vr::UN, 0);
        return writeText(out, end);
    }
    const std::uint64_t length = nativeLength();
    if (length > 0xFFFFFFFE) {
        return base::fail(ErrorCode::TooLarge, kPlace); // native pixel data has a 32-bit length
    }
    const std::string head = nativeHead(length);
    if (auto wrote = writeText(out, head); !wrote) {
        return wrote;
    }
    result.nativePixels.push_back({offset + head.size(), length});
    auto body = m_way == Way::Decompress ? writeDecompressed(out) : writeNative(out);
    if (!body || length % 2 == 0) {
        return body;
    }
    return writeText(out, std::string_view("\0", 1));
}

} // namespace kamei::transform::dicom
