#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/Error.h"
#include "core/demo/People.h"

namespace kamei::demo {

/// A resting ECG of two leads as SCP-ECG (EN 1064), samples not compressed, with names in the tags of the
/// patient, the recording and the device and in the statements of the report.
[[nodiscard]] base::Expected<std::vector<Planted>>
writeScpEcg(const Person& person, const std::filesystem::path& cohort, const std::string& file);
/// The ECG of a monitor as MFER (ISO 22077-1), little-endian, texts in UTF-8, with the name in kanji and kana
/// and a note of a nurse.
[[nodiscard]] base::Expected<std::vector<Planted>>
writeMonitorEcg(const Person& person, const std::filesystem::path& cohort, const std::string& file);

} // namespace kamei::demo
