#pragma once

#include <filesystem>

#include "core/base/Digest.h"
#include "core/base/Error.h"
#include "core/base/Redacted.h"
#include "core/job/Session.h"

namespace kamei::job {

/// Where the sealed deleted information of a workspace lies: beside its folder, so that it can be stored
/// apart from it; "<folder>.deleted-information".
[[nodiscard]] std::filesystem::path sealedFile(const Session& session);

/// Writes the deleted information (削除情報等, Guideline 3.8) of a workspace, sealed under a passphrase, to
/// sealedFile(), whole or not at all; an earlier one is replaced. Opened by release::unseal it is JSON:
/// format, version, title, sealedAt, keepUntil, keepReason, key (hexadecimal), subjects (pseudonym, key, days
/// by which dates moved, what sources said of the person), known identifiers, sources, findings with their
/// original text. The digest is that of the file. Errors: NotFound (the key is destroyed), OutOfMemory,
/// PermissionDenied, NoSpace, IoError.
[[nodiscard]] base::Expected<base::Sha256> sealDeletedInformation(Session& session,
                                                                  const base::Redacted& passphrase);

} // namespace kamei::job
