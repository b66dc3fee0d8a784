#pragma once

#include <cstdint>
#include <string>

#include "core/base/Error.h"
#include "core/intake/slide/Blocks.h"
#include "core/intake/slide/Pages.h"

namespace kamei::transform::slide {

/// Zeroes, in place, the bytes of a stored block that no decoder turns into pixels: what stands behind the
/// end of its compressed data (Deflate, LZW, PackBits, JPEG, JPEG 2000, or more bytes than pixels), and
/// comments inside a JPEG or a codestream. Its size stays; its pixels stay. Blocks that end early are left as
/// they are. UnsupportedFormat (args: word) for a codestream in a file format of its own (JP2), whose boxes
/// may say anything. Blocks of intervals are not for this: see JpegCleaner.
[[nodiscard]] base::Expected<void> clean(const intake::slide::Page& page, std::uint32_t row,
                                         std::string& raw);

/// JPEGTables with nothing but tables in them (TIFF Technical Note 2).
[[nodiscard]] std::string cleanTables(const std::string& tables);

} // namespace kamei::transform::slide
