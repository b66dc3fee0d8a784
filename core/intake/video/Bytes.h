#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/Error.h"
#include "core/base/FileIo.h"

namespace kamei::intake::video {

/// Bytes that can be read at any place without being held in memory: a file, ranges of a file one behind the
/// other (the fragments of a DICOM object), or a piece of memory. Cheap to copy; const use from several
/// threads is safe.
class Bytes {
public:
    struct Range {
        std::uint64_t offset = 0;
        std::uint64_t length = 0;
    };
    /// NotFound, NotReadable, NotRegularFile.
    [[nodiscard]] static base::Expected<Bytes> ofFile(const std::filesystem::path& path);
    /// The ranges must lie within the file (Truncated).
    [[nodiscard]] static base::Expected<Bytes> ofRanges(const std::filesystem::path& path,
                                                        std::vector<Range> ranges);
    [[nodiscard]] static Bytes ofMemory(std::string content);
    /// A file that is open already; the descriptor is duplicated.
    [[nodiscard]] static base::Expected<Bytes> ofDescriptor(int descriptor);

    [[nodiscard]] std::uint64_t size() const;
    /// Of the file as it was opened; zero for memory.
    [[nodiscard]] const base::FileStamp& stamp() const;
    /// Reads from `at`; fewer bytes than asked for only at the end. IoError; Truncated when the file shrank.
    [[nodiscard]] base::Expected<std::size_t> read(std::uint64_t at, std::span<std::byte> out) const;

private:
    struct State;
    std::shared_ptr<const State> m_state;
};

} // namespace kamei::intake::video
