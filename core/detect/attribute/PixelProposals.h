#pragma once

#include <span>
#include <vector>

#include "core/detect/Detector.h"
#include "core/detect/attribute/Survey.h"

namespace kamei::detect::attribute {

/// What the pixels of a series say.
struct PixelProposals {
    std::vector<model::Finding> findings;
    std::vector<model::KnownIdentifier> known;
    /// Letters were read, or frames could not be looked at: a person has to look whatever the header says.
    bool doubtful = false;
};

/// Proposes masks on the pictures of a series (Guideline 5.4.3). Tomographic slices (CT, MR, PET, NM) are
/// laid over each other, so are the frames of one object; single pictures are looked at one by one. Video and
/// whole-slide images have detectors of their own.
[[nodiscard]] base::Expected<PixelProposals> proposeOnPixels(const Survey& survey, const model::Asset& asset,
                                                             std::span<const model::Source> sources,
                                                             std::span<const model::KnownIdentifier> known,
                                                             const Context& context);

} // namespace kamei::detect::attribute
