#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Digest.h"
#include "core/base/Error.h"

namespace kamei::model {

/// How a face is taken off a volume: the `method` of a finding with action Deface (Guideline 5.4.4).
struct Deface {
    enum class Shape {
        Shell, ///< the outer skin of the face, to a depth
        Plane, ///< all in front of a plane from the brows to below the chin
    };
    Shape shape = Shape::Shell;
    double depthMm = 10;                ///< shell: below the old skin; 3..40
    bool ears = true;                   ///< taken too
    bool eyes = true;                   ///< false: eyeballs and orbits stay behind the lids
    bool teeth = true;                  ///< false: what lies behind lips and cheeks around the mouth stays
    double marginMm = 3;                ///< kept around the brain; 0..20
    bool edited = false;                ///< a person changed the mask
    double fill = 0;                    ///< value that the voxels of the mask get
    std::optional<base::Sha256> mask;   ///< digest of the VolumeMask; none: not proposed yet
    std::optional<base::Sha256> behind; ///< digest of the region that must not change
    /// Digest of what of the mask becomes a new surface instead of the fill; none: nothing of it.
    std::optional<base::Sha256> cover;
    /// What the voxels of the cover get. None with a cover: of another series, to be measured on this one.
    std::optional<double> coverValue;
    std::vector<std::string> notes; ///< of the proposal
    std::string problem;            ///< why no mask could be proposed, a stable word

    /// Back to what was asked for, without what was proposed of it.
    void forgetMasks() {
        mask.reset();
        behind.reset();
        cover.reset();
        coverValue.reset();
    }
    friend bool operator==(const Deface&, const Deface&) = default;
};

[[nodiscard]] std::string toJson(const Deface& method);
/// The empty text gives the defaults. Malformed; InvalidArgument (args: the field) when out of range.
[[nodiscard]] base::Expected<Deface> defaceFromJson(std::string_view json);

} // namespace kamei::model
