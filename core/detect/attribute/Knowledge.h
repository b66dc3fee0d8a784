#pragma once

#include <vector>

#include "core/detect/attribute/Survey.h"
#include "core/model/Subject.h"

namespace kamei::detect::attribute {

/// Identifiers that the headers state, at every nesting level (resources/profiles/known-identifiers.tsv):
/// one for each value and, of names, each component group. Kinds clinician and facility are
/// known of the whole cohort; subject and asset are filled in by the caller.
[[nodiscard]] std::vector<model::KnownIdentifier> knownFrom(const Survey& survey,
                                                            const ProfileTables& tables);

} // namespace kamei::detect::attribute
