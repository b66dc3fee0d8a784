#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace kamei::intake::encoding {

/// Appends a code point as UTF-8.
void appendUtf8(std::string& out, char32_t codePoint);

/// One code point of a UTF-8 text and the bytes it takes. `length` 0: not valid UTF-8 at this place
/// (overlong forms, surrogates and values above U+10FFFF included).
struct CodePoint {
    char32_t value = 0;
    std::size_t length = 0;
};
[[nodiscard]] CodePoint codePointAt(std::string_view utf8, std::size_t byte);

/// Number of code points of a valid UTF-8 text.
[[nodiscard]] std::int64_t countCodePoints(std::string_view utf8);

/// A valid UTF-8 text as code points.
[[nodiscard]] std::u32string toUtf32(std::string_view utf8);
[[nodiscard]] std::string toUtf8(std::u32string_view text);

} // namespace kamei::intake::encoding
