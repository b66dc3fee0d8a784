#include "core/intake/archive/ZipReader.h"

#include <algorithm>
#include <archive.h>
#include <archive_entry.h>
#include <array>
#include <cerrno>
#include <sys/stat.h>

#include "core/intake/archive/MemberName.h"

namespace kamei::intake::archive {
namespace {

using base::ErrorCode;

constexpr std::string_view kPlace = "intake.archive.zip";

struct Closer {
    void operator()(struct archive* handle) const { archive_read_free(handle); }
};
using Handle = std::unique_ptr<struct archive, Closer>;

base::Expected<Handle> newHandle() {
    Handle handle(archive_read_new());
    if (handle == nullptr || archive_read_support_format_zip_seekable(handle.get()) != ARCHIVE_OK) {
        return base::fail(ErrorCode::OutOfMemory, kPlace);
    }
    return handle;
}

base::Error errorOf(struct archive* handle) {
    const int number = archive_errno(handle);
    const bool system = number == EACCES || number == ENOENT || number == EIO || number == ENOMEM;
    return system ? base::errorFromErrno(number, kPlace)
                  : base::Error{ErrorCode::Malformed, {"zip"}, std::string(kPlace)};
}

} // namespace

struct ZipReader::State {
    Handle handle;
};

ZipReader::ZipReader(std::unique_ptr<State> state) : m_state(std::move(state)) {}
ZipReader::~ZipReader() = default;
ZipReader::ZipReader(ZipReader&&) noexcept = default;
ZipReader& ZipReader::operator=(ZipReader&&) noexcept = default;

base::Expected<ZipReader> ZipReader::open(const std::filesystem::path& path) {
    auto handle = newHandle();
    if (!handle) {
        return tl::unexpected(handle.error());
    }
    constexpr std::size_t kBlock = 65536;
    if (archive_read_open_filename(handle->get(), path.c_str(), kBlock) != ARCHIVE_OK) {
        return tl::unexpected(errorOf(handle->get()));
    }
    return ZipReader(std::make_unique<State>(State{std::move(*handle)}));
}

base::Expected<ZipReader> ZipReader::open(std::string_view bytes) {
    auto handle = newHandle();
    if (!handle) {
        return tl::unexpected(handle.error());
    }
    if (archive_read_open_memory(handle->get(), bytes.data(), bytes.size()) != ARCHIVE_OK) {
        return tl::unexpected(errorOf(handle->get()));
    }
    return ZipReader(std::make_unique<State>(State{std::move(*handle)}));
}

base::Expected<std::optional<ZipReader::Entry>> ZipReader::next() {
    archive_entry* raw = nullptr;
    const int status = archive_read_next_header(m_state->handle.get(), &raw);
    if (status == ARCHIVE_EOF) {
        return std::optional<Entry>();
    }
    // A warning says that a name could not be converted to the locale's encoding, which is not needed.
    if (status != ARCHIVE_OK && status != ARCHIVE_WARN) {
        return tl::unexpected(errorOf(m_state->handle.get()));
    }
    Entry entry;
    const char* name = archive_entry_pathname_utf8(raw);
    if (name == nullptr) {
        name = archive_entry_pathname(raw);
    }
    entry.name = name == nullptr ? std::string() : decodedName(name);
    if (archive_entry_size_is_set(raw) != 0) {
        entry.size = static_cast<std::uint64_t>(std::max<la_int64_t>(archive_entry_size(raw), 0));
    }
    const auto type = archive_entry_filetype(raw);
    entry.isFolder = type == AE_IFDIR;
    entry.isRegular = type == AE_IFREG;
    entry.isEncrypted = archive_entry_is_encrypted(raw) != 0;
    return std::optional(std::move(entry));
}

base::Expected<std::string> ZipReader::read(std::uint64_t limit) {
    std::string out;
    std::array<char, 65536> buffer{};
    while (out.size() < limit) {
        const auto wanted =
            static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), limit - out.size()));
        const la_ssize_t got = archive_read_data(m_state->handle.get(), buffer.data(), wanted);
        if (got < 0) {
            return tl::unexpected(errorOf(m_state->handle.get()));
        }
        if (got == 0) {
            break;
        }
        out.append(buffer.data(), static_cast<std::size_t>(got));
    }
    return out;
}

} // namespace kamei::intake::archive
