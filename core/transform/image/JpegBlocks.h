#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "core/base/Error.h"
#include "core/transform/image/Fill.h"

namespace kamei::transform::image {

/// What is done to a JPEG of eight bits in its own blocks (ISO/IEC 10918-1; sequential or progressive,
/// Huffman).
struct JpegEdit {
    /// The pixels to destroy, for a picture of width x height.
    std::function<FrameMasks(std::int32_t width, std::int32_t height)> inside;
    std::int32_t frame = 1;       ///< number that noise is drawn for
    bool blackIsHigh = false;     ///< MONOCHROME1
    bool rgbUnlessMarked = false; ///< three components without JFIF or Adobe marker are red, green, blue
    std::int32_t orientation = 1; ///< above 1: written as the only tag of an EXIF segment
    std::string profile;          ///< ICC profile to write; empty for none
    /// Writes with the source's Huffman tables (of one sequential scan), so that the entropy-coded data can
    /// stand behind its header; Malformed where they have no code for what the masks write.
    bool keepTables = false;
    /// What the mask of a number (among those that `inside` gives) shows at a pixel, red, green and blue (or
    /// grey, three times) of 0..255, in place of what its fill makes of this picture's blocks.
    std::function<std::array<double, 3>(std::size_t mask, std::int32_t x, std::int32_t y)> paint;
};

/// The JPEG with flat blocks where a mask touches one, filled as the mask asks; the coefficients of all other
/// blocks stay as they are, and so do quantisation and sampling. Where colour is sampled more coarsely the
/// mask grows by one pixel before blocks are chosen, since decoders smooth colour over that distance: what is
/// inside decodes to the fill, and outside the chosen blocks nothing but the colour of the pixels next to
/// them may change. No comment or application segment of the source comes along. Malformed when the stream is
/// not sound.
[[nodiscard]] base::Expected<std::string> fillBlocks(std::string_view jpeg, const JpegEdit& edit);

} // namespace kamei::transform::image
