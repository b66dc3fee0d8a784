#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "core/stage/ByteForms.h"

namespace kamei::stage {

/// What a spelling is made of, as far as its borders matter.
struct Shape {
    bool digits = false;     ///< nothing but ASCII digits
    bool digitFirst = false; ///< begins with an ASCII digit
    bool digitLast = false;
    bool latin = false;    ///< nothing but ASCII letters and digits
    bool hiragana = false; ///< nothing but hiragana
    bool katakana = false; ///< nothing but full-width katakana
    std::uint32_t characters = 0;
};
[[nodiscard]] Shape shapeOf(std::string_view utf8);

/// A match in a file, with what stands around it.
struct Place {
    std::span<const std::byte> data;
    std::size_t start = 0;
    std::size_t end = 0;
    FormEncoding encoding = FormEncoding::Utf8;
};

/// A number counts as a whole run of digits: with zeros before it, or joined to a date (YYYYMMDD) or a time
/// stamp (YYYYMMDDhhmmss), but not inside another number nor as the fraction of a decimal.
[[nodiscard]] bool standsAsNumber(const Place& place);
/// No digit touches a border at which the spelling itself has a digit.
[[nodiscard]] bool digitsEnd(const Place& place, const Shape& shape);
/// No ASCII letter or digit stands beside it.
[[nodiscard]] bool standsAsWord(const Place& place);
/// No letter of the same kana stands beside it: さとう is no name inside ありがとうさとうきび.
[[nodiscard]] bool kanaEnds(const Place& place, const Shape& shape);
/// All but two of the 8 bytes before, the match, and the 8 after it are printable ASCII, ESC or line ends.
[[nodiscard]] bool amidText(const Place& place);
/// The match lies in kanji that an escape sequence announces, at a character border (ISO 2022).
[[nodiscard]] bool inKanjiState(const Place& place);
/// The match begins at a character border of its encoding (CP932, EUC-JP, UTF-16; others always do).
[[nodiscard]] bool atCharacter(const Place& place);
/// Whether all bytes are well-formed UTF-8.
[[nodiscard]] bool isUtf8(std::span<const std::byte> data);

} // namespace kamei::stage
