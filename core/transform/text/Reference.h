#pragma once

#include <string>
#include <string_view>

#include "core/transform/pseudonym/Pseudonym.h"

namespace kamei::transform::text {

/// What stands in place of the id of a FHIR resource, of a reference to one, or of the URL of an entry, the
/// same for the same id in the whole workspace, so that what belonged together still does (FHIR
/// R4 2.3, 3.1.3): the id becomes a random UUID, the server an address that cannot exist (RFC 2606).
/// "Patient/", "#" and "urn:uuid:" stay.
[[nodiscard]] std::string newReference(std::string_view text, const pseudonym::Key& key);

} // namespace kamei::transform::text
