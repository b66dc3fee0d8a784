#include "core/stage/ContentStore.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include "core/base/FileIo.h"

namespace kamei::stage {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kStaged = "staged";
constexpr std::string_view kTemporary = "tmp";
constexpr std::string_view kPrefix = "stage-";
constexpr std::size_t kGather = Buffer::kLeast;
/// Bytes handed over at once: for more the page cache takes larger folios, of memory that is cold.
constexpr std::size_t kOneWrite = 128 * 1024;
/// What file systems ask of memory, offset and length that go to the medium without the page cache.
constexpr std::size_t kDirectAlignment = 4096;
constexpr std::size_t kDirectLeast = 64 * 1024; ///< below it the page cache costs less than the wait
constexpr mode_t kObjectMode = 0400;            // what was confirmed is not to be edited by accident
constexpr mode_t kFolderMode = 0700;            // staged files of a hospital are nobody else's

// A file-size limit and a quota are a full medium to the person who has to act.
base::Error errorOf(int value, std::string_view place) {
    return base::errorFromErrno(value == EFBIG || value == EDQUOT ? ENOSPC : value, place);
}

base::Expected<void> makeFolder(const fs::path& folder) {
    if (::mkdir(folder.c_str(), kFolderMode) != 0 && errno != EEXIST) {
        return tl::unexpected(errorOf(errno, "stage.store.folder"));
    }
    return {};
}

base::Expected<void> writeAll(int descriptor, std::span<const std::byte> data) {
    while (!data.empty()) {
        const ssize_t written = ::write(descriptor, data.data(), std::min(data.size(), kOneWrite));
        if (written < 0) {
            if (errno == EINTR) {
                continue;
            }
            return tl::unexpected(errorOf(errno, "stage.store.write"));
        }
        data = data.subspan(static_cast<std::size_t>(written));
    }
    return {};
}

/// Writes from the start of a new file what can pass by the page cache, and tells how many bytes: every
/// object is synced before it gets its name, so that copying it into the cache first only costs. 0 where the
/// file system does not offer it. `data` begins at kDirectAlignment.
base::Expected<std::size_t> writeDirect(int descriptor, std::span<const std::byte> data) {
    if (data.size() < kDirectLeast || ::fcntl(descriptor, F_SETFL, O_DIRECT) != 0) {
        return 0;
    }
    const std::size_t whole = data.size() - data.size() % kDirectAlignment;
    std::size_t done = 0;
    while (done < whole) {
        const ssize_t written = ::write(descriptor, data.data() + done, whole - done);
        if (written > 0) {
            done += static_cast<std::size_t>(written);
        }
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written < 0 && errno != EINVAL) {
            return tl::unexpected(errorOf(errno, "stage.store.write"));
        }
        if (written <= 0 || done % kDirectAlignment != 0) {
            break; // refused here, or cut short: the rest takes the common way
        }
    }
    if (::fcntl(descriptor, F_SETFL, 0) != 0) {
        return tl::unexpected(errorOf(errno, "stage.store.write"));
    }
    return done;
}

bool isObjectPath(const fs::path& relative) {
    const std::string text = relative.string();
    const fs::path name = relative.filename();
    const auto sha = base::Sha256::fromHex(name.stem().string());
    const std::string extension = name.extension().string();
    return sha && !extension.empty() &&
           text == ContentStore::relativePath(*sha, extension.substr(1)).string();
}

} // namespace

base::Expected<ContentStore> ContentStore::open(const fs::path& workspace) {
    for (const std::string_view name : {kStaged, kTemporary}) {
        if (auto made = makeFolder(workspace / name); !made) {
            return tl::unexpected(made.error());
        }
    }
    std::error_code code;
    for (fs::directory_iterator it(workspace / kTemporary, code), end; !code && it != end;
         it.increment(code)) {
        if (it->path().filename().string().starts_with(kPrefix)) {
            ::unlink(it->path().c_str());
        }
    }
    if (code) {
        return tl::unexpected(errorOf(code.value(), "stage.store.open"));
    }
    return ContentStore(workspace);
}

