#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/base/Digest.h"
#include "core/release/ReleaseWriter.h"

namespace kamei::job {

/// What a release means to become, kept in the workspace from before it is made until it is recorded. A run
/// that was killed after the folder appeared is finished by it, and by nothing else: whatever stands in the
/// folder's place has to be what the gate let through, byte for byte.
struct ReleaseIntent {
    base::Sha256 folder;   ///< digest of the path, which the workspace does not keep
    std::string partial;   ///< the end of the temporary folder's name
    base::Sha256 manifest; ///< of manifest.json; zero until all of it is written
    base::Sha256 files;    ///< digestOf() what the gate let through; zero until then
    std::string signer;    ///< hex of the key that signs the manifest; empty without signature
};

[[nodiscard]] std::string toText(const ReleaseIntent& intent);
/// Nothing for a text that is no intent (an earlier product's, which says nothing of the content).
[[nodiscard]] std::optional<ReleaseIntent> intentFrom(std::string_view text);

/// The end of the name of `partial`, a temporary folder of `out`; empty when it is none.
[[nodiscard]] std::string partialEnd(const std::filesystem::path& out, const std::filesystem::path& partial);
/// Removes the one temporary folder that the intent names, when it is there.
void removePartial(const std::filesystem::path& out, const ReleaseIntent& intent);

/// Digest over what goes out and by whose confirmation.
[[nodiscard]] base::Sha256 digestOf(std::span<const release::ReleaseFile> files);

} // namespace kamei::job
