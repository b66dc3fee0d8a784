#include "core/base/Error.h"

#include <array>
#include <cerrno>
#include <utility>

namespace kamei::base {
namespace {

constexpr std::array<std::pair<ErrorCode, std::string_view>, 38> kWords{{
    {ErrorCode::NotFound, "not-found"},
    {ErrorCode::NotReadable, "not-readable"},
    {ErrorCode::Empty, "empty"},
    {ErrorCode::Truncated, "truncated"},
    {ErrorCode::Malformed, "malformed"},
    {ErrorCode::UnknownFormat, "unknown-format"},
    {ErrorCode::UnsupportedFormat, "unsupported-format"},
    {ErrorCode::UnsupportedEncoding, "unsupported-encoding"},
    {ErrorCode::UnsupportedTransferSyntax, "unsupported-transfer-syntax"},
    {ErrorCode::Encrypted, "encrypted"},
    {ErrorCode::TooLarge, "too-large"},
    {ErrorCode::TooDeep, "too-deep"},
    {ErrorCode::TooManyEntries, "too-many-entries"},
    {ErrorCode::EntityRefused, "entity-refused"},
    {ErrorCode::PathRefused, "path-refused"},
    {ErrorCode::SymlinkLoop, "symlink-loop"},
    {ErrorCode::NotRegularFile, "not-regular-file"},
    {ErrorCode::SourceChanged, "source-changed"},
    {ErrorCode::SourceMissing, "source-missing"},
    {ErrorCode::WorkspaceMissing, "workspace-missing"},
    {ErrorCode::WorkspaceDamaged, "workspace-damaged"},
    {ErrorCode::WorkspaceNewer, "workspace-newer"},
    {ErrorCode::WorkspaceLocked, "workspace-locked"},
    {ErrorCode::WorkspaceReadOnly, "workspace-read-only"},
    {ErrorCode::WorkspaceExists, "workspace-exists"},
    {ErrorCode::AuditBroken, "audit-broken"},
    {ErrorCode::InvalidArgument, "invalid-argument"},
    {ErrorCode::ReasonRequired, "reason-required"},
    {ErrorCode::PassphraseRequired, "passphrase-required"},
    {ErrorCode::NotPossible, "not-possible"},
    {ErrorCode::GateClosed, "gate-closed"},
    {ErrorCode::NothingToUndo, "nothing-to-undo"},
    {ErrorCode::NoSpace, "no-space"},
    {ErrorCode::IoError, "io-error"},
    {ErrorCode::PermissionDenied, "permission-denied"},
    {ErrorCode::OutOfMemory, "out-of-memory"},
    {ErrorCode::Cancelled, "cancelled"},
    {ErrorCode::Internal, "internal"},
}};

} // namespace

tl::unexpected<Error> fail(ErrorCode code, std::string_view place, std::vector<std::string> args) {
    return tl::unexpected<Error>(Error{code, std::move(args), std::string(place)});
}

Error errorFromErrno(int value, std::string_view place) {
    switch (value) {
    case ENOSPC:
    case EDQUOT:
        return {ErrorCode::NoSpace, {}, std::string(place)};
    case EROFS:
        return {ErrorCode::WorkspaceReadOnly, {}, std::string(place)};
    case EACCES:
    case EPERM:
        return {ErrorCode::PermissionDenied, {}, std::string(place)};
    case ENOENT:
    case ENOTDIR:
        return {ErrorCode::NotFound, {}, std::string(place)};
    case ELOOP:
        return {ErrorCode::SymlinkLoop, {}, std::string(place)};
    case ENOMEM:
        return {ErrorCode::OutOfMemory, {}, std::string(place)};
    default:
        return {ErrorCode::IoError, {std::to_string(value)}, std::string(place)};
    }
}

std::string_view errorWord(ErrorCode code) {
    for (const auto& [key, word] : kWords) {
        if (key == code) {
            return word;
        }
    }
    return "internal";
}

ErrorCode errorFromWord(std::string_view word) {
    for (const auto& [key, name] : kWords) {
        if (name == word) {
            return key;
        }
    }
    return ErrorCode::Internal;
}

} // namespace kamei::base
