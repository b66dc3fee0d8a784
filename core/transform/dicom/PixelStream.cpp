#include "core/transform/dicom/PixelStream.h"

#include <algorithm>
#include <array>

#include "core/intake/dicom/Codestream.h"
#include "core/intake/dicom/VideoStream.h"
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
constexpr std::string_view kJpegLsLossless = "1.2.840.10008.1.2.4.80";
constexpr std::array<std::string_view, 2> kLossyJpeg{"1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.51"};
constexpr Tag kPixelPadding = 0x00280120;
constexpr std::array<std::size_t, 3> kHeads{4 * 1024, 64 * 1024, std::size_t{64} << 20};

base::Expected<void> writeText(ByteSink& out, std::string_view text) {
    return out.write(std::as_bytes(std::span(text.data(), text.size())));
}

base::Expected<void> writeItem(ByteSink& out, std::uint64_t length) {
    std::string head;
    Encoder(head, true).head(tags::Item, vr::UN, static_cast<std::uint32_t>(length));
    return writeText(out, head);
}

/// The first bytes of one fragment.
base::Expected<std::vector<std::byte>> partOf(const dcm::Instance& instance, const dcm::Fragment& fragment,
                                              std::size_t most) {
    std::vector<std::byte> out(static_cast<std::size_t>(std::min<std::uint64_t>(fragment.length, most)));
    if (auto got = instance.read(fragment.offset, out); !got) {
        return tl::unexpected(got.error());
    }
    return out;
}

/// The header of a frame's codestream. It may go on in the next fragment: then the whole frame is read.
base::Expected<dcm::Codestream> headOf(const dcm::Instance& instance, const dcm::FrameDecoder& decoder,
                                       std::int32_t frame) {
    const dcm::Fragment& first = instance.fragments()[decoder.parts()[static_cast<std::size_t>(frame)].first];
    for (const std::size_t most : kHeads) {
        const auto bytes = partOf(instance, first, most);
        if (!bytes) {
            return tl::unexpected(bytes.error());
        }
        dcm::Codestream head = dcm::readCodestream(*bytes);
        if (head.header != 0 || !head.recognised) {
            return head;
        }
        if (bytes->size() == first.length) {
            break;
        }
    }
    const auto whole = decoder.stream(frame);
    return whole ? base::Expected<dcm::Codestream>(dcm::readCodestream(*whole))
                 : tl::unexpected(whole.error());
}

} // namespace

base::Expected<PixelStream> PixelStream::plan(const dcm::Instance& instance, const PixelMask* mask,
                                              const VideoPart* video) {
    PixelStream out;
    out.m_instance = &instance;
    out.m_mask = mask;
    out.m_video = video;
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
    auto planned = encapsulated ? out.planFragments() : out.planNative();
    if (!planned) {
        return tl::unexpected(planned.error());
    }
    return out;
}

bool PixelStream::touches(std::int32_t frame) const {
    return m_mask != nullptr && m_mask->touches(frame);
}

FrameWriter PixelStream::writer() const {
    return {*m_instance, *m_decoder, m_mask};
}

base::Expected<void> PixelStream::planNative() {
    const dcm::PixelLocation& pixels = *m_instance->pixels();
    const bool noImage = m_instance->find(tags::Rows) == nullptr &&
                         m_instance->find(tags::Columns) == nullptr &&
                         m_instance->find(tags::BitsAllocated) == nullptr;
    if (noImage) {
        return {}; // bytes that nothing describes are left out, as an unknown attribute is
    }
    m_way = Way::CopyNative;
    auto decoder = dcm::FrameDecoder::make(*m_instance);
    if (!decoder) {
        return tl::unexpected(decoder.error());
    }
    m_decoder = std::move(*decoder);
    m_format = m_decoder->format();
    if (m_decoder->frames() == 0 && pixels.length > 0) {
        // Less than one frame is nothing that anybody could have looked at.
        return base::fail(ErrorCode::Truncated, kPlace, {dcm::tagText(pixels.tag)});
    }
    m_spare = SpareBits::of(m_format);
    const auto padding = m_instance->number(kPixelPadding);
    if (m_spare && padding) {
        // Where samples lose bits beside the stored ones, the padding value among them loses them too.
        const auto raw = static_cast<std::uint16_t>(*padding);
        const std::uint64_t cleared = m_spare->cleared(raw);
        if (cleared != raw && cleared < 0x8000) {
            m_changes.numbers[kPixelPadding] = static_cast<std::uint16_t>(cleared);
        }
    }
    if (m_mask == nullptr) {
        return {};
    }
    const std::int64_t stated =
        std::max<std::int64_t>(1, m_instance->number(tags::NumberOfFrames).value_or(1));
    if (stated != m_decoder->frames()) {
        return base::fail(ErrorCode::Malformed, kPlace, {dcm::tagText(tags::NumberOfFrames)});
    }
    for (std::int32_t f = 0; f < m_decoder->frames() && m_way == Way::CopyNative; ++f) {
        m_way = touches(f) ? Way::ChangeNative : m_way;
    }
    m_changes.masked = m_way == Way::ChangeNative;
    return {};
}

