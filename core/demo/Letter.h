#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/Error.h"
#include "core/demo/People.h"

namespace kamei::demo {

/// A letter as PDF, two pages with fonts of their own: text that can be read, a name in its information and
/// in its outline, which no page shows.
[[nodiscard]] base::Expected<std::vector<Planted>>
writePdfLetter(const Person& person, const std::filesystem::path& cohort, const std::string& file);

} // namespace kamei::demo
