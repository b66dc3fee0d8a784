#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/Digest.h"
#include "core/base/Error.h"
#include "core/base/FileIo.h"
#include "core/intake/Format.h"

namespace kamei::job {

/// One file, or one member of an archive, as import sees it.
struct ImportedFile {
    std::filesystem::path path; ///< absolute
    std::string member;
    base::FileStamp stamp; ///< of the file; of the archive for a member
    base::Sha256 sha256;   ///< zero when not a byte could be read
    std::string format;    ///< empty when it was not recognised
    intake::Description description;
    /// Why it could not be read; it then becomes a row of kind unreadable.
    std::optional<base::Error> problem;
    /// Why it is no part of the data although it is no gap in them either: it becomes an excluded row with
    /// this reason. Empty for all others.
    std::string_view leftBehind;
};

/// Reads, hashes, recognises and describes a file; an archive yields one result a member. Thread-safe.
/// Never fails: what goes wrong stands in ImportedFile::problem. Files above 64 MiB are hashed in pieces
/// and, where the format allows, described from their beginning, so that memory stays flat.
[[nodiscard]] std::vector<ImportedFile> readForImport(const std::filesystem::path& path,
                                                      std::stop_token stop);

} // namespace kamei::job
