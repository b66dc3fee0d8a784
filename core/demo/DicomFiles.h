#pragma once

#include <filesystem>
#include <stop_token>
#include <vector>

#include "core/base/Error.h"
#include "core/base/Progress.h"
#include "core/demo/People.h"

namespace kamei::demo {

/// Head CT of `person`: one file a slice, names without extension, ISO 2022 IR 87.
[[nodiscard]] base::Expected<std::vector<Planted>>
writeHeadCt(const Person& person, const std::filesystem::path& cohort, const std::string& folder,
            std::stop_token stop, base::ProgressSink& progress);
/// Multi-frame ultrasound with burned-in text, ISO_IR 192.
[[nodiscard]] base::Expected<std::vector<Planted>>
writeUltrasound(const Person& person, const std::filesystem::path& cohort, const std::string& file);
/// Chest X-ray (CR) with burned-in name and ID, ISO 2022 IR 87.
[[nodiscard]] base::Expected<std::vector<Planted>>
writeChestXRay(const Person& person, const std::filesystem::path& cohort, const std::string& file);

/// Diffusion MR of a knee in two slices at two b-values: private elements of two creators, an overlay with
/// the name drawn into it, an icon, former values in Original Attributes Sequence. UTF-8.
[[nodiscard]] base::Expected<std::vector<Planted>>
writeKneeMr(const Person& person, const std::filesystem::path& cohort, const std::string& folder);
/// Structured report (Basic Text SR) on the head CT of `person`, with names in its text. UTF-8.
[[nodiscard]] base::Expected<std::vector<Planted>>
writeStructuredReport(const Person& person, const std::filesystem::path& cohort, const std::string& file);

} // namespace kamei::demo
