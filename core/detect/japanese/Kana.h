#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kamei::detect::japanese {

[[nodiscard]] std::u32string toHiragana(std::u32string_view kana);
[[nodiscard]] std::u32string toKatakana(std::u32string_view kana);
/// Katakana as half-width (JIS X 0201) with separate sound marks; other characters stay.
[[nodiscard]] std::u32string toHalfWidth(std::u32string_view katakana);
/// ASCII as full-width forms; other characters stay.
[[nodiscard]] std::u32string toFullWidth(std::u32string_view ascii);
[[nodiscard]] bool isAllKana(std::u32string_view text);

/// Kana in Latin letters, lower case, every usual way: Hepburn and Kunrei, long vowels kept, dropped or
/// with h ("ohno"), n or m before b, m, p. The first is Hepburn with vowels kept; at most 24.
[[nodiscard]] std::vector<std::string> romaji(std::u32string_view kana);

} // namespace kamei::detect::japanese
