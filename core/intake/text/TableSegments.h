#pragma once

#include <string_view>
#include <vector>

#include "core/base/Error.h"
#include "core/intake/table/Table.h"
#include "core/intake/text/TextSource.h"

namespace kamei::intake::text {

/// The cells of a table as segments, each with the role proposed for its column. TooManyEntries for rows
/// wider than table::kMaxColumns.
[[nodiscard]] base::Expected<std::vector<Segment>> tableSegments(std::string_view utf8,
                                                                 const table::Dialect& dialect);

} // namespace kamei::intake::text
