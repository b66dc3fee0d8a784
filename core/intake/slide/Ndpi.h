#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/Error.h"
#include "core/intake/slide/TiffStructure.h"

namespace kamei::intake::slide {

/// Restart intervals of a Hamamatsu strip as blocks: one row of MCUs high.
struct Intervals {
    std::uint32_t width = 0;  ///< pixels
    std::uint32_t height = 0; ///< pixels
};

/// The intervals of a page; nothing when it is a plain JPEG (no restart markers, or no table of where they
/// are). Malformed when the table and the JPEG disagree; NotPossible when an interval runs over the end of a
/// row.
[[nodiscard]] base::Expected<std::optional<Intervals>> intervalsOf(const Structure& structure,
                                                                   const Directory& directory,
                                                                   std::uint32_t width, std::uint32_t height);

/// The strip of a page of one strip.
struct StripPlace {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
};
[[nodiscard]] base::Expected<StripPlace> stripOf(const Structure& structure, const Directory& directory);

/// Where intervals begin, from the beginning of the strip (tags 65426 and 65432); the first is the length of
/// the JPEG's header. Ascending and within the strip, one for each interval: else Malformed.
[[nodiscard]] base::Expected<std::vector<std::uint64_t>>
intervalStarts(const Structure& structure, const Directory& directory, std::uint64_t count);

/// What the header of a JPEG says (ITU T.81 B.2), up to the entropy-coded data of its first scan.
struct JpegHeader {
    std::size_t frameAt = 0; ///< of the marker SOF
    std::size_t dataAt = 0;  ///< behind SOS
    std::uint32_t restart = 0;
    std::uint32_t mcuWidth = 8;
    std::uint32_t mcuHeight = 8;
    bool sequential = false; ///< SOF0 or SOF1
};
/// Nothing when the bytes do not hold a whole header.
[[nodiscard]] std::optional<JpegHeader> jpegHeader(std::string_view bytes);

/// A JPEG of one interval: the strip's header with the size of one block, its entropy-coded data, EOI. `data`
/// may end with a restart marker.
[[nodiscard]] std::string intervalJpeg(std::string_view header, std::string_view data, std::uint32_t width,
                                       std::uint32_t height);

} // namespace kamei::intake::slide
