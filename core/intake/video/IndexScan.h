// Private to core/intake/video: how an index is made.
#pragma once

#include "core/intake/video/Ffmpeg.h"
#include "core/intake/video/Index.h"

namespace kamei::intake::video {

[[nodiscard]] Coding codingOf(AVCodecID codec);
/// Packets of the video stream of a fresh input, and what they tell.
[[nodiscard]] base::Expected<void> scanPackets(Input& input, Index& out, const std::stop_token& stop);
/// Decodes the first `most` packets: those of which a picture came, in the order in which they came; and
/// whether some picture is interlaced.
struct Shown {
    std::vector<std::int32_t> order;
    std::vector<std::int64_t> times; ///< what the decoder says of each, in time base units, or kNoTime
    bool interlaced = false;
};
[[nodiscard]] base::Expected<Shown> decodeOrder(const Bytes& bytes, std::size_t most,
                                                const std::stop_token& stop);

} // namespace kamei::intake::video
