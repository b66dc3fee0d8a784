#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/Error.h"
#include "core/intake/slide/ByteSource.h"

namespace kamei::intake::slide {

/// How offsets are written: TIFF 6.0; BigTIFF; Hamamatsu's classic TIFF whose directories have 64-bit
/// pointers, and above 4 GiB the high words of values behind them.
enum class Dialect { Classic, Big, Ndpi };

/// One entry of a directory (TIFF 6.0 section 2).
struct Entry {
    std::uint16_t tag = 0;
    std::uint16_t type = 0;
    std::uint64_t count = 0;
    std::uint64_t valueAt = 0;  ///< byte of the file at which the value stands
    std::uint32_t highWord = 0; ///< Ndpi above 4 GiB: high word of a single value
    bool within = true;         ///< the value stands in the entry itself

    /// Bytes of one value; 0 for types that TIFF 6.0 and BigTIFF do not know.
    [[nodiscard]] std::uint32_t valueSize() const;
    [[nodiscard]] bool isText() const { return type == 2; }
};

/// One directory: a page.
struct Directory {
    std::vector<Entry> entries;
    std::vector<std::size_t>
        children; ///< indices of its SubIFDs (TIFF Tech Note 1) in Structure::directories

    [[nodiscard]] const Entry* find(std::uint16_t tag) const;
};

/// The directories of a file: those of the chain first, in order, then their SubIFDs. Holds no pixel data and
/// no arrays.
struct Structure {
    std::shared_ptr<const ByteSource> bytes;
    Dialect dialect = Dialect::Classic;
    bool bigEndian = false;
    std::vector<Directory> directories;
    std::size_t chain = 0; ///< directories of the chain

    /// Numbers of an entry (BYTE, SHORT, LONG, LONG8, IFD, IFD8, SBYTE..SLONG8 as unsigned bits). Malformed
    /// for other types, TooManyEntries above `most`, Truncated.
    [[nodiscard]] base::Expected<std::vector<std::uint64_t>> numbers(const Entry& entry,
                                                                     std::uint64_t most) const;
    /// The first number of a tag; nothing when the tag is absent or no number.
    [[nodiscard]] std::optional<std::uint64_t> number(const Directory& directory, std::uint16_t tag) const;
    /// The bytes of a value as stored, at most `most` of them.
    [[nodiscard]] base::Expected<std::string> raw(const Entry& entry, std::uint64_t most) const;
    /// A text of a tag without trailing zeros; empty when absent or not readable.
    [[nodiscard]] std::string text(const Directory& directory, std::uint16_t tag) const;
};

/// Most directories of a file, SubIFDs included.
inline constexpr std::size_t kMaxDirectories = 10'000;
/// Most tiles of a page: arrays of their places stay below 64 MiB.
inline constexpr std::uint64_t kMaxBlocks = std::uint64_t{1} << 22;

/// Reads the directories of a file. Malformed (no TIFF, loops of directories, a directory of no entries),
/// Truncated (a directory beyond the end), TooManyEntries. TIFF 6.0 section 2; BigTIFF of the TIFF Library
/// (Aldus/AWare 2004).
[[nodiscard]] base::Expected<Structure> readStructure(std::shared_ptr<const ByteSource> bytes);

} // namespace kamei::intake::slide
