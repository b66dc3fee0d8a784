#pragma once

#include <span>

#include "core/base/Error.h"
#include "core/detect/Detector.h"
#include "core/model/Asset.h"

namespace kamei::detect::attribute {

/// The detector of the format "dicom" (Guideline 5.4.2, 5.4.3; PS3.15 2024b Table E.1-1).
///
/// One finding stands for one attribute path over all instances of the asset. Paths name items by their
/// index; when some instance has more than 8 items in a sequence, all items of that sequence are merged
/// and written as `[*]`: "(0040,A730)[*].(0040,A160)". The transform understands both.
///
/// Rules: the guideline's row decides category and requirement; the action is the stricter one of the
/// guideline's and of the profile's under the policy's options (resources/profiles). Attributes that the
/// standard's dictionary does not know, and private ones that are not known safe, are removed.
/// Free text is read by the text detector; its spans stand in Finding::detail
/// ({"clean":[{"value","spans":[{"start","end","label"}]}]}, at most 200 values: with more, the attribute
/// is deleted). Identifiers of the header are returned as known ones, for all other sources.
///
/// A source that cannot be read, and parts that are not understood (encapsulated documents), are listed
/// in Detection::unexamined. Fails only when nothing could be read or a resource is missing.
[[nodiscard]] base::Expected<Detection>
detectDicom(const model::Asset& asset, std::span<const model::Source> sources, const Context& context);

} // namespace kamei::detect::attribute
