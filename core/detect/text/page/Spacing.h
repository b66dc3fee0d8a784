#pragma once

#include <string_view>

#include "core/detect/japanese/Normalise.h"
#include "core/detect/text/words/PhraseTrie.h"

namespace kamei::detect::text::page {

/// Text recognition writes Japanese with a blank behind every letter ("昭 和 1 1 年"). Takes these blanks out
/// of lines most of whose letters stand apart by single blanks; the way back to the original stays right.
/// Behind and before key words the blank stays, since there it parts the field from its value. Full-width
/// blanks are layout and stay, and texts without such lines stay as they are.
/// `utf8` is the original of `text`; `words` are the words of the product's list.
void joinSpacedLetters(japanese::Normalised& text, std::string_view utf8, const words::PhraseTrie& words);

} // namespace kamei::detect::text::page
