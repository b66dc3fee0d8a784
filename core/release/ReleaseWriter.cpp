#include "core/release/ReleaseWriter.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <set>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include "core/base/FileIo.h"
#include "core/release/DicomDir.h"
#include "core/release/Layout.h"
#include "core/release/Manifest.h"

namespace kamei::release {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBlock = 1 << 20;
constexpr mode_t kFileMode = 0644;
constexpr mode_t kFolderMode = 0755; // mkdtemp makes 0700, but the receiver has to be able to read

tl::unexpected<base::Error> failed(int value, std::string_view place) {
    return tl::unexpected(base::errorFromErrno(value == EFBIG ? ENOSPC : value, place));
}

struct Descriptor {
    int value = -1;
    explicit Descriptor(int descriptor) : value(descriptor) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (value >= 0) {
            ::close(value);
        }
    }
};

/// The folder under its temporary name; removed with all it holds unless it was given its real one.
class PartialFolder {
public:
    static base::Expected<PartialFolder> create(const fs::path& out) {
        std::string pattern = out.string() + ".partial-XXXXXX";
        if (::mkdtemp(pattern.data()) == nullptr || ::chmod(pattern.c_str(), kFolderMode) != 0) {
            return failed(errno, "release.create");
        }
        return PartialFolder(pattern);
    }
    ~PartialFolder() {
        std::error_code ignored;
        if (!m_path.empty()) {
            fs::remove_all(m_path, ignored);
        }
    }
    PartialFolder(PartialFolder&& other) noexcept : m_path(std::exchange(other.m_path, {})) {}
    PartialFolder& operator=(PartialFolder&&) = delete;

    [[nodiscard]] const fs::path& path() const { return m_path; }
    base::Expected<void> becomes(const fs::path& out) {
        // Fails when something came to stand there meanwhile, instead of replacing an empty folder.
        if (::renameat2(AT_FDCWD, m_path.c_str(), AT_FDCWD, out.c_str(), RENAME_NOREPLACE) != 0) {
            const bool unsupported = errno == EINVAL || errno == ENOSYS;
            if (errno == EEXIST) {
                return base::fail(base::ErrorCode::WorkspaceExists, "release.rename");
            }
            if (!unsupported || ::rename(m_path.c_str(), out.c_str()) != 0) {
                return failed(errno, "release.rename");
            }
        }
        m_path.clear();
        return base::syncFolder(out.parent_path().empty() ? fs::path(".") : out.parent_path());
    }

private:
    explicit PartialFolder(fs::path path) : m_path(std::move(path)) {}
    fs::path m_path;
};

