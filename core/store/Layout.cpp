#include "core/store/Layout.h"

#include <cerrno>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include "core/base/FileIo.h"

namespace kamei::store {
namespace {

namespace fs = std::filesystem;
constexpr mode_t kPrivate = 0700;

base::Expected<void> makePrivate(const fs::path& folder) {
    // mkdir obeys the umask, which may be wider or narrower than wanted: set the mode afterwards.
    if (::mkdir(folder.c_str(), kPrivate) != 0 && errno != EEXIST) {
        return tl::unexpected(base::errorFromErrno(errno, "store.create"));
    }
    if (::chmod(folder.c_str(), kPrivate) != 0) {
        return tl::unexpected(base::errorFromErrno(errno, "store.create"));
    }
    return {};
}

} // namespace

base::Expected<void> createFolders(const Layout& layout) {
    std::error_code error;
    if (fs::exists(fs::symlink_status(layout.folder, error))) {
        if (!fs::is_directory(layout.folder, error) || !fs::is_empty(layout.folder, error) || error) {
            return base::fail(base::ErrorCode::WorkspaceExists, "store.create");
        }
    }
    for (const fs::path& folder : {layout.folder, layout.staged(), layout.temporary()}) {
        if (auto made = makePrivate(folder); !made) {
            return made;
        }
    }
    return base::syncFolder(layout.folder);
}

base::Expected<void> makeEvidenceFolder(const Layout& layout) {
    return makePrivate(layout.evidence());
}

base::Expected<void> destroyEvidence(const Layout& layout) {
    std::error_code error;
    if (!fs::exists(layout.evidence(), error)) {
        return {};
    }
    for (const auto& entry : fs::directory_iterator(layout.evidence(), error)) {
        if (auto gone = base::shredFile(entry.path()); !gone) {
            return gone;
        }
    }
    fs::remove(layout.evidence(), error);
    return error ? tl::unexpected(base::errorFromErrno(error.value(), "store.evidence"))
                 : base::Expected<void>();
}

base::Expected<void> clearTemporary(const Layout& layout) {
    std::error_code error;
    for (fs::directory_iterator entry(layout.temporary(), error), end; !error && entry != end;
         entry.increment(error)) {
        std::error_code ignored;
        fs::remove_all(entry->path(), ignored);
    }
    // An emptied or lost tmp/ is no damage: make it anew.
    return makePrivate(layout.temporary());
}

bool folderWritable(const fs::path& folder) {
    return ::access(folder.c_str(), W_OK | X_OK) == 0;
}

} // namespace kamei::store
