#include "core/transform/slide/Slack.h"

#include <algorithm>
#include <array>
#include <zlib.h>

#include "core/transform/slide/JpegCleaner.h"

namespace kamei::transform::slide {
namespace {

using base::ErrorCode;
using intake::slide::Codec;
using intake::slide::Page;

constexpr std::string_view kPlace = "transform.slide.clean";

std::size_t u8(const std::string& bytes, std::size_t at) {
    return static_cast<std::uint8_t>(bytes[at]);
}

void zeroFrom(std::string& raw, std::size_t end) {
    std::fill(raw.begin() + static_cast<std::ptrdiff_t>(std::min(end, raw.size())), raw.end(), '\0');
}

std::size_t nativeSize(const Page& page, std::uint32_t row) {
    return std::size_t{page.blockWidth} * page.rowsOf(row) * (page.separate ? 1U : page.samples) *
           (page.bits / 8U);
}

/// Bytes of a zlib stream (RFC 1950); all of them when it does not end.
std::size_t endOfDeflate(const std::string& raw) {
    z_stream stream{};
    if (inflateInit(&stream) != Z_OK) {
        return raw.size();
    }
    std::array<unsigned char, 65536> nothing{};
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(raw.data()));
    stream.avail_in = static_cast<uInt>(raw.size());
    int state = Z_OK;
    while (state == Z_OK) {
        stream.next_out = nothing.data();
        stream.avail_out = nothing.size();
        state = inflate(&stream, Z_NO_FLUSH);
    }
    const std::size_t used = state == Z_STREAM_END ? stream.total_in : raw.size();
    inflateEnd(&stream);
    return used;
}

/// Bytes up to the code that ends the data (TIFF 6.0 section 13: codes of 9 to 12 bits, highest bit first,
/// longer one code early); all of them when there is none.
std::size_t endOfLzw(const std::string& raw) {
    if (raw.size() >= 2 && raw[0] == '\0' && (raw[1] & 1) != 0) { // codes of before TIFF 5, lowest bit first
        return raw.size();
    }
    constexpr std::uint32_t kClear = 256;
    constexpr std::uint32_t kEnd = 257;
    std::uint32_t width = 9;
    std::uint32_t next = 258;
    bool fresh = true;
    std::uint64_t window = 0;
    std::uint32_t held = 0;
    for (std::size_t at = 0; at < raw.size();) {
        while (held < width && at < raw.size()) {
            window = window << 8 | u8(raw, at++);
            held += 8;
        }
        while (held >= width) {
            const auto code = static_cast<std::uint32_t>(window >> (held - width)) & ((1U << width) - 1);
            held -= width;
            if (code == kEnd) {
                return at - held / 8;
            }
            if (code == kClear) {
                width = 9;
                next = 258;
                fresh = true;
                continue;
            }
            next += fresh ? 0 : 1;
            fresh = false;
            width = next >= 2047 ? 12 : next >= 1023 ? 11 : next >= 511 ? 10 : 9;
        }
    }
    return raw.size();
}

std::size_t endOfPackBits(const std::string& raw, std::size_t wanted) {
    std::size_t at = 0;
    for (std::size_t made = 0; made < wanted && at < raw.size();) {
        const std::size_t code = u8(raw, at);
        if (code < 128) {
            made += code + 1;
            at += code + 2;
        } else {
            made += code == 128 ? 0 : 257 - code;
            at += code == 128 ? 1 : 2;
        }
    }
    return at;
}

/// Comments of a codestream, and what stands behind its end (ISO/IEC 15444-1 Annex A).
base::Expected<void> cleanCodestream(std::string& raw) {
    if (raw.size() < 4 || u8(raw, 0) != 0xFF || u8(raw, 1) != 0x4F) {
        return base::fail(ErrorCode::UnsupportedFormat, kPlace, {"jp2"});
    }
    const auto number = [&](std::size_t at, std::size_t count) {
        std::size_t value = 0;
        for (std::size_t i = 0; i < count; ++i) {
            value = value << 8 | u8(raw, at + i);
        }
        return value;
    };
    std::size_t at = 2;
    std::size_t partAt = 0;   // of the tile-part whose header is read
    std::size_t partSize = 0; // 0: up to the end
    while (at + 4 <= raw.size()) {
        const std::size_t marker = number(at, 2);
        if (marker == 0xFFD9) {
            zeroFrom(raw, at + 2);
            return {};
        }
        if (marker == 0xFF93) { // data up to the end of the tile-part
            if (partSize == 0) {
                break;
            }
            if (partSize < at + 2 - partAt || partAt + partSize > raw.size()) {
                return base::fail(ErrorCode::Malformed, kPlace);
            }
            at = partAt + partSize;
            continue;
        }
        const std::size_t length = number(at + 2, 2);
        if (marker < 0xFF00 || length < 2 || at + 2 + length > raw.size()) {
            return base::fail(ErrorCode::Malformed, kPlace);
        }
        if (marker == 0xFF90 && length >= 10) {
            partAt = at;
            partSize = number(at + 6, 4);
        } else if (marker == 0xFF64) {
            std::fill_n(raw.begin() + static_cast<std::ptrdiff_t>(at + 4), length - 2, '\0');
        }
        at += 2 + length;
    }
    if (at + 2 == raw.size() && number(at, 2) == 0xFFD9) {
        return {};
    }
    // A last tile-part of unstated length ends with EOC; data itself holds no marker.
    const std::size_t end = raw.find("\xFF\xD9", at);
    zeroFrom(raw, end == std::string::npos ? raw.size() : end + 2);
    return {};
}

} // namespace

base::Expected<void> clean(const Page& page, std::uint32_t row, std::string& raw) {
    switch (page.codec) {
    case Codec::None:
        zeroFrom(raw, nativeSize(page, row));
        return {};
    case Codec::Deflate:
        zeroFrom(raw, endOfDeflate(raw));
        return {};
    case Codec::Lzw:
        zeroFrom(raw, endOfLzw(raw));
        return {};
    case Codec::PackBits:
        zeroFrom(raw, endOfPackBits(raw, nativeSize(page, row)));
        return {};
    case Codec::Jpeg: {
        JpegCleaner cleaner;
        cleaner.clean(std::as_writable_bytes(std::span(raw.data(), raw.size())));
        return {};
    }
    case Codec::Jpeg2000:
        return cleanCodestream(raw);
    }
    return {};
}

std::string cleanTables(const std::string& tables) {
    std::string out = "\xFF\xD8";
    std::size_t at = 2;
    while (at + 4 <= tables.size()) {
        if (u8(tables, at) != 0xFF) {
            ++at;
            continue;
        }
        const std::size_t marker = u8(tables, at + 1);
        if (marker == 0xFF || marker == 0xD8 || marker == 0x01) {
            at += marker == 0xFF ? 1 : 2;
            continue;
        }
        if (marker == 0xD9) {
            break;
        }
        const std::size_t length = u8(tables, at + 2) << 8 | u8(tables, at + 3);
        if (length < 2 || at + 2 + length > tables.size()) {
            break;
        }
        if (marker == 0xDB || marker == 0xC4 || marker == 0xDD) {
            out.append(tables, at, 2 + length);
        }
        at += 2 + length;
    }
    return out + "\xFF\xD9";
}

} // namespace kamei::transform::slide