// Copies and hashes what goes out; the result is checked against the confirmed digest before anything is
// renamed.
base::Expected<void> copyFile(const ReleaseFile& file, const fs::path& target,
                              std::vector<std::byte>& buffer) {
    const Descriptor in(::open(file.staged.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (in.value < 0) {
        return base::fail(base::ErrorCode::WorkspaceDamaged, "release.copy");
    }
    const Descriptor out(::open(target.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kFileMode));
    if (out.value < 0) {
        return failed(errno, "release.copy");
    }
    base::Sha256Hasher hasher;
    std::uint64_t size = 0;
    while (true) {
        const ssize_t got = ::read(in.value, buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return failed(errno, "release.copy");
        }
        if (got == 0) {
            break;
        }
        auto part = std::span<const std::byte>(buffer).first(static_cast<std::size_t>(got));
        hasher.update(part);
        size += part.size();
        while (!part.empty()) {
            const ssize_t written = ::write(out.value, part.data(), part.size());
            if (written < 0 && errno != EINTR) {
                return failed(errno, "release.copy");
            }
            part = part.subspan(written < 0 ? 0 : static_cast<std::size_t>(written));
        }
    }
    if (hasher.finish() != file.sha256 || size != file.size) {
        return base::fail(base::ErrorCode::WorkspaceDamaged, "release.copy");
    }
    if (::fdatasync(out.value) != 0) {
        return failed(errno, "release.copy");
    }
    // What is compared afterwards shall come from the medium, not from memory.
    ::posix_fadvise(out.value, 0, 0, POSIX_FADV_DONTNEED);
    return {};
}

base::Expected<void> compare(const fs::path& path, const base::Sha256& expected,
                             std::vector<std::byte>& buffer) {
    const Descriptor in(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (in.value < 0) {
        return failed(errno, "release.compare");
    }
    base::Sha256Hasher hasher;
    while (true) {
        const ssize_t got = ::read(in.value, buffer.data(), buffer.size());
        if (got < 0 && errno != EINTR) {
            return failed(errno, "release.compare");
        }
        if (got == 0) {
            break;
        }
        hasher.update(
            std::span<const std::byte>(buffer).first(static_cast<std::size_t>(std::max<ssize_t>(got, 0))));
    }
    if (hasher.finish() != expected) {
        return base::fail(base::ErrorCode::IoError, "release.compare");
    }
    return {};
}

Written cancelled() {
    Written out;
    out.cancelled = true;
    return out;
}

struct Document {
    std::string name;
    std::string content;
};

base::Expected<std::vector<Document>> documentsOf(const ReportData& report) {
    std::vector<Document> out;
    const std::array<std::pair<const char*, base::Expected<std::string> (*)(const ReportData&)>, 4> pages{
        {{"report.html", reportHtml},
         {"card.html", cardHtml},
         {"terms.html", termsHtml},
         {"notice.html", noticeHtml}}};
    for (const auto& [name, make] : pages) {
        auto content = make(report);
        if (!content) {
            return tl::unexpected(content.error());
        }
        out.push_back({name, std::move(*content)});
    }
    out.push_back({"report.json", reportJson(report)});
    return out;
}

base::Expected<void> makeFolders(const fs::path& top, std::span<const std::string> paths,
                                 std::set<fs::path>& made) {
    for (const std::string& path : paths) {
        for (fs::path folder = (top / path).parent_path(); folder != top && !made.contains(folder);
             folder = folder.parent_path()) {
            made.insert(folder);
        }
    }
    for (const fs::path& folder : made) { // parents sort before their children
        if (::mkdir(folder.c_str(), kFolderMode) != 0) {
            return failed(errno, "release.folder");
        }
    }
    return {};
}

/// The directory of the file-set, made of what was copied, examined and put to the medium. Nothing without
/// one.
base::Expected<std::vector<ManifestEntry>> addDirectory(const fs::path& top,
                                                        std::span<const ReleaseFile> files,
                                                        std::span<const std::string> paths,
                                                        const ExamineDirectory& examine, Written& written) {
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (files[i].inFileSet) {
            ids.push_back(paths[i].substr(kFileSetRoot.size() + 1));
        }
    }
    if (ids.empty()) {
        return std::vector<ManifestEntry>();
    }
    std::ranges::sort(ids);
    const auto unlisted = writeDicomDir(top / kFileSetRoot, ids);
    if (!unlisted) {
        return tl::unexpected(unlisted.error());
    }
    written.unlisted = *unlisted;
    const std::string path = std::string(kFileSetRoot) + "/" + std::string(kDirectoryName);
    const Descriptor file(::open((top / path).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (file.value < 0 || ::fchmod(file.value, kFileMode) != 0 || ::fsync(file.value) != 0) {
        return failed(errno, "release.dicomdir");
    }
    const auto bytes = base::MappedFile::open(top / path);
    if (!bytes) {
        return tl::unexpected(bytes.error());
    }
    if (examine) {
        if (auto passed = examine(bytes->bytes()); !passed) {
            return tl::unexpected(passed.error());
        }
    }
    return std::vector{ManifestEntry{path, base::sha256(bytes->bytes()), bytes->bytes().size()}};
}

} // namespace

base::Expected<Written> writeRelease(const fs::path& outGiven, std::span<const ReleaseFile> files,
                                     const ReportData& report, std::stop_token stop,
                                     base::ProgressSink& progress, const keys::Identity* signer,
                                     const Milestones& milestones) {
    const fs::path out = outGiven.has_filename() ? outGiven : outGiven.parent_path();
    if (files.empty() || !out.has_filename()) {
        return base::fail(base::ErrorCode::InvalidArgument, "release.write");
    }
    std::error_code code;
    if (fs::symlink_status(out, code).type() != fs::file_type::not_found) {
        return base::fail(base::ErrorCode::WorkspaceExists, "release.write");
    }
    const auto paths = layout(files);
    if (!paths) {
        return tl::unexpected(paths.error());
    }
    const auto documents = documentsOf(report);
    if (!documents) {
        return tl::unexpected(documents.error());
    }
    auto partial = PartialFolder::create(out);
    if (!partial) {
        return tl::unexpected(partial.error());
    }
    if (auto told = milestones.begun ? milestones.begun(partial->path()) : base::Expected<void>(); !told) {
        return tl::unexpected(told.error());
    }
    std::set<fs::path> folders;
    if (auto made = makeFolders(partial->path(), *paths, folders); !made) {
        return tl::unexpected(made.error());
    }

    Written written;
    std::vector<std::byte> buffer(kBlock);
    const std::uint64_t total = 2 * files.size();
    progress.phase("copy");
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (stop.stop_requested()) {
            return cancelled();
        }
        if (auto copied = copyFile(files[i], partial->path() / (*paths)[i], buffer); !copied) {
            return tl::unexpected(copied.error());
        }
        written.bytes += files[i].size;
        progress.progress(i + 1, total);
    }
    progress.phase("compare");
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (stop.stop_requested()) {
            return cancelled();
        }
        if (auto same = compare(partial->path() / (*paths)[i], files[i].sha256, buffer); !same) {
            return tl::unexpected(same.error());
        }
        progress.progress(files.size() + i + 1, total);
    }

    auto directory = addDirectory(partial->path(), files, *paths, milestones.directory, written);
    if (!directory) {
        return tl::unexpected(directory.error());
    }
    std::vector<ManifestEntry> listed = std::move(*directory);
    std::vector<Document> texts = *documents;
    for (const Document& document : texts) {
        listed.push_back({document.name, base::sha256(document.content), document.content.size()});
    }
    const std::string manifest =
        manifestJson(files, *paths, listed, report, signer == nullptr ? nullptr : &signer->person());
    written.manifest = base::sha256(manifest);
    texts.push_back({std::string(kManifestName), manifest});
    texts.push_back(
        {std::string(kManifestDigestName),
         written.manifest.hex() + "  " + std::string(kManifestName) + "\n"}); // as sha256sum -c reads it
    if (signer != nullptr) {
        texts.push_back({std::string(kManifestSignatureName), signatureJson(written.manifest, *signer)});
    }
    for (const Document& document : texts) {
        const fs::path path = partial->path() / document.name;
        if (auto done = base::writeFileAtomically(path, document.content); !done) {
            return tl::unexpected(done.error());
        }
        ::chmod(path.c_str(), kFileMode);
    }
    for (const fs::path& folder : folders) {
        if (auto synced = base::syncFolder(folder); !synced) {
            return tl::unexpected(synced.error());
        }
    }
    if (auto synced = base::syncFolder(partial->path()); !synced) {
        return tl::unexpected(synced.error());
    }
    if (stop.stop_requested()) {
        return cancelled();
    }
    if (auto told = milestones.ready ? milestones.ready(written.manifest) : base::Expected<void>(); !told) {
        return tl::unexpected(told.error());
    }
    if (auto done = partial->becomes(out); !done) {
        return tl::unexpected(done.error());
    }
    written.files = static_cast<std::int64_t>(files.size());
    return written;
}

} // namespace kamei::release
