#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Error.h"

namespace kamei::base {

/// The whole content of a regular file. TooLarge above limit bytes; NotRegularFile for anything
/// that is not a plain file after following at most the system's number of links.
[[nodiscard]] Expected<std::string> readFile(const std::filesystem::path& path, std::uint64_t limit);

/// Size and last change of a file, enough to see that a source is no longer the one imported.
struct FileStamp {
    std::uint64_t size = 0;
    std::int64_t modifiedNs = 0;
    friend bool operator==(const FileStamp&, const FileStamp&) = default;
};
[[nodiscard]] Expected<FileStamp> fileStamp(const std::filesystem::path& path);

/// A file mapped read-only into memory. The bytes stay valid as long as the object lives. A file
/// that shrinks while it is mapped raises SIGBUS on access: map only files of the workspace.
class MappedFile {
  public:
    MappedFile() = default;
    ~MappedFile();
    MappedFile(MappedFile&& other) noexcept;
    MappedFile& operator=(MappedFile&& other) noexcept;
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;

    [[nodiscard]] static Expected<MappedFile> open(const std::filesystem::path& path);
    [[nodiscard]] std::span<const std::byte> bytes() const { return {m_data, m_size}; }

  private:
    const std::byte* m_data = nullptr;
    std::size_t m_size = 0;
};

/// Writes a file so that it is there whole or not at all: into a hidden neighbour, then fsync,
/// rename over the target, and fsync of the folder. Without commit() nothing remains.
class AtomicFile {
  public:
    /// Opens the neighbour of target; target's folder must exist.
    [[nodiscard]] static Expected<AtomicFile> create(const std::filesystem::path& target);
    ~AtomicFile();
    AtomicFile(AtomicFile&& other) noexcept;
    AtomicFile& operator=(AtomicFile&&) = delete;
    AtomicFile(const AtomicFile&) = delete;
    AtomicFile& operator=(const AtomicFile&) = delete;

    [[nodiscard]] Expected<void> write(std::span<const std::byte> data);
    [[nodiscard]] Expected<void> write(std::string_view text);
    /// Makes the file visible under its name. After an error nothing remains.
    [[nodiscard]] Expected<void> commit();

  private:
    AtomicFile() = default;
    int m_descriptor = -1;
    std::filesystem::path m_temporary;
    std::filesystem::path m_target;
};

/// AtomicFile in one call.
[[nodiscard]] Expected<void> writeFileAtomically(const std::filesystem::path& target, std::string_view content);
/// fsync of a folder, so that renames in it survive a power cut.
[[nodiscard]] Expected<void> syncFolder(const std::filesystem::path& folder);
/// Overwrites a file's bytes, syncs and removes it. Not a guarantee on copy-on-write or flash media.
[[nodiscard]] Expected<void> shredFile(const std::filesystem::path& path);

} // namespace kamei::base
