#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kamei::detect::japanese {

/// UTF-8 as code points; an invalid byte becomes U+FFFD, one for each byte.
[[nodiscard]] std::u32string toCodePoints(std::string_view utf8);
[[nodiscard]] std::string toUtf8(std::u32string_view text);
[[nodiscard]] std::string toUtf8(char32_t character);
void appendUtf8(std::string& out, char32_t character);
/// Writes one to four bytes; how many.
std::size_t putUtf8(char* out, char32_t character);

/// Text in one form, with the way back. Compatibility forms become plain ones (NFKC), half-width kana
/// full-width with their sound marks joined, every dash '-', every wave dash '~', every blank ' ', CR LF and CR '\n'.
/// Circled and parenthesised numbers stay: they count, they do not measure.
struct Normalised {
    std::u32string text;
    /// For each code point of `text` the first code point of the original it comes from, and the one
    /// after the last. Both have text.size() entries.
    std::vector<std::uint32_t> begin;
    std::vector<std::uint32_t> end;
    std::uint32_t originalLength = 0; ///< code points

    /// Original range of the normalised range first..last (last exclusive, first < last).
    [[nodiscard]] std::int64_t originalStart(std::size_t first) const { return begin[first]; }
    [[nodiscard]] std::int64_t originalEnd(std::size_t last) const { return end[last - 1]; }
};

[[nodiscard]] Normalised normalise(std::string_view utf8);

// Kinds of normalised characters.
[[nodiscard]] constexpr bool isHiragana(char32_t c) {
    return c >= 0x3041 && c <= 0x309F;
}
/// Katakana letters and the long vowel mark, without the middle dot.
[[nodiscard]] constexpr bool isKatakana(char32_t c) {
    return (c >= 0x30A1 && c <= 0x30FA) || (c >= 0x30FC && c <= 0x30FF) || (c >= 0x31F0 && c <= 0x31FF);
}
/// Ideographs, with the iteration mark 々, 〆 and 〇 but without small ヶ.
[[nodiscard]] constexpr bool isKanji(char32_t c) {
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x20000 && c <= 0x3134F) ||
           (c >= 0xF900 && c <= 0xFAFF) || c == U'々' || c == U'〆' || c == U'〇';
}
/// Letters of Japanese: kana and ideographs.
[[nodiscard]] constexpr bool isJapanese(char32_t c) {
    return isHiragana(c) || isKatakana(c) || isKanji(c);
}
[[nodiscard]] constexpr bool isDigit(char32_t c) {
    return c >= U'0' && c <= U'9';
}
[[nodiscard]] constexpr bool isUpper(char32_t c) {
    return (c >= U'A' && c <= U'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7);
}
[[nodiscard]] constexpr bool isLower(char32_t c) {
    return (c >= U'a' && c <= U'z') || (c >= 0xDF && c <= 0xFF && c != 0xF7);
}
[[nodiscard]] constexpr bool isLatin(char32_t c) {
    return isUpper(c) || isLower(c) || (c >= 0x100 && c <= 0x24F);
}
[[nodiscard]] constexpr bool isBlank(char32_t c) {
    return c == U' ' || c == U'\t';
}
[[nodiscard]] constexpr bool isLineEnd(char32_t c) {
    return c == U'\n' || c == U'\r';
}
[[nodiscard]] constexpr bool isSpace(char32_t c) {
    return isBlank(c) || isLineEnd(c);
}
/// Letters of any script and digits.
[[nodiscard]] constexpr bool isWord(char32_t c) {
    return isHiragana(c) || isKatakana(c) || isKanji(c) || isDigit(c) || isLatin(c);
}

} // namespace kamei::detect::japanese
