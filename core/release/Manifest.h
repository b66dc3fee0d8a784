#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Digest.h"
#include "core/base/Error.h"
#include "core/release/ReleaseWriter.h"

namespace kamei::release {

/// A file as the manifest lists it.
struct ManifestEntry {
    std::string path; ///< relative, plain names only
    base::Sha256 sha256;
    std::uint64_t size = 0;
};

/// manifest.json: every data file with digest, size, kind, pseudonym and confirmation, the documents beside
/// them, and under which policy, rules and audit log they were made. `paths` belong to `files` one by one.
[[nodiscard]] std::string manifestJson(std::span<const ReleaseFile> files, std::span<const std::string> paths,
                                       std::span<const ManifestEntry> documents, const ReportData& report);
/// The entries of a manifest, data files and documents. Errors: Malformed, PathRefused.
[[nodiscard]] base::Expected<std::vector<ManifestEntry>> parseManifest(std::string_view json);

} // namespace kamei::release
