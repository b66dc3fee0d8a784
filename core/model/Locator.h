#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/Error.h"

namespace kamei::model {

/// A rectangle in pixels of the stored image: x right, y down, origin at the top left pixel.
struct RectPx {
    std::int32_t x = 0;
    std::int32_t y = 0;
    std::int32_t width = 0;
    std::int32_t height = 0;
    friend bool operator==(const RectPx&, const RectPx&) = default;
};

/// Frames first..last of an asset, counted from 1 over its sources in order; 1..0 means all frames.
struct FrameRange {
    std::int32_t first = 1;
    std::int32_t last = 0;
    [[nodiscard]] bool all() const { return last < first; }
    [[nodiscard]] bool contains(std::int32_t frame) const { return all() || (frame >= first && frame <= last); }
    friend bool operator==(const FrameRange&, const FrameRange&) = default;
};

/// Where in an asset a finding lies.
struct Locator {
    enum class Kind {
        Asset,     ///< the whole asset
        Attribute, ///< DICOM attribute; path "(0040,A730)[2].(0040,A160)", items counted from 0
        Text,      ///< code points start..end of the decoded source; path: segment ("" in plain text, XPath in XML)
        Cell,      ///< code points start..end of the decoded source, in the cell row/column (row 0 is the header)
        Column,    ///< a whole column; row unused
        Pixels,    ///< rect on frames
        Metadata,  ///< embedded metadata; path: key, for example "Exif.Image.Artist"
        FileName,  ///< name or folder of the source
    };

    Kind kind = Kind::Asset;
    std::string path;
    std::int64_t row = 0;
    std::int32_t column = 0;
    std::int64_t start = 0; ///< code point, inclusive
    std::int64_t end = 0;   ///< code point, exclusive
    RectPx rect;
    FrameRange frames;

    friend bool operator==(const Locator&, const Locator&) = default;
};

/// Compact, stable text of a locator, as stored in the workspace: for example
/// "attribute:(0010,0010)", "text:120-125:/ClinicalDocument/title", "cell:3,2:120-125", "column:4",
/// "pixels:10,20,110,24:1-0", "metadata:Exif.Image.Artist", "file-name:", "asset:".
[[nodiscard]] std::string toText(const Locator& locator);
[[nodiscard]] base::Expected<Locator> locatorFromText(std::string_view text);

} // namespace kamei::model
