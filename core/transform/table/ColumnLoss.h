#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace kamei::transform::table {

/// What processing took from a column, cell by cell.
struct ColumnLoss {
    std::int64_t filled = 0;  ///< cells that held something
    std::int64_t changed = 0; ///< of them: hold something else now
    std::int64_t removed = 0; ///< of them: hold nothing now
    std::int64_t distinctBefore = 0;
    std::int64_t distinctAfter = 0;
    struct Numeric {
        double meanBefore = 0;
        double meanAfter = 0;
        double deviationBefore = 0; ///< standard deviation
        double deviationAfter = 0;
        /// Share of the variance that is lost, SSE / SST (Domingo-Ferrer and Mateo-Sanz 2002): 0 nothing is
        /// lost, 1 as if every value were the mean; above that worse.
        double lost = 0;
    };
    std::optional<Numeric> numeric; ///< of rows that hold a number before and after
};

/// Same rows in the same order before and after.
[[nodiscard]] ColumnLoss lossOf(std::span<const std::string> before, std::span<const std::string> after);

} // namespace kamei::transform::table
