#pragma once

#include <cstdint>
#include <string>

#include "core/model/Raster.h"

namespace kamei::transform::slide {

/// A paper label drawn anew: white, with a frame and one line of text as large as fits (Guideline 5.4.3: the
/// printed name goes; 4.7.1: the pseudonymous ID takes the place of the number). RGB, 8 bits, of the size
/// asked for; text stands upright along the longer side.
[[nodiscard]] model::Raster drawLabel(std::uint32_t width, std::uint32_t height, const std::string& text);

} // namespace kamei::transform::slide
