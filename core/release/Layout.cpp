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

/// Numbers people, their series and the instances of these, each from 1: people in order of their pseudonyms,
/// for the order in which they were imported may be that of a hospital's numbers.
class FileSetNames {
public:
    explicit FileSetNames(std::span<const ReleaseFile> files) {
        for (const ReleaseFile& file : files) {
            if (file.inFileSet) {
                m_people.try_emplace(file.pseudonym);
            }
        }
        std::size_t number = 0;
        for (auto& [pseudonym, person] : m_people) {
            person.number = ++number;
        }
    }
    base::Expected<std::string> next(const ReleaseFile& file) {
        Person& person = m_people.at(file.pseudonym);
        auto [series, newSeries] = person.series.try_emplace(file.asset);
        if (newSeries) {
            series->second.number = person.series.size();
        }
        const std::size_t instance = ++series->second.files;
        if (std::max({person.number, series->second.number, instance}) > kMostNumber) {
            return base::fail(base::ErrorCode::TooManyEntries, "release.layout",
                              {std::to_string(kMostNumber)});
        }
        return std::string(kFileSetRoot) + "/DICOM/" + component("PA", person.number) + "/" +
               component("SE", series->second.number) + "/" + component("IM", instance);
    }

private:
    static constexpr std::size_t kMostNumber = 999'999;
    static std::string component(std::string_view prefix, std::size_t number) {
        const std::string digits = std::to_string(number);
        return std::string(prefix) + std::string(6 - digits.size(), '0') + digits;
    }
    struct Series {
        std::size_t number = 0;
        std::size_t files = 0;
    };
    struct Person {
        std::size_t number = 0;
        std::map<base::AssetId, Series> series;
    };
    std::map<std::string, Person> m_people;
};

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
    FileSetNames fileSet(files);
    std::vector<std::string> out;
    out.reserve(files.size());
    for (const ReleaseFile& file : files) {
        const std::string person = file.pseudonym.empty() ? std::string(kNobody) : file.pseudonym;
        if (!isPlainName(person) || !isPlainName(file.name) || !isPlainName(file.extension)) {
            return base::fail(base::ErrorCode::PathRefused, "release.layout");
        }
        if (file.inFileSet) {
            auto path = fileSet.next(file);
            if (!path) {
                return tl::unexpected(path.error());
            }
            out.push_back(std::move(*path));
            continue;
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
