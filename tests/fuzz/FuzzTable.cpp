#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/intake/encoding/Encoding.h"
#include "core/intake/table/Table.h"

using namespace kamei::intake;

/// Cells lie in order inside the text and do not overlap.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (!encoding::decode(bytes, encoding::Encoding::Utf8)) {
        return 0;
    }
    const auto dialect = table::detectDialect(bytes, false);
    std::size_t end = 0;
    for (const table::Cell& cell : table::cells(bytes, dialect.value_or(table::Dialect{}))) {
        if (cell.byte < end || cell.byteEnd < cell.byte || cell.byteEnd > bytes.size() ||
            cell.end < cell.start) {
            std::abort();
        }
        end = cell.byteEnd;
        (void)table::columnRole(table::cellText(bytes, cell), {});
    }
    return 0;
}
