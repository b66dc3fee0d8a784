#include "core/keys/KeyStore.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <optional>
#include <sys/stat.h>
#include <system_error>
#include <tuple>

#include "core/base/FileIo.h"
#include "core/keys/Sealed.h"

namespace kamei::keys {
namespace {

namespace fs = std::filesystem;
using base::ErrorCode;

constexpr std::string_view kFormat = "kamei-key";
constexpr std::string_view kSuffix = ".kamei-key";
constexpr int kVersion = 1;
constexpr std::uint64_t kLargest = 64 << 10;
constexpr mode_t kPrivate = 0700;

std::string hexOf(std::span<const std::byte> bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string out;
    for (const std::byte b : bytes) {
        out += kDigits[std::to_integer<std::size_t>(b >> 4)];
        out += kDigits[std::to_integer<std::size_t>(b & std::byte{15})];
    }
    return out;
}

std::optional<std::vector<std::byte>> bytesOf(const std::string& text) {
    const auto digit = [](char c) {
        return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    };
    std::vector<std::byte> out;
    for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
        const int high = digit(text[i]);
        const int low = digit(text[i + 1]);
        if (high < 0 || low < 0) {
            return std::nullopt;
        }
        out.push_back(static_cast<std::byte>(high << 4 | low));
    }
    return text.size() % 2 == 0 ? std::optional(out) : std::nullopt;
}

struct File {
    Person person;
    base::TimeMs createdAt = 0;
    std::vector<std::byte> sealed;
};

base::Expected<File> read(const fs::path& path) {
    const auto malformed = [] { return base::fail(ErrorCode::Malformed, "keys.file"); };
    const auto text = base::readFile(path, kLargest);
    if (!text) {
        return tl::unexpected(text.error());
    }
    const auto json = nlohmann::json::parse(*text, nullptr, false);
    try {
        if (!json.is_object() || json.at("format") != kFormat || json.at("version") != kVersion) {
            return malformed();
        }
        const auto role = roleFromWord(json.at("role").get<std::string>());
        const auto key = PublicKey::fromHex(json.at("public").get<std::string>());
        auto sealed = bytesOf(json.at("sealed").get<std::string>());
        if (!role || !key || !sealed) {
            return malformed();
        }
        return File{{json.at("name").get<std::string>(), *role, *key},
                    json.at("createdAt").get<base::TimeMs>(),
                    std::move(*sealed)};
    } catch (const nlohmann::json::exception&) {
        return malformed();
    }
}

bool isName(const std::string& name) {
    return name.size() <= 200 && name.find_first_not_of(" \t") != std::string::npos &&
           std::ranges::none_of(name, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

base::Expected<void> makeFolder(const fs::path& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) {
        return tl::unexpected(base::errorFromErrno(error.value(), "keys.folder"));
    }
    if (::chmod(folder.c_str(), kPrivate) != 0) {
        return tl::unexpected(base::errorFromErrno(errno, "keys.folder"));
    }
    return {};
}

} // namespace

fs::path userFolder() {
    // XDG Base Directory Specification 0.8: unset, empty or relative counts as unset.
    if (const char* const data = std::getenv("XDG_DATA_HOME"); data != nullptr && data[0] == '/') {
        return fs::path(data) / "kamei";
    }
    const char* const home = std::getenv("HOME");
    return fs::path(home != nullptr ? home : "/") / ".local/share/kamei";
}

fs::path KeyStore::fileOf(const PublicKey& key) const {
    return m_folder / (key.fingerprint() + std::string(kSuffix));
}

base::Expected<std::vector<KeyStore::Entry>> KeyStore::list() const {
    std::vector<Entry> out;
    std::error_code error;
    fs::directory_iterator entry(m_folder, error);
    if (error) {
        // No folder yet: no keys yet.
        return error == std::errc::no_such_file_or_directory
                   ? base::Expected<std::vector<Entry>>(std::move(out))
                   : tl::unexpected(base::errorFromErrno(error.value(), "keys.list"));
    }
    for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
        if (entry->path().extension() != kSuffix) {
            continue;
        }
        if (auto file = read(entry->path()); file && fileOf(file->person.key) == entry->path()) {
            out.push_back({std::move(file->person), file->createdAt});
        }
    }
    std::ranges::sort(out, [](const Entry& a, const Entry& b) {
        return std::tie(a.createdAt, a.person.key) < std::tie(b.createdAt, b.person.key);
    });
    return out;
}

