#include "core/transform/pdf/PlainJpeg.h"

#include <cstddef>

namespace kamei::transform::pdf {
namespace {

constexpr unsigned kStartOfScan = 0xDA;
constexpr unsigned kEnd = 0xD9;

unsigned byteAt(std::string_view text, std::size_t at) {
    return static_cast<unsigned char>(text[at]);
}

/// The first byte behind coded data that begin at `at`: a marker that is no restart and no stuffing.
std::size_t endOfScan(std::string_view jpeg, std::size_t at) {
    for (; at + 1 < jpeg.size(); ++at) {
        const unsigned next = byteAt(jpeg, at + 1);
        if (byteAt(jpeg, at) == 0xFF && next != 0 && next != 0xFF && (next < 0xD0 || next > 0xD7)) {
            return at;
        }
    }
    return jpeg.size();
}

/// JFIF and Adobe segments of their fixed sizes; longer ones hold a thumbnail or something else.
bool tellsColours(unsigned marker, std::string_view data) {
    return (marker == 0xEE && data.starts_with("Adobe") && data.size() == 12) ||
           (marker == 0xE0 && data.starts_with(std::string_view("JFIF\0", 5)) && data.size() == 14 &&
            data[12] == 0 && data[13] == 0);
}

} // namespace

std::optional<std::string> plainJpeg(std::string_view jpeg) {
    if (!jpeg.starts_with("\xFF\xD8")) {
        return std::nullopt;
    }
    std::string out("\xFF\xD8");
    std::size_t at = 2;
    while (at + 1 < jpeg.size() && byteAt(jpeg, at) == 0xFF) {
        const unsigned marker = byteAt(jpeg, at + 1);
        if (marker == 0xFF) { // fill byte
            ++at;
            continue;
        }
        if (marker == kEnd) {
            return out + "\xFF\xD9";
        }
        if (at + 4 > jpeg.size()) {
            return std::nullopt;
        }
        const std::size_t length = byteAt(jpeg, at + 2) << 8 | byteAt(jpeg, at + 3);
        if (length < 2 || at + 2 + length > jpeg.size()) {
            return std::nullopt;
        }
        const std::string_view segment = jpeg.substr(at, 2 + length);
        const bool application = (marker >= 0xE0 && marker <= 0xEF) || marker == 0xFE;
        // Tables, frame and scan headers; anything else (DNL, extensions) is not known to be without words.
        const bool coding = (marker >= 0xC0 && marker <= 0xCF && marker != 0xC8) || marker == 0xDB ||
                            marker == 0xDD || marker == kStartOfScan;
        if (!application && !coding) {
            return std::nullopt;
        }
        if (coding || tellsColours(marker, segment.substr(4))) {
            out += segment;
        }
        at += 2 + length;
        if (marker == kStartOfScan) {
            const std::size_t end = endOfScan(jpeg, at);
            out += jpeg.substr(at, end - at);
            at = end;
        }
    }
    return std::nullopt;
}

} // namespace kamei::transform::pdf
