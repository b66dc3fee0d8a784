#include "core/base/Resources.h"

#include <cstdlib>

#include "core/base/FileIo.h"

namespace kamei::base {
namespace {

namespace fs = std::filesystem;

fs::path findFolder() {
    if (const char* chosen = std::getenv("KAMEI_RESOURCES"); chosen != nullptr && *chosen != '\0') {
        return chosen;
    }
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    if (!error) {
        const fs::path installed = program.parent_path().parent_path() / "share" / "kamei";
        if (fs::is_directory(installed, error)) {
            return installed;
        }
    }
    return KAMEI_SOURCE_RESOURCES;
}

} // namespace

const fs::path& resourceFolder() {
    static const fs::path folder = findFolder();
    return folder;
}

Expected<std::string> readResource(std::string_view name) {
    constexpr std::uint64_t kLimit = 256ULL * 1024 * 1024;
    return readFile(resourceFolder() / name, kLimit);
}

} // namespace kamei::base
