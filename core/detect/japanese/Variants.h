#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kamei::detect::japanese {

/// One character for all forms of a kanji that names are written with: 髙 -> 高, 﨑 -> 崎, 邉 -> 辺.
/// Other characters stay. One to one, so positions stay.
[[nodiscard]] char32_t plainKanji(char32_t c);
/// All forms that stand for the same kanji in names, `c` included.
[[nodiscard]] std::u32string kanjiForms(char32_t c);
/// The text with its characters in every form, at most `most` texts, the original first.
[[nodiscard]] std::vector<std::u32string> writtenForms(std::u32string_view text, std::size_t most);

/// The form in which names and numbers are compared: plain kanji, katakana for hiragana, small kana
/// large, lower case Latin. One to one on normalised text.
[[nodiscard]] char32_t foldForComparison(char32_t c);

} // namespace kamei::detect::japanese
