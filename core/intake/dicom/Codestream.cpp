#include "core/intake/dicom/Codestream.h"

#include <algorithm>
#include <array>

namespace kamei::intake::dicom {
namespace {

constexpr unsigned kStartOfImage = 0xFFD8;
constexpr unsigned kEndOfImage = 0xFFD9; // of JPEG and, as EOC, of JPEG 2000
constexpr unsigned kStartOfScan = 0xFFDA;
constexpr unsigned kComment = 0xFFFE;
constexpr unsigned kApplication0 = 0xFFE0;
constexpr unsigned kApplication8 = 0xFFE8;
constexpr unsigned kApplication14 = 0xFFEE;
constexpr unsigned kJpegLsFrame = 0xFFF7;
constexpr unsigned kStartOfCodestream = 0xFF4F;
constexpr unsigned kSize = 0xFF51;
constexpr unsigned kComment2000 = 0xFF64;
constexpr unsigned kStartOfData = 0xFF93;

/// What encoders write of themselves; the rest of such a comment may hold numbers only.
constexpr std::array<std::string_view, 9> kEncoders{"Created by OpenJPEG version ",
                                                    "Created by GDCM/OpenJPEG version ",
                                                    "Kakadu-",
                                                    "OpenJPH Ver ",
                                                    "JasPer Version ",
                                                    "Lavc",
                                                    "DCMTK JPEG codec",
                                                    "CREATOR: gd-jpeg v",
                                                    "Created by Kamei"};
constexpr std::string_view kKakaduLayers =
    "Kdu-Layer-Info: log_2{Delta-D(squared-error)/Delta-L(bytes)}, L(bytes)\n";

class Reader {
public:
    explicit Reader(std::span<const std::byte> bytes) : m_bytes(bytes) {}

    bool holds(std::size_t at, std::size_t count) const {
        return at <= m_bytes.size() && count <= m_bytes.size() - at;
    }
    unsigned byte(std::size_t at) const { return std::to_integer<unsigned>(m_bytes[at]); }
    unsigned word(std::size_t at) const { return byte(at) << 8 | byte(at + 1); }
    std::uint64_t longWord(std::size_t at) const {
        return static_cast<std::uint64_t>(word(at)) << 16 | word(at + 2);
    }
    std::string_view text(std::size_t at, std::size_t count) const {
        return {reinterpret_cast<const char*>(m_bytes.data()) + at, count};
    }

private:
    std::span<const std::byte> m_bytes;
};

bool isEncoderName(std::string_view text) {
    while (!text.empty() && text.back() == '\0') {
        text.remove_suffix(1);
    }
    for (const std::string_view name : kEncoders) {
        if (text.starts_with(name)) {
            text.remove_prefix(name.size());
            return text.size() < 24 && text.find_first_not_of("0123456789.v") == std::string_view::npos;
        }
    }
    return text.starts_with(kKakaduLayers) &&
           text.substr(kKakaduLayers.size()).find_first_not_of("0123456789.,+-e \n") ==
               std::string_view::npos;
}

void addRemark(Codestream& out, const Reader& in, std::size_t at, std::size_t length) {
    const std::string_view text = in.text(at, length);
    if (text.find_first_not_of('\0') != std::string_view::npos && !isEncoderName(text)) {
        out.remarks.push_back({at, length});
    }
}

/// Segments that decoders read colours from stay: JFIF without its thumbnail, Adobe, SPIFF, HP's for JPEG-LS.
std::size_t neededOf(unsigned marker, std::string_view payload) {
    if (marker == kApplication0 && payload.starts_with(std::string_view("JFIF\0", 5)) &&
        payload.size() >= 14) {
        const bool thumbnail = payload[12] != 0 && payload[13] != 0;
        return thumbnail ? 12 : 14; // the sizes of the thumbnail go with it
    }
    if (marker == kApplication14 && payload.starts_with("Adobe")) {
        return 12;
    }
    if (marker != kApplication8) {
        return 0;
    }
    // SPIFF's header and the end of its directory, for JPEG-LS (14495-1 F); other entries may hold text.
    if (payload.starts_with(std::string_view("SPIFF\0", 6))) {
        return 30;
    }
    if (payload.starts_with(std::string_view("\0\0\0\1", 4))) {
        return 6;
    }
    return payload.starts_with("mrfx") ? 5 : 0;
}

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
        const bool application = (marker & 0xFFF0) == kApplication0;
        const bool frame = marker == kJpegLsFrame || ((marker & 0xFFF0) == 0xFFC0 && marker != 0xFFC4 &&
                                                      marker != 0xFFC8 && marker != 0xFFCC);
        if (marker == kComment || application) {
            const std::size_t needed = application ? neededOf(marker, in.text(payload, size)) : 0;
            if (needed < size) {
                addRemark(out, in, payload + needed, size - needed);
            }
        } else if (frame) {
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
        } else if (marker == kComment2000 && length > 4) {
            addRemark(out, in, payload + 2, length - 4);
        }
        at = payload + length - 2;
    }
}

/// A JP2 file instead of the bare codestream: PS3.5 A.4.4 forbids it, and it is met.
void readBoxes(Codestream& out, const Reader& in) {
    constexpr std::array<std::string_view, 4> kMetadata{"xml ", "uuid", "uinf", "jp2i"};
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
        if (std::ranges::find(kMetadata, type) != kMetadata.end()) {
            addRemark(out, in, at + 8, static_cast<std::size_t>(length) - 8);
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

std::optional<std::size_t> trailingBytes(std::span<const std::byte> tail) {
    std::size_t end = tail.size();
    // Streams of odd length are filled up, by some with ones.
    while (end > 0 && (tail[end - 1] == std::byte{0} || tail[end - 1] == std::byte{0xFF})) {
        --end;
    }
    const Reader in(tail);
    for (std::size_t at = end; at >= 2; --at) {
        if (in.word(at - 2) == kEndOfImage) {
            return end == at ? 0 : tail.size() - at;
        }
    }
    return std::nullopt;
}

} // namespace kamei::intake::dicom
