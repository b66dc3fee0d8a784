#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/Error.h"
#include "core/intake/dicom/FrameMap.h"
#include "core/intake/dicom/Instance.h"

namespace kamei::intake::dicom {

/// How the samples of a frame lie (PS3.3 C.7.6.3).
struct PixelFormat {
    std::int32_t rows = 0;
    std::int32_t columns = 0;
    std::int32_t samples = 1;
    std::int32_t bitsAllocated = 8;
    std::int32_t bitsStored = 8;
    std::int32_t highBit = 7;
    bool isSigned = false;
    bool isFloat = false; ///< Float or Double Float Pixel Data
    bool planar = false;  ///< colour by plane
    bool halfColour =
        false; ///< two pixels share their colour: Y1 Y2 CB CR (YBR_FULL_422 without compression)
    std::string photometric;

    /// Bytes of one native frame; 0 for one bit a pixel, where frames need not begin at a byte.
    [[nodiscard]] std::uint64_t frameBytes() const;
};

/// What the header states. Malformed (args: the attribute) when it cannot be: no rows, 3 bits allocated, ...
[[nodiscard]] base::Expected<PixelFormat> pixelFormatOf(const Instance& instance);

/// Bytes that big endian turns round together; 1 where nothing is turned.
[[nodiscard]] std::size_t swapUnit(const PixelLocation& pixels, std::int32_t bitsAllocated);

/// One frame as native samples, little endian; `format` is that of the samples, which decoding may have
/// changed (JPEG in YBR comes as RGB by pixel).
struct DecodedFrame {
    PixelFormat format;
    std::vector<std::byte> samples;
};

/// The bytes of one sample of 1, 2, 4 or 8 bytes, unused high ones 0. Pictures have millions of them: loads
/// of a width known at compile time cost a tenth of a copy of `unit` bytes.
[[nodiscard]] inline std::uint64_t sampleAt(const std::byte* samples, std::size_t index, std::size_t unit) {
    const auto load = [samples, index]<typename Word>(Word word) -> std::uint64_t {
        std::memcpy(&word, samples + index * sizeof(Word), sizeof word);
        return word;
    };
    switch (unit) {
    case 1:
        return load(std::uint8_t{});
    case 2:
        return load(std::uint16_t{});
    case 4:
        return load(std::uint32_t{});
    case 8:
        return load(std::uint64_t{});
    default:
        return 0;
    }
}

/// Decodes single frames, whatever the transfer syntax: native, RLE, JPEG (baseline, extended, lossless),
/// JPEG-LS, JPEG 2000, HTJ2K and JPEG XL. The instance must outlive it. decode() may be called from several
/// threads.
class FrameDecoder {
public:
    /// UnsupportedTransferSyntax (args: the UID) for video and what no library here reads.
    [[nodiscard]] static base::Expected<FrameDecoder> make(const Instance& instance);

    [[nodiscard]] const PixelFormat& format() const { return m_format; }
    [[nodiscard]] std::int32_t frames() const { return m_frames; }
    /// `frame` from 0. NotPossible beyond the last; Malformed or Truncated when the frame's data is not
    /// sound.
    [[nodiscard]] base::Expected<DecodedFrame> decode(std::int32_t frame) const;
    /// The compressed bytes of a frame, fragments joined.
    [[nodiscard]] base::Expected<std::vector<std::byte>> stream(std::int32_t frame) const;
    /// Fragments of each frame; empty for native pixel data.
    [[nodiscard]] const std::vector<FrameParts>& parts() const { return m_parts; }

private:
    FrameDecoder() = default;
    [[nodiscard]] base::Expected<void> mapFrames();
    [[nodiscard]] base::Expected<DecodedFrame> decodeNative(std::int32_t frame) const;
    [[nodiscard]] base::Expected<void> readNative(std::uint64_t at, std::span<std::byte> out) const;

    const Instance* m_instance = nullptr;
    PixelFormat m_format;
    std::int32_t m_frames = 0;
    std::vector<FrameParts> m_parts;
};

/// One frame without loss in an encapsulated syntax, by pixel; `format.photometric` is what the header will
/// say. A syntax that can hold lossy frames is given a lossless one. NotPossible (args: the UID) where the
/// syntax has no lossless form (JPEG baseline, extended) or the library refuses the format.
[[nodiscard]] base::Expected<std::vector<std::byte>>
encodeFrame(std::span<const std::byte> samples, const PixelFormat& format, std::string_view transferSyntax);
/// One frame of a syntax as FrameDecoder would decode it.
[[nodiscard]] base::Expected<DecodedFrame>
decodeFrame(std::span<const std::byte> stream, const PixelFormat& format, std::string_view transferSyntax);

/// Pixels of one bit, the first in the lowest bit (PS3.5 8.1.1), as one byte each: `count` from bit `first`
/// on.
[[nodiscard]] std::vector<std::byte> spreadBits(std::span<const std::byte> packed, std::uint64_t first,
                                                std::size_t count);
/// RLE of one frame (PS3.5 Annex G), and back. Samples of one bit are one byte each.
[[nodiscard]] base::Expected<std::vector<std::byte>> decodeRle(std::span<const std::byte> stream,
                                                               const PixelFormat& format);
[[nodiscard]] std::vector<std::byte> encodeRle(std::span<const std::byte> samples, const PixelFormat& format);

} // namespace kamei::intake::dicom
