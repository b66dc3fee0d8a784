#include "core/transform/video/Paint.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace kamei::transform::video {
namespace {

/// What black is in a component (H.264 E.2.1, video_full_range_flag).
std::int64_t blackOf(const AVFrame& frame, const AVPixFmtDescriptor& layout, int component) {
    const int depth = layout.comp[component].depth;
    if ((layout.flags & AV_PIX_FMT_FLAG_RGB) != 0) {
        return 0;
    }
    if (component > 0) {
        return std::int64_t{1} << (depth - 1);
    }
    const auto format = static_cast<AVPixelFormat>(frame.format);
    const bool full = frame.color_range == AVCOL_RANGE_JPEG || format == AV_PIX_FMT_YUVJ420P ||
                      format == AV_PIX_FMT_YUVJ422P || format == AV_PIX_FMT_YUVJ444P ||
                      format == AV_PIX_FMT_YUVJ440P;
    return full ? 0 : std::int64_t{16} << (depth - 8);
}

bool isKnown(const AVPixFmtDescriptor& layout) {
    constexpr std::uint64_t kStrange = AV_PIX_FMT_FLAG_BE | AV_PIX_FMT_FLAG_PAL | AV_PIX_FMT_FLAG_BITSTREAM |
                                       AV_PIX_FMT_FLAG_HWACCEL | AV_PIX_FMT_FLAG_FLOAT |
                                       AV_PIX_FMT_FLAG_BAYER;
    if ((layout.flags & kStrange) != 0) {
        return false;
    }
    return std::all_of(layout.comp, layout.comp + layout.nb_components,
                       [](const AVComponentDescriptor& part) { return part.depth >= 8 && part.depth <= 16; });
}

/// Samples of a frame by the place of the pixel that they belong to.
class Planes {
public:
    Planes(AVFrame& frame, const AVPixFmtDescriptor& layout)
        : m_frame(frame), m_layout(layout),
          m_fields(frame.interlaced_frame != 0 && layout.log2_chroma_h > 0) {}

    [[nodiscard]] bool isChroma(int c) const {
        return (c == 1 || c == 2) && (m_layout.flags & AV_PIX_FMT_FLAG_RGB) == 0;
    }
    [[nodiscard]] std::int64_t get(int x, int y, int c) const {
        const AVComponentDescriptor& part = m_layout.comp[c];
        const std::uint8_t* const from = at(x, line(y, c), c);
        const std::uint32_t raw =
            part.depth > 8 ? from[0] | static_cast<std::uint32_t>(from[1]) << 8U : from[0];
        return raw >> static_cast<unsigned>(part.shift);
    }
    void put(int x, int y, int c, std::int64_t value) const {
        if (isChroma(c) && m_fields) {
            // Lines of colour belong to one field, which has every second line of twice as many.
            const int first = (y >> (m_layout.log2_chroma_h + 1)) << 1;
            store(at(x, clamped(first, c), c), c, value);
            store(at(x, clamped(first + 1, c), c), c, value);
            return;
        }
        store(at(x, line(y, c), c), c, value);
    }

private:
    [[nodiscard]] int clamped(int row, int c) const {
        const int shift = isChroma(c) ? m_layout.log2_chroma_h : 0;
        return std::min(row, ((m_frame.height + (1 << shift) - 1) >> shift) - 1);
    }
    [[nodiscard]] int line(int y, int c) const { return isChroma(c) ? y >> m_layout.log2_chroma_h : y; }
    [[nodiscard]] std::uint8_t* at(int x, int row, int c) const {
        const AVComponentDescriptor& part = m_layout.comp[c];
        const int column = isChroma(c) ? x >> m_layout.log2_chroma_w : x;
        return m_frame.data[part.plane] + static_cast<std::ptrdiff_t>(row) * m_frame.linesize[part.plane] +
               static_cast<std::ptrdiff_t>(column) * part.step + part.offset;
    }
    void store(std::uint8_t* to, int c, std::int64_t value) const {
        const AVComponentDescriptor& part = m_layout.comp[c];
        const auto raw = static_cast<std::uint32_t>(value) << static_cast<unsigned>(part.shift);
        to[0] = static_cast<std::uint8_t>(raw);
        if (part.depth > 8) {
            to[1] = static_cast<std::uint8_t>(raw >> 8U);
        }
    }

    AVFrame& m_frame;
    const AVPixFmtDescriptor& m_layout;
    bool m_fields;
};

} // namespace

Painter::Painter(std::vector<model::Mask> masks, std::int32_t firstFrame)
    : m_masks(std::move(masks)), m_firstFrame(firstFrame) {}

const image::FrameMasks& Painter::masksOf(std::int32_t frame, std::int32_t width, std::int32_t height) {
    const std::int32_t number = m_firstFrame + frame - 1;
    std::vector<bool> active(m_masks.size());
    bool moves = false;
    for (std::size_t i = 0; i < m_masks.size(); ++i) {
        active[i] = m_masks[i].frames.contains(number);
        moves = moves || (active[i] && !m_masks[i].track.empty());
    }
    const bool same = m_drawnFor > 0 && m_drawn.all.width == width && m_drawn.all.height == height &&
                      active == m_active && (!moves || m_drawnFor == number);
    if (!same) {
        m_drawn = image::masksOn(m_masks, number, width, height);
        m_any = m_drawn.all.bounds().width > 0;
        m_active = std::move(active);
        m_drawnFor = number;
    }
    return m_drawn;
}

bool Painter::touches(std::int32_t frame, std::int32_t width, std::int32_t height) {
    if (m_masks.empty()) {
        return false;
    }
    static_cast<void>(masksOf(frame, width, height));
    return m_any;
}

base::Expected<void> Painter::paint(AVFrame& frame, std::int32_t number) {
    const AVPixFmtDescriptor* const layout = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(frame.format));
    if (layout == nullptr || !isKnown(*layout)) {
        return base::fail(base::ErrorCode::NotPossible, "transform.video.paint", {"pixels"});
    }
    if (m_masks.empty()) {
        return {};
    }
    const image::FrameMasks& masks = masksOf(number, frame.width, frame.height);
    const bool alpha = (layout->flags & AV_PIX_FMT_FLAG_ALPHA) != 0;
    const Planes planes(frame, *layout);
    std::vector<image::ChannelRange> ranges;
    for (int c = 0; c < layout->nb_components - (alpha ? 1 : 0); ++c) {
        const std::int64_t black = blackOf(frame, *layout, c);
        const bool chroma = planes.isChroma(c);
        ranges.push_back(
            {black, chroma ? 0 : black, (std::int64_t{1} << layout->comp[c].depth) - 1, !chroma});
    }
    const auto width = static_cast<std::size_t>(frame.width);
    image::fillSamples(
        masks, m_firstFrame + number - 1, ranges,
        [&](std::size_t pixel, std::size_t c) {
            return planes.get(static_cast<int>(pixel % width), static_cast<int>(pixel / width),
                              static_cast<int>(c));
        },
        [&](std::size_t pixel, std::size_t c, std::int64_t value) {
            planes.put(static_cast<int>(pixel % width), static_cast<int>(pixel / width), static_cast<int>(c),
                       value);
        });
    return {};
}

} // namespace kamei::transform::video
