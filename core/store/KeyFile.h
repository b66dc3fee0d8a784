#pragma once

#include <cstddef>
#include <filesystem>
#include <span>

#include "core/base/Error.h"
#include "core/base/Redacted.h"

namespace kamei::store {

/// Length of the key from which everything pseudonymous of a workspace is derived.
inline constexpr std::size_t kKeyBytes = 32;

/// Makes a random key and writes it, whole or not at all, with mode 0600. WorkspaceExists when there
/// is one already: a key is never replaced, because pseudonyms would silently change.
[[nodiscard]] base::Expected<void> createKey(const std::filesystem::path& file);
/// The same with a key that there is already: of the released workspace that a new one goes on from.
/// InvalidArgument for another length.
[[nodiscard]] base::Expected<void> writeKey(const std::filesystem::path& file,
                                            std::span<const std::byte> key);
/// Errors: NotFound (the key was destroyed), WorkspaceDamaged (wrong length), PermissionDenied.
[[nodiscard]] base::Expected<base::SecretBytes> loadKey(const std::filesystem::path& file);
/// Overwrites and removes the key (Ordinance 31: no way back from pseudonym to person). Done already is fine.
[[nodiscard]] base::Expected<void> destroyKey(const std::filesystem::path& file);

} // namespace kamei::store
