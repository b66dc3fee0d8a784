#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace kamei::base {

/// What went wrong, as a stable code. The word of each code (errorWord) is printed by the command
/// line and stored in workspaces, so it never changes; the sentence for people is made in ui/text.
enum class ErrorCode {
    // input
    NotFound,
    NotReadable,
    Empty,
    Truncated,
    Malformed,
    UnknownFormat,
    UnsupportedFormat,
    UnsupportedEncoding,
    UnsupportedTransferSyntax,
    Encrypted,
    TooLarge,
    TooDeep,
    TooManyEntries,
    EntityRefused,
    PathRefused,
    SymlinkLoop,
    NotRegularFile,
    SourceChanged,
    SourceMissing,
    // workspace
    WorkspaceMissing,
    WorkspaceDamaged,
    WorkspaceNewer,
    WorkspaceLocked,
    WorkspaceReadOnly,
    WorkspaceExists,
    AuditBroken,
    // doing
    InvalidArgument,
    ReasonRequired,
    PassphraseRequired,
    NotPossible,
    GateClosed,
    NothingToUndo,
    NoSpace,
    IoError,
    PermissionDenied,
    OutOfMemory,
    Cancelled,
    Internal,
};

/// An error: code, typed arguments that hold no patient data (a count, a limit, a format name),
/// and the place in the product where it arose ("intake.dicom.parse"). Never a sentence.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::vector<std::string> args;
    std::string place;

    friend bool operator==(const Error&, const Error&) = default;
};

template <class T> using Expected = tl::expected<T, Error>;

/// Shorthand for returning an error from a function that yields Expected<T>.
[[nodiscard]] tl::unexpected<Error> fail(ErrorCode code, std::string_view place,
                                         std::vector<std::string> args = {});

/// The error that belongs to the errno value of a failed system call: ENOSPC is NoSpace, EROFS
/// WorkspaceReadOnly, EACCES PermissionDenied, ENOENT NotFound, ELOOP SymlinkLoop, else IoError.
[[nodiscard]] Error errorFromErrno(int value, std::string_view place);

/// The stable kebab-case word of a code, for example "no-space".
[[nodiscard]] std::string_view errorWord(ErrorCode code);
/// The code of a word; Internal for an unknown word.
[[nodiscard]] ErrorCode errorFromWord(std::string_view word);

} // namespace kamei::base
