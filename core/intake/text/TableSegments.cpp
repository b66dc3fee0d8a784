#include "core/intake/text/TableSegments.h"

#include <algorithm>

namespace kamei::intake::text {
namespace {

constexpr std::size_t kSampledValues = 200;

/// Role of every column, from the header and the first values.
std::vector<std::string> rolesOf(std::string_view utf8, const std::vector<table::Cell>& cells,
                                 const table::Dialect& dialect) {
    std::vector<std::string> headers;
    std::vector<std::vector<std::string>> values;
    for (const table::Cell& cell : cells) {
        const auto column = static_cast<std::size_t>(cell.column);
        if (column >= values.size()) {
            values.resize(column + 1);
            headers.resize(column + 1);
        }
        if (cell.row == 0 && dialect.hasHeader) {
            headers[column] = table::cellText(utf8, cell);
        } else if (values[column].size() < kSampledValues) {
            values[column].push_back(table::cellText(utf8, cell));
        }
    }
    std::vector<std::string> roles(values.size());
    for (std::size_t i = 0; i < roles.size(); ++i) {
        roles[i] = table::columnRole(headers[i], values[i]);
    }
    return roles;
}

} // namespace

base::Expected<std::vector<Segment>> tableSegments(std::string_view utf8, const table::Dialect& dialect) {
    const std::vector<table::Cell> cells = table::cells(utf8, dialect);
    const bool tooWide = std::any_of(cells.begin(), cells.end(), [](const table::Cell& cell) {
        return cell.column >= table::kMaxColumns;
    });
    if (tooWide) {
        return base::fail(base::ErrorCode::TooManyEntries, "intake.text.table",
                          {std::to_string(table::kMaxColumns)});
    }
    const std::vector<std::string> roles = rolesOf(utf8, cells, dialect);
    std::vector<Segment> out;
    out.reserve(cells.size());
    for (const table::Cell& cell : cells) {
        Segment segment;
        segment.start = cell.start;
        segment.end = cell.end;
        segment.row = cell.row;
        segment.column = cell.column;
        segment.escaping = cell.quoted ? Escaping::CsvQuoted : Escaping::None;
        const bool header = dialect.hasHeader && cell.row == 0;
        segment.role = header ? "structure" : roles[static_cast<std::size_t>(cell.column)];
        out.push_back(std::move(segment));
    }
    return out;
}

} // namespace kamei::intake::text
