#pragma once

#include <cstdint>
#include <stop_token>
#include <vector>

#include "core/base/Error.h"
#include "core/detect/vision/FrameText.h"
#include "core/model/Mask.h"
#include "core/model/Raster.h"

namespace kamei::detect::vision {

/// A box found on a frame.
struct Sighting {
    model::RectPx rect;
    double score = 0; ///< 0..1
};

/// Ties what was found on single frames together over time: masks with a key frame for each sighting
/// (model::Mask::track). What moves less than its own size between two looks, and is lost for at most three
/// of them, is one; a new scene ends all. Every mask begins before its first sighting and ends behind its
/// last, for what was there before it was seen.
class TrackBuilder {
public:
    /// One frame in `every` is looked at; the clip has `frames`.
    TrackBuilder(std::int32_t every, std::int32_t frames);
    /// Frames in rising order. `newScene`: the scene changed since the frame that was added before.
    void add(std::int32_t frame, const std::vector<Sighting>& found, bool newScene);
    /// Tracks of weak sightings are left out.
    [[nodiscard]] std::vector<model::Mask> finish();

private:
    struct Track {
        std::vector<model::TrackKey> keys;
        double best = 0;
        std::int32_t from = 1; ///< first frame of its scene
        std::int32_t to = 0;   ///< last frame of its scene; 0: still running
    };
    std::int32_t m_every;
    std::int32_t m_frames;
    std::int32_t m_sceneFrom = 1;
    std::vector<Track> m_tracks;
};

/// Tells when a picture belongs to another scene than the one before: by the distribution of its colours over
/// a grid, which motion changes slowly.
class SceneCuts {
public:
    /// Whether a new scene begins with this picture; false for the first one.
    [[nodiscard]] bool isNew(const model::Raster& raster);

private:
    std::vector<float> m_before;
};

/// Follows a box from `start` to `last` (forwards, or backwards where `last` is smaller) by its looks. The
/// mask ends at the frame on which the box is lost, or a new scene begins. InvalidArgument for a box that
/// does not lie in the picture; errors of `frame`; Cancelled.
[[nodiscard]] base::Expected<model::Mask> trackBox(const FrameSource& frame, std::int32_t start,
                                                   const model::RectPx& box, std::int32_t last,
                                                   std::stop_token stop = {});

} // namespace kamei::detect::vision
