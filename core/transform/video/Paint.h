// Private to core/transform/video: masks drawn onto decoded frames.
#pragma once

#include <vector>

#include "core/intake/video/Ffmpeg.h"
#include "core/model/Mask.h"
#include "core/transform/image/Fill.h"

namespace kamei::transform::video {

/// Masks of a video by frame; what is drawn for one frame serves the next where the same masks apply.
class Painter {
public:
    /// `firstFrame`: number that frame 1 of this source has in its asset.
    Painter(std::vector<model::Mask> masks, std::int32_t firstFrame);

    /// Whether some pixel of the frame (from 1, of the source) is destroyed.
    [[nodiscard]] bool touches(std::int32_t frame, std::int32_t width, std::int32_t height);
    /// Destroys the masked samples of a frame that is writable. A chroma sample goes when a masked luma
    /// sample shares it. NotPossible (args: "pixels") for layouts that are not known.
    [[nodiscard]] base::Expected<void> paint(AVFrame& frame, std::int32_t number);

private:
    [[nodiscard]] const image::FrameMasks& masksOf(std::int32_t frame, std::int32_t width,
                                                   std::int32_t height);

    std::vector<model::Mask> m_masks;
    std::int32_t m_firstFrame;
    std::vector<bool> m_active; ///< masks that the kept pixels were drawn of
    std::int32_t m_drawnFor = 0;
    image::FrameMasks m_drawn;
    bool m_any = false; ///< whether it covers some pixel
};

} // namespace kamei::transform::video
