#include <algorithm>
#include <array>
#include <cstring>

#include "core/intake/dicom/PixelCodec.h"

namespace kamei::intake::dicom {
namespace {

using base::ErrorCode;
constexpr std::string_view kPlace = "intake.dicom.rle";
constexpr std::size_t kHeaderBytes = 64;
constexpr std::size_t kMostSegments = 15;

std::uint32_t littleEndian(const std::byte* p) {
    std::uint32_t out = 0;
    for (int i = 3; i >= 0; --i) {
        out = out << 8 | std::to_integer<std::uint32_t>(p[i]);
    }
    return out;
}

/// PackBits into every `step`-th byte of out; false when the segment holds too little.
bool unpack(std::span<const std::byte> in, std::byte* out, std::size_t count, std::size_t step) {
    std::size_t done = 0;
    for (std::size_t at = 0; at < in.size() && done < count;) {
        const auto control = static_cast<std::int8_t>(in[at++]);
        if (control >= 0) {
            for (int i = 0; i <= control && done < count; ++i) {
                if (at >= in.size()) {
                    return false;
                }
                out[done++ * step] = in[at++];
            }
        } else if (control != -128) {
            if (at >= in.size()) {
                return false;
            }
            for (int i = 0; i <= -control && done < count; ++i) {
                out[done++ * step] = in[at];
            }
            ++at;
        }
    }
    return done == count;
}

/// Runs must end with each row (PS3.5 G.3.1).
void packRow(const std::byte* row, std::size_t count, std::size_t step, std::vector<std::byte>& out) {
    std::size_t at = 0;
    while (at < count) {
        std::size_t run = 1;
        while (at + run < count && run < 128 && row[(at + run) * step] == row[at * step]) {
            ++run;
        }
        if (run > 1) {
            out.push_back(static_cast<std::byte>(1 - static_cast<int>(run)));
            out.push_back(row[at * step]);
            at += run;
            continue;
        }
        std::size_t literal = 1;
        while (at + literal < count && literal < 128 &&
               !(at + literal + 1 < count && row[(at + literal) * step] == row[(at + literal + 1) * step])) {
            ++literal;
        }
        out.push_back(static_cast<std::byte>(literal - 1));
        for (std::size_t i = 0; i < literal; ++i) {
            out.push_back(row[(at + i) * step]);
        }
        at += literal;
    }
}

std::size_t pixelsOf(const PixelFormat& format) {
    return static_cast<std::size_t>(format.rows) * static_cast<std::size_t>(format.columns);
}

/// A frame of one bit a pixel as the bytes that are packed into its only segment (PS3.5 2024b G.2).
PixelFormat packedBits(const PixelFormat& format) {
    PixelFormat out = format;
    out.rows = 1;
    out.columns = static_cast<std::int32_t>((pixelsOf(format) + 7) / 8);
    out.bitsAllocated = out.bitsStored = 8;
    out.highBit = 7;
    return out;
}

} // namespace

std::vector<std::byte> spreadBits(std::span<const std::byte> packed, std::uint64_t first, std::size_t count) {
    std::vector<std::byte> out(count);
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint64_t bit = first + i;
        out[i] = (packed[static_cast<std::size_t>(bit / 8)] >> (bit % 8)) & std::byte{1};
    }
    return out;
}

base::Expected<std::vector<std::byte>> decodeRle(std::span<const std::byte> stream,
                                                 const PixelFormat& format) {
    if (format.bitsAllocated == 1) {
        auto packed = decodeRle(stream, packedBits(format));
        return packed ? spreadBits(*packed, 0, pixelsOf(format)) : packed;
    }
    const auto bytesPerSample = static_cast<std::size_t>(format.bitsAllocated / 8);
    const auto samples = static_cast<std::size_t>(format.samples);
    const std::size_t wanted = bytesPerSample * samples;
    if (stream.size() < kHeaderBytes || wanted == 0) {
        return base::fail(ErrorCode::Truncated, kPlace);
    }
    const std::size_t segments = littleEndian(stream.data());
    if (segments != wanted || segments > kMostSegments) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
    const std::size_t pixels =
        static_cast<std::size_t>(format.rows) * static_cast<std::size_t>(format.columns);
    constexpr std::size_t kMostOfAByte = 64; // two bytes give 128 at most: nothing is allocated for less
    if (pixels * wanted / kMostOfAByte > stream.size()) {
        return base::fail(ErrorCode::Truncated, kPlace);
    }
    std::vector<std::byte> out(pixels * wanted);
    for (std::size_t s = 0; s < segments; ++s) {
        const std::size_t begin = littleEndian(stream.data() + 4 + 4 * s);
        const std::size_t end = s + 1 < segments ? littleEndian(stream.data() + 8 + 4 * s) : stream.size();
        if (begin < kHeaderBytes || end < begin || end > stream.size()) {
            return base::fail(ErrorCode::Malformed, kPlace);
        }
        // Segments hold the most significant byte first; samples here are little endian, by pixel.
        const std::size_t sample = s / bytesPerSample;
        const std::size_t byte = bytesPerSample - 1 - s % bytesPerSample;
        if (!unpack(stream.subspan(begin, end - begin), out.data() + sample * bytesPerSample + byte, pixels,
                    wanted)) {
            return base::fail(ErrorCode::Truncated, kPlace);
        }
    }
    return out;
}

std::vector<std::byte> encodeRle(std::span<const std::byte> samples, const PixelFormat& format) {
    if (format.bitsAllocated == 1) {
        std::vector<std::byte> packed((samples.size() + 7) / 8);
        for (std::size_t i = 0; i < samples.size(); ++i) {
            packed[i / 8] |= (samples[i] & std::byte{1}) << (i % 8);
        }
        return encodeRle(packed, packedBits(format));
    }
    const auto bytesPerSample = static_cast<std::size_t>(format.bitsAllocated / 8);
    const std::size_t step = bytesPerSample * static_cast<std::size_t>(format.samples);
    const auto columns = static_cast<std::size_t>(format.columns);
    std::vector<std::byte> out(kHeaderBytes);
    const auto put = [&](std::size_t at, std::size_t value) {
        for (std::size_t i = 0; i < 4; ++i) {
            out[at + i] = static_cast<std::byte>(value >> (8 * i));
        }
    };
    put(0, step);
    for (std::size_t s = 0; s < step; ++s) {
        put(4 + 4 * s, out.size());
        const std::size_t offset =
            s / bytesPerSample * bytesPerSample + bytesPerSample - 1 - s % bytesPerSample;
        for (std::size_t y = 0; y < static_cast<std::size_t>(format.rows); ++y) {
            packRow(samples.data() + y * columns * step + offset, columns, step, out);
        }
        if (out.size() % 2 != 0) {
            out.push_back(std::byte{0});
        }
    }
    return out;
}

} // namespace kamei::intake::dicom
