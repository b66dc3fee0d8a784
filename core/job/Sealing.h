#pragma once

#include <filesystem>

#include "core/base/Digest.h"
#include "core/base/Error.h"
#include "core/base/Redacted.h"
#include "core/job/Session.h"

namespace kamei::job {

/// What the name of sealed deleted information ends in.
inline constexpr std::string_view kSealedSuffix = ".deleted-information";
/// Single value of a workspace that goes on from kept deleted information: until when that may be kept.
inline constexpr std::string_view kContinuesUntil = "continues-until";

/// Where the sealed deleted information of a workspace lies: beside its folder, so that it can be stored
/// apart from it; "<folder>.deleted-information".
[[nodiscard]] std::filesystem::path sealedFile(const Session& session);

/// Writes the deleted information (削除情報等, Guideline 3.8) of a workspace, sealed under a passphrase, to
/// sealedFile(), whole or not at all; an earlier one is replaced. Opened by keys::unseal it is JSON:
/// format, version, title, sealedAt, keepUntil, keepReason, key (hexadecimal), subjects (pseudonym, key, days
/// by which dates moved, what sources said of the person, into whom merged), what was judged of two of them,
/// known identifiers, sources, findings with their
/// original text. The digest is that of the file. Errors: NotFound (the key is destroyed), OutOfMemory,
/// PermissionDenied, NoSpace, IoError.
[[nodiscard]] base::Expected<base::Sha256> sealDeletedInformation(Session& session,
                                                                  const base::Redacted& passphrase);

/// Single value of the workspace: until when its deleted information is kept; gone once that was destroyed.
inline constexpr std::string_view kKeptUntil = "kept-until";

/// Opens kept deleted information. Before anything is handed out the opening is put down in the audit log of
/// the workspace that stands beside the file ("deleted-information.opened"), and where there is none in
/// "<file>.openings" beside it; a wrong passphrase is put down too. What cannot be put down is not opened.
/// Errors: those of keys::unseal and of writing.
[[nodiscard]] base::Expected<base::SecretBytes> openSealed(const std::filesystem::path& file,
                                                           const base::Redacted& passphrase,
                                                           const std::string& by, const std::string& reason);

/// Destroys the sealed file of a workspace, overwritten, and puts it down: in the audit log and as a record
/// of its own in the workspace (destruction-of-kept.json). Errors: NotFound when there is none.
[[nodiscard]] base::Expected<void> destroySealed(Session& session, const std::string& by);

} // namespace kamei::job
