#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

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
    /// Bytes that no decoder needs and that may say anything: comments, application segments (EXIF, XMP,
    /// thumbnails), boxes of metadata, and what stands behind the end of the image. What known encoders write
    /// of themselves is left out.
    std::vector<Range> remarks;
    /// Where the header ends; 0 when it reaches beyond the bytes given.
    std::size_t header = 0;
};

/// Reads the header of a JPEG, JPEG-LS, JPEG 2000 or HTJ2K stream (ISO/IEC 10918-1, 14495-1, 15444-1) from
/// its first bytes. Remarks behind the header are found by `trailing`.
[[nodiscard]] Codestream readCodestream(std::span<const std::byte> head);
/// How many of the last bytes stand behind the end-of-image marker of JPEG, JPEG-LS or JPEG 2000; 0 where
/// they are padding zeros only. Nothing when `tail` holds no such marker.
[[nodiscard]] std::optional<std::size_t> trailingBytes(std::span<const std::byte> tail);

} // namespace kamei::intake::dicom
