#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "core/detect/volume/Face.h"

namespace kamei::detect::volume {

/// What one view was taken for a face by: the model finds faces on the backs of heads, too.
struct Sight {
    JudgedView judged;
    FaceMarks marks;    ///< on the surface
    bool level = false; ///< the eyes stand level in the picture
};

/// Looks once. Nothing where no face is seen; eyes and mouth lie on the surface, as far apart as a person's.
/// NotFound when the model is missing.
[[nodiscard]] base::Expected<std::optional<Sight>> lookOnce(const SurfaceCaster& caster, const Head& head,
                                                            double yaw, double pitch, double roll,
                                                            double threshold);

/// What several views say together.
struct Agreement {
    double score = 0;                 ///< of the lower one of the best two views that agree
    std::vector<std::size_t> members; ///< those that agree with them, best first
};

/// Views from different sides agree when their eyes and mouths are the same places of the surface. What the
/// shape of a head alone is taken for wanders with the view.
[[nodiscard]] Agreement agree(std::span<const Sight> sights);

/// The marks in the middle of those of the members.
[[nodiscard]] FaceMarks middleOf(std::span<const Sight> sights, const Agreement& agreement);

/// Between both eyes.
[[nodiscard]] model::PointMm betweenEyes(const FaceMarks& marks);

} // namespace kamei::detect::volume
