#include "core/intake/Walk.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <deque>
#include <set>
#include <string_view>
#include <sys/stat.h>
#include <vector>

namespace kamei::intake {
namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorCode;

constexpr std::string_view kPlace = "intake.walk";
constexpr std::size_t kMaxFolders = 256;

using FolderId = std::pair<dev_t, ino_t>;

/// Written by file managers beside the data; they hold names of files.
bool isFolderSettings(const fs::path& path) {
    static constexpr std::array<std::string_view, 4> kNames{".DS_Store", "Thumbs.db", "desktop.ini",
                                                            "ehthumbs.db"};
    return std::find(kNames.begin(), kNames.end(), path.filename().native()) != kNames.end();
}

class Walker {
public:
    Walker(const std::function<void(Found)>& visit, std::stop_token stop)
        : m_visit(visit), m_stop(std::move(stop)) {}

    void run(std::span<const fs::path> roots) {
        for (const fs::path& root : roots) {
            std::error_code error;
            const fs::path absolute = fs::absolute(root, error).lexically_normal();
            // A root that is itself a link was named by the person and is followed at once.
            take(error ? root : absolute, true);
        }
        while (!m_links.empty() && !m_stop.stop_requested()) {
            const fs::path link = std::move(m_links.front());
            m_links.pop_front();
            follow(link);
        }
    }

private:
    void report(const fs::path& path, Error error) const { m_visit({{path, {}}, std::move(error)}); }
    void report(const fs::path& path, ErrorCode code) const {
        report(path, Error{code, {}, std::string(kPlace)});
    }

    void take(const fs::path& path, bool isRoot) {
        if (m_stop.stop_requested()) {
            return;
        }
        struct stat own {};
        struct stat target {};
        if (::lstat(path.c_str(), &own) != 0 || ::stat(path.c_str(), &target) != 0) {
            report(path, base::errorFromErrno(errno, kPlace));
            return;
        }
        if (S_ISDIR(target.st_mode)) {
            if (S_ISLNK(own.st_mode) && !isRoot) {
                m_links.push_back(path);
            } else {
                enter(path, {target.st_dev, target.st_ino});
            }
            return;
        }
        if (!S_ISREG(target.st_mode)) {
            report(path, ErrorCode::NotRegularFile);
        } else if (isFolderSettings(path)) {
            report(path, ErrorCode::UnknownFormat);
        } else {
            m_visit({{path, {}}, std::nullopt});
        }
    }

    /// A link to a folder: to one that holds the link itself it is a loop; to one seen already there is
    /// nothing new behind it.
    void follow(const fs::path& link) {
        struct stat target {};
        if (::stat(link.c_str(), &target) != 0) {
            report(link, base::errorFromErrno(errno, kPlace));
            return;
        }
        const FolderId id{target.st_dev, target.st_ino};
        for (fs::path above = link.parent_path(); !above.empty(); above = above.parent_path()) {
            struct stat info {};
            if (::stat(above.c_str(), &info) == 0 && FolderId{info.st_dev, info.st_ino} == id) {
                report(link, ErrorCode::SymlinkLoop);
                return;
            }
            if (above == above.parent_path()) {
                break;
            }
        }
        enter(link, id);
    }

    void enter(const fs::path& folder, FolderId id) {
        if (!m_entered.insert(id).second) {
            return;
        }
        if (m_depth >= kMaxFolders) {
            report(folder, Error{ErrorCode::TooDeep, {std::to_string(kMaxFolders)}, std::string(kPlace)});
            return;
        }
        std::error_code error;
        std::vector<fs::path> entries;
        fs::directory_iterator at(folder, error);
        while (!error && at != fs::directory_iterator()) {
            entries.push_back(at->path());
            at.increment(error);
        }
        if (error) {
            report(folder, base::errorFromErrno(error.value(), kPlace));
        }
        std::sort(entries.begin(), entries.end(),
                  [](const fs::path& a, const fs::path& b) { return a.native() < b.native(); });
        ++m_depth;
        for (const fs::path& entry : entries) {
            take(entry, false);
        }
        --m_depth;
    }

    const std::function<void(Found)>& m_visit;
    std::stop_token m_stop;
    std::size_t m_depth = 0;
    std::set<FolderId> m_entered;
    std::deque<fs::path> m_links;
};

} // namespace

void walk(std::span<const fs::path> roots, const std::function<void(Found)>& visit, std::stop_token stop) {
    Walker(visit, std::move(stop)).run(roots);
}

} // namespace kamei::intake