base::Expected<void> PixelStream::planFragments() {
    if (dcm::holdsVideo(*m_instance)) {
        m_way = Way::Video;
        m_changes.masked = m_video != nullptr && m_video->masked;
        m_changes.reframed = true;
        return {};
    }
    if (dcm::isVideoSyntax(m_transferSyntax) && !m_instance->fragments().empty()) {
        return base::fail(ErrorCode::UnsupportedTransferSyntax, kPlace,
                          {m_transferSyntax}); // nobody can look at it
    }
    m_way = Way::CopyFragments;
    if (m_mask == nullptr && m_instance->fragments().empty()) {
        return {}; // the header alone, for a preview
    }
    auto decoder = dcm::FrameDecoder::make(*m_instance);
    if (!decoder) {
        // Frames that nobody here can decode, nobody has looked at, nor searched for remarks: they stay
        // behind, masked or not.
        return tl::unexpected(decoder.error());
    }
    m_decoder = std::move(*decoder);
    m_format = m_decoder->format();
    const std::int64_t stated =
        std::max<std::int64_t>(1, m_instance->number(tags::NumberOfFrames).value_or(1));
    if (m_mask != nullptr && stated != m_decoder->frames()) {
        return base::fail(ErrorCode::Malformed, kPlace, {dcm::tagText(tags::NumberOfFrames)});
    }
    std::size_t used = 0;
    std::int32_t changed = -1;
    bool all = true;
    m_spareFrames.resize(static_cast<std::size_t>(m_decoder->frames()));
    for (std::int32_t f = 0; f < m_decoder->frames(); ++f) {
        used += m_decoder->parts()[static_cast<std::size_t>(f)].count;
        const bool masked = touches(f);
        m_changes.masked = m_changes.masked || masked;
        bool spare = false;
        if (!masked) { // what is written anew needs no look at what it said
            if (auto planned = planFrame(f, spare); !planned) {
                return planned;
            }
        }
        m_spareFrames[static_cast<std::size_t>(f)] = spare ? 1 : 0;
        changed = changed < 0 && (masked || spare) ? f : changed;
        all = all && (masked || spare);
    }
    const auto sound = dcm::isOffsetTableSound(*m_instance, m_decoder->parts());
    if (!sound) {
        return tl::unexpected(sound.error());
    }
    m_framesOnly = !*sound || used + 1 != m_instance->fragments().size();
    m_changes.reframed = m_framesOnly || changed >= 0;
    return changed < 0 ? base::Expected<void>{} : chooseWay(changed, all);
}

base::Expected<void> PixelStream::planFrame(std::int32_t frame, bool& spare) {
    if (!SpareBits::of(m_format)) {
        return {};
    }
    const bool rle = m_transferSyntax == kRle;
    const auto head = rle ? base::Expected<dcm::Codestream>{} : headOf(*m_instance, *m_decoder, frame);
    if (!head) {
        return tl::unexpected(head.error());
    }
    if (head->precision == 0 || head->precision > m_format.bitsStored) {
        const auto holds = writer().holdsSpareBits(frame);
        if (!holds) {
            return tl::unexpected(holds.error());
        }
        spare = *holds;
    }
    return {};
}

base::Expected<void> PixelStream::chooseWay(std::int32_t changed, bool all) {
    // A try on the first of them tells whether this kind of frame can be written back.
    const auto tried = writer().rewritten(changed);
    if (!tried) {
        return tried.error().code == ErrorCode::NotPossible ? planTranscoding(changed)
                                                            : tl::unexpected(tried.error());
    }
    m_way = Way::ChangeFragments;
    if (all && m_format.photometric == "YBR_ICT") {
        m_changes.photometric = "YBR_RCT"; // the reversible transform (PS3.3 C.7.6.3.1.2)
    }
    return {};
}

