#pragma once

#include <string>
#include <vector>

#include "core/detect/Detector.h"
#include "core/detect/text/TextDetector.h"

namespace kamei::detect {

/// What a document about one person teaches of that person and of those who treat them: `value` is what the
/// span covers. Only certain spans teach, and no surname alone, which would be found in everybody's
/// documents.
void learn(const text::Span& span, const std::string& value, Detection& out);

/// Each kind and value once, the first of them.
void keepDistinct(std::vector<model::KnownIdentifier>& known);

} // namespace kamei::detect
