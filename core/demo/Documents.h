#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/Error.h"
#include "core/demo/People.h"

namespace kamei::demo {

/// Discharge summary in CP932 with CR LF, as a Windows record system writes it.
[[nodiscard]] base::Expected<std::vector<Planted>>
writeDischargeSummary(const Person& person, const std::filesystem::path& cohort, const std::string& file);
/// Progress note in UTF-8.
[[nodiscard]] base::Expected<std::vector<Planted>>
writeProgressNote(const Person& person, const std::filesystem::path& cohort, const std::string& file);
/// Referral letter in ISO-2022-JP, as it comes by mail.
[[nodiscard]] base::Expected<std::vector<Planted>>
writeReferralLetter(const Person& person, const std::filesystem::path& cohort, const std::string& file);
/// HL7 CDA R2 report in UTF-8 (header and narrative body).
[[nodiscard]] base::Expected<std::vector<Planted>>
writeCdaReport(const Person& person, const std::filesystem::path& cohort, const std::string& file);
/// Laboratory table of all people: CSV, CP932, quoted fields, a free-text column.
[[nodiscard]] base::Expected<std::vector<Planted>> writeLaboratoryTable(const std::vector<Person>& people,
                                                                        const std::filesystem::path& cohort,
                                                                        const std::string& file);

} // namespace kamei::demo
