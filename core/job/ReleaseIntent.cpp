#include "core/job/ReleaseIntent.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <system_error>

namespace kamei::job {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPartial = ".partial-";
constexpr std::size_t kEnd = 6; // as mkdtemp fills it

bool isEnd(std::string_view text) {
    return text.size() == kEnd && std::ranges::all_of(text, [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
           });
}

} // namespace

std::string toText(const ReleaseIntent& intent) {
    const nlohmann::json out{{"folder", intent.folder.hex()},
                             {"partial", intent.partial},
                             {"manifest", intent.manifest.hex()},
                             {"files", intent.files.hex()},
                             {"signer", intent.signer}};
    return out.dump();
}

std::optional<ReleaseIntent> intentFrom(std::string_view text) {
    try {
        const auto in = nlohmann::json::parse(text);
        const auto folder = base::Sha256::fromHex(in.at("folder").get<std::string>());
        const auto manifest = base::Sha256::fromHex(in.at("manifest").get<std::string>());
        const auto files = base::Sha256::fromHex(in.at("files").get<std::string>());
        if (!folder || !manifest || !files) {
            return std::nullopt;
        }
        return ReleaseIntent{*folder, in.at("partial").get<std::string>(), *manifest, *files,
                             in.at("signer").get<std::string>()};
    } catch (const nlohmann::json::exception&) {
        return std::nullopt;
    }
}

std::string partialEnd(const fs::path& out, const fs::path& partial) {
    const std::string start = out.filename().string() + std::string(kPartial);
    const std::string name = partial.filename().string();
    if (!name.starts_with(start) || !isEnd(std::string_view(name).substr(start.size()))) {
        return {};
    }
    return name.substr(start.size());
}

void removePartial(const fs::path& out, const ReleaseIntent& intent) {
    if (!isEnd(intent.partial)) {
        return;
    }
    std::error_code ignored;
    const fs::path partial = out.string() + std::string(kPartial) + intent.partial;
    if (fs::is_directory(fs::symlink_status(partial, ignored))) {
        fs::remove_all(partial, ignored);
    }
}

base::Sha256 digestOf(std::span<const release::ReleaseFile> files) {
    base::Sha256Hasher hasher;
    for (const release::ReleaseFile& file : files) {
        hasher.update(file.sha256.bytes);
        hasher.update(file.confirmedDigest.bytes);
        const nlohmann::json row{file.asset.value, file.size,         file.pseudonym, file.name,
                                 file.extension,   file.deletedUnder, file.reviewer,  file.confirmedAt};
        const std::string text = row.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
        hasher.update(std::to_string(text.size()) + '|' + text);
    }
    return hasher.finish();
}

} // namespace kamei::job
