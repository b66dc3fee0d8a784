#pragma once

#include <filesystem>
#include <stop_token>

#include "core/base/Error.h"
#include "core/base/Progress.h"

namespace kamei::demo {

/// Writes a synthetic cohort of three fictional people into `folder`, which is created and must be
/// empty or absent:
///
///   cohort/            the files, as a hospital would hand them over: head CT (a computed head with a
///                      face), knee MR, ultrasound with burned-in text, chest X-ray, structured report,
///                      discharge summary (CP932), progress note (UTF-8), referral letter (ISO-2022-JP),
///                      letter as PDF, CDA report, HL7 v2 message, FHIR bundle, laboratory table (CSV,
///                      CP932), photograph with EXIF, endoscopy film, slide, EEG (EDF+), ECG (SCP-ECG,
///                      MFER), genotypes (VCF)
///   answer-key.json    every planted identifier: person, kind, value, file, where in it
///
/// `subjects` above 3 adds invented people, two files each in a folder of its own, all kinds of data in turn,
/// and puts everybody into the laboratory table. The same call writes the same bytes. InvalidArgument below 3
/// or above 100,000 subjects; WorkspaceExists when the folder holds something; Cancelled.
[[nodiscard]] base::Expected<void> writeDemo(const std::filesystem::path& folder, std::stop_token stop,
                                             base::ProgressSink& progress, int subjects = 3);

} // namespace kamei::demo
