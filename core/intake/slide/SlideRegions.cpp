#include <algorithm>
#include <cmath>
#include <cstring>
#include <tiff.h>

#include "core/intake/slide/Slide.h"

namespace kamei::intake::slide {
namespace {

using base::ErrorCode;

constexpr std::string_view kPlace = "intake.slide.region";
constexpr std::uint64_t kMaxPixels = std::uint64_t{1} << 26;
/// Base pixels from which an overview is still made where no smaller level is stored.
constexpr std::uint64_t kMaxOverviewPixels = std::uint64_t{1} << 31;

std::byte clamped(double value) {
    return static_cast<std::byte>(std::clamp(static_cast<int>(std::lround(value)), 0, 255));
}

/// ITU-R BT.601, full range (JFIF 1.02): JPEG 2000 components that are YCbCr.
void toRgb(std::byte* pixel) {
    const double y = std::to_integer<int>(pixel[0]);
    const double cb = std::to_integer<int>(pixel[1]) - 128.0;
    const double cr = std::to_integer<int>(pixel[2]) - 128.0;
    pixel[0] = clamped(y + 1.402 * cr);
    pixel[1] = clamped(y - 0.344136 * cb - 0.714136 * cr);
    pixel[2] = clamped(y + 1.772 * cb);
}

bool isYcc(const Page& page) {
    return page.codec == Codec::Jpeg2000 && page.samples == 3 &&
           (page.compression == 33003 || page.photometric == PHOTOMETRIC_YCBCR);
}

model::Raster blank(const Page& page, std::uint32_t width, std::uint32_t height) {
    model::Raster out;
    out.width = static_cast<std::int32_t>(width);
    out.height = static_cast<std::int32_t>(height);
    out.channels = page.samples >= 3 ? 3 : 1;
    out.bitsPerSample = page.bits;
    out.isSigned = page.sampleFormat == SAMPLEFORMAT_INT && page.bits == 16;
    out.invert = page.photometric == PHOTOMETRIC_MINISWHITE;
    const std::size_t size =
        std::size_t{width} * height * static_cast<std::size_t>(out.channels) * (page.bits / 8U);
    out.samples.assign(size, out.invert ? std::byte{0} : std::byte{0xFF});
    return out;
}

/// A part of a page that is being put together.
struct Part {
    std::int64_t x = 0;
    std::int64_t y = 0;
    model::Raster raster;
};

void place(const Page& page, const std::vector<std::byte>& block, std::uint32_t column, std::uint32_t row,
           std::uint32_t plane, Part& part) {
    const std::size_t bytes = page.bits / 8U;
    const std::size_t from = page.separate ? 1U : page.samples;
    const auto channels = static_cast<std::size_t>(part.raster.channels);
    const std::size_t taken = page.separate ? 1 : channels;
    const std::int64_t left = std::int64_t{column} * page.blockWidth;
    const std::int64_t top = std::int64_t{row} * page.blockHeight;
    const std::int64_t rows = page.rowsOf(row);
    const std::int64_t x0 = std::max(left, part.x);
    const std::int64_t x1 =
        std::min({left + page.blockWidth, part.x + part.raster.width, std::int64_t{page.width}});
    const std::int64_t y0 = std::max(top, part.y);
    const std::int64_t y1 = std::min({top + rows, part.y + part.raster.height, std::int64_t{page.height}});
    const bool ycc = isYcc(page);
    // Eight bits are shown without a sign: from the lowest value up.
    const bool shifted = page.sampleFormat == SAMPLEFORMAT_INT && page.bits == 8;
    for (std::int64_t y = y0; y < y1; ++y) {
        for (std::int64_t x = x0; x < x1; ++x) {
            const std::byte* const source =
                block.data() +
                (static_cast<std::size_t>(y - top) * page.blockWidth + static_cast<std::size_t>(x - left)) *
                    from * bytes;
            std::byte* const target =
                part.raster.samples.data() +
                (static_cast<std::size_t>(y - part.y) * static_cast<std::size_t>(part.raster.width) +
                 static_cast<std::size_t>(x - part.x)) *
                    channels * bytes +
                plane * bytes;
            std::memcpy(target, source, taken * bytes);
            if (ycc) {
                toRgb(target);
            } else if (shifted) {
                *target ^= std::byte{0x80};
            }
        }
    }
}

/// Averages boxes of a part into an overview; sums are kept as numbers until all parts are in.
class Reducer {
public:
    Reducer(const Page& page, std::uint32_t most)
        : m_factor(std::max(1.0, double(std::max(page.width, page.height)) / most)),
          m_out(blank(page, std::max<std::uint32_t>(1, static_cast<std::uint32_t>(page.width / m_factor)),
                      std::max<std::uint32_t>(1, static_cast<std::uint32_t>(page.height / m_factor)))) {
        m_sums.assign(values(), 0.0);
        m_counts.assign(static_cast<std::size_t>(m_out.width) * static_cast<std::size_t>(m_out.height), 0);
    }

