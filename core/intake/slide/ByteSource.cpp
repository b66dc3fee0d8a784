#include "core/intake/slide/ByteSource.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace kamei::intake::slide {
namespace {

using base::ErrorCode;

constexpr std::string_view kPlace = "intake.slide.read";

class File final : public ByteSource {
public:
    File(int descriptor, std::uint64_t size) : m_descriptor(descriptor), m_size(size) {}
    ~File() override { ::close(m_descriptor); }
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    [[nodiscard]] std::uint64_t size() const override { return m_size; }
    [[nodiscard]] base::Expected<void> read(std::uint64_t offset, std::span<std::byte> out) const override {
        std::size_t done = 0;
        while (done < out.size()) {
            const ssize_t got = ::pread(m_descriptor, out.data() + done, out.size() - done,
                                        static_cast<off_t>(offset + done));
            if (got < 0 && errno == EINTR) {
                continue;
            }
            if (got < 0) {
                return tl::unexpected(base::errorFromErrno(errno, kPlace));
            }
            if (got == 0) {
                return base::fail(ErrorCode::Truncated, kPlace);
            }
            done += static_cast<std::size_t>(got);
        }
        return {};
    }

private:
    int m_descriptor;
    std::uint64_t m_size;
};

class Memory final : public ByteSource {
public:
    explicit Memory(std::string bytes) : m_bytes(std::move(bytes)) {}
    [[nodiscard]] std::uint64_t size() const override { return m_bytes.size(); }
    [[nodiscard]] base::Expected<void> read(std::uint64_t offset, std::span<std::byte> out) const override {
        if (offset > m_bytes.size() || out.size() > m_bytes.size() - offset) {
            return base::fail(ErrorCode::Truncated, kPlace);
        }
        if (!out.empty()) {
            std::memcpy(out.data(), m_bytes.data() + offset, out.size());
        }
        return {};
    }

private:
    std::string m_bytes;
};

} // namespace

base::Expected<std::string> ByteSource::read(std::uint64_t offset, std::uint64_t size) const {
    if (size > kMostAtOnce) {
        return base::fail(ErrorCode::TooLarge, kPlace);
    }
    if (offset > this->size() || size > this->size() - offset) { // before memory is taken for it
        return base::fail(ErrorCode::Truncated, kPlace);
    }
    std::string out(static_cast<std::size_t>(size), '\0');
    if (auto done = read(offset, std::as_writable_bytes(std::span(out.data(), out.size()))); !done) {
        return tl::unexpected(done.error());
    }
    return out;
}

base::Expected<std::shared_ptr<const ByteSource>> openFile(const std::filesystem::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (descriptor < 0) {
        auto error = base::errorFromErrno(errno, kPlace);
        error.code = error.code == ErrorCode::NotFound           ? ErrorCode::SourceMissing
                     : error.code == ErrorCode::PermissionDenied ? ErrorCode::NotReadable
                                                                 : error.code;
        return tl::unexpected(std::move(error));
    }
    struct stat info {};
    if (::fstat(descriptor, &info) != 0 || !S_ISREG(info.st_mode)) {
        ::close(descriptor);
        return base::fail(ErrorCode::NotRegularFile, kPlace);
    }
    return std::make_shared<const File>(descriptor, static_cast<std::uint64_t>(info.st_size));
}

std::shared_ptr<const ByteSource> inMemory(std::string bytes) {
    return std::make_shared<const Memory>(std::move(bytes));
}

} // namespace kamei::intake::slide
