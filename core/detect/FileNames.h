#pragma once

#include <span>
#include <vector>

#include "core/detect/Detector.h"

namespace kamei::detect {

/// Findings for names of files and folders that hold a known identifier of the subject. What leaves is
/// named anew in any case (transform::Transform::outputName); the finding shows that the name identified.
[[nodiscard]] std::vector<model::Finding> fileNameFindings(std::span<const model::Source> sources,
                                                           const Context& context);

} // namespace kamei::detect
