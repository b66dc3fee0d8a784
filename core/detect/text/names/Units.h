#pragma once

#include "core/detect/text/page/Page.h"

namespace kamei::detect::text::names {

using namespace page; // every unit reads a page

// The units, in the order in which they run; each adds what it finds to the page.

void findNames(Page& page);     ///< led by a role, field or relative, or followed by an honorific or title
void findFreeNames(Page& page); ///< after findNames
void findStructureNames(Page& page); ///< in dialogues, columns, signatures; after the other names
void findListedNames(Page& page);    ///< that the others of a list show, or whose letters stand apart
void findHonouredNames(Page& page);  ///< that an honorific or title shows alone; after the other names
void findWholeNames(Page& page);     ///< names of which a part was found, to their ends; after the model
void findLatinNames(Page& page);     ///< in Latin letters, where names stand; after the model
void findSignedNames(Page& page);    ///< that a weak word shows among other people; after the model
void findNeighbourNames(Page& page); ///< that the names beside them show; after the model

} // namespace kamei::detect::text::names
