#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Error.h"
#include "core/release/ReleaseWriter.h"

namespace kamei::release {

inline constexpr std::string_view kManifestName = "manifest.json";
inline constexpr std::string_view kManifestDigestName = "manifest.sha256";
inline constexpr std::string_view kManifestSignatureName = "manifest.sig";

/// Root of the DICOM file-set of a release, and its directory there (PS3.10 2024b 8.6).
inline constexpr std::string_view kFileSetRoot = "data";
inline constexpr std::string_view kDirectoryName = "DICOMDIR";

/// Where each file goes, relative to the released folder: "data/S-5F2A91C04E7B/dicom-series-01/....dcm"; of a
/// file-set "data/DICOM/PA000001/SE000001/IM000001", for a File ID has components of at most eight upper-case
/// letters, digits and '_' (PS3.10 2024b 8.2, 8.5).
/// Assets of one subject and kind are counted in the order in which they come; equal names get "-2", "-3".
/// PathRefused for a pseudonym, name or extension that is no plain file name.
[[nodiscard]] base::Expected<std::vector<std::string>> layout(std::span<const ReleaseFile> files);

/// Letters, digits, '.', '_' and '-', not beginning with '.' or '-', at most 200 characters.
[[nodiscard]] bool isPlainName(std::string_view name);
/// A relative path of plain names joined by '/'.
[[nodiscard]] bool isPlainPath(std::string_view path);

} // namespace kamei::release
