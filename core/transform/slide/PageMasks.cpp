#include "core/transform/slide/PageMasks.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <tiff.h>

#include "core/transform/slide/Surroundings.h"

namespace kamei::transform::slide {
namespace {

using intake::slide::Page;
using model::Mask;

constexpr std::int32_t kReach = 2;

std::int32_t down(double value) {
    return static_cast<std::int32_t>(std::clamp(std::floor(value), -2e9, 2e9));
}
std::int32_t up(double value) {
    return static_cast<std::int32_t>(std::clamp(std::ceil(value), -2e9, 2e9));
}

/// The mask in pixels of a page that is `x` times as wide and `y` times as high as the picture it was drawn
/// on; grown to whole pixels. What is kept inside shrinks instead.
Mask scaled(Mask mask, double x, double y) {
    mask.frames = {};
    const double left = mask.rect.x * x;
    const double top = mask.rect.y * y;
    const double right = (double(mask.rect.x) + mask.rect.width) * x;
    const double bottom = (double(mask.rect.y) + mask.rect.height) * y;
    if (mask.keepInside) {
        mask.rect = {up(left), up(top), std::max(0, down(right) - up(left)),
                     std::max(0, down(bottom) - up(top))};
    } else {
        mask.rect = {down(left), down(top), up(right) - down(left), up(bottom) - down(top)};
    }
    for (model::PointPx& point : mask.points) {
        point = {point.x * x, point.y * y};
    }
    mask.radiusPx *= mask.keepInside ? std::min(x, y) : std::max(x, y);
    return mask;
}

Mask moved(Mask mask, std::int64_t x, std::int64_t y) {
    const auto shift = [](std::int32_t at, std::int64_t by) {
        return static_cast<std::int32_t>(std::clamp<std::int64_t>(at + by, -2'000'000'000, 2'000'000'000));
    };
    mask.rect.x = shift(mask.rect.x, x);
    mask.rect.y = shift(mask.rect.y, y);
    for (model::PointPx& point : mask.points) {
        point = {point.x + double(x), point.y + double(y)};
    }
    return mask;
}

/// Every pixel within `reach` of one that is set, cut to the middle of the bitmap: separable, rows then
/// columns.
model::MaskBitmap grown(const model::MaskBitmap& in, std::int32_t reach) {
    const auto w = static_cast<std::size_t>(in.width);
    const auto h = static_cast<std::size_t>(in.height);
    const auto r = static_cast<std::size_t>(reach);
    std::vector<std::uint8_t> rows(w * h, 0);
    for (std::size_t i = 0; i < w * h; ++i) {
        if (in.inside[i] != 0) {
            const std::size_t x = i % w;
            const std::size_t from = x < r ? 0 : x - r;
            std::fill(rows.begin() + static_cast<std::ptrdiff_t>(i - x + from),
                      rows.begin() + static_cast<std::ptrdiff_t>(i - x + std::min(w, x + r + 1)),
                      std::uint8_t{1});
        }
    }
    model::MaskBitmap out{in.width - 2 * reach, in.height - 2 * reach, {}};
    const auto ow = static_cast<std::size_t>(out.width);
    out.inside.assign(ow * static_cast<std::size_t>(out.height), 0);
    for (std::size_t y = 0; y < static_cast<std::size_t>(out.height); ++y) {
        for (std::size_t from = y; from <= y + 2 * r; ++from) {
            for (std::size_t x = 0; x < ow; ++x) {
                out.inside[y * ow + x] |= rows[from * w + x + r];
            }
        }
    }
    return out;
}

/// Whether a colour, or grey, can be written as the page's values.
bool hasColours(const Page& page) {
    using intake::slide::Codec;
    const bool codedYcc = page.codec == Codec::Jpeg || page.codec == Codec::Jpeg2000;
    const bool colours = page.samples == 3 && (page.photometric == PHOTOMETRIC_RGB ||
                                               (page.photometric == PHOTOMETRIC_YCBCR && codedYcc));
    const bool grey = page.samples == 1 && page.photometric == PHOTOMETRIC_MINISBLACK;
    return (colours || grey) && (page.bits == 8 || page.bits == 16) && page.sampleFormat == SAMPLEFORMAT_UINT;
}

} // namespace

void PageMasks::add(std::vector<Mask> masks, std::size_t base, std::uint32_t baseWidth,
                    std::uint32_t baseHeight) {
    const double x = double(m_page.width) / baseWidth;
    const double y = double(m_page.height) / baseHeight;
    m_reach = x < 1 || y < 1 ? kReach : m_reach;
    for (Mask& mask : masks) {
        m_masks.push_back(scaled(model::everywhere(mask), x, y));
        m_drawn.push_back({mask, base, 1 / x, 1 / y});
        const Mask& one = m_masks.back();
        Box box{one.rect.x, one.rect.y, std::int64_t{one.rect.x} + one.rect.width,
                std::int64_t{one.rect.y} + one.rect.height};
        if (!one.points.empty()) {
            box = {down(one.points[0].x), down(one.points[0].y), up(one.points[0].x), up(one.points[0].y)};
            for (const model::PointPx& point : one.points) {
                box = {std::min<std::int64_t>(box.left, down(point.x - one.radiusPx)),
                       std::min<std::int64_t>(box.top, down(point.y - one.radiusPx)),
                       std::max<std::int64_t>(box.right, up(point.x + one.radiusPx)),
                       std::max<std::int64_t>(box.bottom, up(point.y + one.radiusPx))};
            }
        }
        const std::int64_t grow = kReach + 1;
        m_bounds.push_back({box.left - grow, box.top - grow, box.right + grow, box.bottom + grow});
    }
}

PageMasks::Box PageMasks::blockBox(std::uint32_t column, std::uint32_t row) const {
    const std::int64_t left = std::int64_t{column} * m_page.blockWidth;
    const std::int64_t top = std::int64_t{row} * m_page.blockHeight;
    return {left, top, left + m_page.blockWidth, top + m_page.rowsOf(row)};
}

PageMasks::Range PageMasks::range() const {
    Range out{m_page.columns(), 0, m_page.rows(), 0};
    for (std::size_t i = 0; i < m_masks.size(); ++i) {
        if (m_masks[i].keepInside) {
            return {0, m_page.columns(), 0, m_page.rows()};
        }
        const auto block = [](std::int64_t at, std::uint32_t size, std::uint32_t most) {
            return static_cast<std::uint32_t>(std::clamp<std::int64_t>(at < 0 ? 0 : at / size, 0, most));
        };
        const Box& box = m_bounds[i];
        out.firstColumn = std::min(out.firstColumn, block(box.left, m_page.blockWidth, m_page.columns()));
        out.firstRow = std::min(out.firstRow, block(box.top, m_page.blockHeight, m_page.rows()));
        if (box.right > 0 && box.bottom > 0) {
            out.endColumn =
                std::max(out.endColumn, std::min(m_page.columns(),
                                                 block(box.right, m_page.blockWidth, m_page.columns()) + 1));
            out.endRow =
                std::max(out.endRow,
                         std::min(m_page.rows(), block(box.bottom, m_page.blockHeight, m_page.rows()) + 1));
        }
    }
    return out;
}

PageMasks::Cover PageMasks::cover(std::uint32_t column, std::uint32_t row) const {
    const Box block = blockBox(column, row);
    Cover out = Cover::None;
    for (std::size_t i = 0; i < m_masks.size(); ++i) {
        const Mask& mask = m_masks[i];
        const Box& box = m_bounds[i];
        const bool meets = box.left < block.right && block.left < box.right && box.top < block.bottom &&
                           block.top < box.bottom;
        if (mask.keepInside && !meets) {
            return Cover::All;
        }
        if (!mask.keepInside && mask.shape == Mask::Shape::Rectangle && mask.rect.x <= block.left &&
            mask.rect.y <= block.top && std::int64_t{mask.rect.x} + mask.rect.width >= block.right &&
            std::int64_t{mask.rect.y} + mask.rect.height >= block.bottom) {
            return Cover::All;
        }
        out = meets ? Cover::Some : out;
    }
    return out;
}

model::MaskBitmap PageMasks::drawn(const std::vector<Mask>& masks, const Box& block) const {
    std::vector<Mask> here;
    for (const Mask& mask : masks) {
        here.push_back(moved(mask, m_reach - block.left, m_reach - block.top));
    }
    const auto width = static_cast<std::int32_t>(block.right - block.left) + 2 * m_reach;
    const auto height = static_cast<std::int32_t>(block.bottom - block.top) + 2 * m_reach;
    const model::MaskBitmap whole = model::rasterise(here, 1, width, height);
    return m_reach == 0 ? whole : grown(whole, m_reach);
}

model::MaskBitmap PageMasks::bitmap(std::uint32_t column, std::uint32_t row) const {
    return drawn(m_masks, blockBox(column, row));
}

bool PageMasks::plain() const {
    return std::ranges::all_of(m_masks, [](const Mask& mask) { return mask.fill == Mask::Fill::Black; });
}

bool PageMasks::near(std::int64_t x, std::int64_t y, std::int64_t most) const {
    for (std::size_t i = 0; i < m_masks.size(); ++i) {
        const Box& box = m_bounds[i];
        // What is kept inside lies around what is destroyed, however large it is.
        if (m_masks[i].keepInside ||
            (x >= box.left - most && x < box.right + most && y >= box.top - most && y < box.bottom + most)) {
            return true;
        }
    }
    return false;
}

base::Expected<BlockFill> PageMasks::fill(std::uint32_t column, std::uint32_t row,
                                          Surroundings& around) const {
    const Box block = blockBox(column, row);
    BlockFill out{bitmap(column, row), {}, {}};
    if (plain() || !hasColours(m_page)) {
        return out;
    }
    constexpr image::ChannelRange kRange{0, 0, 65535, true};
    const std::vector<image::ChannelRange> ranges(3, kRange);
    for (std::size_t i = 0; i < m_masks.size(); ++i) {
        const Drawn& drawn = m_drawn[i];
        std::optional<Colour> mean;
        if (drawn.mask.fill != Mask::Fill::Black) {
            auto found = around.of(drawn.page, drawn.mask);
            if (!found) {
                return tl::unexpected(found.error());
            }
            mean = *found;
        }
        Mask filled = drawn.mask;
        filled.fill = mean ? filled.fill : Mask::Fill::Black; // where nothing around it can be asked
        const Colour colour = mean.value_or(Colour{});
        out.masks.push_back(this->drawn({m_masks[i]}, block));
        out.paints.push_back(
            {image::Fill(filled, 1, model::boundsOf(filled), {colour.begin(), colour.end()}, ranges),
             static_cast<double>(block.left) * drawn.x, static_cast<double>(block.top) * drawn.y, drawn.x,
             drawn.y});
    }
    return out;
}

Colour BlockFill::Paint::at(std::int32_t column, std::int32_t row) const {
    const auto atX = static_cast<std::int32_t>(std::max(left + (column + 0.5) * x, 0.0));
    const auto atY = static_cast<std::int32_t>(std::max(top + (row + 0.5) * y, 0.0));
    return {fill.at(atX, atY, 0), fill.at(atX, atY, 1), fill.at(atX, atY, 2)};
}

} // namespace kamei::transform::slide
