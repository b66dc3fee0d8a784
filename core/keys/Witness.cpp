#include "core/keys/Witness.h"

#include <algorithm>
#include <charconv>
#include <system_error>

#include "core/base/FileIo.h"

namespace kamei::keys {
namespace {

namespace fs = std::filesystem;
constexpr std::uint64_t kLargest = 4096;

} // namespace

base::Expected<fs::path> Witness::fileOf(const std::string& workspace) const {
    const bool plain =
        !workspace.empty() && workspace.size() <= 64 && std::ranges::all_of(workspace, [](char c) {
            return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        });
    if (!plain) {
        return base::fail(base::ErrorCode::WorkspaceDamaged, "keys.witness");
    }
    return m_folder / workspace;
}

base::Expected<std::optional<Witness::Seen>> Witness::lastSeen(const std::string& workspace) const {
    const auto file = fileOf(workspace);
    if (!file) {
        return tl::unexpected(file.error());
    }
    const auto text = base::readFile(*file, kLargest);
    if (!text) {
        return text.error().code == base::ErrorCode::NotFound
                   ? base::Expected<std::optional<Seen>>(std::nullopt)
                   : tl::unexpected(text.error());
    }
    Seen out;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), out.number);
    const auto used = static_cast<std::size_t>(end - text->data());
    if (error != std::errc{} || text->size() < used + 65) {
        return base::fail(base::ErrorCode::Malformed, "keys.witness");
    }
    const auto hash = base::Sha256::fromHex(std::string_view(*text).substr(used + 1, 64));
    if (!hash) {
        return base::fail(base::ErrorCode::Malformed, "keys.witness");
    }
    out.hash = *hash;
    return std::optional(out);
}

base::Expected<void> Witness::note(const std::string& workspace, const Seen& seen) const {
    const auto file = fileOf(workspace);
    if (!file) {
        return tl::unexpected(file.error());
    }
    std::error_code error;
    fs::create_directories(m_folder, error);
    if (error) {
        return tl::unexpected(base::errorFromErrno(error.value(), "keys.witness"));
    }
    fs::permissions(m_folder, fs::perms::owner_all, error);
    return base::writeFileAtomically(*file, std::to_string(seen.number) + ' ' + seen.hash.hex() + "\n");
}

} // namespace kamei::keys
