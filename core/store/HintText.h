#pragma once

// Private to store.

#include <string>

#include "core/model/Subject.h"

namespace kamei::store {

/// What is said of a person as JSON: the same hint always gives the same text.
[[nodiscard]] std::string hintText(const model::SubjectHint& hint);
/// The reverse; throws Refusal (WorkspaceDamaged) for anything else.
[[nodiscard]] model::SubjectHint hintFrom(const std::string& text);

} // namespace kamei::store
