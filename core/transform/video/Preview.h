#pragma once

#include <optional>
#include <string>

#include "core/base/Error.h"
#include "core/intake/video/Bytes.h"
#include "core/model/Raster.h"
#include "core/transform/video/Rewrite.h"

namespace kamei::transform::video {

/// One frame, from 1, with its masks, before it is coded: what the output shows up to the loss of coding.
/// `name`: as for intake::video::decodeVideoFrame. Nothing where the frame's layout is converted when it is
/// coded.
[[nodiscard]] base::Expected<std::optional<model::Raster>>
maskedFrame(const intake::video::Bytes& bytes, const std::string& name, const Wish& wish, std::int32_t frame);

} // namespace kamei::transform::video
