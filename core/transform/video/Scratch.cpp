#include "core/transform/video/Scratch.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <utility>

namespace kamei::transform::video {
namespace {

constexpr std::string_view kPlace = "transform.video.scratch";

/// For file systems without nameless files.
int unlinkedIn(const std::filesystem::path& folder) {
    std::string name = (folder / "scratch-XXXXXX").string();
    const int descriptor = ::mkostemp(name.data(), O_CLOEXEC);
    if (descriptor >= 0) {
        ::unlink(name.c_str());
    }
    return descriptor;
}

} // namespace

base::Expected<Scratch> Scratch::create(const std::filesystem::path& folder) {
    int descriptor = -1;
    if (folder.empty()) {
        descriptor = ::memfd_create("video", MFD_CLOEXEC);
    } else {
        descriptor = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
        if (descriptor < 0 && (errno == EOPNOTSUPP || errno == EISDIR)) {
            descriptor = unlinkedIn(folder);
        }
    }
    if (descriptor < 0) {
        return tl::unexpected(base::errorFromErrno(errno, kPlace));
    }
    return Scratch(descriptor);
}

Scratch::~Scratch() {
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
    }
}

Scratch::Scratch(Scratch&& other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) {}

base::Expected<void> Scratch::clear() {
    if (::ftruncate(m_descriptor, 0) != 0) {
        return tl::unexpected(base::errorFromErrno(errno, kPlace));
    }
    return {};
}

base::Expected<intake::video::Bytes> Scratch::bytes() const {
    return intake::video::Bytes::ofDescriptor(m_descriptor);
}

base::Expected<void> Scratch::copyTo(ByteSink& out) const {
    const auto all = bytes();
    if (!all) {
        return tl::unexpected(all.error());
    }
    std::uint64_t at = 0;
    return out.writeFilled(all->size(), [&](std::span<std::byte> part) -> base::Expected<void> {
        const auto got = all->read(at, part);
        if (!got) {
            return tl::unexpected(got.error());
        }
        if (*got != part.size()) {
            return base::fail(base::ErrorCode::Truncated, kPlace);
        }
        at += part.size();
        return {};
    });
}

} // namespace kamei::transform::video
