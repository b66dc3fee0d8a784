#pragma once

#include <vector>

#include "core/detect/Detector.h"
#include "core/detect/attribute/Survey.h"
#include "core/model/Asset.h"
#include "core/model/Finding.h"

namespace kamei::detect::attribute {

/// What the header says must be looked at in the pictures (Guideline 5.4.3):
/// - burned-in characters (rule image-content.burned-in-text, action mask, the whole picture), by modality,
/// SOP
///   Class and Burned In Annotation, or where `doubtful` pixels ask for it, whatever the header says; masks
///   drawn for the device before (origin device, detail {"mask":...});
/// - the face in head CT and MR (rule image-content.facial-surface, suggested keep: the judgement is a
/// person's).
[[nodiscard]] base::Expected<std::vector<model::Finding>>
pictureFindings(const Survey& survey, const model::Asset& asset, const ProfileTables& tables, bool doubtful,
                const Context& context);

} // namespace kamei::detect::attribute
