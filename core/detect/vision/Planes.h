#pragma once
// Private to core/detect/vision: pictures as OpenCV holds them.

#include <opencv2/core.hpp>
#include <vector>

#include "core/model/Raster.h"

namespace kamei::detect::vision {

/// A picture as it is shown: 8 bits, one channel or three (blue, green, red), window and polarity applied.
/// Without a stated window the range of the samples is shown.
[[nodiscard]] cv::Mat shownPicture(const model::Raster& raster);

/// One channel, 8 bits, in each of which letters of some kind are brighter than what surrounds them: of light
/// letters, of dark ones (inverted); of 16-bit pictures also over the whole range, since letters are often
/// written at the highest value of all, far above the window.
[[nodiscard]] std::vector<cv::Mat> letterPlanes(const model::Raster& raster);

/// Whether the samples are as many as the size says; other rasters are not looked at.
[[nodiscard]] bool isSound(const model::Raster& raster);

} // namespace kamei::detect::vision
