#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/intake/text/TextSource.h"

namespace kamei::intake::text {

/// One content character as written: `length` bytes that mean `value`. Length 0: not a valid escape.
struct Written {
    char32_t value = 0;
    std::size_t length = 0;
};

/// The character that begins at `byte` of raw content. XML: the five predefined entities and numeric
/// references (XML 1.0, 4.1 and 4.6); quoted table cells: a doubled quote; else one code point.
[[nodiscard]] Written writtenAt(std::string_view raw, std::size_t byte, Escaping escaping);

/// Raw content with escapes resolved.
[[nodiscard]] std::string unescape(std::string_view raw, Escaping escaping);
/// Content as it must be written. XML: safe in text and in attribute values with either quote.
[[nodiscard]] std::string escape(std::string_view content, Escaping escaping);

} // namespace kamei::intake::text
