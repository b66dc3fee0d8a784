#pragma once

#include "core/detect/Detector.h"

namespace kamei::detect {

/// Findings for videos: whatever a file says beside its pictures (intake::video::Statement;
/// guideline 4.4, 5.2.3), sound as a voice (4.4), and the questions that only a look answers: faces and
/// burned-in text (5.4.3). Every frame is decoded once; one that cannot be is unexamined.
[[nodiscard]] base::Expected<Detection>
detectVideo(const model::Asset& asset, std::span<const model::Source> sources, const Context& context);

/// attribute::detectDicom, and for streams of video in DICOM objects what they say beside their pictures.
[[nodiscard]] base::Expected<Detection>
detectDicomOrVideo(const model::Asset& asset, std::span<const model::Source> sources, const Context& context);

} // namespace kamei::detect
