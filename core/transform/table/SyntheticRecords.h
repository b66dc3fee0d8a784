#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/transform/pseudonym/Random.h"

namespace kamei::transform::table {

/// Artificial records to be mixed in (Guideline 4.7.2 疑似データ生成): each value is drawn by itself from
/// those that stand in its column after processing, so that columns keep their distributions and no record is
/// a person's. What hangs together between columns is not kept. `records`: rows of equal length, processed.
[[nodiscard]] std::vector<std::vector<std::string>>
syntheticRecords(const std::vector<std::vector<std::string>>& records, std::int64_t count,
                 pseudonym::Random& random);

} // namespace kamei::transform::table
