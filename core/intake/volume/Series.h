#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/Error.h"
#include "core/base/Progress.h"
#include "core/model/Asset.h"
#include "core/model/Volume.h"

namespace kamei::intake::volume {

/// One frame of a source and where it lies in the patient, also where it belongs to no volume.
struct SlicePlace {
    std::size_t source = 0;         ///< index into the sources given
    std::int32_t frame = 1;         ///< from 1; NIfTI: slices of the first volume, then of the next
    bool placed = false;            ///< the header says where it lies
    model::VolumeGeometry geometry; ///< one slice; axes[2]: along its normal, as thick as stated
    double slope = 1;               ///< value = stored * slope + intercept, of this frame
    double intercept = 0;
    double lowest = 0; ///< value that a sample of its bits can have, and the highest
    double highest = 0;
    std::int32_t volume = -1; ///< index into Listing::volumes; -1: in none
    double slice = -1;        ///< its place in that volume, slices from 0; between whole ones where the
                              ///< spacing of the series is not even
    /// A picture made of a volume or for planning one, not a slice: "localizer", "projection" (MIP and the
    /// like), "rendering" (3D), "mosaic"; empty for slices (PS3.3 2024b C.7.6.1.1.2, C.8.16.1).
    std::string rendering;
    std::string reason; ///< why it is in no volume, a stable word; empty when it is in one
};

/// One of the volumes that an asset holds.
struct VolumeInfo {
    model::VolumeGeometry geometry;
    std::string modality;
    std::string frameOfReference;
    std::vector<std::size_t> places; ///< indices into Listing::places, by position
    std::int32_t filled = 0;         ///< slices without a frame: between their neighbours
    std::int32_t doubled = 0;        ///< frames at the place of another, left out
    /// What has to be known of it, stable words: "slices-missing", "slices-doubled", "spacing-uneven",
    /// "tilted", "tilt-not-in-geometry", "spacing-between-slices-differs".
    std::vector<std::string> notes;
};

/// What an asset holds. Largest volume first.
struct Listing {
    std::vector<SlicePlace> places; ///< every frame of every source that could be read
    std::vector<VolumeInfo> volumes;
    /// Why frames are in no volume, each word once: "not-a-slice-image" "position-missing"
    /// "orientation-missing" "orientation-contradictory" "spacing-missing" "spacing-zero" "one-slice"
    /// "positions-not-in-a-row" "colour" "float-samples" "mosaic" "unreadable" ("localizer", "projection" and
    /// "rendering" are no defects).
    std::vector<std::string> problems;
};

/// Reads headers only. A series is split by orientation, size, spacing, frame of reference and kind of image;
/// where several frames lie at the same places, by what tells them apart (acquisition, echo, time, ...), else
/// by their order. Gaps of up to three slices are left to be filled, at wider ones the volume ends and
/// another begins. Cancelled; fails as opening a source does when none could be opened.
[[nodiscard]] base::Expected<Listing>
listVolumes(const model::Asset& asset, std::span<const model::Source> sources, std::stop_token stop = {});

/// One volume of the listing. Slices of missing frames are interpolated between their neighbours; voxels of
/// Pixel Padding Value become the lowest value (CT: -1024 HU). Needs memory for the volume and one frame
/// beside it. NotPossible (args: the word of Listing::problems) when there is no volume of that index,
/// TooLarge above 2^30 voxels, else as decoding a frame does; Cancelled.
[[nodiscard]] base::Expected<model::Volume>
readVolume(const model::Asset& asset, std::span<const model::Source> sources, std::stop_token stop = {},
           base::ProgressSink* progress = nullptr, std::size_t index = 0);
/// The same where the listing is at hand; `every` reads only each so many-th slice (the geometry says so),
/// for a first look.
[[nodiscard]] base::Expected<model::Volume>
readVolume(const Listing& listing, std::size_t index, std::span<const model::Source> sources,
           std::stop_token stop = {}, base::ProgressSink* progress = nullptr, std::int32_t every = 1);

[[nodiscard]] model::PointMm cross(const model::PointMm& a, const model::PointMm& b);
[[nodiscard]] double dot(const model::PointMm& a, const model::PointMm& b);
[[nodiscard]] double norm(const model::PointMm& a);

} // namespace kamei::intake::volume
