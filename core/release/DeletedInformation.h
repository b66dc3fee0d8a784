#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Clock.h"
#include "core/base/Error.h"
#include "core/base/Redacted.h"
#include "core/model/Review.h"

namespace kamei::release {

/// What becomes of the deleted information (削除情報等: key, correspondence, shifts) after release
/// (Guideline 3.8: destroyed promptly; kept only with a particular reason, until a date).
enum class Fate { Destroy, Keep };

/// The fate that the sheet asks for. Errors: ReasonRequired ("keepReason" or "keepUntil") when it is to be
/// kept without reason, or without a date (YYYY-MM-DD) that is not before `today`.
[[nodiscard]] base::Expected<Fate> fateOf(const model::PurposeSheet& sheet, std::string_view today);

/// Fewest characters of a passphrase under which deleted information is sealed.
inline constexpr std::size_t kLeastPassphrase = 12;
/// Whether a passphrase has at least kLeastPassphrase characters (code points of UTF-8).
[[nodiscard]] bool passphraseSuffices(const base::Redacted& passphrase);

/// The present day in UTC, "YYYY-MM-DD".
[[nodiscard]] std::string dayOf(base::TimeMs time);

/// Seals bytes under a passphrase: XChaCha20-Poly1305 in chunks (libsodium secretstream), key by Argon2id
/// with the moderate limits, salt and limits in the header. Errors: InvalidArgument (empty passphrase),
/// OutOfMemory.
[[nodiscard]] base::Expected<std::vector<std::byte>> seal(std::span<const std::byte> secret,
                                                          const base::Redacted& passphrase);
/// Opens what seal() made. Errors: PermissionDenied (wrong passphrase or altered bytes), Malformed,
/// OutOfMemory.
[[nodiscard]] base::Expected<base::SecretBytes> unseal(std::span<const std::byte> sealed,
                                                       const base::Redacted& passphrase);

} // namespace kamei::release
