#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>

#include "core/intake/archive/Archive.h"

/// Everything that is listed without a problem can be asked for.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::filesystem::path kFile =
        std::filesystem::temp_directory_path() / ("kamei-fuzz-" + std::to_string(::getpid()) + ".zip");
    std::ofstream(kFile, std::ios::binary)
        .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
    const auto members = kamei::intake::archive::list(kFile);
    if (members) {
        for (const auto& member : *members) {
            if (!member.problem) {
                (void)kamei::intake::archive::readMember(kFile, member.name, 1 << 16);
            }
        }
    }
    std::error_code ignored;
    std::filesystem::remove(kFile, ignored);
    return 0;
}
