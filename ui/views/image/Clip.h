#pragma once

#include <QString>
#include <cstdint>
#include <vector>

#include "core/model/Mute.h"

namespace kamei::ui::views::image {

/// What the timeline knows of a clip. Frames count from 1.
struct Clip {
    int frames = 0;
    double rate = 0; ///< frames a second; 0: unknown, places are told as frame numbers
    /// When each frame is shown, in microseconds from the first; empty where nobody has looked yet, or the
    /// pictures have no times.
    std::vector<std::int64_t> timesUs;

    /// Whether it can be told which part of the sound belongs to a frame. An even rate is not enough: frames
    /// may stand apart unevenly, and the wrong part would be silenced.
    [[nodiscard]] bool timed() const { return frames > 0 && timesUs.size() == std::size_t(frames); }
    /// The part of the sound that is heard while frames first..last are shown; of the first frame with what
    /// comes before it, of the last one with what comes behind it. Needs timed().
    [[nodiscard]] model::Mute::Range soundOf(int first, int last) const;
    /// Place of a moment among the frames: 1 where the first one begins, `frames` + 1 where the last one
    /// ends.
    [[nodiscard]] double placeOf(std::int64_t ms) const;
    /// "00:12:47.200"
    [[nodiscard]] static QString clockText(std::int64_t ms);
};

} // namespace kamei::ui::views::image
