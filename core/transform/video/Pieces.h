#pragma once

#include <cstdint>
#include <vector>

#include "core/intake/video/Index.h"

namespace kamei::transform::video {

/// Frames first..last, from 1 in output order, that are coded anew together.
struct Piece {
    std::int32_t first = 0;
    std::int32_t last = 0;
    friend bool operator==(const Piece&, const Piece&) = default;
};

/// The smallest pieces that hold every touched frame and can be taken out of a stream: nothing before a piece
/// refers to it, because all that is shown before stands before it in decoding order; nothing behind it does,
/// because there decoding restarts (H.264 IDR, H.265 IRAP, an intra picture in MPEG-2 and MPEG-4) and
/// pictures that lead the restart are part of the piece. `touched[n - 1]`: frame n. Where only the whole will
/// do: one piece of all frames.
[[nodiscard]] std::vector<Piece> piecesOf(const intake::video::Index& index,
                                          const std::vector<bool>& touched);

/// Decoding times for the frames in the order in which they are written; they grow, and none is after the
/// presentation time of its packet. `presentation`: of the written packets, in order; `decoding`: as the
/// source had them, kept where they serve.
[[nodiscard]] std::vector<std::int64_t> decodingTimes(const std::vector<std::int64_t>& presentation,
                                                      std::vector<std::int64_t> decoding);

} // namespace kamei::transform::video
