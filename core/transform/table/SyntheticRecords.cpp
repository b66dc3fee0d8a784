#include "core/transform/table/SyntheticRecords.h"

namespace kamei::transform::table {

std::vector<std::vector<std::string>> syntheticRecords(const std::vector<std::vector<std::string>>& records,
                                                       std::int64_t count, pseudonym::Random& random) {
    std::vector<std::vector<std::string>> out;
    if (records.empty()) {
        return out;
    }
    out.reserve(static_cast<std::size_t>(count));
    for (std::int64_t i = 0; i < count; ++i) {
        std::vector<std::string>& record = out.emplace_back();
        record.reserve(records.front().size());
        for (std::size_t column = 0; column < records.front().size(); ++column) {
            record.push_back(records[random.below(records.size())][column]);
        }
    }
    return out;
}

} // namespace kamei::transform::table
