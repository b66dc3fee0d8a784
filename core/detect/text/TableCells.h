#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "core/detect/text/Units.h"
#include "core/detect/text/names/NameParser.h"

namespace kamei::detect::text {

/// What the heading of a column says of its cells.
struct Column {
    Cue key;
    std::uint64_t bits = 0; ///< of the key word as far as they hold in a heading, 0 when it is none
    bool counts = false;    ///< No, 番号: may count the rows
    bool sign = false;      ///< 記号, which may hold letters alone
    bool kana = false;      ///< カナ, よみ: names by their sound, which no list holds
};

/// Reads what stands in the cells of a table by the key words of their columns.
class CellReader {
public:
    explicit CellReader(Page& page) : m_page(page), m_parser(page) {}

    /// The columns that stand side by side: what 番号 numbers and who is named depends on the others.
    void setColumns(std::span<const Column> columns);
    /// Adds a candidate where the cell holds a value of its column's kind.
    void read(const Column& column, Stretch cell);

private:
    void add(Stretch cell, Label label, double confidence);
    bool isNothing(std::u32string_view text) const;
    void number(const Column& column, Stretch cell, std::size_t digits);
    void day(std::uint64_t bits, Stretch cell, std::size_t digits);
    void sex(Stretch cell);
    void address(Stretch cell, std::size_t digits);
    void person(const Column& column, Stretch cell);
    void body(std::uint64_t bits, Stretch cell);

    Page& m_page;
    names::NameParser m_parser;
    bool m_insurance = false; ///< whether a column is of insurance alone, so that 番号 is as well
    bool m_patient = false;   ///< whether a column holds names of patients
};

} // namespace kamei::detect::text