base::Expected<void> PixelStream::planTranscoding(std::int32_t changed) {
    const auto frame = m_decoder->decode(changed);
    if (!frame) {
        return tl::unexpected(frame.error());
    }
    m_outFormat = frame->format;
    m_way = writer().transcoded(changed, kJpegLsLossless) ? Way::Transcode : Way::Decompress;
    m_changes.transcoded = true;
    m_changes.photometric = m_outFormat.photometric;
    m_changes.lossy = std::ranges::find(kLossyJpeg, m_transferSyntax) != kLossyJpeg.end();
    m_transferSyntax = m_way == Way::Transcode ? kJpegLsLossless : kExplicitLittle;
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

base::Expected<void> PixelStream::writeFrame(ByteSink& out, std::int32_t frame) const {
    const bool changes = touches(frame) || m_spareFrames[static_cast<std::size_t>(frame)] != 0;
    if (m_way == Way::Transcode || changes) {
        const auto stream = m_way == Way::Transcode ? writer().transcoded(frame, m_transferSyntax)
                                                    : writer().rewritten(frame);
        if (!stream) {
            return tl::unexpected(stream.error());
        }
        const std::size_t odd = stream->size() % 2;
        if (auto wrote = writeItem(out, stream->size() + odd); !wrote) {
            return wrote;
        }
        if (auto wrote = out.write(*stream); !wrote || odd == 0) {
            return wrote;
        }
        return writeText(out, std::string_view("\0", 1));
    }
    auto stream = m_decoder->stream(frame);
    if (!stream) {
        return tl::unexpected(stream.error());
    }
    const auto remarks = m_transferSyntax == kRle ? base::Expected<std::vector<dcm::Codestream::Range>>{}
                                                  : dcm::remarksOf(*stream);
    if (!remarks) {
        return base::fail(remarks.error().code, kPlace, {dcm::tagText(tags::PixelData)});
    }
    for (const dcm::Codestream::Range& remark : *remarks) {
        std::ranges::fill(std::span(*stream).subspan(remark.offset, remark.length), std::byte{0});
    }
    std::span<const std::byte> left(*stream);
    const dcm::FrameParts& parts = m_decoder->parts()[static_cast<std::size_t>(frame)];
    for (const dcm::Fragment& fragment :
         std::span(m_instance->fragments()).subspan(parts.first, parts.count)) {
        if (auto wrote = writeItem(out, fragment.length); !wrote) {
            return wrote;
        }
        const auto length = static_cast<std::size_t>(fragment.length);
        if (auto wrote = out.write(left.first(length)); !wrote) {
            return wrote;
        }
        left = left.subspan(length);
    }
    return {};
}

base::Expected<void> PixelStream::writeFragments(ByteSink& out) const {
    const dcm::PixelLocation& pixels = *m_instance->pixels();
    if (!m_decoder) { // of no known syntax, and nothing is masked
        return copyRange(out, pixels.offset, pixels.length, false);
    }
    if (m_way == Way::CopyFragments && !m_framesOnly) {
        const dcm::Fragment& table = m_instance->fragments().front();
        if (auto wrote = writeItem(out, table.length); !wrote) {
            return wrote;
        }
        if (auto copied = copyRange(out, table.offset, table.length, false); !copied) {
            return copied;
        }
    } else if (auto wrote = writeItem(out, 0); !wrote) {
        // The offset table may stay empty (PS3.5 A.4); the old one no longer fits.
        return wrote;
    }
    for (std::int32_t f = 0; f < m_decoder->frames(); ++f) {
        if (auto wrote = writeFrame(out, f); !wrote) {
            return wrote;
        }
    }
    return {};
}

base::Expected<void> PixelStream::writeVideo(ByteSink& out) const {
    if (m_video == nullptr) {
        return base::fail(ErrorCode::Internal, kPlace);
    }
    const intake::video::Bytes& bytes = m_video->bytes;
    // One fragment holds the stream, several where the syntax allows them (PS3.5 2024b 8.2.5, A.4.5).
    constexpr std::uint64_t kLongest = 0xFFFFFFFE;
    if (bytes.size() > kLongest && !m_transferSyntax.ends_with(".1")) {
        return base::fail(ErrorCode::TooLarge, kPlace);
    }
    if (auto table = writeItem(out, 0); !table) {
        return table;
    }
    for (std::uint64_t begin = 0; begin < bytes.size(); begin += kLongest) {
        const std::uint64_t length = std::min(kLongest, bytes.size() - begin);
        if (auto wrote = writeItem(out, length + length % 2); !wrote) {
            return wrote;
        }
        std::uint64_t at = begin;
        auto body = out.writeFilled(length, [&](std::span<std::byte> part) -> base::Expected<void> {
            const auto got = bytes.read(at, part);
            at += part.size();
            return !got                 ? tl::unexpected(got.error())
                   : *got < part.size() ? base::fail(ErrorCode::Truncated, kPlace)
                                        : base::Expected<void>{};
        });
        if (!body) {
            return body;
        }
        if (length % 2 != 0) {
            if (auto pad = writeText(out, std::string_view("\0", 1)); !pad) {
                return pad;
            }
        }
    }
    return {};
}

base::Expected<void> PixelStream::write(ByteSink& out, std::uint64_t offset, Result& result) const {
    if (m_way == Way::None) {
        return {};
    }
    const dcm::PixelLocation& pixels = *m_instance->pixels();
    if (m_way == Way::CopyFragments || m_way == Way::ChangeFragments || m_way == Way::Transcode ||
        m_way == Way::Video) {
        std::string head;
        Encoder(head, true).head(pixels.tag, vr::OB, 0xFFFFFFFF);
        if (auto wrote = writeText(out, head); !wrote) {
            return wrote;
        }
        if (auto body = m_way == Way::Video ? writeVideo(out) : writeFragments(out); !body) {
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
