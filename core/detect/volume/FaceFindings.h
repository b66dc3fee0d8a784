#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/detect/Detector.h"
#include "core/detect/volume/Face.h"

namespace kamei::detect::volume {

inline constexpr std::string_view kFaceRule = "image-content.facial-surface";

/// Whether a volume is large enough to show a face; a thin slab of a head is said to be rough, not passed
/// over.
[[nodiscard]] bool mayShowFace(const model::VolumeGeometry& geometry);

/// Findings on the face that the volumes of an asset show (Guideline 5.4.4): whether and how it is removed is
/// a person's judgement, so that they stay open until somebody has looked.
///
/// Label "FaceSurface", one an asset: a face is seen, or it cannot be told (confidence: the score); detail
/// {"verdict","score","threshold","views","found","coverage":{...},"notes":[...],"best":[...],"volume","size","spacingMm"};
/// volume: index into the listing of intake/volume.
/// A head on which none is seen, as is said of it, has the verdict "none"; a person says so too.
/// Label "FaceRendering": pictures that were made of a volume or for planning one (localisers, MIP, 3D),
/// where they may show a head: to be looked at, and masked; detail {"kind","frames"}.
///
/// `head`: whether the header says that a head is shown; nothing where it says nothing. Of another part of
/// the body a few slices are looked at first: what is not as wide and deep as heads are costs no more. What
/// cannot be read is no error but a finding that says so. Fails with Cancelled only.
[[nodiscard]] base::Expected<std::vector<model::Finding>> faceFindings(const model::Asset& asset,
                                                                       std::span<const model::Source> sources,
                                                                       std::optional<bool> head,
                                                                       const Context& context);

} // namespace kamei::detect::volume
