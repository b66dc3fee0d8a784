#pragma once

#include <QPointF>
#include <QSize>
#include <array>
#include <optional>

#include "core/model/Volume.h"

namespace kamei::ui::views::surface {

using model::PointMm;

/// What the head looks like from outside: where it is and how it stands, in patient coordinates (LPS, mm).
/// The defaults are those of the patient's coordinate system itself.
struct Stance {
    PointMm low{};           ///< corner of the box around it
    PointMm high{};          ///< the opposite corner
    PointMm front{0, -1, 0}; ///< unit vector out of the face
    PointMm up{0, 0, 1};     ///< unit vector out of the vertex, upright on `front`
    friend bool operator==(const Stance&, const Stance&) = default;
};

/// From where it is looked at, relative to the stance: 0/0 is straight from the front.
struct Camera {
    double azimuthDeg = 0;   ///< positive: from the patient's left
    double elevationDeg = 0; ///< positive: from above
    double zoom = 1;
    double panRight = 0; ///< of the picture, in parts of its height
    double panUp = 0;
    friend bool operator==(const Camera&, const Camera&) = default;
};

/// The views that a face is judged by, in the order of the keys 1 to 6.
enum class StandardView { Front, RightOblique, Right, LeftOblique, Left, Below };
inline constexpr std::array kStandardViews{StandardView::Front, StandardView::RightOblique,
                                           StandardView::Right, StandardView::LeftOblique,
                                           StandardView::Left,  StandardView::Below};
[[nodiscard]] Camera cameraOf(StandardView view);
/// The standard view that a camera looks from, whatever its zoom.
[[nodiscard]] std::optional<StandardView> standardViewOf(const Camera& camera);

/// A camera in patient coordinates, perspective.
struct Pose {
    PointMm eye{};
    PointMm focus{};
    PointMm up{};
    PointMm right{};
    PointMm forward{};
    double viewAngleDeg = 0; ///< over the height of the picture
};
[[nodiscard]] Pose poseOf(const Camera& camera, const Stance& stance, const QSize& picture);
/// Unit direction of the ray through a pixel of the picture, from Pose::eye.
[[nodiscard]] PointMm rayThrough(const Pose& pose, const QPointF& pixel, const QSize& picture);

/// Where the ray first meets a value of at least `threshold`; none where it passes.
[[nodiscard]] std::optional<PointMm> firstHit(const model::Volume& volume, double threshold,
                                              const PointMm& eye, const PointMm& direction);

} // namespace kamei::ui::views::surface
