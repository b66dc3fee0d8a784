#include "core/detect/TableColumns.h"

#include <algorithm>
#include <set>

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

bool numbersPeople(const TextSource& source, const TableColumn& column) {
    constexpr std::size_t kFewest = 3;       // people
    constexpr std::size_t kFewestDigits = 5; // of a chart number
    constexpr std::size_t kLongest = 20;
    std::set<std::string> values;
    std::string shape;
    for (const Segment* cell : column.cells) {
        const std::string value = source.content(*cell);
        std::string form = value;
        std::ranges::transform(form, form.begin(), [](char c) {
            return c >= '0' && c <= '9' ? '0' : (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ? 'A' : c;
        });
        const bool letters = form.find_first_not_of("0A-") == std::string::npos;
        if (!letters || value.size() > kLongest ||
            std::ranges::count(form, '0') < static_cast<std::ptrdiff_t>(kFewestDigits) ||
            (!shape.empty() && form != shape)) {
            return false;
        }
        shape = std::move(form);
        values.insert(value);
    }
    return values.size() >= kFewest;
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
