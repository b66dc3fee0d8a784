#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/Error.h"
#include "core/model/Volume.h"

namespace kamei::detect::volume {

/// Parts of a face in the patient, mm; found in rendered views and brought back onto the surface.
struct FaceMarks {
    model::PointMm rightEye{}; ///< the person's right one
    model::PointMm leftEye{};
    model::PointMm nose{}; ///< tip
    model::PointMm mouth{};
    model::PointMm chin{}; ///< lowest point of the face, from the distance between eyes and mouth
    model::PointMm rightEar{};
    model::PointMm leftEar{};
};

/// The head in a volume, without table, headrest, cushions and tubes.
///
/// Axes: unit vectors in patient coordinates. They come from the face where one was found (`fromFace`), else
/// from the patient coordinates of the header (front is -y, up +z).
struct Head {
    model::VolumeGeometry grid;         ///< about 2 mm, blocks of voxels of the volume (same axes)
    std::vector<std::uint8_t> mask;     ///< on the grid: 1 in the head; holes and airways are filled
    std::array<std::int32_t, 3> step{}; ///< voxels of the volume in one of the grid, along each axis
    double skinThreshold = 0;           ///< value (slope and intercept applied): skin is above, air below
    double background = 0;              ///< mean value of what lies around the head
    double noise = 0;                   ///< its standard deviation

    model::PointMm front{0, -1, 0};
    model::PointMm up{0, 0, 1};
    model::PointMm left{1, 0, 0};
    bool fromFace = false;
    model::PointMm centre{};         ///< middle of the head, as high as the eyes
    std::array<double, 3> reachMm{}; ///< how far it reaches from the centre to left, front, up
    std::array<double, 3> backMm{};  ///< and to right, back, down (as far as it was imaged)
    std::optional<FaceMarks> marks;  ///< where a face was found
    /// Heights above the centre along `up`, mm: from the marks, else from the size of the head.
    double browMm = 0, eyesMm = 0, noseMm = 0, mouthMm = 0, chinMm = 0;
    std::array<double, 2> widthMm{}; ///< at the level of the centre: to left and right, to front and back

    /// Whether a place lies in the head; false outside the grid.
    [[nodiscard]] bool contains(const model::PointMm& place) const;
    /// Whether the mask is set within `reach` cells of the grid.
    [[nodiscard]] bool isNear(const model::PointMm& place, double marginMm) const;
};

/// Whether it is as wide and as deep as heads are, from newborns to adults with room to spare.
[[nodiscard]] bool hasHeadSize(const Head& head);

/// Finds the head: a mean over blocks, a threshold (CT: -300 HU, others by Otsu's method on the histogram),
/// opening so that table, headrest and tubes come off, the largest piece at the patient's upper end, grown
/// back and filled. NotPossible (args: a stable word): "no-tissue", "no-air" (the field of view lies inside
/// the body: there is no skin to be seen), "too-small". Cancelled.
[[nodiscard]] base::Expected<Head> findHead(const model::Volume& volume, std::stop_token stop = {});

/// Where a place of the patient lies in a volume, in voxels; whole numbers are centres.
[[nodiscard]] std::array<double, 3> voxelOf(const model::VolumeGeometry& geometry,
                                            const model::PointMm& place);

} // namespace kamei::detect::volume
