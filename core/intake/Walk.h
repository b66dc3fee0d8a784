#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>

#include "core/base/Error.h"
#include "core/intake/Format.h"

namespace kamei::intake {

/// A regular file on the way through folders, or something that cannot be taken and why.
struct Found {
    Location location; ///< absolute path; archives are not opened here, see archive::list
    /// NotFound (a path or link that leads nowhere), PermissionDenied, SymlinkLoop, NotRegularFile (pipes,
    /// sockets, devices), TooDeep (more than 256 folders), UnknownFormat (files in which systems keep how a
    /// folder is shown: .DS_Store, Thumbs.db, desktop.ini).
    std::optional<base::Error> problem;
};

/// Goes through files and folders, hidden ones included, and calls `visit` for every file and every
/// obstacle: nothing is dropped. The order is that of the roots, within a folder by the bytes of the names;
/// links to folders outside come last. A folder that several links lead to is entered once. Stops
/// between two files when asked to.
void walk(std::span<const std::filesystem::path> roots, const std::function<void(Found)>& visit,
          std::stop_token stop);

} // namespace kamei::intake
