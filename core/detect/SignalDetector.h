#pragma once

#include <span>

#include "core/detect/Detector.h"
#include "core/detect/StructuredRoles.h"

namespace kamei::detect {

/// What a part of a recording means by its role (intake::signal::Page) under the rows of physiology
/// (Guideline 5.3.3); roles of text that have no row of their own mean there what they mean in clinical text.
/// A role that nobody knows is deleted like reserved bytes, so that no field of a new reader stays unseen.
/// Empty for "text", "structure" and "binary" alone.
[[nodiscard]] std::optional<RoleMeaning> signalMeaningOf(std::string_view role, std::string_view path);

/// Recordings (EDF, BDF, SCP-ECG, MFER): fields of the header by what the format says they hold, all other
/// words (labels, transducers, filters, annotations, statements) by the text detector (Guideline 5.3).
[[nodiscard]] base::Expected<Detection>
detectSignal(const model::Asset& asset, std::span<const model::Source> sources, const Context& context);

/// HL7 annotated ECG: as XML of HL7 v3, under the rules of physiology.
[[nodiscard]] base::Expected<Detection>
detectAnnotatedEcg(const model::Asset& asset, std::span<const model::Source> sources, const Context& context);

} // namespace kamei::detect
