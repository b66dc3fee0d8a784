#pragma once

#include <memory>
#include <string>

#include "core/base/Error.h"
#include "core/keys/Signing.h"

namespace kamei::app::cli {

/// A key of the machine's user by name (the newest of that name) or fingerprint, opened with the passphrase
/// in KAMEI_KEY_PASSPHRASE. Errors: NotFound, PermissionDenied, PassphraseRequired.
[[nodiscard]] base::Expected<std::shared_ptr<const keys::Identity>>
unlockKey(const std::string& nameOrFingerprint);

} // namespace kamei::app::cli
