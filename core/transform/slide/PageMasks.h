#pragma once

#include <cstdint>
#include <vector>

#include "core/intake/slide/Pages.h"
#include "core/model/Mask.h"

namespace kamei::transform::slide {

/// The masks of one page, in its own pixels, asked block by block: work grows with the masks, not with the
/// slide.
class PageMasks {
public:
    enum class Cover { None, Some, All };

    explicit PageMasks(const intake::slide::Page& page) : m_page(page) {}
    /// `masks` are drawn on a picture of baseWidth x baseHeight pixels, of which the page is a copy. On
    /// smaller copies a mask grows by two pixels to each side: scanners make them with filters that reach
    /// over so many.
    void add(std::vector<model::Mask> masks, std::uint32_t baseWidth, std::uint32_t baseHeight);

    [[nodiscard]] bool empty() const { return m_masks.empty(); }
    /// Whether a block may be touched: None and All are certain.
    [[nodiscard]] Cover cover(std::uint32_t column, std::uint32_t row) const;
    /// The pixels of a block that are destroyed: blockWidth x rowsOf(row).
    [[nodiscard]] model::MaskBitmap bitmap(std::uint32_t column, std::uint32_t row) const;
    /// Columns and rows, first and behind the last, outside which cover() is None.
    struct Range {
        std::uint32_t firstColumn = 0;
        std::uint32_t endColumn = 0;
        std::uint32_t firstRow = 0;
        std::uint32_t endRow = 0;
    };
    [[nodiscard]] Range range() const;

private:
    struct Box {
        std::int64_t left = 0;
        std::int64_t top = 0;
        std::int64_t right = 0;
        std::int64_t bottom = 0;
    };
    [[nodiscard]] Box blockBox(std::uint32_t column, std::uint32_t row) const;

    const intake::slide::Page& m_page;
    std::int32_t m_reach = 0;
    std::vector<model::Mask> m_masks;
    std::vector<Box> m_bounds; ///< of each mask's figure, grown by the reach
};

} // namespace kamei::transform::slide
