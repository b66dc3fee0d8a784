#pragma once

#include <array>
#include <memory>
#include <vector>

#include "core/base/Error.h"
#include "core/model/Locator.h"
#include "core/model/Mask.h"
#include "core/model/Raster.h"

namespace kamei::detect::vision {

/// A face in a picture.
struct Face {
    model::RectPx
        rect; ///< from the brows to the chin and as wide as the head: more than the eyes (Guideline 5.4.3)
    double score = 0;                   ///< 0..1
    std::array<model::PointPx, 2> eyes; ///< the person's right eye, then the left one
    /// Tip of the nose, middle of the mouth, the person's right and left ear (its tragus).
    std::array<model::PointPx, 4> marks{};
    std::int32_t turned = 0; ///< degrees clockwise by which the picture was turned when it was found
};

/// How thoroughly a picture is searched.
struct FaceSearch {
    std::int32_t leastPx = 40; ///< smallest side of a face
    bool turns = true; ///< also lying and upside down (cameras write the orientation beside the pixels)
    double leastScore = 0.5;
    bool closeUp = true; ///< also a face that fills the picture
};

/// Finds faces with BlazeFace (resources/models), over the whole picture and over tiles of it, so that small
/// faces are as large for the model as it needs. Thread-safe: a model a thread. NotFound when the model is
/// missing.
[[nodiscard]] base::Expected<std::vector<Face>> findFaces(const model::Raster& raster,
                                                          const FaceSearch& search = {});

} // namespace kamei::detect::vision
