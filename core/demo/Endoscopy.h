#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/Error.h"
#include "core/demo/People.h"

namespace kamei::demo {

/// A computed endoscopy of 320 x 240 pixels, 75 frames at 15 a second (MP4, H.264, groups of 15 frames, AAC sound):
/// name and ID burned in on frames 1 to 30, a drawn face from frame 61 on, the name in the title and a place of
/// recording.
[[nodiscard]] base::Expected<std::vector<Planted>>
writeEndoscopy(const Person& person, const std::filesystem::path& cohort, const std::string& file);

} // namespace kamei::demo
