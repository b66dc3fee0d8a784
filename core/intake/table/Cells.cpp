#include "core/intake/table/Table.h"

namespace kamei::intake::table {
namespace {

/// Walks over UTF-8 while counting code points.
struct Cursor {
    std::string_view text;
    std::size_t byte = 0;
    std::int64_t point = 0;

    [[nodiscard]] bool atEnd() const { return byte >= text.size(); }
    [[nodiscard]] char now() const { return text[byte]; }
    void next() {
        ++byte;
        while (byte < text.size() && (static_cast<unsigned char>(text[byte]) & 0xC0U) == 0x80U) {
            ++byte;
        }
        ++point;
    }
};

bool isLineEnd(char c) {
    return c == '\n' || c == '\r';
}

/// Reads the inside of a quoted cell; false when its quote is never closed.
bool readQuoted(Cursor& cursor, char delimiter, Cell& cell) {
    Cursor at = cursor;
    at.next();
    cell.byte = at.byte;
    cell.start = at.point;
    while (!at.atEnd()) {
        if (at.now() != '"') {
            at.next();
            continue;
        }
        const Cursor quote = at;
        at.next();
        if (!at.atEnd() && at.now() == '"') {
            at.next();
            continue;
        }
        if (at.atEnd() || at.now() == delimiter || isLineEnd(at.now())) {
            cell.byteEnd = quote.byte;
            cell.end = quote.point;
            cell.quoted = true;
            cursor = at;
            return true;
        }
        // A lone quote inside: some programs do not double it. It belongs to the cell.
    }
    return false;
}

void readPlain(Cursor& cursor, char delimiter, Cell& cell) {
    cell.byte = cursor.byte;
    cell.start = cursor.point;
    while (!cursor.atEnd() && cursor.now() != delimiter && !isLineEnd(cursor.now())) {
        cursor.next();
    }
    cell.byteEnd = cursor.byte;
    cell.end = cursor.point;
}

} // namespace

std::vector<Cell> cells(std::string_view utf8, const Dialect& dialect) {
    std::vector<Cell> out;
    Cursor cursor{utf8};
    std::int64_t row = 0;
    // Once a quote is found open to the end, every further one would be scanned to the end again.
    bool openQuote = false;
    while (!cursor.atEnd()) {
        const bool blank = isLineEnd(cursor.now());
        for (std::int32_t column = 0; !blank; ++column) {
            Cell cell;
            cell.row = row;
            cell.column = column;
            const bool quote = !cursor.atEnd() && cursor.now() == '"' && !openQuote;
            if (quote && !readQuoted(cursor, dialect.delimiter, cell)) {
                openQuote = true;
            }
            if (!cell.quoted) {
                readPlain(cursor, dialect.delimiter, cell);
            }
            out.push_back(cell);
            if (cursor.atEnd() || isLineEnd(cursor.now())) {
                break;
            }
            cursor.next(); // the delimiter
        }
        if (!cursor.atEnd() && cursor.now() == '\r') {
            cursor.next();
        }
        if (!cursor.atEnd() && cursor.now() == '\n') {
            cursor.next();
        }
        ++row;
    }
    return out;
}

std::string cellText(std::string_view utf8, const Cell& cell) {
    const std::string_view raw = utf8.substr(cell.byte, cell.byteEnd - cell.byte);
    if (!cell.quoted) {
        return std::string(raw);
    }
    std::string out;
    out.reserve(raw.size());
    for (std::size_t i = 0; i < raw.size(); ++i) {
        out.push_back(raw[i]);
        if (raw[i] == '"' && i + 1 < raw.size() && raw[i + 1] == '"') {
            ++i;
        }
    }
    return out;
}

} // namespace kamei::intake::table
