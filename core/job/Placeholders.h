#pragma once

#include <string_view>

namespace kamei::job {

/// Whether a value stands where an identifier was or should be, but identifies nobody: one character
/// repeated ("00000000", "XXXX"), dummy words of PS3.15 E.1 and of anonymisers ("REMOVED", "ANONYMOUS"),
/// words for "unknown" ("不明"). Searched in everything, such values would be found in everything. Case,
/// width and separators make no difference.
[[nodiscard]] bool isPlaceholder(std::string_view utf8);

} // namespace kamei::job
