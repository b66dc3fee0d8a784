#pragma once

#include <cstdint>
#include <vector>

namespace kamei::ui::views::text {

/// Heights of many rows, in device-independent pixels, most of them estimated until they are laid out:
/// changing one and finding the row at a height both take logarithmic time (Fenwick tree).
class RowHeights {
public:
    void reset(std::vector<int> heights);
    [[nodiscard]] int size() const { return static_cast<int>(m_heights.size()); }
    [[nodiscard]] int height(int row) const { return m_heights[static_cast<std::size_t>(row)]; }
    void set(int row, int height);
    /// Top of a row; row size() gives the height of everything.
    [[nodiscard]] int top(int row) const;
    [[nodiscard]] int total() const { return top(size()); }
    /// Row that covers height y; the last one beyond the end.
    [[nodiscard]] int at(int y) const;

private:
    std::vector<int> m_heights;
    std::vector<int> m_sums; ///< Fenwick tree, from 1
};

} // namespace kamei::ui::views::text
