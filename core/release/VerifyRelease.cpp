#include <algorithm>
#include <array>
#include <map>

#include "core/base/FileIo.h"
#include "core/release/Layout.h"
#include "core/release/Manifest.h"
#include "core/release/ReleaseWriter.h"

namespace kamei::release {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kLargestManifest = std::uint64_t{1} << 30;
constexpr std::size_t kWindow = 1 << 20;

base::Expected<base::Sha256> digestOf(const fs::path& path) {
    const auto file = base::MappedFile::open(path);
    if (!file) {
        return tl::unexpected(file.error());
    }
    base::Sha256Hasher hasher;
    const auto bytes = file->bytes();
    for (std::size_t at = 0; at < bytes.size(); at += kWindow) {
        hasher.update(bytes.subspan(at, std::min(kWindow, bytes.size() - at)));
    }
    return hasher.finish();
}

// Whether manifest.sha256 is there and names the digest of the manifest.
bool namesDigest(const fs::path& file, const base::Sha256& digest) {
    const auto text = base::readFile(file, 4096);
    return text && *text == digest.hex() + "  " + std::string(kManifestName) + "\n";
}

void addExtras(const fs::path& folder, const std::map<std::string, ManifestEntry>& listed, bool isSigned,
               std::vector<Difference>& out) {
    std::error_code code;
    for (fs::recursive_directory_iterator it(folder, code), end; !code && it != end; it.increment(code)) {
        const std::string path = it->path().lexically_relative(folder).generic_string();
        std::error_code ignored;
        const fs::file_type type = it->symlink_status(ignored).type();
        if (type == fs::file_type::directory || listed.contains(path) || path == kManifestName ||
            path == kManifestDigestName || (isSigned && path == kManifestSignatureName)) {
            continue;
        }
        out.push_back({Difference::Kind::Extra, path});
    }
}

} // namespace

std::string_view word(Difference::Kind kind) {
    static constexpr std::array<std::string_view, 6> kWords{
        "missing", "extra", "changed", "not-regular", "manifest-changed", "signature-broken"};
    return kWords[static_cast<std::size_t>(kind)];
}

base::Expected<Verification> verifyRelease(const fs::path& folder, std::stop_token stop,
                                           base::ProgressSink& progress) {
    const auto text = base::readFile(folder / kManifestName, kLargestManifest);
    if (!text) {
        return tl::unexpected(text.error());
    }
    const auto entries = parseManifest(*text);
    if (!entries) {
        return tl::unexpected(entries.error());
    }
    Verification out;
    if (!namesDigest(folder / kManifestDigestName, base::sha256(*text))) {
        out.differences.push_back({Difference::Kind::ManifestChanged, std::string(kManifestName)});
    }
    const auto signer = signerOf(*text);
    if (!signer) {
        return tl::unexpected(signer.error());
    }
    if (*signer) {
        const auto signature = base::readFile(folder / kManifestSignatureName, 1 << 16);
        if (signature && signatureHolds(*signature, base::sha256(*text), **signer)) {
            out.signer = *signer;
        } else {
            out.differences.push_back(
                {Difference::Kind::SignatureBroken, std::string(kManifestSignatureName)});
        }
    }
    std::map<std::string, ManifestEntry> listed;
    progress.phase("compare");
    for (const ManifestEntry& entry : *entries) {
        if (stop.stop_requested()) {
            out.cancelled = true;
            return out;
        }
        listed.emplace(entry.path, entry);
        progress.progress(static_cast<std::uint64_t>(out.files++), entries->size());
        out.bytes += entry.size;
        std::error_code ignored;
        const fs::path path = folder / entry.path;
        const fs::file_type type = fs::symlink_status(path, ignored).type();
        if (type == fs::file_type::not_found) {
            out.differences.push_back({Difference::Kind::Missing, entry.path});
            continue;
        }
        if (type != fs::file_type::regular) {
            out.differences.push_back({Difference::Kind::NotRegular, entry.path});
            continue;
        }
        const auto digest = digestOf(path);
        if (!digest || *digest != entry.sha256) {
            out.differences.push_back({Difference::Kind::Changed, entry.path});
        }
    }
    addExtras(folder, listed, signer->has_value(), out.differences);
    std::ranges::sort(out.differences, {}, &Difference::path);
    return out;
}

} // namespace kamei::release
