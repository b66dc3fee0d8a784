#include "core/detect/TableColumns.h"

#include <algorithm>

namespace kamei::detect {

using intake::text::Segment;
using intake::text::TextSource;

std::vector<TableColumn> columnsOf(const TextSource& source) {
    std::map<std::int32_t, TableColumn> columns;
    for (const Segment& cell : source.segments()) {
        if (cell.column < 0) {
            continue;
        }
        TableColumn& column = columns[cell.column];
        column.number = cell.column;
        if (source.hasHeader() && cell.row == 0) {
            column.header = source.content(cell);
            continue;
        }
        if (column.role.empty()) {
            column.role = cell.role;
        }
        if (cell.end > cell.start) {
            column.cells.push_back(&cell);
        }
    }
    std::vector<TableColumn> out;
    for (auto& [number, column] : columns) {
        out.push_back(std::move(column));
    }
    return out;
}

bool isPlainValue(std::string_view value) {
    constexpr std::size_t kLongest = 7; // shorter than any number of Guideline 4.4
    std::size_t digits = 0;
    std::size_t letters = 0;
    for (const char c : value) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x80 || c == '@' || c == '/' || c == ':') {
            return false;
        }
        digits += c >= '0' && c <= '9' ? 1 : 0;
        letters += (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ? 1 : 0;
    }
    return digits + letters <= kLongest && (letters == 0 || digits == 0) &&
           std::count(value.begin(), value.end(), '-') <= 1;
}

} // namespace kamei::detect
