#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kamei::transform::text {

/// The part of a Japanese address down to city, ward, town or village (Guideline 4.8.3: 東京都中央区築地5-1-1
/// -> 東京都中央区), by the table resources/japanese/municipalities.tsv, longest match, spaces between its
/// parts allowed; the prefecture alone where no municipality follows. A postal code before it is left out.
/// Nothing when the address begins with neither.
[[nodiscard]] std::optional<std::string> toMunicipality(std::string_view utf8);

} // namespace kamei::transform::text
