#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/intake/slide/TiffStructure.h"

namespace kamei::intake::slide {

/// Appends a number in the byte order of a file.
void appendNumber(std::string& out, std::uint64_t value, std::size_t bytes, bool bigEndian);

/// One entry of a directory that is being written: type and bytes of its values in the file's order.
struct Field {
    std::uint16_t tag = 0;
    std::uint16_t type = 0;
    std::uint64_t count = 0;
    std::string value;
};
/// A field of numbers: BYTE (1), SHORT (3), LONG (4), SLONG (9), IFD (13), LONG8 (16) or IFD8 (18). In an
/// Ndpi file a single LONG8 is written as a LONG with its high word.
[[nodiscard]] Field numberField(std::uint16_t tag, std::uint16_t type,
                                const std::vector<std::uint64_t>& values, bool bigEndian);

/// Bytes that directoryBytes() yields for fields of these sizes.
[[nodiscard]] std::uint64_t directorySize(const std::vector<Field>& fields, Dialect dialect);
/// A directory at byte `at` of its file, and behind it the values that do not fit into entries. `fields`
/// ascend by tag. `next`: where the next directory begins, 0 for the last.
[[nodiscard]] std::string directoryBytes(const std::vector<Field>& fields, Dialect dialect, bool bigEndian,
                                         std::uint64_t at, std::uint64_t next);
/// The header of a file whose first directory begins at `first`.
[[nodiscard]] std::string headerBytes(Dialect dialect, bool bigEndian, std::uint64_t first);

} // namespace kamei::intake::slide
