#pragma once

#include <algorithm>

#include "core/intake/volume/Series.h"

namespace kamei::detect::volume {

using intake::volume::cross;
using intake::volume::dot;
using intake::volume::norm;

[[nodiscard]] inline model::PointMm plus(const model::PointMm& a, const model::PointMm& b, double times = 1) {
    return {a[0] + times * b[0], a[1] + times * b[1], a[2] + times * b[2]};
}
[[nodiscard]] inline model::PointMm minus(const model::PointMm& a, const model::PointMm& b) {
    return plus(a, b, -1);
}
[[nodiscard]] inline model::PointMm unit(const model::PointMm& a) {
    const double length = std::max(1e-12, norm(a));
    return {a[0] / length, a[1] / length, a[2] / length};
}

} // namespace kamei::detect::volume