fs::path ContentStore::relativePath(const base::Sha256& sha256, std::string_view extension) {
    const std::string hex = sha256.hex();
    return fs::path(kStaged) / hex.substr(0, 2) / (hex + "." + std::string(extension));
}

bool ContentStore::contains(const base::Sha256& sha256, std::string_view extension) const {
    std::error_code code;
    return fs::is_regular_file(m_workspace / relativePath(sha256, extension), code);
}

base::Expected<void> ContentStore::remove(const fs::path& relative) const {
    if (!isObjectPath(relative)) {
        return base::fail(base::ErrorCode::PathRefused, "stage.store.remove");
    }
    if (::unlink((m_workspace / relative).c_str()) != 0 && errno != ENOENT) {
        return tl::unexpected(errorOf(errno, "stage.store.remove"));
    }
    return {};
}

base::Expected<std::vector<fs::path>> ContentStore::list() const {
    std::vector<fs::path> out;
    std::error_code code;
    const fs::path top = m_workspace / kStaged;
    for (fs::recursive_directory_iterator it(top, code), end; !code && it != end; it.increment(code)) {
        fs::path relative = it->path().lexically_relative(m_workspace);
        if (it->is_regular_file(code) && isObjectPath(relative)) {
            out.push_back(std::move(relative));
        }
    }
    if (code) {
        return tl::unexpected(errorOf(code.value(), "stage.store.list"));
    }
    std::ranges::sort(out);
    return out;
}

struct Batch::State {
    explicit State(ContentStore where) : store(std::move(where)) {}
    ~State() { drop(); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    struct Pending {
        int descriptor;
        fs::path temporary; ///< empty once renamed
        fs::path target;
    };

    void drop() {
        for (const Pending& object : pending) {
            ::close(object.descriptor);
            if (!object.temporary.empty()) {
                ::unlink(object.temporary.c_str());
            }
        }
        pending.clear();
    }

    base::Expected<void> syncContents() {
        // Start all writes first: the medium then works on all files while the first one is waited for, and
        // one journal commit serves the whole batch.
        for (const Pending& object : pending) {
            ::sync_file_range(object.descriptor, 0, 0, SYNC_FILE_RANGE_WRITE);
        }
        for (const Pending& object : pending) {
            if (::fdatasync(object.descriptor) != 0) {
                return tl::unexpected(errorOf(errno, "stage.store.sync"));
            }
        }
        return {};
    }

    base::Expected<void> renameAll(std::set<fs::path>& folders) {
        for (Pending& object : pending) {
            const fs::path target = store.workspace() / object.target;
            int result = ::rename(object.temporary.c_str(), target.c_str());
            if (result != 0 && errno == ENOENT) {
                if (auto made = makeFolder(target.parent_path()); !made) {
                    return made;
                }
                folders.insert(target.parent_path().parent_path());
                result = ::rename(object.temporary.c_str(), target.c_str());
            }
            if (result != 0) {
                return tl::unexpected(errorOf(errno, "stage.store.rename"));
            }
            object.temporary.clear();
            folders.insert(target.parent_path());
        }
        return {};
    }

    ContentStore store;
    std::vector<Pending> pending;
};

Batch::Batch(ContentStore store) : m_state(std::make_unique<State>(std::move(store))) {}
Batch::~Batch() = default;
Batch::Batch(Batch&&) noexcept = default;
Batch& Batch::operator=(Batch&&) noexcept = default;

std::size_t Batch::size() const {
    return m_state->pending.size();
}

base::Expected<std::unique_ptr<Batch::Writer>> Batch::create(std::string_view extension) {
    if (extension.empty() || extension.find_first_of("./") != std::string_view::npos) {
        return base::fail(base::ErrorCode::Internal,
                          "stage.store.extension"); // list() would not find it again
    }
    std::unique_ptr<Writer> out(new Writer(*m_state, extension));
    out->m_buffer = m_state->store.m_buffers->take();
    return out;
}

Batch::Writer::Writer(State& batch, std::string_view extension) : m_batch(batch), m_extension(extension) {}

Batch::Writer::~Writer() {
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
    }
    if (!m_temporary.empty()) {
        ::unlink(m_temporary.c_str());
    }
    m_batch.store.m_buffers->give(std::move(m_buffer));
}

