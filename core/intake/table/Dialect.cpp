#include "core/intake/table/Table.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>

namespace kamei::intake::table {
namespace {

constexpr std::size_t kProbeBytes = 65536;
constexpr std::int64_t kProbeRows = 200;

/// The beginning of a text, ending with a line's end where it is cut.
std::string_view probe(std::string_view utf8) {
    if (utf8.size() <= kProbeBytes) {
        return utf8;
    }
    const std::size_t end = utf8.rfind('\n', kProbeBytes);
    return utf8.substr(0, end == std::string_view::npos ? kProbeBytes : end);
}

struct Shape {
    std::int64_t rows = 0;     ///< rows with cells
    std::int64_t agreeing = 0; ///< rows with the most frequent number of fields
    std::int32_t fields = 0;   ///< that number
    std::int64_t quoted = 0;
    bool tooWide = false;
};

Shape shapeOf(std::string_view text, char delimiter) {
    Shape shape;
    std::map<std::int64_t, std::int32_t> widths;
    for (const Cell& cell : cells(text, Dialect{delimiter, false})) {
        // A quote that stays open is where the probe was cut.
        const bool cut = !cell.quoted && cell.byte < text.size() && text[cell.byte] == '"';
        if (cell.row >= kProbeRows || cut) {
            widths.erase(cell.row);
            break;
        }
        widths[cell.row] = std::max(widths[cell.row], cell.column + 1);
        shape.quoted += cell.quoted ? 1 : 0;
        shape.tooWide = shape.tooWide || cell.column >= kMaxColumns;
    }
    std::map<std::int32_t, std::int64_t> counts;
    for (const auto& [row, width] : widths) {
        ++counts[width];
        ++shape.rows;
    }
    for (const auto& [width, count] : counts) {
        if (count >= shape.agreeing && width > 1) {
            shape.agreeing = count;
            shape.fields = width;
        }
    }
    return shape;
}

bool convincing(const Shape& shape, bool strict) {
    if (shape.tooWide || shape.fields < 2) {
        return false;
    }
    if (!strict) {
        return shape.agreeing * 2 >= shape.rows;
    }
    // Prose has commas too; only a table has the same number of them in every line.
    const bool wide = shape.fields >= 3 || shape.quoted > 0;
    return shape.rows >= 3 && shape.agreeing * 10 >= shape.rows * 9 && (wide || shape.agreeing >= 5);
}

bool looksNumeric(std::string_view text) {
    if (text.empty()) {
        return false;
    }
    return std::all_of(text.begin(), text.end(), [](char c) {
        return std::isdigit(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '-' || c == '/' ||
               c == ':' || c == '+' || c == ' ';
    });
}

/// A header names things: no empty or numeric cell, no name twice, and it differs in kind from what follows
/// or is a name that the roles know.
bool firstRowIsHeader(std::string_view text, const std::vector<Cell>& all) {
    std::vector<std::string> first;
    std::vector<std::string> second;
    for (const Cell& cell : all) {
        if (cell.row > 1) {
            break;
        }
        (cell.row == 0 ? first : second).push_back(cellText(text, cell));
    }
    if (first.size() < 2 || second.empty()) {
        return false;
    }
    bool known = false;
    bool differs = false;
    for (std::size_t i = 0; i < first.size(); ++i) {
        if (looksNumeric(first[i]) || std::count(first.begin(), first.end(), first[i]) > 1) {
            return false;
        }
        known = known || !columnRole(first[i], {}).empty();
        differs = differs || (i < second.size() &&
                              (looksNumeric(second[i]) || second[i].size() > 4 * first[i].size() + 8));
    }
    const bool anyEmpty =
        std::any_of(first.begin(), first.end(), [](const std::string& s) { return s.empty(); });
    return known || (differs && !anyEmpty);
}

} // namespace

std::optional<Dialect> detectDialect(std::string_view utf8, bool strict) {
    const std::string_view text = probe(utf8);
    std::optional<Dialect> best;
    Shape bestShape;
    for (const char delimiter : {',', '\t', ';', '|'}) {
        const Shape shape = shapeOf(text, delimiter);
        if (!convincing(shape, strict)) {
            continue;
        }
        if (!best || shape.agreeing * shape.fields > bestShape.agreeing * bestShape.fields) {
            best = Dialect{delimiter, false};
            bestShape = shape;
        }
    }
    if (best) {
        best->hasHeader = firstRowIsHeader(text, cells(text, *best));
    }
    return best;
}

} // namespace kamei::intake::table
