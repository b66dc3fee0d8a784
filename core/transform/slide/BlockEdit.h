#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/Error.h"
#include "core/intake/slide/Slide.h"
#include "core/transform/slide/PageMasks.h"

namespace kamei::transform::slide {

/// A stored block with the pixels of `fill.inside` destroyed. In the codec of the page:
/// - None, LZW, Deflate, PackBits: without loss, all other pixels as they were.
/// - JPEG: every MCU that is touched is of one colour as a whole, the coefficients of all others are those of
/// the source, and so
///   are the tables where blocks share them. Of a restart interval only the entropy-coded data.
/// - JPEG 2000: decoded and written reversibly, all other pixels as they decode.
/// `block` counts within the page. Malformed when the block does not decode, or where shared Huffman tables
/// have no codes for black; without codes for another colour it is black.
[[nodiscard]] base::Expected<std::string> destroyed(const intake::slide::Structure& structure,
                                                    const intake::slide::Page& page,
                                                    const intake::slide::BlockTable& table,
                                                    std::string_view raw, std::uint64_t block,
                                                    const BlockFill& fill);

} // namespace kamei::transform::slide
