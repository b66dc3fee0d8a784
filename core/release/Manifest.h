#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Digest.h"
#include "core/base/Error.h"
#include "core/keys/Signing.h"
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
/// Whoever signs it stands in it ("signedBy"), so that a signature taken away shows; null for nobody.
[[nodiscard]] std::string manifestJson(std::span<const ReleaseFile> files, std::span<const std::string> paths,
                                       std::span<const ManifestEntry> documents, const ReportData& report,
                                       const keys::Person* signer = nullptr);
/// manifest.sig: who signed which digest of a manifest, and the Ed25519 signature over its 32 bytes.
[[nodiscard]] std::string signatureJson(const base::Sha256& manifest, const keys::Identity& signer);
/// Who is to have signed a manifest, by its own words; nothing when nobody. Malformed.
[[nodiscard]] base::Expected<std::optional<keys::Person>> signerOf(std::string_view manifest);
/// Whether this text is that person's signature over this manifest.
[[nodiscard]] bool signatureHolds(std::string_view signature, const base::Sha256& manifest,
                                  const keys::Person& signer);
/// The entries of a manifest, data files and documents. Errors: Malformed, PathRefused.
[[nodiscard]] base::Expected<std::vector<ManifestEntry>> parseManifest(std::string_view json);

} // namespace kamei::release
