#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/Error.h"
#include "core/demo/People.h"

namespace kamei::demo {

/// Laboratory result as a message of the SS-MIX2 storage: HL7 v2.5, segments ending in CR, kanji in
/// ISO-2022-JP escapes, a segment of the site at its end.
[[nodiscard]] base::Expected<std::vector<Planted>>
writeLaboratoryMessage(const Person& person, const std::filesystem::path& cohort, const std::string& file);
/// FHIR R4 Bundle: patient, practitioner, observation, document with an attachment.
[[nodiscard]] base::Expected<std::vector<Planted>>
writeFhirBundle(const Person& person, const std::filesystem::path& cohort, const std::string& file);

} // namespace kamei::demo
