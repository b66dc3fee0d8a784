#include "core/base/FileIo.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <random>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace kamei::base {
namespace {

namespace fs = std::filesystem;

/// Owns a file descriptor for the length of a scope.
struct Descriptor {
    int value = -1;
    ~Descriptor() {
        if (value >= 0) {
            ::close(value);
        }
    }
};

Expected<struct stat> statRegular(int descriptor, std::string_view place) {
    struct stat info{};
    if (::fstat(descriptor, &info) != 0) {
        return tl::unexpected(errorFromErrno(errno, place));
    }
    if (!S_ISREG(info.st_mode)) {
        return fail(ErrorCode::NotRegularFile, place);
    }
    return info;
}

Expected<void> writeAll(int descriptor, std::span<const std::byte> data) {
    while (!data.empty()) {
        const ssize_t written = ::write(descriptor, data.data(), data.size());
        if (written < 0) {
            if (errno == EINTR) {
                continue;
            }
            return tl::unexpected(errorFromErrno(errno, "base.file.write"));
        }
        data = data.subspan(static_cast<std::size_t>(written));
    }
    return {};
}

// A pipe or device would block for ever: open without waiting, then refuse what is not a plain file.
int openForReading(const fs::path& path) { return ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY); }

} // namespace

Expected<std::string> readFile(const fs::path& path, std::uint64_t limit) {
    const Descriptor file{openForReading(path)};
    if (file.value < 0) {
        return tl::unexpected(errorFromErrno(errno, "base.file.read"));
    }
    const auto info = statRegular(file.value, "base.file.read");
    if (!info) {
        return tl::unexpected(info.error());
    }
    const auto size = static_cast<std::uint64_t>(info->st_size);
    if (size > limit) {
        return fail(ErrorCode::TooLarge, "base.file.read", {std::to_string(size), std::to_string(limit)});
    }
    std::string out(size, '\0');
    std::size_t done = 0;
    while (done < out.size()) {
        const ssize_t got = ::read(file.value, out.data() + done, out.size() - done);
        if (got < 0) {
            if (errno == EINTR) {
                continue;
            }
            return tl::unexpected(errorFromErrno(errno, "base.file.read"));
        }
        if (got == 0) {
            return fail(ErrorCode::Truncated, "base.file.read");
        }
        done += static_cast<std::size_t>(got);
    }
    return out;
}

Expected<FileStamp> fileStamp(const fs::path& path) {
    struct stat info{};
    if (::stat(path.c_str(), &info) != 0) {
        return tl::unexpected(errorFromErrno(errno, "base.file.stamp"));
    }
    if (!S_ISREG(info.st_mode)) {
        return fail(ErrorCode::NotRegularFile, "base.file.stamp");
    }
    constexpr std::int64_t kNsPerSecond = 1'000'000'000;
    return FileStamp{static_cast<std::uint64_t>(info.st_size),
                     static_cast<std::int64_t>(info.st_mtim.tv_sec) * kNsPerSecond + info.st_mtim.tv_nsec};
}

MappedFile::~MappedFile() {
    if (m_data != nullptr) {
        ::munmap(const_cast<std::byte*>(m_data), m_size);
    }
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : m_data(std::exchange(other.m_data, nullptr)), m_size(std::exchange(other.m_size, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
    std::swap(m_data, other.m_data);
    std::swap(m_size, other.m_size);
    return *this;
}

Expected<MappedFile> MappedFile::open(const fs::path& path) {
    const Descriptor file{openForReading(path)};
    if (file.value < 0) {
        return tl::unexpected(errorFromErrno(errno, "base.file.map"));
    }
    const auto info = statRegular(file.value, "base.file.map");
    if (!info) {
        return tl::unexpected(info.error());
    }
    MappedFile out;
    out.m_size = static_cast<std::size_t>(info->st_size);
    if (out.m_size == 0) {
        return out;
    }
    void* data = ::mmap(nullptr, out.m_size, PROT_READ, MAP_PRIVATE, file.value, 0);
    if (data == MAP_FAILED) {
        out.m_size = 0;
        return tl::unexpected(errorFromErrno(errno, "base.file.map"));
    }
    out.m_data = static_cast<const std::byte*>(data);
    return out;
}

Expected<AtomicFile> AtomicFile::create(const fs::path& target) {
    AtomicFile out;
    out.m_target = target;
    std::string pattern = (target.parent_path() / ".kamei-XXXXXX").string();
    out.m_descriptor = ::mkostemp(pattern.data(), O_CLOEXEC);
    if (out.m_descriptor < 0) {
        return tl::unexpected(errorFromErrno(errno, "base.file.create"));
    }
    out.m_temporary = pattern;
    return out;
}

AtomicFile::~AtomicFile() {
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
    }
    if (!m_temporary.empty()) {
        ::unlink(m_temporary.c_str());
    }
}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1)), m_temporary(std::exchange(other.m_temporary, {})),
      m_target(std::exchange(other.m_target, {})) {}

Expected<void> AtomicFile::write(std::span<const std::byte> data) { return writeAll(m_descriptor, data); }

Expected<void> AtomicFile::write(std::string_view text) {
    return write(std::as_bytes(std::span(text.data(), text.size())));
}

Expected<void> AtomicFile::commit() {
    if (::fsync(m_descriptor) != 0) {
        return tl::unexpected(errorFromErrno(errno, "base.file.commit"));
    }
    if (::close(std::exchange(m_descriptor, -1)) != 0) {
        return tl::unexpected(errorFromErrno(errno, "base.file.commit"));
    }
    if (::rename(m_temporary.c_str(), m_target.c_str()) != 0) {
        return tl::unexpected(errorFromErrno(errno, "base.file.commit"));
    }
    m_temporary.clear();
    return syncFolder(m_target.parent_path());
}

Expected<void> writeFileAtomically(const fs::path& target, std::string_view content) {
    auto file = AtomicFile::create(target);
    if (!file) {
        return tl::unexpected(file.error());
    }
    if (auto written = file->write(content); !written) {
        return written;
    }
    return file->commit();
}

Expected<void> syncFolder(const fs::path& folder) {
    const Descriptor handle{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (handle.value < 0 || ::fsync(handle.value) != 0) {
        return tl::unexpected(errorFromErrno(errno, "base.file.sync"));
    }
    return {};
}

Expected<void> shredFile(const fs::path& path) {
    const Descriptor file{::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW)};
    if (file.value < 0) {
        return tl::unexpected(errorFromErrno(errno, "base.file.shred"));
    }
    const auto info = statRegular(file.value, "base.file.shred");
    if (!info) {
        return tl::unexpected(info.error());
    }
    constexpr std::size_t kBlock = 64 * 1024;
    const std::vector<std::byte> zeros(kBlock);
    for (std::int64_t left = info->st_size; left > 0; left -= static_cast<std::int64_t>(kBlock)) {
        const auto size = std::min<std::size_t>(kBlock, static_cast<std::size_t>(left));
        if (auto written = writeAll(file.value, std::span(zeros).first(size)); !written) {
            return written;
        }
    }
    if (::fsync(file.value) != 0 || ::unlink(path.c_str()) != 0) {
        return tl::unexpected(errorFromErrno(errno, "base.file.shred"));
    }
    return syncFolder(path.parent_path());
}

} // namespace kamei::base
