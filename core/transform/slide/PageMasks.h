#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/intake/slide/Pages.h"
#include "core/model/Mask.h"
#include "core/transform/image/Fill.h"

namespace kamei::transform::slide {

/// Red, green and blue, 0..65535.
using Colour = std::array<std::int64_t, 3>;

class Surroundings;

/// What becomes of the pixels of a block.
struct BlockFill {
    /// Shows the colour of a mask at pixels of the block.
    struct Paint {
        image::Fill fill;
        double left = 0; ///< of the block, in pixels of the picture that the mask was drawn on
        double top = 0;
        double x = 1; ///< such pixels a pixel of the block
        double y = 1;
        [[nodiscard]] Colour at(std::int32_t column, std::int32_t row) const;
    };
    model::MaskBitmap inside; ///< of all masks together
    /// One bitmap and paint a mask, in order; empty where all is black.
    std::vector<model::MaskBitmap> masks;
    std::vector<Paint> paints;
};

/// The masks of one page, in its own pixels, asked block by block: work grows with the masks, not with the
/// slide.
class PageMasks {
public:
    enum class Cover { None, Some, All };

    explicit PageMasks(const intake::slide::Page& page) : m_page(page) {}
    /// `masks` are drawn on page `base`, a picture of baseWidth x baseHeight pixels, of which the page is a
    /// copy. On smaller copies a mask grows by two pixels to each side: scanners make them with filters that
    /// reach over so many.
    void add(std::vector<model::Mask> masks, std::size_t base, std::uint32_t baseWidth,
             std::uint32_t baseHeight);

    [[nodiscard]] bool empty() const { return m_masks.empty(); }
    /// Whether a block may be touched: None and All are certain.
    [[nodiscard]] Cover cover(std::uint32_t column, std::uint32_t row) const;
    /// The pixels of a block that are destroyed: blockWidth x rowsOf(row).
    [[nodiscard]] model::MaskBitmap bitmap(std::uint32_t column, std::uint32_t row) const;
    /// The same with what the masks are filled with. Black where the page keeps other values than colours or
    /// grey of 8 or 16 bits. Errors of reading what lies around the masks.
    [[nodiscard]] base::Expected<BlockFill> fill(std::uint32_t column, std::uint32_t row,
                                                 Surroundings& around) const;
    /// Whether all masks are black: blocks that are covered whole look alike then.
    [[nodiscard]] bool plain() const;
    /// Whether a pixel lies within `most` pixels of the figure of a mask, by its bounds.
    [[nodiscard]] bool near(std::int64_t x, std::int64_t y, std::int64_t most) const;
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
    struct Drawn {
        model::Mask mask; ///< as it was drawn
        std::size_t page = 0;
        double x = 1; ///< pixels of that page a pixel of this one
        double y = 1;
    };
    [[nodiscard]] Box blockBox(std::uint32_t column, std::uint32_t row) const;
    [[nodiscard]] model::MaskBitmap drawn(const std::vector<model::Mask>& masks, const Box& block) const;

    const intake::slide::Page& m_page;
    std::int32_t m_reach = 0;
    std::vector<model::Mask> m_masks;
    std::vector<Drawn> m_drawn; ///< the same before they were fitted to the page
    std::vector<Box> m_bounds;  ///< of each mask's figure, grown by the reach
};

} // namespace kamei::transform::slide
