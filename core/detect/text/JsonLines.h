#pragma once

#include <string>
#include <string_view>

#include "core/base/Error.h"
#include "core/detect/text/TextDetector.h"

namespace kamei::detect::text {

/// One line of `kamei-cli detect-text`: {"id","text","known"?} in, {"id","spans":[{"start","end","label",
/// "confidence","source"}]} out, without line end. Offsets count code points. `known` may hold patient_name,
/// patient_kana, patient_romaji, chart_no, birth_date, address, phone (texts) and clinicians, facilities
/// (lists of texts); other keys are ignored. Malformed when the line is no such object. Thread-safe.
[[nodiscard]] base::Expected<std::string> detectJsonLine(std::string_view line, const TextDetector& detector);

} // namespace kamei::detect::text
