#include "core/store/WriterLock.h"

#include <array>
#include <cerrno>
#include <charconv>
#include <fcntl.h>
#include <string>
#include <sys/file.h>
#include <unistd.h>
#include <utility>

namespace kamei::store {
namespace {

std::string pidIn(int descriptor) {
    std::array<char, 32> buffer{};
    const ssize_t size = ::pread(descriptor, buffer.data(), buffer.size(), 0);
    long pid = 0;
    if (size <= 0 || std::from_chars(buffer.data(), buffer.data() + size, pid).ec != std::errc{}) {
        return "0";
    }
    return std::to_string(pid);
}

} // namespace

base::Expected<WriterLock> WriterLock::acquire(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0) {
        if (errno == EACCES || errno == EPERM || errno == EROFS) {
            return base::fail(base::ErrorCode::WorkspaceReadOnly, "store.lock");
        }
        return tl::unexpected(base::errorFromErrno(errno, "store.lock"));
    }
    WriterLock lock(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK) {
            return base::fail(base::ErrorCode::WorkspaceLocked, "store.lock", {pidIn(descriptor)});
        }
        return tl::unexpected(base::errorFromErrno(errno, "store.lock"));
    }
    // The number is for people only; a disk that is too full for it does not take the lock away.
    const std::string pid = std::to_string(::getpid()) + "\n";
    if (::ftruncate(descriptor, 0) == 0) {
        [[maybe_unused]] const ssize_t written = ::pwrite(descriptor, pid.data(), pid.size(), 0);
    }
    return lock;
}

WriterLock::~WriterLock() {
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
    }
}

WriterLock::WriterLock(WriterLock&& other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) {}

WriterLock& WriterLock::operator=(WriterLock&& other) noexcept {
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

} // namespace kamei::store
