#pragma once

#include <optional>
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
///   drawn for the device before (origin device, detail {"mask":...}).
[[nodiscard]] base::Expected<std::vector<model::Finding>>
pictureFindings(const Survey& survey, const model::Asset& asset, const ProfileTables& tables, bool doubtful,
                const Context& context);

/// Whether the header says that a CT, MR or PET series shows a head (resources/profiles/head.tsv), or another
/// part of the body; nothing where it says neither. NotFound when the list is missing.
[[nodiscard]] base::Expected<std::optional<bool>> saysHead(const Survey& survey);
/// Whether the series may be a volume: CT, MR or PET.
[[nodiscard]] bool isVolumetric(const Survey& survey, const model::Asset& asset);

} // namespace kamei::detect::attribute
