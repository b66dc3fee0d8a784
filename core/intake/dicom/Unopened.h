#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/intake/dicom/Instance.h"

namespace kamei::intake::dicom {

/// What makes an object one that nobody here can examine, as a stable word; empty for all others:
/// "encapsulated-pdf" "encapsulated-cda" "encapsulated-model" (STL, OBJ, MTL: the shape of a person)
/// "encapsulated-document" (PS3.3 2024b A.45, A.85, A.104), "audio" (a voice, A.34.2 and A.34.7),
/// "dicomdir" (PS3.3 Annex F: an index, left behind at import).
[[nodiscard]] std::string_view unopenedPart(const Instance& instance);

/// The document of an Encapsulated PDF or CDA object (PS3.3 2024b A.45.1, A.45.2): bytes as stored, padding left out.
/// Nothing for all other objects.
[[nodiscard]] std::optional<std::string> documentInside(const Instance& instance);

/// Media Storage Directory Storage (PS3.4 2024b B.5, PS3.10 8.6): by its SOP class or its records.
[[nodiscard]] bool isDirectory(const Instance& instance);

} // namespace kamei::intake::dicom
