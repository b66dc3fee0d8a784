#include "core/job/ImportReader.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>

#include "core/intake/archive/Archive.h"

namespace kamei::job {
namespace {

namespace fs = std::filesystem;

/// Up to this size a file is held whole while it is described; it is the bulk of a reader's memory.
constexpr std::size_t kWhole = std::size_t{64} << 20;
/// Pieces in which a file is read: small enough to be hashed while they are in the cache.
constexpr std::size_t kPiece = std::size_t{256} << 10;
constexpr std::size_t kHead = 4096;
/// Format row of reads and sequences: files of many gigabytes that nothing looks into.
constexpr std::string_view kSequences = "sequences";
/// Format row of what is read from the file itself, piece by piece.
constexpr std::string_view kVideo = "video";
/// Format row of slides: their reader opens the file itself, and reads directories only.
constexpr std::string_view kSlide = "slide";
/// Format row of volumes whose header says where the voxels lie.
constexpr std::string_view kNifti = "nifti";
/// Format row of what is read member by member.
constexpr std::string_view kArchive = "zip";

/// Memory that is reused from file to file, without clearing it in between.
class Buffer {
public:
    char* grownTo(std::size_t size) {
        if (size > m_size) {
            m_data = std::make_unique_for_overwrite<char[]>(size);
            m_size = size;
        }
        return m_data.get();
    }

private:
    std::unique_ptr<char[]> m_data;
    std::size_t m_size = 0;
};

/// Reasons are read by people, in the list of what was excluded.
constexpr std::string_view kIndexReason =
    "DICOMDIR: index of files that are imported by themselves (PS3.10 8.6) / "
    "目次のファイル。記載された各ファイルは個別に取り込まれるため、対象外とした";
constexpr std::string_view kWrapperReason =
    "Encapsulated document: the CDA or PDF inside is imported by itself / "
    "内包された文書（CDA、PDF）を個別に取り込んだため、外側のDICOMオブジェクトは対象外とした";

struct Descriptor {
    int value = -1;
    ~Descriptor() {
        if (value >= 0) {
            ::close(value);
        }
    }
};

std::string extensionOf(const fs::path& path) {
    std::string out = path.extension().string();
    if (!out.empty()) {
        out.erase(0, 1);
    }
    std::ranges::transform(out, out.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

/// Reads up to `size` bytes and hashes them; fewer only at the end of the file.
base::Expected<std::size_t> readAndHash(int file, char* into, std::size_t size, base::Sha256Hasher& hasher) {
    std::size_t done = 0;
    while (done < size) {
        const ssize_t got = ::read(file, into + done, std::min(kPiece, size - done));
        if (got < 0) {
            if (errno == EINTR) {
                continue;
            }
            return tl::unexpected(base::errorFromErrno(errno, "intake.read"));
        }
        if (got == 0) {
            break;
        }
        hasher.update(std::string_view(into + done, static_cast<std::size_t>(got)));
        done += static_cast<std::size_t>(got);
    }
    return done;
}

base::Expected<void> hashRest(int file, base::Sha256Hasher& hasher, std::uint64_t& size,
                              const std::stop_token& stop) {
    thread_local Buffer piece;
    char* into = piece.grownTo(std::size_t{1} << 20);
    while (!stop.stop_requested()) {
        const auto got = readAndHash(file, into, std::size_t{1} << 20, hasher);
        if (!got) {
            return tl::unexpected(got.error());
        }
        if (*got == 0) {
            return {};
        }
        size += *got;
    }
    return base::fail(base::ErrorCode::Cancelled, "intake.read");
}

/// Recognises and describes; what goes wrong becomes the file's problem.
void describe(ImportedFile& file, std::string_view content, std::uint64_t size) {
    const fs::path name = file.member.empty() ? file.path : fs::path(file.member);
    const std::string extension = extensionOf(name);
    const auto head = content.substr(0, kHead);
    const intake::Format* format = intake::recogniseFile(
        {std::as_bytes(std::span(head.data(), head.size())), size, extension}, {file.path, file.member}, content);
    if (format == nullptr) {
        file.problem = base::Error{base::ErrorCode::UnknownFormat, {}, "intake.recognise"};
        return;
    }
    file.format = format->id;
    if (format->id == "dicomdir") {
        file.leftBehind = kIndexReason;
    }
    if (format->id == kArchive) {
        return;
    }
    std::string whole;
    if (content.size() < size && format->id != "dicom" && format->id != kSequences && format->id != kVideo &&
        format->id != kSlide && format->id != kNifti) {
        // Only DICOM, videos, slides, volumes, and what is only deleted, can be described from their beginning.
        auto all = base::readFile(file.path, intake::kMaxContentBytes);
        if (!all) {
            file.problem = all.error();
            return;
        }
        whole = std::move(*all);
        content = whole;
    }
    auto description = format->describe({file.path, file.member}, content);
    if (!description) {
        file.problem = description.error();
        return;
    }
    file.description = std::move(*description);
}

/// The document inside a DICOM object becomes a source of its own, as the member of an archive does, and the
/// object around it is left behind: its attributes repeat what stands in the document.
std::optional<ImportedFile> openDocument(ImportedFile& object, std::string_view content) {
    constexpr std::array<std::string_view, 2> kOpened{"cda", "pdf"};
    if (object.problem || object.format != "dicom" ||
        object.description.kind != model::AssetKind::DicomDocument) {
        return std::nullopt;
    }
    std::string whole;
    if (content.size() < object.stamp.size && object.member.empty()) {
        auto all = base::readFile(object.path, intake::kMaxContentBytes);
        whole = all ? std::move(*all) : std::string{};
        content = whole;
    }
    const auto document = intake::documentInside(content);
    if (!document || document->empty()) {
        return std::nullopt;
    }
    ImportedFile out;
    out.path = object.path;
    out.member = (object.member.empty() ? "" : object.member + "!/") + std::string(intake::kDocumentMember);
    out.stamp = object.stamp;
    out.sha256 = base::sha256(*document);
    describe(out, *document, document->size());
    if (std::ranges::find(kOpened, out.format) == kOpened.end()) {
        return std::nullopt; // not what it says it is: the object stays, and is refused by name
    }
    if (out.format == "pdf" && out.problem) {
        return std::nullopt; // neither is a PDF opened that cannot be processed
    }
    // The object says better whose it is; the names of both are that person's.
    if (!object.description.subject.patientId.empty()) {
        auto names = std::move(out.description.subject.names);
        out.description.subject = object.description.subject;
        std::ranges::copy_if(names, std::back_inserter(out.description.subject.names), [&](const auto& name) {
            return std::ranges::find(object.description.subject.names, name) ==
                   object.description.subject.names.end();
        });
    }
    object.leftBehind = kWrapperReason;
    object.description.group = object.sha256.hex();
    return out;
}

/// Opens without waiting (a pipe would block for ever) and refuses what is no plain file.
base::Expected<base::FileStamp> openPlain(const fs::path& path, Descriptor& file) {
    file.value = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    struct stat info {};
    if (file.value < 0 || ::fstat(file.value, &info) != 0) {
        base::Error error = base::errorFromErrno(errno, "intake.read");
        if (error.code == base::ErrorCode::PermissionDenied) {
            error.code = base::ErrorCode::NotReadable;
        }
        return tl::unexpected(std::move(error));
    }
    if (!S_ISREG(info.st_mode)) {
        return base::fail(base::ErrorCode::NotRegularFile, "intake.read");
    }
    constexpr std::int64_t kNsPerSecond = 1'000'000'000;
    return base::FileStamp{static_cast<std::uint64_t>(info.st_size),
                           static_cast<std::int64_t>(info.st_mtim.tv_sec) * kNsPerSecond +
                               info.st_mtim.tv_nsec};
}

/// Members of an archive, each as if it were a file.
std::vector<ImportedFile> readArchive(const ImportedFile& archive, const std::stop_token& stop) {
    std::vector<ImportedFile> out;
    const auto members = intake::archive::list(archive.path, stop);
    if (!members) {
        out.push_back(archive);
        out.back().problem = members.error();
        return out;
    }
    for (const auto& member : *members) {
        if (stop.stop_requested()) {
            break;
        }
        ImportedFile file;
        file.path = archive.path;
        file.member = member.name;
        file.stamp = archive.stamp;
        file.problem = member.problem;
        if (!file.problem) {
            const auto content = intake::archive::readMember(archive.path, member.name);
            if (!content) {
                file.problem = content.error();
            } else if (content->empty()) {
                file.problem = base::Error{base::ErrorCode::Empty, {}, "intake.read"};
            } else {
                file.sha256 = base::sha256(*content);
                describe(file, *content, content->size());
                if (auto document = openDocument(file, *content)) {
                    out.push_back(std::move(*document));
                }
            }
        }
        out.push_back(std::move(file));
    }
    return out;
}

/// Reads and describes a plain file; its content is gone afterwards.
base::Expected<void> readPlain(ImportedFile& file, std::optional<ImportedFile>& document,
                               const std::stop_token& stop) {
    Descriptor descriptor;
    const auto stamp = openPlain(file.path, descriptor);
    if (!stamp) {
        return tl::unexpected(stamp.error());
    }
    file.stamp = *stamp;
    if (stamp->size == 0) {
        file.sha256 = base::sha256(std::string_view());
        return base::fail(base::ErrorCode::Empty, "intake.read");
    }
    thread_local Buffer buffer;
    thread_local base::Sha256Hasher hasher;
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(stamp->size, kWhole));
    char* content = buffer.grownTo(wanted);
    const auto got = readAndHash(descriptor.value, content, wanted, hasher);
    std::uint64_t size = got ? *got : 0;
    base::Expected<void> rest;
    if (got && *got == wanted && stamp->size > kWhole) {
        rest = hashRest(descriptor.value, hasher, size, stop);
    }
    file.sha256 = hasher.finish();
    if (!got || !rest) {
        file.sha256 = {};
        return tl::unexpected(got ? rest.error() : got.error());
    }
    if (size != stamp->size) {
        return base::fail(base::ErrorCode::Truncated, "intake.read");
    }
    describe(file, {content, *got}, size);
    document = openDocument(file, {content, *got});
    return {};
}

} // namespace

std::vector<ImportedFile> readForImport(const fs::path& path, std::stop_token stop) {
    ImportedFile file;
    file.path = path;
    std::optional<ImportedFile> document;
    if (const auto done = readPlain(file, document, stop); !done) {
        if (done.error().code == base::ErrorCode::Cancelled) {
            return {};
        }
        file.problem = done.error();
    }
    if (!file.problem && file.format == kArchive) {
        return readArchive(file, stop);
    }
    std::vector<ImportedFile> out;
    out.push_back(std::move(file));
    if (document) {
        out.push_back(std::move(*document));
    }
    return out;
}

} // namespace kamei::job
