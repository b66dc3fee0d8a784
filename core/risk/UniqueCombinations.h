#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <stop_token>
#include <vector>

namespace kamei::risk {

/// People by fields, values as numbers; row-major, rows * fields. 0: no value.
struct CodeTable {
    std::size_t rows = 0;
    std::size_t fields = 0; ///< at most 60
    std::vector<std::uint32_t> codes;
    std::vector<std::uint32_t> values; ///< of each field: its greatest code

    [[nodiscard]] std::uint32_t at(std::size_t row, std::size_t field) const {
        return codes[row * fields + field];
    }
};

/// How many rows show all values of each row, these or more; 1 for a row that is alone.
[[nodiscard]] std::vector<std::int64_t> matchingRows(const CodeTable& table, std::stop_token stop);

/// Sets of at most `most` fields in which a row is alone while it is not in any part of them, as bits, for
/// each row; smallest sets first. Depth first over the fields with SUDA2's pruning: a group of one is not
/// refined, and a set is kept only when no part of it is unique (Manning, Haglin, Keane: A recursive search
/// algorithm for statistical disclosure assessment, Data Mining and Knowledge Discovery 16, 2008).
[[nodiscard]] std::vector<std::vector<std::uint64_t>>
uniqueCombinations(const CodeTable& table, std::size_t most, std::stop_token stop);

} // namespace kamei::risk
