#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/model/Subject.h"

namespace kamei::detect::known {

/// Every way in which the whole of a known identifier is written, UTF-8, without repetition, the value
/// itself first: names with and without separators, in kanji variants (髙/高), katakana, hiragana,
/// half-width kana and romaji in both orders and three cases; dates in Western and Japanese notation;
/// numbers with and without separators and in full-width digits. For the residual search (product.md,
/// step 4) and for the text detector.
///
/// Left out, because they occur by chance: spellings of fewer than four digits or letters, and names of
/// one character. A surname or given name alone is no spelling of the whole.
[[nodiscard]] std::vector<std::string> spellings(const model::KnownIdentifier& identifier);

/// The whole of an identifier in the few forms that are left when width, case, kana, kanji variants and
/// separators make no difference: what a matcher needs. Not folded yet.
[[nodiscard]] std::vector<std::u32string> comparableForms(const model::KnownIdentifier& identifier);

/// A personal name taken apart; `given` is empty when it cannot be told.
struct NameParts {
    std::u32string surname;
    std::u32string given;
    std::u32string whole; ///< without separators
};
/// The names in a value: several when it joins scripts with '=' as DICOM does (PS3.5 6.2.1).
[[nodiscard]] std::vector<NameParts> nameParts(std::string_view value);

} // namespace kamei::detect::known
