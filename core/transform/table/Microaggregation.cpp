#include "core/transform/table/Microaggregation.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace kamei::transform::table {
namespace {

constexpr std::size_t kBlock = 4'000; // records; keeps the quadratic part to seconds for a million

using Records = std::vector<std::size_t>;

/// Records as points of standardised coordinates, row-major.
class Points {
public:
    explicit Points(std::span<const std::vector<double>> columns)
        : m_dimensions(columns.size()), m_values(columns.size() * columns.front().size()) {
        const std::size_t records = columns.front().size();
        for (std::size_t d = 0; d < m_dimensions; ++d) {
            const std::vector<double>& column = columns[d];
            const double mean =
                std::accumulate(column.begin(), column.end(), 0.0) / static_cast<double>(records);
            double squares = 0;
            for (const double value : column) {
                squares += (value - mean) * (value - mean);
            }
            const double deviation = std::sqrt(squares / static_cast<double>(records));
            for (std::size_t r = 0; r < records; ++r) {
                m_values[r * m_dimensions + d] = deviation > 0 ? (column[r] - mean) / deviation : 0;
            }
        }
    }

    [[nodiscard]] std::span<const double> at(std::size_t record) const {
        return std::span(m_values).subspan(record * m_dimensions, m_dimensions);
    }
    [[nodiscard]] std::vector<double> centre(const Records& records) const {
        std::vector<double> out(m_dimensions);
        for (const std::size_t record : records) {
            for (std::size_t d = 0; d < m_dimensions; ++d) {
                out[d] += at(record)[d];
            }
        }
        for (double& value : out) {
            value /= static_cast<double>(records.size());
        }
        return out;
    }
    [[nodiscard]] double distance(std::size_t record, std::span<const double> point) const {
        double out = 0;
        for (std::size_t d = 0; d < m_dimensions; ++d) {
            const double step = at(record)[d] - point[d];
            out += step * step;
        }
        return out;
    }
    [[nodiscard]] std::size_t farthest(const Records& records, std::span<const double> point) const {
        return *std::ranges::max_element(records, {}, [&](std::size_t r) { return distance(r, point); });
    }

private:
    std::size_t m_dimensions;
    std::vector<double> m_values;
};

/// Takes the `size` records nearest to one out of those that are left, as a group.
void takeNearest(const Points& points, std::size_t around, std::size_t size, Records& left,
                 std::vector<std::size_t>& groups, std::size_t& next) {
    const std::span<const double> point = points.at(around);
    const auto last = left.begin() + static_cast<std::ptrdiff_t>(size);
    std::nth_element(left.begin(), last - 1, left.end(), [&](std::size_t a, std::size_t b) {
        const double x = points.distance(a, point);
        const double y = points.distance(b, point);
        return x != y ? x < y : a < b;
    });
    for (auto it = left.begin(); it != last; ++it) {
        groups[*it] = next;
    }
    ++next;
    left.erase(left.begin(), last);
}

void groupBlock(const Points& points, Records left, std::size_t size, std::vector<std::size_t>& groups,
                std::size_t& next) {
    while (left.size() >= 3 * size) {
        const std::size_t first = points.farthest(left, points.centre(left));
        const std::size_t second = points.farthest(left, points.at(first));
        takeNearest(points, first, size, left, groups, next);
        // The second may have gone with the first's group; then its place is taken by who is farthest now.
        const bool there = std::ranges::find(left, second) != left.end();
        takeNearest(points, there ? second : points.farthest(left, points.at(first)), size, left, groups,
                    next);
    }
    if (left.size() >= 2 * size) {
        takeNearest(points, points.farthest(left, points.centre(left)), size, left, groups, next);
    }
    for (const std::size_t record : left) {
        groups[record] = next;
    }
    ++next;
}

/// MDAV on one column: the farthest records are always the ends of the order.
void groupSorted(const Records& order, std::span<const double> values, std::size_t size,
                 std::vector<std::size_t>& groups, std::size_t& next) {
    std::size_t first = 0;
    std::size_t last = order.size();
    const auto take = [&](std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; ++i) {
            groups[order[i]] = next;
        }
        ++next;
    };
    while (last - first >= 3 * size) {
        take(first, first + size);
        first += size;
        take(last - size, last);
        last -= size;
    }
    if (last - first >= 2 * size) {
        double sum = 0;
        for (std::size_t i = first; i < last; ++i) {
            sum += values[order[i]];
        }
        const double mean = sum / static_cast<double>(last - first);
        const bool low = mean - values[order[first]] >= values[order[last - 1]] - mean;
        take(low ? first : last - size, low ? first + size : last);
        (low ? first : last) = low ? first + size : last - size;
    }
    take(first, last);
}

} // namespace

std::vector<std::size_t> groupRecords(std::span<const std::vector<double>> columns, std::size_t size) {
    const std::size_t records = columns.empty() ? 0 : columns.front().size();
    if (size == 0 || records < size) {
        return {};
    }
    std::vector<std::size_t> groups(records);
    std::size_t next = 0;
    Records order(records);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t r) { return columns.front()[r]; });
    if (columns.size() == 1) {
        groupSorted(order, columns.front(), size, groups, next);
        return groups;
    }
    const Points points(columns);
    const std::size_t blocks = std::max<std::size_t>(1, records / std::max(kBlock, 3 * size));
    for (std::size_t b = 0; b < blocks; ++b) {
        const auto from = static_cast<std::ptrdiff_t>(records * b / blocks);
        const auto to = static_cast<std::ptrdiff_t>(records * (b + 1) / blocks);
        groupBlock(points, Records(order.begin() + from, order.begin() + to), size, groups, next);
    }
    return groups;
}

} // namespace kamei::transform::table
