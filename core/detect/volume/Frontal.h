#pragma once

#include <vector>

#include "core/model/Locator.h"
#include "core/model/Raster.h"

namespace kamei::detect::volume {

/// A face that looks at the viewer, found by the shape of its shading.
struct FrontalFace {
    model::RectPx rect;
    double score = 0; ///< 0..1; 0.5 is where the detector says yes
};

/// Finds upright frontal faces in a grey picture of 8 bits with dlib's detector (histograms of oriented
/// gradients, Felzenszwalb 2010; its model is part of the library), best first. On surfaces of heads it tells
/// faces from backs and sides of heads, for which BlazeFace gives nearly the same scores; BlazeFace knows
/// where eyes and mouth are. Thread-safe: a detector a thread.
[[nodiscard]] std::vector<FrontalFace> findFrontalFaces(const model::Raster& picture);

} // namespace kamei::detect::volume
