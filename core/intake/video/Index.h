#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/Error.h"
#include "core/intake/video/Bytes.h"
#include "core/intake/video/Units.h"

namespace kamei::intake::video {

inline constexpr std::int64_t kNoTime = std::numeric_limits<std::int64_t>::min(); ///< as FFmpeg's

/// One packet of the looked-at stream, as the demuxer gives it.
struct Packet {
    std::int64_t pts = kNoTime; ///< in time base units
    std::int64_t dts = kNoTime;
    std::int64_t duration = 0;
    std::int64_t position = -1; ///< in the bytes; -1 unknown
    std::int32_t size = 0;
    std::int32_t frame = 0; ///< number in output order, from 1; 0 when nothing is shown of it
    bool key = false;
    bool restart = false; ///< see Survey::restart
    bool hidden = false;  ///< left out by an edit list: decoded, never shown
};

/// What a video is, for the record of its source and for deciding how it is written.
struct Facts {
    std::string container;  ///< see Input::container
    std::string codec;      ///< FFmpeg's word: "h264", "mpeg2video"
    std::int32_t width = 0; ///< as stored, before rotation
    std::int32_t height = 0;
    std::int32_t frames = 0;
    std::int32_t rotation = 0; ///< clockwise degrees that a player turns it by, of the display matrix
    std::int64_t durationMs = 0;
    std::int32_t audio = 0;  ///< streams of sound
    std::int32_t others = 0; ///< other streams: more video, subtitles, data, attachments, cover pictures
    bool interlaced = false;
    bool variable = false;  ///< times of frames are not evenly spaced
    bool truncated = false; ///< fewer pictures than the container states, or reading ended in an error
    /// Why single groups of pictures cannot be replaced; empty when they can. One of "codec" "fields"
    /// "hidden-frames" "undecodable-frames" "frame-times" "time-codes".
    std::string whole;
};

/// All packets of a video and the order in which their frames are shown. Immutable.
struct Index {
    std::vector<Packet> packets;     ///< in decoding order
    std::vector<std::int32_t> order; ///< frame n, from 1, is packets[order[n - 1]]
    std::int32_t timeNumerator = 1;  ///< of the time base
    std::int32_t timeDenominator = 1;
    Coding coding = Coding::Other;
    int lengthSize = 0;
    std::vector<int> parameterSets;    ///< H.264: ids in use, sorted
    std::vector<std::string> userData; ///< first few that stand among the pictures (SEI, user_data)
    std::int64_t userDataCount = 0;
    std::map<int, std::string> texts; ///< beginning of what subtitle streams say, by stream number
    Facts facts;

    /// Time of a frame from the first one, in microseconds.
    [[nodiscard]] std::int64_t timeUs(std::int32_t frame) const;
};

/// Reads every packet once; pictures are decoded only where packets do not tell their order. Errors: those of
/// Input::open; Empty when there is no frame; TooManyEntries above ten million packets; Cancelled.
[[nodiscard]] base::Expected<std::shared_ptr<const Index>> readIndex(const Bytes& bytes,
                                                                     std::stop_token stop = {});

} // namespace kamei::intake::video
