#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/base/Error.h"
#include "core/intake/slide/Slide.h"
#include "core/intake/slide/TiffBuild.h"

namespace kamei::transform::slide {

/// The tags of a page that are written: layout, colour, resolution, and what a vendor's readers need to know
/// the page by; everything else is left behind, known or not (a list of what may stay, never of what has to
/// go). The places of tiles, JPEGTables, SubIFDs and Hamamatsu's table of intervals are the writer's.
/// Ascending by tag.
///
/// ImageDescription is made anew: of Aperio the line of the library, sizes, AppMag, MPP and original sizes;
/// of OME `ome`; of others the word of what the page shows. Of Make only "Hamamatsu". An ICC profile only if
/// it is one of the common ones.
[[nodiscard]] std::vector<intake::slide::Field> cleanFields(const intake::slide::Slide& slide,
                                                            std::size_t page, const std::string& ome);

/// The OME-XML of a slide with what its geometry needs and no more: images, sizes, sample types, pixel sizes,
/// channels and the pages they lie on (OME 2016-06 schema). `places[i]`: where page i of the chain stands in
/// the copy; nothing when it is left out, and then its image goes too. Empty for slides that are not OME;
/// Malformed for broken XML.
[[nodiscard]] base::Expected<std::string> cleanOme(const intake::slide::Slide& slide,
                                                   const std::vector<std::optional<std::size_t>>& places);

} // namespace kamei::transform::slide
