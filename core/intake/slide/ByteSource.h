#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "core/base/Error.h"
#include "core/base/FileIo.h"

namespace kamei::intake::slide {

/// Bytes that are read where they are asked for: of a file, which is never held whole, or in memory.
/// Thread-safe.
class ByteSource {
public:
    virtual ~ByteSource() = default;
    [[nodiscard]] virtual std::uint64_t size() const = 0;
    /// Fills `out` from `offset`. Truncated when the bytes end before, IoError.
    [[nodiscard]] virtual base::Expected<void> read(std::uint64_t offset, std::span<std::byte> out) const = 0;
    /// The same as a string; TooLarge above `kMostAtOnce`.
    [[nodiscard]] base::Expected<std::string> read(std::uint64_t offset, std::uint64_t size) const;

    /// The largest part that is read into memory: one tile, one strip, one array of offsets.
    static constexpr std::uint64_t kMostAtOnce = std::uint64_t{256} << 20;
};

/// NotFound, NotReadable, NotRegularFile.
[[nodiscard]] base::Expected<std::shared_ptr<const ByteSource>> openFile(const std::filesystem::path& path);
[[nodiscard]] std::shared_ptr<const ByteSource> inMemory(std::string bytes);

} // namespace kamei::intake::slide
