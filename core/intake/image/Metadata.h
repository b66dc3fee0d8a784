#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Error.h"

namespace kamei::intake::image {

/// One statement that a picture file makes beside its pixels.
struct MetadataEntry {
    /// "Exif.Image.Artist", "Exif.GPSInfo.GPSLatitude", "Iptc.Application2.Byline", "Xmp.dc.creator",
    /// "Jpeg.Comment", "Jpeg.APP12", "Jpeg.Trailer", "Png.tEXt.Author", "Png.tIME", "Png.Trailer",
    /// "Tiff.Page2.ImageDescription", "Icc.Description", "Exif.Thumbnail".
    std::string key;
    std::string value; ///< UTF-8, at most 2,000 code points; binary content as "n bytes"
};

/// Everything a JPEG, PNG, TIFF, BMP or HEIF says beside its pixels and their layout; names as in Exiv2.
/// Never fails for broken metadata: what cannot be read, of these or of any other format, is listed as
/// "<container>.Unreadable", so that it is seen.
[[nodiscard]] std::vector<MetadataEntry> readMetadata(std::string_view bytes, std::string_view format);

/// Exif orientation 1..8; 1 when none is stated.
[[nodiscard]] std::int32_t orientationOf(std::string_view bytes);

/// The ICC profile as it is embedded; empty when there is none.
[[nodiscard]] std::string iccProfileOf(std::string_view bytes);
/// Whether a profile is one of those that ship with systems and cameras (sRGB, Adobe RGB, Display P3, grey
/// gammas), by its description; others may hold the name of a person, device or site.
[[nodiscard]] bool isCommonProfile(std::string_view profile);

} // namespace kamei::intake::image
