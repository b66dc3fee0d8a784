#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/Error.h"
#include "core/demo/People.h"

namespace kamei::demo {

/// A computed pathology slide in the layout of Aperio's SVS (TIFF with JPEG tiles: scan of 2,048 x 1,536 pixels with
/// one reduced level, thumbnail, label, overview): the label bears name, ID and specimen number, the name is written
/// on the glass as well, and the description names user, date and file.
[[nodiscard]] base::Expected<std::vector<Planted>>
writeSlide(const Person& person, const std::filesystem::path& cohort, const std::string& file);

} // namespace kamei::demo
