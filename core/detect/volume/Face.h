#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Error.h"
#include "core/detect/volume/Head.h"
#include "core/detect/volume/Surface.h"

namespace kamei::detect::volume {

/// Face: one is seen. None: the head was seen well from all sides where a face could be, and there is none.
/// Unclear: it could not be judged, or not well; a person has to look.
enum class FaceVerdict { Face, Unclear, None };
[[nodiscard]] std::string_view word(FaceVerdict verdict); ///< "face" "unclear" "none"

/// From this share on a part of a face counts as imaged; below it stands among the notes.
inline constexpr double kPartImaged = 0.75;

/// Shares, 0..1, of the parts of a face that lie in the imaged field.
struct FaceCoverage {
    double forehead = 0, eyes = 0, nose = 0, mouth = 0, chin = 0, ears = 0;
};

struct JudgedView {
    SurfaceView view;
    double yaw = 0, pitch = 0, roll = 0; ///< degrees, see viewOf()
    double score = 0;
};

struct FaceAssessment {
    FaceVerdict verdict = FaceVerdict::Unclear;
    /// 0..1: the model's for the second of the two best views that show the face at the same places of the
    /// surface. One view alone says nothing: the shape of a head is taken for a face from behind as well.
    double score = 0;
    double threshold = 0;         ///< of the best view, value
    std::int32_t views = 0;       ///< looked at
    std::int32_t found = 0;       ///< views that agree, with a score of kFaceScore and more
    std::vector<JudgedView> best; ///< that agree, best first, at most five, each from another side
    FaceCoverage coverage;
    std::optional<Head> head; ///< nothing when none was found
    /// What could not be judged and why, stable words: those of findHead, "forehead-outside" "eyes-outside"
    /// "nose-outside" "mouth-outside" "chin-outside" "turned" (the face is not where the header says) "rough"
    /// (slices too thick to show a face) "no-model".
    std::vector<std::string> notes;
};

inline constexpr double kFaceScore = 0.5;
/// Below it on every view, none is seen.
inline constexpr double kFaceDoubt = 0.45;

struct FaceSearchOptions {
    /// All views over the sphere at all thresholds, as needed to say that no face is left; else it ends when
    /// a face is certain.
    bool thorough = false;
    /// Only from where the header says that the face is, at one threshold: for what is said to be another
    /// part of the body.
    bool asStated = false;
    std::stop_token stop{};
};

/// Looks for a face on the surface of a volume with BlazeFace (detect/vision/Faces), from the sides where the
/// header says the face is, then from all sides. Fails only with Cancelled; what cannot be judged is Unclear,
/// with notes.
[[nodiscard]] base::Expected<FaceAssessment> assessFace(const model::Volume& volume,
                                                        const FaceSearchOptions& options = {});

} // namespace kamei::detect::volume