base::Expected<void> KeyStore::write(const Identity& identity, base::TimeMs createdAt,
                                     const base::Redacted& passphrase) const {
    if (!passphraseSuffices(passphrase)) {
        return base::fail(ErrorCode::PassphraseRequired, "keys.write", {std::to_string(kLeastPassphrase)});
    }
    if (auto made = makeFolder(m_folder); !made) {
        return made;
    }
    // The digest of the person is sealed with the secret: a name or role edited in the file does not unlock.
    const base::Sha256 person = digestOf(identity.person());
    base::SecretBytes plain(Identity::kSeedBytes + person.bytes.size());
    std::ranges::copy(identity.seed(), plain.span().begin());
    std::ranges::copy(person.bytes, plain.span().begin() + Identity::kSeedBytes);
    const auto sealed = seal(plain.span(), passphrase);
    if (!sealed) {
        return tl::unexpected(sealed.error());
    }
    const nlohmann::ordered_json out{{"format", kFormat},
                                     {"version", kVersion},
                                     {"name", identity.person().name},
                                     {"role", word(identity.person().role)},
                                     {"public", identity.person().key.hex()},
                                     {"createdAt", createdAt},
                                     {"sealed", hexOf(*sealed)}};
    const fs::path file = fileOf(identity.person().key);
    // AtomicFile makes its neighbour with mode 0600.
    return base::writeFileAtomically(
        file, out.dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n");
}

base::Expected<std::shared_ptr<const Identity>> KeyStore::create(const std::string& name, Role role,
                                                                 const base::Redacted& passphrase) const {
    if (!isName(name)) {
        return base::fail(ErrorCode::InvalidArgument, "keys.create", {"name"});
    }
    auto identity = Identity::generate(name, role);
    if (auto written = write(*identity, base::nowMs(), passphrase); !written) {
        return tl::unexpected(written.error());
    }
    return identity;
}

base::Expected<std::shared_ptr<const Identity>> KeyStore::unlock(const PublicKey& key,
                                                                 const base::Redacted& passphrase) const {
    const auto file = read(fileOf(key));
    if (!file) {
        return tl::unexpected(file.error());
    }
    const auto plain = unseal(file->sealed, passphrase);
    if (!plain) {
        return tl::unexpected(plain.error());
    }
    const base::Sha256 person = digestOf(file->person);
    if (plain->size() != Identity::kSeedBytes + person.bytes.size() ||
        !std::ranges::equal(plain->span().subspan(Identity::kSeedBytes), person.bytes)) {
        return base::fail(ErrorCode::Malformed, "keys.unlock");
    }
    auto identity =
        Identity::fromSeed(file->person.name, file->person.role, plain->span().first(Identity::kSeedBytes));
    if (identity && ((*identity)->person().key != key || file->person.key != key)) {
        return base::fail(ErrorCode::Malformed, "keys.unlock");
    }
    return identity;
}

base::Expected<void> KeyStore::changePassphrase(const PublicKey& key, const base::Redacted& old,
                                                const base::Redacted& fresh) const {
    const auto identity = unlock(key, old);
    if (!identity) {
        return tl::unexpected(identity.error());
    }
    const auto before = read(fileOf(key));
    if (!before) {
        return tl::unexpected(before.error());
    }
    if (!passphraseSuffices(fresh)) {
        return base::fail(ErrorCode::PassphraseRequired, "keys.write", {std::to_string(kLeastPassphrase)});
    }
    // A second name holds the old file while the new one takes its place, so that its bytes can be
    // overwritten.
    const fs::path file = fileOf(key);
    fs::path former = file;
    former += ".old";
    std::error_code error;
    fs::remove(former, error);
    fs::create_hard_link(file, former, error);
    const bool linked = !error;
    auto written = write(**identity, before->createdAt, fresh);
    if (linked && written) {
        return base::shredFile(former);
    }
    fs::remove(former, error);
    return written;
}

} // namespace kamei::keys
