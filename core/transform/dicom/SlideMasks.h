#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/base/Error.h"
#include "core/model/Asset.h"
#include "core/model/Mask.h"

namespace kamei::transform::dicom {

/// The masks of a whole-slide series as they fall on each of its instances (Guideline 4.7.1, 5.4.3): what is
/// drawn on a tile of one level is destroyed on every level, focal plane and optical path that shows the same
/// place of the glass, or none of them is written. Immutable, thread-safe.
///
/// - Where a tile lies: intake::dicom::slideGeometry. Levels are matched by the slide's coordinates (one
/// Frame
///   of Reference, one orientation), and a figure grows by two pixels of the level it falls on and by one of
///   the level it was drawn on: scanners make levels with filters that reach over so many, and round sizes.
/// - Labels and overviews are pictures of their own: masks on them stay on them, those of the scan do not
///   reach them. Findings of their own ask for a judgement (detect::attribute).
/// - What covers a whole frame on all frames needs no geometry.
class SlideMasks {
public:
    /// Reads the headers of all sources when one mask falls on the scan. NotPossible (args: mask, word) where
    /// it cannot be told what shows the same place ("frame-of-reference", "orientation", "keep-inside",
    /// "place") or where it would be too much ("too-many-tiles"); the errors of slideGeometry.
    [[nodiscard]] static base::Expected<SlideMasks> make(std::span<const model::Source> sources,
                                                         std::span<const model::Mask> masks);

    /// The masks that fall on a source; their frames are counted over the asset.
    [[nodiscard]] const std::vector<model::Mask>& of(std::size_t source) const { return m_masks[source]; }

private:
    std::vector<std::vector<model::Mask>> m_masks;
};

} // namespace kamei::transform::dicom
