#include <algorithm>
#include <array>
#include <cstring>

#include "core/intake/dicom/Codestream.h"
#include "core/intake/dicom/CodestreamReader.h"

namespace kamei::intake::dicom {
namespace {

using namespace codestream;
using Ranges = std::vector<Codestream::Range>;
using base::ErrorCode;

constexpr std::string_view kPlace = "intake.dicom.remarks";

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

void addRemark(Ranges& out, const Reader& in, std::size_t at, std::size_t length) {
    const std::string_view text = in.text(at, length);
    if (text.find_first_not_of('\0') != std::string_view::npos && !isEncoderName(text)) {
        out.push_back({at, length});
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

/// The segments of one header: up to a scan, or to the end of the image.
struct Segments {
    std::size_t end = 0; ///< of what was read: behind a scan's header, or behind the end of the image
    bool scan = false;   ///< coded data follow
};

Segments readSegments(Ranges& out, const Reader& in, std::size_t at) {
    while (in.holds(at, 2)) {
        const unsigned marker = in.word(at);
        if (marker == 0xFFFF) { // fill bytes (10918-1 B.1.1.2)
            ++at;
            continue;
        }
        if (marker == kEndOfImage) {
            return {at + 2, false};
        }
        if (marker == kStartOfImage || (marker & 0xFFF8) == kRestart0) { // no segments (Table B.1)
            at += 2;
            continue;
        }
        if ((marker & 0xFF00) != 0xFF00 || !in.holds(at, 4) || in.word(at + 2) < 2) {
            return {at, true}; // no segment: to be passed over like coded data
        }
        // A segment that reaches beyond the frame says what it says all the same.
        const std::size_t payload = at + 4;
        const std::size_t size = std::min<std::size_t>(in.word(at + 2) - 2U, in.size() - payload);
        const bool application = (marker & 0xFFF0) == kApplication0;
        if (marker == kComment || application) {
            const std::size_t needed = application ? neededOf(marker, in.text(payload, size)) : 0;
            if (needed < size) {
                addRemark(out, in, payload + needed, size - needed);
            }
        }
        at = payload + size;
        if (marker == kStartOfScan) {
            return {at, true};
        }
    }
    return {in.size(), false};
}

/// Where the next marker stands in coded data: behind 0xFF comes no zero (10918-1 B.1.1.5), in JPEG-LS no
/// byte below 0x80 (14495-1 A.1), no restart and no filling.
std::size_t nextMarker(std::span<const std::byte> bytes, std::size_t at) {
    while (at + 1 < bytes.size()) {
        const auto* found =
            static_cast<const std::byte*>(std::memchr(bytes.data() + at, 0xFF, bytes.size() - 1 - at));
        if (found == nullptr) {
            break;
        }
        at = static_cast<std::size_t>(found - bytes.data());
        const auto code = std::to_integer<unsigned>(bytes[at + 1]);
        if (code >= 0x80 && code != 0xFF && (code & 0xF8) != 0xD0) {
            return at;
        }
        at += code == 0xFF ? 1 : 2;
    }
    return bytes.size();
}

/// What stands behind the end of the image, beside the bytes that fill a stream of odd length up.
void addTrailing(Ranges& out, std::span<const std::byte> bytes, std::size_t at) {
    const auto behind = bytes.subspan(std::min(at, bytes.size()));
    if (std::ranges::any_of(behind, [](std::byte b) { return b != std::byte{0} && b != std::byte{0xFF}; })) {
        out.push_back({at, behind.size()});
    }
}

void remarksOfJpeg(Ranges& out, std::span<const std::byte> bytes) {
    const Reader in(bytes);
    Segments read = readSegments(out, in, 2);
    while (read.scan && read.end < bytes.size()) {
        const std::size_t marker = nextMarker(bytes, read.end);
        // Whatever is no segment is passed over, so that this ends.
        read = readSegments(out, in, marker);
        read.end = read.scan && read.end == marker ? marker + 2 : read.end;
    }
    addTrailing(out, bytes, read.end);
}

/// The tile-parts say themselves how long they are (15444-1 A.4.2). Gives the end of the codestream.
base::Expected<std::size_t> remarksOf2000(Ranges& out, std::span<const std::byte> bytes, std::size_t begin) {
    const Reader in(bytes);
    std::size_t at = begin + 2;
    std::size_t part = 0;   // where the tile-part begins whose header is read
    std::size_t length = 0; // of it; 0: up to the end of the codestream
    bool tiles = false;
    while (in.holds(at, 2)) {
        const unsigned marker = in.word(at);
        if (marker == kEndOfImage && tiles) {
            return at + 2;
        }
        if (marker == kStartOfData && tiles) {
            const std::size_t data = at + 2;
            if (length == 0) { // the last one; coded data hold no marker (A.4.1)
                while (in.holds(at, 2) && in.word(at) != kEndOfImage) {
                    ++at;
                }
                return std::min(at + 2, bytes.size());
            }
            if (length < data - part) {
                return base::fail(ErrorCode::Malformed, kPlace);
            }
            at = part + length; // cut short: all that is left is its data
            continue;
        }
        if ((marker & 0xFFF0) == kReserved2000) { // without a length (A.1.3)
            at += 2;
            continue;
        }
        if (!in.holds(at, 4)) {
            break;
        }
        const std::size_t size = in.word(at + 2);
        if ((marker & 0xFF00) != 0xFF00 || size < 2 || !in.holds(at + 2, size)) {
            return base::fail(ErrorCode::Malformed, kPlace);
        }
        if (marker == kStartOfTilePart && size >= 10) {
            part = at;
            length = static_cast<std::size_t>(in.longWord(at + 6));
            tiles = true;
        } else if (marker == kComment2000 && size > 4) {
            addRemark(out, in, at + 6, size - 4);
        }
        at += 2 + size;
    }
    return bytes.size();
}

/// Files instead of the bare codestream: PS3.5 A.4.4 forbids them, and they are met. Boxes that pictures need
/// stay; the rest is overwritten with its type, so that no reader takes it for what it was.
base::Expected<void> remarksOfBoxes(Ranges& out, std::span<const std::byte> bytes) {
    constexpr std::array<std::string_view, 10> kNeeded{"jP  ", "ftyp", "jp2h", "JXL ", "jxll",
                                                       "jxlc", "jxlp", "jxli", "free", "skip"};
    const Reader in(bytes);
    std::size_t at = 0;
    while (in.holds(at, 8)) {
        std::uint64_t length = in.longWord(at);
        const std::string_view type = in.text(at + 4, 4);
        std::size_t head = 8;
        if (length == 1 && in.holds(at, 16)) {
            length = in.longWord(at + 8) << 32U | in.longWord(at + 12);
            head = 16;
        }
        const std::uint64_t left = bytes.size() - at;
        length = length == 0 ? left : length;
        if (length < head) {
            break; // padding, or nothing that can be followed
        }
        const auto end = at + static_cast<std::size_t>(std::min(length, left));
        if (type == "jp2c" && in.holds(at + head, 2) && in.word(at + head) == kStartOfCodestream) {
            const auto stop = remarksOf2000(out, bytes.first(end), at + head);
            if (!stop) {
                return tl::unexpected(stop.error());
            }
            addTrailing(out, bytes.first(end), *stop);
        } else if (std::ranges::find(kNeeded, type) == kNeeded.end()) {
            out.push_back({at + 4, 4});
            out.push_back({at + head, end - at - head});
        } else if (type == "free" || type == "skip") {
            out.push_back({at + head, end - at - head});
        }
        at = end;
    }
    addTrailing(out, bytes, at);
    return {};
}

} // namespace

base::Expected<Ranges> remarksOf(std::span<const std::byte> frame) {
    Ranges out;
    const Reader in(frame);
    if (!in.holds(0, 4)) {
        return out;
    }
    if (in.word(0) == kStartOfImage) {
        remarksOfJpeg(out, frame);
    } else if (in.word(0) == kStartOfCodestream) {
        const auto end = remarksOf2000(out, frame, 0);
        if (!end) {
            return tl::unexpected(end.error());
        }
        addTrailing(out, frame, *end);
    } else if (in.longWord(0) == 12 && in.holds(0, 8) &&
               (in.text(4, 4) == "jP  " || in.text(4, 4) == "JXL ")) {
        if (auto done = remarksOfBoxes(out, frame); !done) {
            return tl::unexpected(done.error());
        }
    }
    return out;
}

} // namespace kamei::intake::dicom
