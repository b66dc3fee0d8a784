#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "core/model/Mask.h"
#include "core/model/Raster.h"

namespace kamei::transform::image {

/// The stored values that a channel may take.
struct ChannelRange {
    std::int64_t black = 0; ///< what shows black
    std::int64_t lowest = 0;
    std::int64_t highest = 255;
    bool noisy = true; ///< false: noise leaves it at the mean (colour differences)
};

/// What the pixels of one mask become (Guideline 4.7.1: the values are destroyed). Every value follows from
/// the figure, its frame and, for LocalMean and Noise, the mean of the pixels that border it: never from what
/// was inside, so that nothing can be computed back. The same mask gives the same bytes.
class Fill {
public:
    /// Value of a stored sample; `pixel` is y * width + x.
    using Get = std::function<std::int64_t(std::size_t pixel, std::size_t channel)>;

    /// `inside`: the pixels of this mask on `frame`. `blocked`: pixels whose values other masks destroy and
    /// that no mean may be taken of; null for none. `stored` is asked for pixels outside both, and only where
    /// the fill needs it.
    Fill(const model::Mask& mask, std::int32_t frame, const model::MaskBitmap& inside,
         const model::MaskBitmap* blocked, std::span<const ChannelRange> channels, const Get& stored);

    /// The same where the means are known, of figures too large to be drawn as a whole; `box` bounds the
    /// figure.
    Fill(const model::Mask& mask, std::int32_t frame, const model::RectPx& box,
         std::vector<std::int64_t> means, std::span<const ChannelRange> channels);

    /// Value for the pixel at (x, y), which lies inside.
    [[nodiscard]] std::int64_t at(std::int32_t x, std::int32_t y, std::size_t channel) const {
        return m_blockSize == 0 ? m_base[channel] : noise(x, y, channel);
    }

private:
    void setNoise(const model::Mask& mask, std::int32_t frame, const model::RectPx& box);
    [[nodiscard]] std::int64_t noise(std::int32_t x, std::int32_t y, std::size_t channel) const;

    std::vector<ChannelRange> m_channels;
    std::vector<std::int64_t> m_base;
    std::uint64_t m_seed = 0;
    std::int32_t m_blockSize = 0; ///< edge of a block of noise in pixels; 0: one value everywhere
};

/// Bits of what the masks of one kind of picture destroy on `frame`, each with its own fill.
struct FilledMask {
    const model::Mask* mask = nullptr;
    model::MaskBitmap inside;
};
/// The masks that touch `frame`, each with its pixels, and all of them together.
struct FrameMasks {
    std::vector<FilledMask> masks;
    model::MaskBitmap all;
};
[[nodiscard]] FrameMasks masksOn(std::span<const model::Mask> masks, std::int32_t frame, std::int32_t width,
                                 std::int32_t height);

/// Grows every mask by one pixel to each side: where colour is stored more coarsely than brightness, decoders
/// have smoothed colour over that distance.
void grow(FrameMasks& masks);

/// Overwrites the samples that `frame.masks` cover, in order: `put` gets pixel, channel and value.
void fillSamples(const FrameMasks& frame, std::int32_t number, std::span<const ChannelRange> channels,
                 const Fill::Get& stored,
                 const std::function<void(std::size_t pixel, std::size_t channel, std::int64_t value)>& put);

/// The same on a decoded picture: black is the lowest value, the highest where it is shown inverted; alpha
/// becomes opaque.
void fillRaster(model::Raster& raster, const FrameMasks& masks, std::int32_t number);

} // namespace kamei::transform::image
