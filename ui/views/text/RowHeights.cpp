#include "ui/views/text/RowHeights.h"

#include <algorithm>
#include <bit>

namespace kamei::ui::views::text {

void RowHeights::reset(std::vector<int> heights) {
    m_heights = std::move(heights);
    m_sums.assign(m_heights.size() + 1, 0);
    for (std::size_t i = 1; i < m_sums.size(); ++i) {
        m_sums[i] += m_heights[i - 1];
        const std::size_t parent = i + (i & (~i + 1));
        if (parent < m_sums.size()) {
            m_sums[parent] += m_sums[i];
        }
    }
}

void RowHeights::set(int row, int height) {
    const int change = height - m_heights[static_cast<std::size_t>(row)];
    if (change == 0) {
        return;
    }
    m_heights[static_cast<std::size_t>(row)] = height;
    for (std::size_t i = static_cast<std::size_t>(row) + 1; i < m_sums.size(); i += i & (~i + 1)) {
        m_sums[i] += change;
    }
}

int RowHeights::top(int row) const {
    int sum = 0;
    for (auto i = static_cast<std::size_t>(row); i > 0; i -= i & (~i + 1)) {
        sum += m_sums[i];
    }
    return sum;
}

int RowHeights::at(int y) const {
    if (m_heights.empty()) {
        return 0;
    }
    std::size_t row = 0;
    for (std::size_t step = std::bit_floor(m_heights.size()); step > 0; step /= 2) {
        if (row + step < m_sums.size() && m_sums[row + step] <= y) {
            row += step;
            y -= m_sums[row];
        }
    }
    return std::min(static_cast<int>(row), size() - 1);
}

} // namespace kamei::ui::views::text
