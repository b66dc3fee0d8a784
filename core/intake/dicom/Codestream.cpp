#include "core/intake/dicom/Codestream.h"

#include <algorithm>

#include "core/intake/dicom/CodestreamReader.h"

namespace kamei::intake::dicom {
namespace {

using namespace codestream;

void readJpegFrame(Codestream& out, const Reader& in, unsigned marker, std::size_t at, std::size_t length) {
    if (length < 6) {
        return;
    }
    const unsigned kind = marker & 0x0F;
    out.process = marker == kJpegLsFrame   ? Codestream::Process::JpegLs
                  : kind == 0 || kind == 1 ? Codestream::Process::Sequential
                  : kind == 2              ? Codestream::Process::Progressive
                  : kind == 3              ? Codestream::Process::Lossless
                                           : Codestream::Process::Unknown;
    out.precision = static_cast<std::int32_t>(in.byte(at));
    out.rows = static_cast<std::int32_t>(in.word(at + 1));
    out.columns = static_cast<std::int32_t>(in.word(at + 3));
    out.components = static_cast<std::int32_t>(in.byte(at + 5));
}

void readJpeg(Codestream& out, const Reader& in) {
    std::size_t at = 2;
    while (in.holds(at, 4)) {
        const unsigned marker = in.word(at);
        if (marker == 0xFFFF) { // fill bytes (10918-1 B.1.1.2)
            ++at;
            continue;
        }
        const std::size_t length = in.word(at + 2);
        if ((marker & 0xFF00) != 0xFF00 || length < 2 || !in.holds(at + 2, length)) {
            return;
        }
        const std::size_t payload = at + 4;
        const std::size_t size = length - 2;
        const bool frame = marker == kJpegLsFrame || ((marker & 0xFFF0) == 0xFFC0 && marker != 0xFFC4 &&
                                                      marker != 0xFFC8 && marker != 0xFFCC);
        if (frame) {
            readJpegFrame(out, in, marker, payload, size);
        } else if (marker == kStartOfScan) {
            out.header = at;
            return;
        }
        at = payload + size;
    }
}

void readJpeg2000(Codestream& out, const Reader& in, std::size_t begin) {
    std::size_t at = begin + 2;
    out.recognised = true;
    out.process = Codestream::Process::Jpeg2000;
    while (in.holds(at, 4)) {
        const unsigned marker = in.word(at);
        if (marker == kStartOfData) { // the first tile-part's own header is read too
            out.header = at;
            return;
        }
        const std::size_t length = in.word(at + 2);
        if ((marker & 0xFF00) != 0xFF00 || length < 2 || !in.holds(at + 2, length)) {
            return;
        }
        const std::size_t payload = at + 4;
        if (marker == kSize && length >= 38) {
            out.columns = static_cast<std::int32_t>(in.longWord(payload + 2) - in.longWord(payload + 10));
            out.rows = static_cast<std::int32_t>(in.longWord(payload + 6) - in.longWord(payload + 14));
            out.components = static_cast<std::int32_t>(in.word(payload + 34));
            for (std::size_t c = payload + 36; c + 3 <= payload + length - 2; c += 3) {
                out.precision = std::max(out.precision, static_cast<std::int32_t>((in.byte(c) & 0x7F) + 1));
            }
        }
        at = payload + length - 2;
    }
}

/// A JP2 file instead of the bare codestream: PS3.5 A.4.4 forbids it, and it is met.
void readBoxes(Codestream& out, const Reader& in) {
    for (std::size_t at = 0; in.holds(at, 10);) {
        const std::uint64_t length = in.longWord(at);
        const std::string_view type = in.text(at + 4, 4);
        if (type == "jp2c") {
            const std::size_t begin = at + (length == 1 ? 16 : 8);
            if (in.holds(begin, 2) && in.word(begin) == kStartOfCodestream) {
                readJpeg2000(out, in, begin);
            }
            return;
        }
        if (length < 8 || !in.holds(at, static_cast<std::size_t>(length))) {
            return;
        }
        at += static_cast<std::size_t>(length);
    }
}

} // namespace

Codestream readCodestream(std::span<const std::byte> head) {
    Codestream out;
    const Reader in(head);
    if (!in.holds(0, 4)) {
        return out;
    }
    if (in.word(0) == kStartOfImage) {
        out.recognised = true;
        readJpeg(out, in);
    } else if (in.word(0) == kStartOfCodestream) {
        readJpeg2000(out, in, 0);
    } else if (in.longWord(0) == 12 && in.text(4, std::min<std::size_t>(4, head.size() - 4)) == "jP  ") {
        out.recognised = true;
        readBoxes(out, in);
    }
    return out;
}

} // namespace kamei::intake::dicom
