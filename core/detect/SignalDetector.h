#pragma once

#include <span>

#include "core/detect/Detector.h"

namespace kamei::detect {

/// Recordings (EDF, BDF, SCP-ECG, MFER): fields of the header by what the format says they hold, all other
/// words (labels, transducers, filters, annotations, statements) by the text detector (Guideline 5.3).
[[nodiscard]] base::Expected<Detection>
detectSignal(const model::Asset& asset, std::span<const model::Source> sources, const Context& context);

/// HL7 annotated ECG: as XML of HL7 v3, under the rules of physiology.
[[nodiscard]] base::Expected<Detection>
detectAnnotatedEcg(const model::Asset& asset, std::span<const model::Source> sources, const Context& context);

} // namespace kamei::detect
