#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/base/Error.h"

namespace kamei::base {

/// The folder that holds the product's resources: $KAMEI_RESOURCES, else share/kamei beside the
/// program's bin folder, else the source tree it was built from.
[[nodiscard]] const std::filesystem::path& resourceFolder();

/// Content of a resource, for example "guideline/rules.tsv".
[[nodiscard]] Expected<std::string> readResource(std::string_view name);

} // namespace kamei::base
