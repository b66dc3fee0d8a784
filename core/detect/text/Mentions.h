#pragma once

#include <string>
#include <vector>

#include "core/detect/text/Page.h"

namespace kamei::detect::text {

/// A name or organisation that was found with good reason, to be looked for in the whole document.
struct Mention {
    std::u32string text;
    Label label = Label::OtherName;
    bool part = false; ///< a surname alone, taken from a full name
};

/// Adds what the page says with good reason; each text once.
void collectMentions(const Page& page, std::vector<Mention>& mentions);
/// Adds candidates where a mention stands in the page again.
void spreadMentions(Page& page, const std::vector<Mention>& mentions);

} // namespace kamei::detect::text
