#include "core/intake/archive/MemberName.h"

#include <algorithm>
#include <cctype>

#include "core/intake/archive/Archive.h"
#include "core/intake/encoding/Encoding.h"

namespace kamei::intake::archive {

std::string decodedName(std::string_view raw) {
    std::string name(raw);
    if (!encoding::decode(raw, encoding::Encoding::Utf8)) {
        const auto guess = encoding::detect(raw);
        name = encoding::decode(raw, guess ? guess->encoding : encoding::Encoding::Cp932)
                   .value_or(std::string());
        std::replace(name.begin(), name.end(), '\\', '/');
        if (name.empty()) {
            // A name that no encoding explains still needs one by which the member is found.
            static constexpr std::string_view kHex = "0123456789abcdef";
            for (const char c : raw) {
                name += kHex[static_cast<unsigned char>(c) >> 4];
                name += kHex[static_cast<unsigned char>(c) & 15U];
            }
        }
    }
    return name;
}

bool isRefused(std::string_view name) {
    if (name.empty() || name.front() == '/' || name.front() == '\\' ||
        name.find('\0') != std::string_view::npos || name.find(kInner) != std::string_view::npos ||
        name.size() > 4096) {
        return true;
    }
    if (name.size() > 1 && name[1] == ':' && std::isalpha(static_cast<unsigned char>(name[0])) != 0) {
        return true;
    }
    for (std::size_t begin = 0; begin <= name.size();) {
        const std::size_t end = std::min(name.find_first_of("/\\", begin), name.size());
        if (name.substr(begin, end - begin) == "..") {
            return true;
        }
        begin = end + 1;
    }
    return false;
}

} // namespace kamei::intake::archive
