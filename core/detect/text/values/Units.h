#pragma once

#include "core/detect/text/page/Page.h"

namespace kamei::detect::text::values {

using namespace page; // every unit reads a page

// The units, in the order in which they run; each adds what it finds to the page.

void findContact(Page& page); ///< phones, mail, addresses of the web
void findDates(Page& page);
void findNumbers(Page& page);
void findSpokenNumbers(Page& page); ///< digits that are said one by one, as transcripts have them
void findNumberTuples(Page& page);  ///< numbers of insurance side by side, of accounts, plates and booklets
void findTraits(Page& page);        ///< ages, sexes, occupations; after names and dates
void findDays(Page& page);          ///< days without a month; after names and dates
/// Ages and sexes behind the names found from the given one on; after the model.
void addTraitsBehindNames(Page& page, std::size_t first);
/// Beside names and beside other numbers; after all others, the model too.
void findNumbersBeside(Page& page);

} // namespace kamei::detect::text::values
