#pragma once

#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/intake/dicom/PixelCodec.h"
#include "core/transform/dicom/PixelStream.h"
#include "tests/core/intake/dicom/DicomBytes.h"
#include "tests/core/transform/dicom/DicomWriting.h"

// Small DICOM files in which something hides beside the picture, and their pixel data as staging writes it.
namespace kamei::test::hidden {

using namespace kamei::intake::dicom;
using transform::dicom::PixelMask;
using transform::dicom::PixelStream;

inline constexpr int kRows = 16;
inline constexpr int kColumns = 24;
inline constexpr const char* kNative = "1.2.840.10008.1.2.1";
inline constexpr const char* kBigEndian = "1.2.840.10008.1.2.2";
inline constexpr const char* kRle = "1.2.840.10008.1.2.5";
inline constexpr const char* kJpegBaseline = "1.2.840.10008.1.2.4.50";
inline constexpr std::string_view kSecret = "YAMADA^TARO 1950-01-01";

inline std::span<const std::byte> bytesOf(const std::string& text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

struct Kind {
    int allocated = 16;
    int stored = 12;
    int high = 11;
    bool isSigned = false;
    const char* photometric = "MONOCHROME2";
    int frames = 1;
};

inline DicomBytes headOf(const Kind& kind, bool bigEndian = false) {
    DicomBytes out(true, bigEndian);
    out.element(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.7")
        .element(0x00080060, "CS", "OT")
        .number(0x00280002, 1)
        .element(0x00280004, "CS", kind.photometric)
        .element(0x00280008, "IS", std::to_string(kind.frames))
        .number(0x00280010, kRows)
        .number(0x00280011, kColumns)
        .number(0x00280100, static_cast<std::uint16_t>(kind.allocated))
        .number(0x00280101, static_cast<std::uint16_t>(kind.stored))
        .number(0x00280102, static_cast<std::uint16_t>(kind.high))
        .number(0x00280103, kind.isSigned ? 1 : 0);
    return out;
}

/// The stored bits of pixel `i`: every value of the range comes, negative ones too.
inline std::uint64_t storedAt(const Kind& kind, std::size_t i) {
    return (i * 2654435761U >> 3) & ((1ULL << kind.stored) - 1);
}

/// Cells with the stored bits in their place and `spare` beside them, where a letter might be drawn.
inline std::string cells(const Kind& kind, std::uint64_t spare, bool bigEndian = false) {
    const auto unit = static_cast<std::size_t>(kind.allocated / 8);
    const int low = kind.high + 1 - kind.stored;
    const std::uint64_t mask = ((1ULL << kind.stored) - 1) << low;
    std::string out;
    for (std::size_t i = 0; i < kRows * kColumns; ++i) {
        const bool drawn = i % 7 < 2;
        const std::uint64_t cell = storedAt(kind, i) << low | (drawn ? spare & ~mask : 0);
        std::string bytes(reinterpret_cast<const char*>(&cell), unit);
        if (bigEndian) {
            std::reverse(bytes.begin(), bytes.end());
        }
        out += bytes;
    }
    return out;
}

inline std::string encapsulated(DicomBytes head, const std::vector<std::string>& fragments,
                                const char* syntax, const std::string& table = {}) {
    DicomBytes items;
    items.raw(0xFFFEE000, "", static_cast<std::uint32_t>(table.size()), table);
    for (const std::string& fragment : fragments) {
        std::string even = fragment;
        even.resize(even.size() + even.size() % 2);
        items.raw(0xFFFEE000, "", static_cast<std::uint32_t>(even.size()), even);
    }
    items.raw(0xFFFEE0DD, "", 0, "");
    return head.raw(0x7FE00010, "OB", 0xFFFFFFFF, items.bytes()).file(syntax);
}

inline std::string encodedFrame(const std::string& samples, const Kind& kind, const char* syntax) {
    PixelFormat format{kRows,         kColumns, 1,     kind.allocated, kind.stored,     kind.high,
                       kind.isSigned, false,    false, false,          kind.photometric};
    const auto out = encodeFrame(bytesOf(samples), format, syntax);
    return out ? std::string(reinterpret_cast<const char*>(out->data()), out->size()) : std::string{};
}

inline std::string word(std::uint32_t value) {
    return {reinterpret_cast<const char*>(&value), 4};
}

inline std::vector<DecodedFrame> framesOf(const std::string& file) {
    std::vector<DecodedFrame> out;
    const auto instance = Instance::ofMemory(bytesOf(file));
    const auto decoder = instance ? FrameDecoder::make(*instance) : tl::unexpected(instance.error());
    for (std::int32_t f = 0; decoder && f < decoder->frames(); ++f) {
        if (auto frame = decoder->decode(f)) {
            out.push_back(std::move(*frame));
        }
    }
    return out;
}

/// The pixel data element as the stream writes it; nothing when it refuses.
inline std::optional<std::string> pixelsOf(const std::string& file,
                                           const std::vector<model::Mask>& masks = {}) {
    const auto instance = Instance::ofMemory(bytesOf(file));
    if (!instance) {
        return std::nullopt;
    }
    const PixelMask mask(masks, 1);
    const auto stream = PixelStream::plan(*instance, masks.empty() ? nullptr : &mask);
    test::Collected out;
    transform::Result result;
    if (!stream || !stream->write(out, 0, result)) {
        return std::nullopt;
    }
    return out.bytes;
}

/// A JPEG of one grey frame with segments of its own choice behind SOI.
inline std::string jpegWith(const std::string& segments) {
    // The smallest grey JPEG of 24 x 16: six blocks of one DC coefficient each.
    static const std::string tables = [] {
        std::string out("\xFF\xDB\x00\x43\x00", 5);
        out += std::string(64, '\x08');
        out += std::string("\xFF\xC0\x00\x0B\x08\x00\x10\x00\x18\x01\x01\x11\x00", 13);
        // One code each: DC category 0 and end of block, both '0'.
        out += std::string("\xFF\xC4\x00\x14\x00\x01", 6) + std::string(15, '\0') + std::string(1, '\0');
        out += std::string("\xFF\xC4\x00\x14\x10\x01", 6) + std::string(15, '\0') + std::string(1, '\0');
        out += std::string("\xFF\xDA\x00\x08\x01\x01\x00\x00\x3F\x00", 10);
        out += std::string("\x00\x0F", 2); // twelve bits of zero, filled up with ones
        return out + "\xFF\xD9";
    }();
    return "\xFF\xD8" + segments + tables;
}

inline std::string segment(char marker, const std::string& payload) {
    const auto length = static_cast<std::uint16_t>(payload.size() + 2);
    return std::string("\xFF") + marker + static_cast<char>(length >> 8) + static_cast<char>(length & 0xFF) +
           payload;
}

} // namespace kamei::test::hidden
