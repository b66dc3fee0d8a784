#pragma once

#include <optional>

#include "core/detect/volume/Head.h"

namespace kamei::detect::volume {

/// The plane that mirrors a head onto itself.
struct Midplane {
    model::PointMm left{};    ///< its normal, unit
    double asideMm = 0;       ///< where it lies to the left of the head's centre
    double mismatch = 0;      ///< share of the head's places whose mirror image lies outside of it
    double mismatchAsWas = 0; ///< the same for the head's own axes
};

/// Looks for it near the head's own axes (turned or tilted by up to kMostDegrees): marks that were seen on
/// rough slices turn a head by twenty degrees, its two sides do not. Places whose mirror image was not imaged
/// say nothing; nothing where too few others are left.
inline constexpr double kMostDegrees = 36;
[[nodiscard]] std::optional<Midplane> midplaneOf(const Head& head);

} // namespace kamei::detect::volume
