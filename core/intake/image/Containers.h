#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/intake/image/Metadata.h"

namespace kamei::intake::image {

/// A marker segment of a JPEG before its first scan (ITU T.81 B.1.1).
struct JpegSegment {
    std::uint8_t marker = 0;
    std::string_view data; ///< without marker and length
};
struct JpegStructure {
    std::vector<JpegSegment> segments;
    std::size_t end = 0; ///< byte behind EOI; the size of the file when there is none
};
[[nodiscard]] JpegStructure jpegStructure(std::string_view bytes);

/// A chunk of a PNG (PNG 1.2, 3.2), and where the file should end.
struct PngChunk {
    std::string_view type;
    std::string_view data;
};
struct PngStructure {
    std::vector<PngChunk> chunks;
    std::size_t end = 0; ///< byte behind IEND; the size of the file when there is none
};
[[nodiscard]] PngStructure pngStructure(std::string_view bytes);

/// What a HEIF or AVIF file holds beside its primary picture.
struct HeifParts {
    bool readable = false;
    std::string exif; ///< a TIFF structure
    std::string xmp;
    std::string profile;               ///< ICC
    std::vector<MetadataEntry> others; ///< unknown items, and counts of further pictures
};
[[nodiscard]] HeifParts heifParts(std::string_view bytes);

/// Text tags of every page of a TIFF, private tags included (TIFF 6.0 and BigTIFF).
[[nodiscard]] std::vector<MetadataEntry> tiffTexts(std::string_view bytes);

/// Text tags of an ICC profile (ICC.1:2010, 10: textDescriptionType, textType, multiLocalizedUnicodeType).
[[nodiscard]] std::vector<MetadataEntry> iccTexts(std::string_view profile);

/// Bytes as UTF-8 if they are text in a Japanese encoding or Latin-1, else "n bytes".
[[nodiscard]] std::string readable(std::string_view bytes);

} // namespace kamei::intake::image
