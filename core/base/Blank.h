#pragma once

#include <string_view>

namespace kamei::base {

/// Whether a text (UTF-8) says nothing: it is empty, or all of it is white space (White_Space of Unicode 15,
/// PropList.txt, the ideographic space U+3000 among it), controls, or characters without a glyph
/// (Default_Ignorable_Code_Point of Unicode 15, DerivedCoreProperties.txt, and the empty Braille pattern).
/// Bytes that are no UTF-8 say nothing either.
[[nodiscard]] bool isBlank(std::string_view text);

} // namespace kamei::base
