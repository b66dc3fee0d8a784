#include "core/release/Layout.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace kamei::release {
namespace {

constexpr std::size_t kLongestName = 200;
constexpr std::string_view kNobody = "common";

std::string twoDigits(std::size_t number) {
    const std::string text = std::to_string(number);
    return text.size() < 2 ? "0" + text : text;
}

} // namespace

bool isPlainName(std::string_view name) {
    const auto plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
               c == '_' || c == '-';
    };
    return !name.empty() && name.size() <= kLongestName && name.front() != '.' && name.front() != '-' &&
           std::ranges::all_of(name, plain);
}

bool isPlainPath(std::string_view path) {
    while (true) {
        const std::size_t slash = path.find('/');
        if (!isPlainName(path.substr(0, slash))) {
            return false;
        }
        if (slash == std::string_view::npos) {
            return true;
        }
        path.remove_prefix(slash + 1);
    }
}

base::Expected<std::vector<std::string>> layout(std::span<const ReleaseFile> files) {
    std::map<std::pair<std::string, base::AssetId>, std::string> folders;
    std::map<std::string, std::size_t> counts;
    std::set<std::string> taken;
    std::vector<std::string> out;
    out.reserve(files.size());
    for (const ReleaseFile& file : files) {
        const std::string person = file.pseudonym.empty() ? std::string(kNobody) : file.pseudonym;
        if (!isPlainName(person) || !isPlainName(file.name) || !isPlainName(file.extension)) {
            return base::fail(base::ErrorCode::PathRefused, "release.layout");
        }
        std::string& folder = folders[{person, file.asset}];
        if (folder.empty()) {
            const std::string group = "data/" + person + "/" + std::string(model::word(file.kind)) + "-";
            folder = group + twoDigits(++counts[group]) + "/";
        }
        std::string path = folder + file.name + "." + file.extension;
        for (int again = 2; !taken.insert(path).second; ++again) {
            path = folder + file.name + "-" + std::to_string(again) + "." + file.extension;
        }
        out.push_back(std::move(path));
    }
    return out;
}

} // namespace kamei::release
