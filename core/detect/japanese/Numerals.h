#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/detect/japanese/CharacterSet.h"

namespace kamei::detect::japanese {

/// A whole number read at a place of a normalised text.
struct Numeral {
    std::int64_t value = 0;
    std::size_t length = 0; ///< code points
    bool kanji = false;
};

/// The number that begins at `at`: digits ("2024"), kanji by place (二〇二四), kanji by multiplication
/// (三十一, 千九百, 廿三), legal kanji (壱弐参), mixed (5千). Empty when none begins there or it exceeds
/// 10^15.
[[nodiscard]] std::optional<Numeral> readNumeral(std::u32string_view text, std::size_t at);

/// A kanji digit 〇一二三四五六七八九 零壱弐参, or -1.
[[nodiscard]] int kanjiDigit(char32_t c);
/// 十百千 (and 拾): 10, 100, 1000; else 0.
[[nodiscard]] int kanjiUnit(char32_t c);
inline constexpr std::u32string_view kKanjiNumerals =
    U"〇一二三四五六七八九零壱壹弐貳参參肆伍陸漆捌玖十拾百千廿卅";
/// Whether it is one of the above, or 廿 or 卅.
[[nodiscard]] inline bool isKanjiNumeral(char32_t c) {
    static constexpr CharacterSet kSet{kKanjiNumerals};
    return kSet.has(c);
}

/// 0..9999 in kanji by multiplication: 26 -> 二十六, 0 -> 〇.
[[nodiscard]] std::u32string kanjiByMultiplication(int value);
/// Digits in kanji by place: 1951 -> 一九五一.
[[nodiscard]] std::u32string kanjiByPlace(int value);

} // namespace kamei::detect::japanese
