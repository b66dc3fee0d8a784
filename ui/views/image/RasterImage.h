#pragma once

#include <QImage>

#include "core/model/Raster.h"

namespace kamei::ui::views::image {

/// Brightness mapping in the units of the modality (for CT: HU). width 0: over all values present.
struct Window {
    double center = 0;
    double width = 0;
    friend bool operator==(const Window&, const Window&) = default;
};

/// The window that a picture comes with; without one, the range of its values.
[[nodiscard]] Window initialWindow(const model::Raster& raster);

/// A picture for the screen: grey rasters through the window (PS3.3 C.11.2.1.2, linear), colour ones as they
/// are.
[[nodiscard]] QImage toImage(const model::Raster& raster, const Window& window);

} // namespace kamei::ui::views::image
