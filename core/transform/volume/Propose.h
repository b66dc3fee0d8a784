#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/Error.h"
#include "core/detect/volume/Head.h"
#include "core/model/Volume.h"
#include "core/model/VolumeMask.h"

namespace kamei::transform::volume {

/// The outer skin of the face, from forehead to chin and ear to ear (Guideline 5.4.4).
struct ShellOptions {
    double depthMm = 10;    ///< below the old skin, everywhere at least; 3..40
    bool ears = true;       ///< taken too
    bool eyes = true;       ///< false: eyeballs and orbits stay behind 3 mm of lid
    bool teeth = true;      ///< false: what lies deeper than lips and cheeks around the mouth stays
    double marginMm = 3;    ///< kept between the mask and the brain; 0..20
    std::uint64_t seed = 0; ///< secret of the workspace: what the new surface is rough by
};

/// The face in front of a plane from the brows to below the chin.
struct PlaneOptions {
    double topMm = 12;    ///< behind the skin of the brow; 0..40
    double bottomMm = 30; ///< in front of the ears at the chin; -10..90
    double marginMm = 3;
};

struct Proposal {
    model::VolumeMask mask;
    /// The brain and everything behind the safety margin: not a voxel of it is in the mask.
    model::VolumeMask behind;
    /// Of the mask: a layer over what is left, which hides its openings (nasal cavity, mouth, orbits) and
    /// what had to stay and stands out. Without it they look like a face again.
    model::VolumeMask cover;
    double fill = 0;       ///< value that the voxels of the mask get: air, or the mean of the background
    double coverValue = 0; ///< that those of the cover get: soft tissue (tissueValue)
    /// What could not be taken as asked, stable words: "brain-near" (the margin kept skin that is less deep),
    /// "chin-outside", "forehead-outside" (the field of view ends before).
    std::vector<std::string> notes;
};

/// What the mask takes, beside the skin: all air in front of it, as far as a sphere around the face reaches,
/// so that its noise no longer ends where the skin was. What is left of the patient lies at least `depthMm`
/// below the old skin, follows it only roughly (an opening takes nose, lips and brows off) and is uneven by
/// the seed, so that growing it by `depthMm` does not give the old surface back. The cover over it follows
/// what is left, more roughly still.
/// NotPossible (args: a stable word): "head", "face-outside" (nothing of the face's skin was imaged);
/// InvalidArgument (args: the field); Cancelled.
[[nodiscard]] base::Expected<Proposal> proposeShell(const model::Volume& volume,
                                                    const detect::volume::Head& head,
                                                    const ShellOptions& options, std::stop_token stop = {});
[[nodiscard]] base::Expected<Proposal> proposePlane(const model::Volume& volume,
                                                    const detect::volume::Head& head,
                                                    const PlaneOptions& options, std::stop_token stop = {});

/// What the cover of a mask gets in a volume of the same frame of reference: 40 HU on CT, else the middle of
/// the values that it takes the place of; nothing where it lies beside the volume.
[[nodiscard]] std::optional<double> tissueValue(const model::Volume& volume, const model::VolumeMask& cover);

} // namespace kamei::transform::volume
