#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/detect/StructuredRoles.h"
#include "core/intake/text/TextSource.h"

namespace kamei::detect {

/// A column of a table with its cells below the header, in order; empty cells left out.
struct TableColumn {
    std::int32_t number = 0;
    std::string header;
    std::string role; ///< intake::text::Segment::role
    std::vector<const intake::text::Segment*> cells;
};

/// The columns of a table. Cells point into the source.
[[nodiscard]] std::vector<TableColumn> columnsOf(const intake::text::TextSource& source);

/// Whether the values of a column that has no name look like numbers of people: at least three, all different
/// and of one form, five digits or more among letters and hyphens, and not counted up row by row. Nothing but
/// a person can say what they are.
[[nodiscard]] bool numbersPeople(const intake::text::TextSource& source, const TableColumn& column);

/// Numbers, codes and units that say nothing of a person whatever they mean: not worth reading as text.
[[nodiscard]] bool isPlainValue(std::string_view value);

} // namespace kamei::detect
