// Private to core/intake/video and core/transform/video: a decoded frame as the picture that people see.
#pragma once

#include "core/intake/video/Ffmpeg.h"
#include "core/model/Raster.h"

namespace kamei::intake::video {

/// 8-bit RGB with the frame's own matrix and range (H.264 table E-5; below 720 lines BT.601 where nothing is
/// said).
[[nodiscard]] base::Expected<model::Raster> rasterOf(const AVFrame& frame);

} // namespace kamei::intake::video
