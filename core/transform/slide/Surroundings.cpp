#include "core/transform/slide/Surroundings.h"

#include <algorithm>
#include <cstring>

#include "core/transform/slide/SlideWriter.h"

namespace kamei::transform::slide {
namespace {

using intake::slide::Codec;
using intake::slide::Page;

constexpr std::int64_t kRing = 8;  // pixels around a mask whose mean is taken, where all of them can be asked
constexpr std::int32_t kCell = 32; // the largest block of a JPEG
constexpr std::int32_t kSmooth = 2; // pixels beyond a block into which decoders smooth its colour

/// Bits of a block that may have been touched by masked pixels when it was coded.
model::MaskBitmap doubtful(const model::MaskBitmap& inside, Codec codec) {
    if (codec != Codec::Jpeg) {
        return inside;
    }
    model::MaskBitmap out{inside.width, inside.height, {}};
    out.inside.assign(inside.inside.size(), 0);
    for (std::int32_t top = 0; top < inside.height; top += kCell) {
        for (std::int32_t left = 0; left < inside.width; left += kCell) {
            // A mask beside the cell may take it in, where colour is coarse.
            const auto clampX = [&](std::int32_t x) { return std::clamp(x, 0, inside.width); };
            const auto clampY = [&](std::int32_t y) { return std::clamp(y, 0, inside.height); };
            bool touched = false;
            for (std::int32_t y = clampY(top - 1); !touched && y < clampY(top + kCell + 1); ++y) {
                for (std::int32_t x = clampX(left - 1); !touched && x < clampX(left + kCell + 1); ++x) {
                    touched = inside.at(x, y);
                }
            }
            for (std::int32_t y = clampY(top - kSmooth); touched && y < clampY(top + kCell + kSmooth); ++y) {
                const std::int32_t from = clampX(left - kSmooth);
                std::fill_n(out.inside.begin() + std::ptrdiff_t{y} * out.width + from,
                            clampX(left + kCell + kSmooth) - from, std::uint8_t{1});
            }
        }
    }
    return out;
}

std::uint64_t sampleAt(const model::Raster& raster, std::size_t index) {
    if (raster.bitsPerSample == 8) {
        return std::to_integer<std::uint64_t>(raster.samples[index]) * 257;
    }
    std::uint16_t value = 0;
    std::memcpy(&value, raster.samples.data() + index * sizeof value, sizeof value);
    return value;
}

/// Sums over pixels of a raster.
struct Sums {
    std::array<std::uint64_t, 3> values{};
    std::uint64_t count = 0;

    void add(const model::Raster& raster, std::size_t pixel) {
        const auto channels = static_cast<std::size_t>(raster.channels);
        for (std::size_t c = 0; c < 3; ++c) {
            values.at(c) += sampleAt(raster, pixel * channels + std::min(c, channels - 1));
        }
        ++count;
    }
};

} // namespace

base::Expected<std::optional<Colour>> Surroundings::of(std::size_t page, const model::Mask& mask) {
    const std::string key = std::to_string(page) + ' ' + model::toJson(mask);
    const std::lock_guard lock(m_mutex);
    if (const auto known = m_known.find(key); known != m_known.end()) {
        return known->second;
    }
    auto found = look(page, mask);
    if (found) {
        m_known.emplace(key, *found);
    }
    return found;
}

base::Expected<std::optional<Colour>> Surroundings::look(std::size_t index, const model::Mask& mask) const {
    const Page& page = m_slide.pages().all[index];
    const PageMasks all = masksOn(m_slide, m_orders, index);
    PageMasks one(page);
    one.add({mask}, index, page.width, page.height);
    const bool wavelets = page.codec == Codec::Jpeg2000; // reach over the whole tile
    const std::int64_t most = wavelets                    ? std::max(page.blockWidth, page.blockHeight)
                              : page.codec == Codec::Jpeg ? kRing + 2 * kCell
                                                          : kRing;
    const PageMasks::Range range = one.range();
    const auto nears = [&](std::uint32_t column, std::uint32_t row) {
        for (std::uint32_t y = row == 0 ? 0 : row - 1; y < std::min(row + 2, page.rows()); ++y) {
            for (std::uint32_t x = column == 0 ? 0 : column - 1; x < std::min(column + 2, page.columns());
                 ++x) {
                if (one.cover(x, y) != PageMasks::Cover::None) {
                    return true;
                }
            }
        }
        return false;
    };
    Sums sums;
    for (std::uint32_t row = range.firstRow == 0 ? 0 : range.firstRow - 1;
         row < std::min(range.endRow + 1, page.rows()); ++row) {
        for (std::uint32_t column = range.firstColumn == 0 ? 0 : range.firstColumn - 1;
             column < std::min(range.endColumn + 1, page.columns()); ++column) {
            const auto cover = all.cover(column, row);
            if (cover == PageMasks::Cover::All || !nears(column, row)) {
                continue;
            }
            const model::MaskBitmap taken = doubtful(all.bitmap(column, row), page.codec);
            const bool any = std::ranges::find(taken.inside, std::uint8_t{1}) != taken.inside.end();
            if (any && wavelets) {
                continue;
            }
            const std::uint32_t left = column * page.blockWidth;
            const std::uint32_t top = row * page.blockHeight;
            const std::uint32_t width = std::min(page.blockWidth, page.width - left);
            const std::uint32_t height = std::min(page.rowsOf(row), page.height - top);
            std::optional<model::Raster> raster; // read where a pixel of it is asked
            for (std::uint32_t y = 0; y < height; ++y) {
                for (std::uint32_t x = 0; x < width; ++x) {
                    if (taken.at(std::int32_t(x), std::int32_t(y)) || !one.near(left + x, top + y, most)) {
                        continue;
                    }
                    if (!raster) {
                        auto read = m_slide.readPage(index, left, top, width, height);
                        if (!read) {
                            return tl::unexpected(read.error());
                        }
                        raster = std::move(*read);
                    }
                    sums.add(*raster, std::size_t{y} * width + x);
                }
            }
        }
    }
    if (sums.count == 0) {
        return std::nullopt;
    }
    Colour out{};
    for (std::size_t c = 0; c < 3; ++c) {
        out.at(c) = static_cast<std::int64_t>(sums.values.at(c) / sums.count);
    }
    return out;
}

} // namespace kamei::transform::slide
