#pragma once

#include <cstddef>
#include <vector>

#include "core/model/Locator.h"
#include "core/model/Raster.h"

namespace kamei::detect::vision {

/// A line of what looks like letters.
struct TextBox {
    model::RectPx rect;
    double likeness = 0;   ///< 0..1, how much it looks like drawn letters
    bool vertical = false; ///< the line runs from top to bottom (written so, or turned by 90 degrees)
    std::size_t plane = 0; ///< which of the planes of the picture shows it best; even: light letters
};

/// Lines of burned-in text on a picture (Guideline 5.4.3): strokes that a top-hat leaves over, light or dark,
/// joined into lines; letters of about 8 to 80 pixels, larger ones in large pictures. Letters are proposed
/// whether or not anybody can read them. Empty for a raster whose samples are incomplete.
[[nodiscard]] std::vector<TextBox> findTextBoxes(const model::Raster& raster);

} // namespace kamei::detect::vision
