#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/intake/volume/FrameHeaders.h"
#include "core/intake/volume/Series.h"

namespace kamei::intake::volume {

/// A frame on its way into a volume: its header and its index in Listing::places.
struct Placed {
    FrameHeader header;
    std::size_t place = 0;
    double along = 0; ///< mm along the normal
};

/// Splits frames of one orientation and size into volumes, and says for each where its slices lie. Frames
/// that fit into none get their reason in `listing.places`.
void stack(std::vector<Placed> frames, Listing& listing);

} // namespace kamei::intake::volume
