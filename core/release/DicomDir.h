#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

#include "core/base/Error.h"

namespace kamei::release {

/// Makes the directory of a DICOM file-set (PS3.10 2024b 8.6; PS3.3 Annex F) from the files themselves, so
/// that it says nothing that they do not say. Where a key of type 1 has no value there (a study whose date
/// was removed), the library takes another date of the object, the day of writing, or a counted word. `root`
/// is the file-set's folder, into which DICOMDIR is written; `files` are paths relative to it, which are File
/// IDs with '/' between their components. Gives how many files it does not list: of kinds for which the
/// library knows no record, or without what a record asks for. Errors: IoError, NotPossible (args:
/// "dicomdir") when none can be listed.
[[nodiscard]] base::Expected<std::int64_t> writeDicomDir(const std::filesystem::path& root,
                                                         std::span<const std::string> files);

} // namespace kamei::release
