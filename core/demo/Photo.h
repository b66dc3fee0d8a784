#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/Error.h"
#include "core/demo/People.h"

namespace kamei::demo {

struct Rgb {
    double r, g, b; ///< 0..255
};

/// Colour of the drawn portrait at a pixel of 640 x 480.
[[nodiscard]] Rgb portrait(double x, double y);

/// A drawn portrait (640 x 480, JPEG 4:2:0) with EXIF: artist, description, serial number, GPS position.
[[nodiscard]] base::Expected<std::vector<Planted>>
writePhoto(const Person& person, const std::filesystem::path& cohort, const std::string& file);

} // namespace kamei::demo
