#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/base/Error.h"

namespace kamei::intake::dicom {

/// What the headers inside one compressed frame say, found without decoding it.
struct Codestream {
    struct Range {
        std::size_t offset = 0;
        std::size_t length = 0;
    };
    enum class Process : std::uint8_t {
        Unknown,
        Sequential,  ///< JPEG: DCT, baseline or extended, Huffman
        Progressive, ///< JPEG: DCT, progressive
        Lossless,    ///< JPEG: predictive
        JpegLs,
        Jpeg2000, ///< and HTJ2K
    };
    bool recognised = false; ///< begins as one of them; the rest counts only then
    Process process = Process::Unknown;
    std::int32_t columns = 0; ///< 0 where the header does not say
    std::int32_t rows = 0;
    std::int32_t components = 0;
    std::int32_t precision = 0; ///< bits of a sample, the most of all components
    /// Where the header ends; 0 when it reaches beyond the bytes given.
    std::size_t header = 0;
};

/// Reads the header of a JPEG, JPEG-LS, JPEG 2000 or HTJ2K stream (ISO/IEC 10918-1, 14495-1, 15444-1) from
/// its first bytes.
[[nodiscard]] Codestream readCodestream(std::span<const std::byte> head);

/// Bytes of a whole frame that no decoder needs and that may say anything, in ascending order: comments and
/// application segments (EXIF, XMP, thumbnails) before, between and behind the scans of JPEG and JPEG-LS;
/// comments in the header of every tile-part of JPEG 2000 (15444-1 A.9.2, A.4.2); boxes of metadata around it
/// or around JPEG XL (18181-2); and what stands behind the end of the image. What known encoders write of
/// themselves, and padding, are left out. Malformed where the parts of a JPEG 2000 stream cannot be told
/// apart: what is not found is not copied either. Nothing in frames of other kinds (RLE).
[[nodiscard]] base::Expected<std::vector<Codestream::Range>> remarksOf(std::span<const std::byte> frame);

} // namespace kamei::intake::dicom
