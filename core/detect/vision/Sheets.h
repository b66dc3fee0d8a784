#pragma once

#include <vector>

#include "core/model/Locator.h"
#include "core/model/Raster.h"

namespace kamei::detect::vision {

/// Bright four-sided things with marks on them in a photograph: monitors, paper, white boards. What they say
/// may be too small or blurred for any reader here and yet legible to a person (Guideline 5.4.3), so they are
/// worth a look and no more. Largest first, at most eight; empty for grey pictures, which are no photographs
/// of rooms.
[[nodiscard]] std::vector<model::RectPx> findSheets(const model::Raster& raster);

} // namespace kamei::detect::vision
