#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Error.h"
#include "core/intake/slide/Pages.h"
#include "core/intake/slide/TiffStructure.h"

namespace kamei::intake::slide {

/// Where the blocks of a page lie, by plane, row and column. A size of 0 is a block that was never written.
struct BlockTable {
    std::vector<std::uint64_t> offsets;
    std::vector<std::uint64_t> sizes;
    /// Hamamatsu: the strip's JPEG header, shared by all its intervals; else the page's JPEGTables
    /// (TIFF Technical Note 2), both as stored.
    std::string tables;
    std::uint64_t stripOffset = 0; ///< intervals: where the strip begins
};

/// Reads the table of a page. Truncated when a block lies beyond the end of the file, Malformed when places
/// are missing, TooLarge when blocks lie over each other so that they hold more bytes than the file.
[[nodiscard]] base::Expected<BlockTable> readBlocks(const Structure& structure, const Page& page);

/// The JPEG of one block, complete: with the page's tables, or as a picture of one interval.
[[nodiscard]] std::string completeJpeg(const Page& page, const BlockTable& table, std::string_view raw,
                                       std::uint32_t row);
/// One block as samples, interleaved in this machine's order (of one plane where the page keeps them apart),
/// rows of blockWidth pixels, page.rowsOf(row) of them. JPEG in YCbCr comes as RGB; JPEG 2000 as its
/// components are, coarse ones repeated. Malformed when the bytes do not decode.
[[nodiscard]] base::Expected<std::vector<std::byte>> decodeBlock(const Structure& structure, const Page& page,
                                                                 const BlockTable& table,
                                                                 std::string_view raw, std::uint32_t row);
/// The reverse for codecs without loss (None, Lzw, Deflate, PackBits). NotPossible for others.
[[nodiscard]] base::Expected<std::string> encodeBlock(const Structure& structure, const Page& page,
                                                      const std::vector<std::byte>& samples,
                                                      std::uint32_t row);

} // namespace kamei::intake::slide
