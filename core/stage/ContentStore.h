#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Digest.h"
#include "core/base/Error.h"
#include "core/base/FileIo.h"
#include "core/stage/Buffers.h"
#include "core/transform/Transform.h"

namespace kamei::stage {

/// Where staged bytes lie, named by their content: <workspace>/staged/ab/<sha256>.<ext>, read-only files.
///
/// An object appears under its name only when it is whole and on the medium: it is written into
/// <workspace>/tmp, synced, renamed, and its folder synced. A process that is killed leaves at most
/// files "stage-*" in tmp, which the next open() removes. Copying the store is cheap; it is thread-safe.
class ContentStore {
public:
    /// For the one writer of a workspace (the caller holds its lock): makes the folders, removes leftovers.
    /// Errors: WorkspaceReadOnly, PermissionDenied, NoSpace.
    [[nodiscard]] static base::Expected<ContentStore> open(const std::filesystem::path& workspace);

    [[nodiscard]] const std::filesystem::path& workspace() const { return m_workspace; }
    /// Path of an object relative to the workspace: "staged/ab/abcd....dcm". The object need not exist.
    [[nodiscard]] static std::filesystem::path relativePath(const base::Sha256& sha256,
                                                            std::string_view extension);
    [[nodiscard]] bool contains(const base::Sha256& sha256, std::string_view extension) const;
    /// Removes an object that nothing refers to any more; `relative` as made by relativePath().
    /// Errors: PathRefused for any other path. An absent object is no error.
    [[nodiscard]] base::Expected<void> remove(const std::filesystem::path& relative) const;
    /// All objects, relative to the workspace, for finding those that nothing refers to.
    [[nodiscard]] base::Expected<std::vector<std::filesystem::path>> list() const;

private:
    friend class Batch;
    explicit ContentStore(std::filesystem::path workspace)
        : m_workspace(std::move(workspace)), m_buffers(std::make_shared<BufferPool>()) {}
    std::filesystem::path m_workspace;
    std::shared_ptr<BufferPool> m_buffers; ///< of writers that are done, for the next ones
};

/// Makes the names of objects last: what Batch::commit() left to its caller.
[[nodiscard]] base::Expected<void> syncFolders(const std::set<std::filesystem::path>& folders);

/// Objects that become visible together. Belongs to one thread. Without commit() nothing remains.
class Batch {
    struct State;

public:
    explicit Batch(ContentStore store);
    ~Batch();
    Batch(Batch&&) noexcept;
    Batch& operator=(Batch&&) noexcept;

    /// Objects added and not yet committed. Callers commit every kSize or so: each keeps a file open.
    [[nodiscard]] std::size_t size() const;
    static constexpr std::size_t kSize = 64;

    /// An object that is being written: in memory up to kInMemory bytes, so that the same bytes are hashed,
    /// searched and handed to the medium; a longer one in its temporary file. Dropped without add() it leaves
    /// nothing. Must not outlive the batch.
    class Writer final : public transform::ByteSink {
    public:
        ~Writer() override;
        Writer(const Writer&) = delete;
        Writer& operator=(const Writer&) = delete;
        /// NoSpace when the medium, the quota or the file-size limit is full; IoError.
        [[nodiscard]] base::Expected<void> write(std::span<const std::byte> data) override;
        [[nodiscard]] base::Expected<void> writeFilled(std::uint64_t size, const Fill& fill) override;
        /// What was written, in memory or mapped from the temporary file; valid until add(). Call after the
        /// last write.
        [[nodiscard]] base::Expected<std::span<const std::byte>> written();
        static constexpr std::size_t kInMemory = std::size_t{8} << 20U;

    private:
        friend class Batch;
        Writer(State& batch, std::string_view extension);
        [[nodiscard]] base::Expected<void> openTemporary();
        [[nodiscard]] base::Expected<void> put(std::span<const std::byte> data);
        [[nodiscard]] base::Expected<void> flush();
        [[nodiscard]] bool inMemory(std::uint64_t more) const;

        State& m_batch;
        std::string m_extension;
        Buffer m_buffer; ///< everything, or what is not yet in the temporary file
        base::MappedFile m_mapped;
        std::filesystem::path m_temporary;
        int m_descriptor = -1;
        std::uint64_t m_size = 0;
        std::optional<base::Error> m_failed;
    };
    /// Internal for an extension that is empty or has a dot in it.
    [[nodiscard]] base::Expected<std::unique_ptr<Writer>> create(std::string_view extension);
    /// Puts a written object under the digest of written() and tells its path relative to the
    /// workspace; it is there once the batch is committed.
    [[nodiscard]] base::Expected<std::filesystem::path> add(std::unique_ptr<Writer> writer,
                                                            const base::Sha256& sha256);

    /// Syncs all objects of the batch, renames them, and syncs their folders; the batch is then empty. After
    /// an error nothing of the batch may be recorded; what is visible nevertheless is whole and rightly
    /// named. With `unsynced` the folders are added there instead, and nothing may be recorded before
    /// syncFolders(): batches share most of them, so that one sync serves many.
    [[nodiscard]] base::Expected<void> commit(std::set<std::filesystem::path>* unsynced = nullptr);

private:
    std::unique_ptr<State> m_state;
};

} // namespace kamei::stage
