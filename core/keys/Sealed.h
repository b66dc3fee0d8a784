#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/base/Error.h"
#include "core/base/Redacted.h"

namespace kamei::keys {

/// Fewest characters of a passphrase under which something is sealed.
inline constexpr std::size_t kLeastPassphrase = 12;
/// Whether a passphrase has at least kLeastPassphrase characters (code points of UTF-8).
[[nodiscard]] bool passphraseSuffices(const base::Redacted& passphrase);

/// Seals bytes under a passphrase: XChaCha20-Poly1305 in chunks (libsodium secretstream), key by Argon2id
/// with the moderate limits, salt and limits in the header. Errors: InvalidArgument (empty passphrase),
/// OutOfMemory.
[[nodiscard]] base::Expected<std::vector<std::byte>> seal(std::span<const std::byte> secret,
                                                          const base::Redacted& passphrase);
/// Opens what seal() made. Errors: PermissionDenied (wrong passphrase or altered bytes), Malformed,
/// OutOfMemory.
[[nodiscard]] base::Expected<base::SecretBytes> unseal(std::span<const std::byte> sealed,
                                                       const base::Redacted& passphrase);

} // namespace kamei::keys
