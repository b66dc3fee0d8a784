#pragma once

#include <cstddef>
#include <string_view>

#include "core/detect/text/places/Units.h"

namespace kamei::detect::text::places {

// Where the proper name of a facility or organisation begins and ends.

/// Letters that such names are written with: kanji, kana, ASCII letters.
[[nodiscard]] inline bool isNameLetter(char32_t c) {
    return japanese::isKanji(c) || japanese::isHiragana(c) || japanese::isKatakana(c) || c == U'ヶ' ||
           c == U'ケ' || (japanese::isLatin(c) && c < 0x80);
}

/// Kinds of places that are said before a name and are no part of it: 学童 of 学童どんぐり.
[[nodiscard]] bool leadsOnly(std::u32string_view prefix);
/// Where a name begins whose part before `suffix` may mix kanji, kana and Latin. Hiragana belongs to the
/// name (ひだまり, みなと橋) unless it joins it to the sentence (移送には別府保健所).
[[nodiscard]] std::size_t nameStart(const Page& page, std::size_t suffix);
/// Where a name that begins at `i` ends: a particle before kanji ends it, unless の goes on in it.
[[nodiscard]] std::size_t nameEnd(const Page& page, std::size_t i);
/// Corporate form and society before a blank: "医療法人社団 清流会 東雲記念病院".
[[nodiscard]] std::size_t withCorporation(const Page& page, std::size_t start);
/// Branch behind a name: "なぎさ薬局 館山店", "株式会社ミズホ精密 富士工場".
[[nodiscard]] std::size_t withBranch(const Page& page, std::size_t end);
/// A name whose words the dictionary does not know as plain ones.
[[nodiscard]] bool isProper(const Page& page, std::size_t start, std::size_t end);

} // namespace kamei::detect::text::places
