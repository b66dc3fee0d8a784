#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/Error.h"
#include "core/demo/People.h"

namespace kamei::demo {

/// EEG of two channels as EDF+C, with names in the header and in the annotations (UTF-8).
[[nodiscard]] base::Expected<std::vector<Planted>>
writeEeg(const Person& person, const std::filesystem::path& cohort, const std::string& file);
/// VCF of a gene panel: six variants, below a class 1 code (Guideline 4.5.2), with a command line and a
/// contact.
[[nodiscard]] base::Expected<std::vector<Planted>>
writeGenePanel(const Person& person, const std::filesystem::path& cohort, const std::string& file);
/// VCF of 48 SNPs on eight chromosomes: a class 1 code.
[[nodiscard]] base::Expected<std::vector<Planted>>
writeGenotypes(const Person& person, const std::filesystem::path& cohort, const std::string& file);

} // namespace kamei::demo
