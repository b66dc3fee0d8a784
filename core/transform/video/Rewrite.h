#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/base/Error.h"
#include "core/intake/video/Bytes.h"
#include "core/intake/video/Index.h"
#include "core/model/Mask.h"
#include "core/model/Mute.h"
#include "core/transform/video/Pieces.h"
#include "core/transform/video/Scratch.h"

namespace kamei::transform::video {

/// What a video becomes.
struct Wish {
    std::vector<model::Mask> masks;
    std::int32_t firstFrame = 1; ///< number that the first frame has in its asset
    /// Streams of sound that stay, by their number in the source; those with ranges are coded anew with
    /// silence there, all others keep their packets.
    std::map<int, model::Mute> sound;
};

/// How it was written.
struct Outcome {
    std::vector<Piece> pieces; ///< frames that were coded anew
    bool sound = false;        ///< a stream of sound was coded anew
    /// For transform::Result: that all of it was, as detection could not foretell.
    [[nodiscard]] std::string notes() const {
        std::string out = whole == "verification" ? "video-anew" : "";
        return sound ? out + (out.empty() ? "sound-anew" : " sound-anew") : out;
    }
    std::string whole; ///< why all of them were, see intake::video::Facts::whole; "verification"; or empty
};

/// Writes the video with the masks burned in and nothing beside its pictures and wished sound into `scratch`.
/// Packets outside the pieces keep their coded slices bit for bit; number and times of frames stay. What was
/// written is read again and decoded at every piece before it counts; where pieces do not hold, all is coded
/// anew, and where that does not hold either, nothing is written (UnsupportedFormat, args: container and
/// codec, what does not hold).
[[nodiscard]] base::Expected<Outcome> rewrite(const intake::video::Bytes& bytes,
                                              const std::shared_ptr<const intake::video::Index>& index,
                                              const Wish& wish, Scratch& scratch);

} // namespace kamei::transform::video
