#pragma once

#include <string_view>
#include <vector>

#include "core/intake/text/TextSource.h"
#include "core/model/Subject.h"

namespace kamei::detect {

/// Names that messages (HL7 v2 XPN, XCN; FHIR HumanName) hold in parts, put together: "国病^太郎". A part
/// alone would be found in everybody's documents.
[[nodiscard]] std::vector<model::KnownIdentifier> structuredNames(const intake::text::TextSource& source);

/// Whether structuredNames() teaches what a segment of this role holds.
[[nodiscard]] bool isNamePart(std::string_view role);

} // namespace kamei::detect
