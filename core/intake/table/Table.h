#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kamei::intake::table {

/// How a table is written (RFC 4180, with other delimiters).
struct Dialect {
    char delimiter = ','; ///< ',' '\t' ';' or '|'
    bool hasHeader = false;
    friend bool operator==(const Dialect&, const Dialect&) = default;
};

/// One cell. Offsets count code points of the decoded file and leave out the surrounding quotes.
struct Cell {
    std::int64_t start = 0;
    std::int64_t end = 0;
    std::int64_t row = 0;
    std::int32_t column = 0;
    bool quoted = false;  ///< a doubled quote in it stands for one
    std::size_t byte = 0; ///< UTF-8 byte where it begins
    std::size_t byteEnd = 0;
};

/// Most columns a row may have; more is not a table.
inline constexpr std::int32_t kMaxColumns = 16384;

/// The dialect of a text, or nothing when it does not read as a table: at least two rows with the same number
/// of fields, two or more. `strict` asks more (three rows, most of them equal), for texts not named as
/// tables.
[[nodiscard]] std::optional<Dialect> detectDialect(std::string_view utf8, bool strict);

/// All cells in order of the text. Rows may differ in length; a quoted cell may hold line breaks. A quote
/// that is never closed ends with its line. Blank lines are rows without cells.
[[nodiscard]] std::vector<Cell> cells(std::string_view utf8, const Dialect& dialect);

/// Content of a cell with doubled quotes resolved.
[[nodiscard]] std::string cellText(std::string_view utf8, const Cell& cell);

/// Proposes what a column holds, from its header and up to some hundred values; empty when nothing is
/// known. Roles are those of intake::text::Segment::role.
[[nodiscard]] std::string columnRole(std::string_view header, const std::vector<std::string>& values);

} // namespace kamei::intake::table
