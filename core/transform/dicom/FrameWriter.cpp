#include "core/transform/dicom/FrameWriter.h"

#include <algorithm>
#include <array>

#include "core/intake/dicom/Codestream.h"
#include "core/intake/dicom/JpegXl.h"
#include "core/transform/image/JpegBlocks.h"

namespace kamei::transform::dicom {
namespace {

namespace dcm = intake::dicom;
namespace tags = intake::dicom::tags;
using base::ErrorCode;
using dcm::Codestream;

constexpr std::string_view kPlace = "transform.dicom.frames";
constexpr std::string_view kRle = "1.2.840.10008.1.2.5";
constexpr std::string_view kJpegXlRecompression = "1.2.840.10008.1.2.4.111";
/// JPEG whose frames are lossy whatever is done.
constexpr std::array<std::string_view, 2> kLossyJpeg{"1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.51"};

bool isLossyJpeg(std::string_view syntax) {
    return std::ranges::find(kLossyJpeg, syntax) != kLossyJpeg.end();
}

/// JPEG 2000 and JPEG XL hand colour over as RGB, whatever they made of it inside.
bool undoesColour(std::string_view syntax, std::string_view stated) {
    return dcm::isJpegXl(syntax) || stated == "YBR_RCT" || stated == "YBR_ICT";
}

std::string_view textOf(std::span<const std::byte> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

} // namespace

FrameWriter::FrameWriter(const dcm::Instance& instance, const dcm::FrameDecoder& decoder,
                         const PixelMask* mask)
    : m_instance(&instance), m_decoder(&decoder), m_mask(mask), m_spare(SpareBits::of(decoder.format())) {}

base::Expected<bool> FrameWriter::holdsSpareBits(std::int32_t number) const {
    if (!m_spare) {
        return false;
    }
    const std::string& syntax = m_instance->transferSyntax();
    const auto stream = m_decoder->stream(number);
    if (!stream) {
        return tl::unexpected(stream.error());
    }
    if (syntax != kRle && !dcm::isJpegXl(syntax)) {
        const std::int32_t precision = dcm::readCodestream(*stream).precision;
        if (precision > 0 && precision <= m_decoder->format().bitsStored) {
            return false;
        }
    }
    auto frame = dcm::decodeFrame(*stream, m_decoder->format(), syntax);
    if (!frame) {
        return tl::unexpected(frame.error());
    }
    return m_spare->clear(frame->samples);
}

base::Expected<dcm::DecodedFrame> FrameWriter::masked(std::int32_t number) const {
    auto frame = m_decoder->decode(number);
    if (!frame) {
        return frame;
    }
    const auto clear = [&] {
        if (m_spare) {
            m_spare->clear(frame->samples);
        }
    };
    clear(); // a mean of neighbours must not hold them
    if (m_mask != nullptr && m_mask->touches(number)) {
        const auto black = PixelMask::blackOf(*m_instance, frame->format);
        if (auto done = m_mask->apply(frame->samples, number, frame->format, black); !done) {
            return tl::unexpected(done.error());
        }
        clear();
    }
    return frame;
}

base::Expected<std::vector<std::byte>> FrameWriter::inItsBlocks(std::int32_t number) const {
    auto bytes = m_decoder->stream(number);
    if (!bytes) {
        return bytes;
    }
    const std::string& syntax = m_instance->transferSyntax();
    const dcm::PixelFormat& format = m_decoder->format();
    std::string jpeg(textOf(*bytes));
    if (syntax == kJpegXlRecompression) {
        auto original = dcm::jpegOfJpegXl(*bytes);
        if (!original) {
            return tl::unexpected(original.error());
        }
        jpeg = std::move(*original);
    }
    const Codestream head = dcm::readCodestream(std::as_bytes(std::span(jpeg.data(), jpeg.size())));
    const bool blocks =
        head.process == Codestream::Process::Sequential || head.process == Codestream::Process::Progressive;
    // Twelve bits are beyond the library; a palette has no colour that coarse blocks could be.
    if (!blocks || head.precision != 8 || format.photometric == "PALETTE COLOR") {
        return base::fail(ErrorCode::NotPossible, kPlace, {syntax});
    }
    // Tiles at the edge of a slide are sometimes coded in their own, smaller size.
    const bool fits = head.columns > 0 && head.columns <= format.columns && head.rows > 0 &&
                      head.rows <= format.rows && head.components == format.samples;
    if (!fits) {
        return base::fail(ErrorCode::Malformed, kPlace, {dcm::tagText(tags::PixelData)});
    }
    image::JpegEdit edit;
    edit.inside = [&](std::int32_t width, std::int32_t height) { return m_mask->on(number, width, height); };
    edit.frame = m_mask->numberOf(number);
    edit.blackIsHigh = format.photometric == "MONOCHROME1";
    edit.rgbUnlessMarked = format.photometric == "RGB";
    const auto edited = image::fillBlocks(jpeg, edit);
    if (!edited) {
        return tl::unexpected(edited.error());
    }
    if (syntax == kJpegXlRecompression) {
        return dcm::jpegXlOfJpeg(*edited);
    }
    const auto out = std::as_bytes(std::span(edited->data(), edited->size()));
    return std::vector<std::byte>(out.begin(), out.end());
}

base::Expected<std::vector<std::byte>> FrameWriter::encoded(const dcm::DecodedFrame& frame,
                                                            std::string_view syntax) const {
    auto stream = dcm::encodeFrame(frame.samples, frame.format, syntax);
    if (!stream) {
        return stream;
    }
    // Written without loss is a claim that is checked: what is decoded again must be what was encoded.
    const auto again = dcm::decodeFrame(*stream, frame.format, syntax);
    if (!again || again->samples != frame.samples) {
        return base::fail(ErrorCode::NotPossible, kPlace, {std::string(syntax)});
    }
    return stream;
}

base::Expected<std::vector<std::byte>> FrameWriter::rewritten(std::int32_t number) const {
    const std::string& syntax = m_instance->transferSyntax();
    if (isLossyJpeg(syntax) || syntax == kJpegXlRecompression) {
        // A face goes voxel by voxel; blocks would take its neighbours along.
        if (m_mask != nullptr && m_mask->cuts(number)) {
            return base::fail(ErrorCode::NotPossible, kPlace, {syntax});
        }
        return inItsBlocks(number);
    }
    auto frame = masked(number);
    if (!frame) {
        return tl::unexpected(frame.error());
    }
    // Colour must come back as the header says: a frame that decoding has turned into RGB would be shown
    // wrongly.
    const dcm::PixelFormat& stated = m_decoder->format();
    const bool colour = frame->format.samples > 1;
    if (colour && frame->format.photometric != stated.photometric &&
        !undoesColour(syntax, stated.photometric)) {
        return base::fail(ErrorCode::NotPossible, kPlace, {syntax});
    }
    const bool bits = stated.bitsAllocated == 1 && frame->format.bitsAllocated == 8; // one byte each
    if (frame->format.bitsAllocated != stated.bitsAllocated && !bits) {
        return base::fail(ErrorCode::NotPossible, kPlace, {syntax});
    }
    frame->format.bitsAllocated = stated.bitsAllocated;
    frame->format.bitsStored = stated.bitsStored;
    frame->format.highBit = stated.highBit;
    frame->format.photometric = stated.photometric;
    return encoded(*frame, syntax);
}

base::Expected<std::vector<std::byte>> FrameWriter::transcoded(std::int32_t number,
                                                               std::string_view syntax) const {
    const auto frame = masked(number);
    return frame ? encoded(*frame, syntax) : tl::unexpected(frame.error());
}

} // namespace kamei::transform::dicom
