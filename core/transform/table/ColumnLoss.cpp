#include "core/transform/table/ColumnLoss.h"

#include <cmath>
#include <unordered_set>
#include <vector>

#include "core/transform/table/Numbers.h"

namespace kamei::transform::table {
namespace {

struct Moments {
    double mean = 0;
    double squares = 0; ///< sum of squared distances to the mean
};

Moments momentsOf(const std::vector<double>& values) {
    Moments out;
    for (const double value : values) {
        out.mean += value / static_cast<double>(values.size());
    }
    for (const double value : values) {
        out.squares += (value - out.mean) * (value - out.mean);
    }
    return out;
}

} // namespace

ColumnLoss lossOf(std::span<const std::string> before, std::span<const std::string> after) {
    ColumnLoss out;
    std::unordered_set<std::string_view> valuesBefore;
    std::unordered_set<std::string_view> valuesAfter;
    std::vector<double> numbersBefore;
    std::vector<double> numbersAfter;
    for (std::size_t i = 0; i < before.size() && i < after.size(); ++i) {
        if (before[i].empty()) {
            continue;
        }
        ++out.filled;
        out.changed += before[i] != after[i] && !after[i].empty() ? 1 : 0;
        out.removed += after[i].empty() ? 1 : 0;
        valuesBefore.insert(before[i]);
        if (!after[i].empty()) {
            valuesAfter.insert(after[i]);
        }
        const auto left = numberOf(before[i]);
        const auto right = numberOf(after[i]);
        if (left && right) {
            numbersBefore.push_back(left->value);
            numbersAfter.push_back(right->value);
        }
    }
    out.distinctBefore = static_cast<std::int64_t>(valuesBefore.size());
    out.distinctAfter = static_cast<std::int64_t>(valuesAfter.size());
    if (numbersBefore.size() >= 2) {
        const Moments left = momentsOf(numbersBefore);
        const Moments right = momentsOf(numbersAfter);
        const auto count = static_cast<double>(numbersBefore.size());
        double error = 0;
        for (std::size_t i = 0; i < numbersBefore.size(); ++i) {
            error += (numbersAfter[i] - numbersBefore[i]) * (numbersAfter[i] - numbersBefore[i]);
        }
        out.numeric = ColumnLoss::Numeric{left.mean, right.mean, std::sqrt(left.squares / count),
                                          std::sqrt(right.squares / count),
                                          left.squares > 0 ? error / left.squares : 0};
    }
    return out;
}

} // namespace kamei::transform::table