base::Expected<void> Batch::Writer::openTemporary() {
    static std::atomic<std::uint64_t> counter{0};
    const fs::path folder = m_batch.store.workspace() / kTemporary;
    do {
        const std::string name =
            std::string(kPrefix) + std::to_string(::getpid()) + "-" + std::to_string(counter.fetch_add(1));
        m_temporary = folder / name;
        m_descriptor =
            ::open(m_temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, kObjectMode);
    } while (m_descriptor < 0 && errno == EEXIST);
    if (m_descriptor < 0) {
        const int cause = errno;
        m_temporary.clear();
        return tl::unexpected(errorOf(cause, "stage.store.create"));
    }
    return {};
}

base::Expected<void> Batch::Writer::put(std::span<const std::byte> data) {
    base::Expected<void> written;
    if (m_descriptor < 0) {
        written = openTemporary();
        if (written) {
            if (auto direct = writeDirect(m_descriptor, data)) {
                data = data.subspan(*direct);
            } else {
                written = tl::unexpected(direct.error());
            }
        }
    }
    if (written) {
        written = writeAll(m_descriptor, data);
    }
    if (!written) {
        m_failed = written.error();
    }
    return written;
}

base::Expected<void> Batch::Writer::flush() {
    if (m_failed) {
        return tl::unexpected(*m_failed); // what follows a failed write must not pass for a whole file
    }
    auto written = put(m_buffer.bytes());
    m_buffer.clear();
    return written;
}

bool Batch::Writer::inMemory(std::uint64_t more) const {
    return m_descriptor < 0 && !m_failed && m_size + more <= kInMemory;
}

base::Expected<void> Batch::Writer::write(std::span<const std::byte> data) {
    if (!inMemory(data.size()) && (m_failed || m_buffer.size() + data.size() > kGather)) {
        if (auto flushed = flush(); !flushed) {
            return flushed;
        }
        if (data.size() >= kGather) {
            m_size += data.size();
            return put(data);
        }
    }
    m_size += data.size();
    std::ranges::copy(data, m_buffer.extend(data.size()).begin());
    return {};
}

base::Expected<void> Batch::Writer::writeFilled(std::uint64_t size, const Fill& fill) {
    while (size > 0) {
        const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(size, kPart));
        if (!inMemory(count)) {
            return ByteSink::writeFilled(size, fill);
        }
        if (auto filled = fill(m_buffer.extend(count)); !filled) {
            return filled;
        }
        m_size += count;
        size -= count;
    }
    return {};
}

base::Expected<std::span<const std::byte>> Batch::Writer::written() {
    if (inMemory(0)) {
        return m_buffer.bytes();
    }
    if (auto flushed = flush(); !flushed) {
        return tl::unexpected(flushed.error());
    }
    auto file = base::MappedFile::open(m_temporary);
    if (!file) {
        return tl::unexpected(file.error());
    }
    if (file->bytes().size() != m_size) {
        return base::fail(base::ErrorCode::IoError, "stage.store.reread");
    }
    m_mapped = std::move(*file);
    return m_mapped.bytes();
}

base::Expected<fs::path> Batch::add(std::unique_ptr<Writer> writer, const base::Sha256& sha256) {
    if (auto flushed = writer->flush(); !flushed) {
        return tl::unexpected(flushed.error());
    }
    fs::path target = ContentStore::relativePath(sha256, writer->m_extension);
    m_state->pending.push_back(
        {std::exchange(writer->m_descriptor, -1), std::exchange(writer->m_temporary, {}), target});
    return target;
}

base::Expected<void> Batch::commit(std::set<fs::path>* unsynced) {
    std::set<fs::path> folders;
    auto done = m_state->syncContents();
    if (done) {
        done = m_state->renameAll(folders);
    }
    m_state->drop();
    if (done && unsynced != nullptr) {
        unsynced->merge(folders);
    } else if (done) {
        done = syncFolders(folders);
    }
    return done;
}

base::Expected<void> syncFolders(const std::set<fs::path>& folders) {
    for (const fs::path& folder : folders) {
        if (auto synced = base::syncFolder(folder); !synced) {
            return synced;
        }
    }
    return {};
}

} // namespace kamei::stage
