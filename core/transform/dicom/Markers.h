#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/transform/dicom/Plan.h"

namespace kamei::transform::dicom {

/// What the pixels force upon the header.
struct PixelChanges {
    bool masked = false;
    bool transcoded = false; ///< another transfer syntax: the image attributes change with it
    bool reframed = false;   ///< compressed frames were written anew or left out: offsets no longer hold
    bool lossy = false;      ///< was compressed with loss, which the new transfer syntax no longer shows
    std::map<Tag, std::uint16_t> numbers; ///< Samples per Pixel, Planar Configuration, ... after transcoding
    std::string photometric;              ///< after transcoding
    friend bool operator==(const PixelChanges&, const PixelChanges&) = default;
};

/// What the source says of an earlier de-identification, as far as it may stay.
struct EarlierMarkers {
    bool identityRemoved = false;
    std::string temporal;           ///< Longitudinal Temporal Information Modified
    std::string methods;            ///< De-identification Method in UTF-8, texts that were examined
    std::vector<std::string> codes; ///< CID 7050 codes of De-identification Method Code Sequence
    friend bool operator==(const EarlierMarkers&, const EarlierMarkers&) = default;
};

/// Elements that are written whatever the source has, encoded, in ascending order of their tags.
using Additions = std::vector<std::pair<Tag, std::string>>;

/// Specific Character Set, the markers of PS3.15 E.1 (Patient Identity Removed, De-identification Method
/// and its codes, CID 7050, with the options really applied), Longitudinal Temporal Information Modified,
/// Burned In Annotation and Recognizable Visual Features as far as a person judged them (PS3.3 C.12.1.1,
/// C.7.1.1, C.7.6.1), and what the pixels changed.
/// What was done earlier is stated beside it. A code is stated for what was done, not for what the policy
/// meant to do: none where a site rule or a person kept what the profile removes.
[[nodiscard]] Additions markersOf(const Plan& plan, const PixelChanges& pixels, const EarlierMarkers& earlier,
                                  bool explicitVr);

} // namespace kamei::transform::dicom
