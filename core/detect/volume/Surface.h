#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/detect/volume/Head.h"
#include "core/model/Raster.h"
#include "core/model/Volume.h"

namespace kamei::detect::volume {

/// A look at the surface, in parallel projection.
struct SurfaceView {
    model::PointMm centre{};         ///< is in the middle of the picture
    model::PointMm towards{0, 1, 0}; ///< unit: the way one looks, from the eye to the centre
    model::PointMm up{0, 0, 1};      ///< unit, upwards in the picture; need not stand upright on `towards`
    double sideMm = 260;             ///< what the picture's side shows
    std::int32_t sizePx = 256;       ///< width and height
    double threshold = 0;            ///< value at which the surface is
};

/// A picture of the surface (grey, 8 bits, shaded by its gradient and lit from the eye) and where it lies.
struct SurfacePicture {
    model::Raster picture;
    std::vector<float> depthMm; ///< of each pixel: from the plane through `centre`, negative towards the eye;
                                ///< infinite where nothing was hit
    /// The place on the surface under a pixel.
    [[nodiscard]] model::PointMm placeOf(const SurfaceView& view, double x, double y, double depth) const;
};

/// Casts rays into a volume, which outlives it: one for each pixel, to the first place above the threshold
/// (trilinear). Software only and deterministic: same input, same bytes. Const use from several threads is
/// safe.
class SurfaceCaster {
public:
    explicit SurfaceCaster(const model::Volume& volume);
    [[nodiscard]] SurfacePicture look(const SurfaceView& view) const;

private:
    const model::Volume& m_volume;
    std::array<std::int32_t, 3> m_blocks{};
    std::vector<std::int16_t> m_highest; ///< voxel of each block: rays pass empty ones in one step
};

/// One look. With a head, only what is near it is shown: no table, no tubes.
[[nodiscard]] SurfacePicture look(const model::Volume& volume, const SurfaceView& view,
                                  const Head* head = nullptr);
/// The picture alone.
[[nodiscard]] model::Raster render(const model::Volume& volume, const SurfaceView& view,
                                   const Head* head = nullptr);

/// A view turned about the head: yaw to the person's left and pitch upwards move the eye, degrees; roll turns
/// the picture. Yaw 0 and pitch 0 look the head in the face.
[[nodiscard]] SurfaceView viewOf(const Head& head, double yaw, double pitch, double roll, double threshold);

/// Voxels of `spacingMm` along the patient's axes around the head, smoothed a little, what is not near it put
/// to the background: for many looks, and no finer than a picture shows.
[[nodiscard]] model::Volume aroundHead(const model::Volume& volume, const Head& head, double spacingMm = 1.2);

} // namespace kamei::detect::volume
