#pragma once

#include <span>

#include "core/detect/known/Matcher.h"
#include "core/detect/text/page/Page.h"

namespace kamei::detect::text {

using namespace page; // every unit reads a page

class Mentions;

/// The units that need neither the model nor what it found, in their order; `mentions` go on from page to
/// page.
void findByRules(Page& page, std::span<const model::KnownIdentifier> known, const known::Matcher& matcher,
                 Mentions& mentions);

/// What has the structure of the document behind it takes the whole segment.
void findByRole(Page& page);
void findTables(Page& page); ///< cells below a heading of key words
/// Known identifiers: whole ones anywhere, parts beside an honorific or label; birth dates by value.
void findKnown(Page& page, std::span<const model::KnownIdentifier> known, const known::Matcher& matcher);

} // namespace kamei::detect::text