    void add(const Part& part) {
        const auto channels = static_cast<std::size_t>(m_out.channels);
        const std::size_t bytes = static_cast<std::size_t>(m_out.bitsPerSample) / 8;
        const std::byte* from = part.raster.samples.data();
        for (std::int32_t y = 0; y < part.raster.height; ++y) {
            const auto row = target(part.y + y, m_out.height);
            for (std::int32_t x = 0; x < part.raster.width; ++x) {
                const std::size_t at =
                    row * static_cast<std::size_t>(m_out.width) + target(part.x + x, m_out.width);
                ++m_counts[at];
                for (std::size_t c = 0; c < channels; ++c, from += bytes) {
                    std::uint16_t value = 0;
                    std::memcpy(&value, from, bytes);
                    m_sums[at * channels + c] += value;
                }
            }
        }
    }

    model::Raster finish() {
        const auto channels = static_cast<std::size_t>(m_out.channels);
        const std::size_t bytes = static_cast<std::size_t>(m_out.bitsPerSample) / 8;
        for (std::size_t i = 0; i < m_sums.size(); ++i) {
            if (m_counts[i / channels] > 0) {
                const auto value =
                    static_cast<std::uint16_t>(std::lround(m_sums[i] / m_counts[i / channels]));
                std::memcpy(m_out.samples.data() + i * bytes, &value, bytes);
            }
        }
        return std::move(m_out);
    }

private:
    [[nodiscard]] std::size_t values() const {
        return static_cast<std::size_t>(m_out.width) * static_cast<std::size_t>(m_out.height) *
               static_cast<std::size_t>(m_out.channels);
    }
    [[nodiscard]] std::size_t target(std::int64_t at, std::int32_t limit) const {
        return static_cast<std::size_t>(
            std::min<std::int64_t>(static_cast<std::int64_t>(static_cast<double>(at) / m_factor), limit - 1));
    }

