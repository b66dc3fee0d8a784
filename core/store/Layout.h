#pragma once

#include <filesystem>

#include "core/base/Error.h"

namespace kamei::store {

/// Where things lie in a workspace folder. Everything in it may identify people: the folder is made
/// with mode 0700, whatever the umask.
struct Layout {
    std::filesystem::path folder;

    [[nodiscard]] std::filesystem::path database() const { return folder / "workspace.kamei"; }
    [[nodiscard]] std::filesystem::path lock() const { return folder / "lock"; }
    [[nodiscard]] std::filesystem::path key() const { return folder / "key"; }
    /// Processed files, named by their content.
    [[nodiscard]] std::filesystem::path staged() const { return folder / "staged"; }
    /// Views of faces that people judged on, never released; destroyed with the deleted information.
    [[nodiscard]] std::filesystem::path evidence() const { return folder / "evidence"; }
    /// The only place for temporary files that may hold patient data; emptied by the next writer.
    [[nodiscard]] std::filesystem::path temporary() const { return folder / "tmp"; }
};

/// Makes the folder of a new workspace and the folders in it; an existing empty folder is taken.
/// Errors: WorkspaceExists (the folder is there and not empty), NotFound (its parent is missing),
/// PermissionDenied, NoSpace, WorkspaceReadOnly.
[[nodiscard]] base::Expected<void> createFolders(const Layout& layout);

/// Destroys the views of faces.
[[nodiscard]] base::Expected<void> destroyEvidence(const Layout& layout);
/// Makes the folder for them, for its owner alone.
[[nodiscard]] base::Expected<void> makeEvidenceFolder(const Layout& layout);

/// Removes what a killed writer left in tmp/. Only for the holder of the lock.
[[nodiscard]] base::Expected<void> clearTemporary(const Layout& layout);

/// Whether files can be made in the folder (permissions and media).
[[nodiscard]] bool folderWritable(const std::filesystem::path& folder);

} // namespace kamei::store
