#include "ui/views/surface/Camera.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/model/VolumeMask.h"

namespace kamei::ui::views::surface {
namespace {

constexpr double kViewAngleDeg = 22;
constexpr double kDegree = std::numbers::pi / 180;
/// A head does not reach into the corners of the box around it.
constexpr double kFill = 0.80;

PointMm plus(const PointMm& a, const PointMm& b, double factor = 1) {
    return {a[0] + b[0] * factor, a[1] + b[1] * factor, a[2] + b[2] * factor};
}

PointMm cross(const PointMm& a, const PointMm& b) {
    return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}

double dot(const PointMm& a, const PointMm& b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

PointMm scaled(const PointMm& a, double factor) {
    return {a[0] * factor, a[1] * factor, a[2] * factor};
}

PointMm unit(const PointMm& a) {
    return scaled(a, 1 / std::sqrt(std::max(dot(a, a), 1e-12)));
}

} // namespace

Camera cameraOf(StandardView view) {
    switch (view) {
    case StandardView::Front:
        return {};
    case StandardView::RightOblique:
        return {-45, 0};
    case StandardView::Right:
        return {-90, 0};
    case StandardView::LeftOblique:
        return {45, 0};
    case StandardView::Left:
        return {90, 0};
    case StandardView::Below:
        return {0, -50};
    }
    return {};
}

std::optional<StandardView> standardViewOf(const Camera& camera) {
    for (const StandardView view : kStandardViews) {
        const Camera other = cameraOf(view);
        const double turn = std::remainder(camera.azimuthDeg - other.azimuthDeg, 360.0);
        if (std::abs(turn) < 0.5 && std::abs(camera.elevationDeg - other.elevationDeg) < 0.5) {
            return view;
        }
    }
    return std::nullopt;
}

Pose poseOf(const Camera& camera, const Stance& stance, const QSize& picture) {
    const PointMm left = cross(stance.up, stance.front);
    const double a = camera.azimuthDeg * kDegree;
    const double e = camera.elevationDeg * kDegree;
    const PointMm level = plus(scaled(stance.front, std::cos(a)), left, std::sin(a));
    const PointMm out = plus(scaled(level, std::cos(e)), stance.up, std::sin(e));

    Pose pose;
    pose.viewAngleDeg = kViewAngleDeg;
    pose.forward = scaled(out, -1);
    pose.up = plus(scaled(level, -std::sin(e)), stance.up, std::cos(e));
    pose.right = cross(pose.forward, pose.up);

    const PointMm centre = scaled(plus(stance.low, stance.high), 0.5);
    const PointMm half = scaled(plus(stance.high, stance.low, -1), 0.5);
    // The same distance from all sides: turning must not pulse. A narrow picture needs more of it.
    const double width = std::hypot(half[0], half[1]);
    const double height = std::max(half[2], 1.0);
    const double aspect = picture.height() > 0 ? double(picture.width()) / picture.height() : 1.0;
    const double needed = std::max(height * 1.22, width * kFill / std::max(aspect, 0.1));
    const double distance = needed / std::tan(kViewAngleDeg / 2 * kDegree) / std::max(camera.zoom, 0.05);
    const double shown = 2 * distance * std::tan(kViewAngleDeg / 2 * kDegree); // mm over the height
    pose.focus = plus(plus(centre, pose.right, -camera.panRight * shown), pose.up, -camera.panUp * shown);
    pose.eye = plus(pose.focus, out, distance);
    return pose;
}

PointMm rayThrough(const Pose& pose, const QPointF& pixel, const QSize& picture) {
    const double scale = std::tan(pose.viewAngleDeg / 2 * kDegree) * 2 / std::max(picture.height(), 1);
    const double x = (pixel.x() - picture.width() / 2.0) * scale;
    const double y = (picture.height() / 2.0 - pixel.y()) * scale;
    return unit(plus(plus(pose.forward, pose.right, x), pose.up, y));
}

std::optional<PointMm> firstHit(const model::Volume& volume, double threshold, const PointMm& eye,
                                const PointMm& direction) {
    const auto frame = model::VoxelFrame::of(volume.geometry);
    if (!frame) {
        return std::nullopt;
    }
    const auto start = frame->index(eye);
    const auto far = frame->index(plus(eye, direction));
    double enter = 0;
    double leave = 1e9;
    for (std::size_t i = 0; i < 3; ++i) {
        const double step = far[i] - start[i];
        const double last = volume.geometry.size[i] - 1;
        if (std::abs(step) < 1e-12) {
            if (start[i] < 0 || start[i] > last) {
                return std::nullopt;
            }
            continue;
        }
        const double one = -start[i] / step;
        const double other = (last - start[i]) / step;
        enter = std::max(enter, std::min(one, other));
        leave = std::min(leave, std::max(one, other));
    }
    double finest = 1e9;
    for (const PointMm& axis : volume.geometry.axes) {
        finest = std::min(finest, std::sqrt(dot(axis, axis)));
    }
    const auto& size = volume.geometry.size;
    for (double mm = enter; mm <= leave; mm += std::max(finest / 2, 0.05)) {
        std::array<std::size_t, 3> voxel{};
        for (std::size_t i = 0; i < 3; ++i) {
            const double at = start[i] + (far[i] - start[i]) * mm;
            voxel[i] = static_cast<std::size_t>(std::clamp<long>(std::lround(at), 0, size[i] - 1));
        }
        const std::size_t index =
            (voxel[2] * static_cast<std::size_t>(size[1]) + voxel[1]) * static_cast<std::size_t>(size[0]) +
            voxel[0];
        if (volume.value(index) >= threshold) {
            return plus(eye, direction, mm);
        }
    }
    return std::nullopt;
}

} // namespace kamei::ui::views::surface