    double m_factor;
    model::Raster m_out;
    std::vector<double> m_sums;
    std::vector<std::uint32_t> m_counts;
};

/// The smallest level that still has as many pixels as the overview asks for.
std::size_t overviewPage(const Pages& pages, std::size_t plane) {
    const auto& levels = pages.planes[plane];
    std::size_t out = levels.front();
    for (const std::size_t level : levels) {
        const Page& page = pages.all[level];
        if (std::max(page.width, page.height) >= Slide::kOverviewSide) {
            out = level;
        }
    }
    return out;
}

} // namespace

base::Expected<model::Raster> Slide::readPage(std::size_t index, std::int64_t x, std::int64_t y,
                                              std::uint32_t width, std::uint32_t height) const {
    constexpr std::int64_t kFar = std::int64_t{1} << 40;
    if (index >= pages().all.size() || width == 0 || height == 0 || std::abs(x) > kFar ||
        std::abs(y) > kFar) {
        return base::fail(ErrorCode::InvalidArgument, kPlace);
    }
    if (height > kMaxPixels / width) {
        return base::fail(ErrorCode::TooLarge, kPlace, {std::to_string(kMaxPixels)});
    }
    const Page& page = pages().all[index];
    const auto table = blocks(index);
    if (!table) {
        return tl::unexpected(table.error());
    }
    Part part{x, y, blank(page, width, height)};
    const auto first = [](std::int64_t at, std::uint32_t size) {
        return static_cast<std::uint32_t>(std::max<std::int64_t>(at, 0) / size);
    };
    const auto end = [](std::int64_t at, std::uint32_t size, std::uint32_t most) {
        return at <= 0 ? 0U : static_cast<std::uint32_t>(std::min<std::int64_t>((at - 1) / size + 1, most));
    };
    const std::uint32_t lastRow = end(y + height, page.blockHeight, page.rows());
    const std::uint32_t lastColumn = end(x + width, page.blockWidth, page.columns());
    const std::uint32_t planes = page.separate ? static_cast<std::uint32_t>(part.raster.channels) : 1U;
    for (std::uint32_t plane = 0; plane < planes; ++plane) {
        for (std::uint32_t row = first(y, page.blockHeight); row < lastRow; ++row) {
            for (std::uint32_t column = first(x, page.blockWidth); column < lastColumn; ++column) {
                const std::uint64_t block =
                    (std::uint64_t{plane} * page.rows() + row) * page.columns() + column;
                if ((*table)->sizes[block] == 0) {
                    continue;
                }
                auto raw = structure().bytes->read((*table)->offsets[block], (*table)->sizes[block]);
                if (raw && m_filter) {
                    raw = m_filter(index, block, std::move(*raw));
                }
                if (!raw) {
                    return tl::unexpected(raw.error());
                }
                const auto samples = decodeBlock(structure(), page, **table, *raw, row);
                if (!samples) {
                    return tl::unexpected(samples.error());
                }
                place(page, *samples, column, row, plane, part);
            }
        }
    }
    return std::move(part.raster);
}

base::Expected<model::Raster> Slide::readRegion(std::size_t plane, std::size_t level, std::int64_t x,
                                                std::int64_t y, std::uint32_t width,
                                                std::uint32_t height) const {
    if (plane >= pages().planes.size() || level >= pages().planes[plane].size()) {
        return base::fail(ErrorCode::InvalidArgument, kPlace);
    }
    return readPage(pages().planes[plane][level], x, y, width, height);
}

base::Expected<model::Raster> Slide::picture(std::int32_t frame) const {
    if (frame < 1 || static_cast<std::size_t>(frame) > pictures().size()) {
        return base::fail(ErrorCode::NotPossible, kPlace);
    }
    const Picture& picture = pictures()[static_cast<std::size_t>(frame) - 1];
    const std::size_t index =
        picture.role == Role::Scan ? overviewPage(pages(), picture.plane) : picture.page;
    const Page& page = pages().all[index];
    if (picture.role != Role::Scan || std::max(page.width, page.height) <= kOverviewSide) {
        return readPage(index, 0, 0, page.width, page.height);
    }
    if (std::uint64_t{page.width} * page.height > kMaxOverviewPixels) {
        return base::fail(ErrorCode::TooLarge, kPlace, {std::to_string(kMaxOverviewPixels)});
    }
    Reducer reducer(page, kOverviewSide);
    // In whole blocks, so that each is decoded once; wide rows in several parts.
    const auto across = static_cast<std::uint32_t>(std::max<std::uint64_t>(
        1, std::min<std::uint64_t>(page.columns(),
                                   (1U << 22) / (std::uint64_t{page.blockWidth} * page.blockHeight))));
    for (std::uint32_t row = 0; row < page.rows(); ++row) {
        for (std::uint32_t column = 0; column < page.columns(); column += across) {
            Part part;
            part.x = std::int64_t{column} * page.blockWidth;
            part.y = std::int64_t{row} * page.blockHeight;
            const auto width = static_cast<std::uint32_t>(
                std::min<std::int64_t>(std::int64_t{across} * page.blockWidth, page.width - part.x));
            const auto height =
                static_cast<std::uint32_t>(std::min<std::int64_t>(page.blockHeight, page.height - part.y));
            auto raster = readPage(index, part.x, part.y, width, height);
            if (!raster) {
                return tl::unexpected(raster.error());
            }
            part.raster = std::move(*raster);
            reducer.add(part);
        }
    }
    return reducer.finish();
}

} // namespace kamei::intake::slide
