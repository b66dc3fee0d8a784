#pragma once

#include "core/detect/text/page/Page.h"

namespace kamei::detect::text::places {

using namespace page; // every unit reads a page

// The units, in the order in which they run; each adds what it finds to the page.

void findAddresses(Page& page);
void findLatinAddresses(Page& page);
void findOrganisations(Page& page);
void findOccupations(Page& page);        ///< after names
void findCluedOrganisations(Page& page); ///< bare and clipped names; after names
void findResidences(Page& page);         ///< municipalities without their last letter; after names

} // namespace kamei::detect::text::places
