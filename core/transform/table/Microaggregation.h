#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace kamei::transform::table {

/// Groups of at least `size` records that lie close together: MDAV, maximum distance to average vector
/// (Domingo-Ferrer and Mateo-Sanz 2002, in the fixed-size form of Domingo-Ferrer and Torra 2005), for
/// Guideline 4.7.2 ミクロアグリゲーション. Columns are standardised first, so that none outweighs the others
/// by its unit.
///
/// columns: each of the same length n, finite. Returns group numbers per record, 0..groups-1; empty when n is
/// below `size`: nobody could be hidden. One column takes O(n log n); several take O(n^2 / size), in blocks
/// of neighbouring records above 4,000 of them.
[[nodiscard]] std::vector<std::size_t> groupRecords(std::span<const std::vector<double>> columns,
                                                    std::size_t size);

} // namespace kamei::transform::table
