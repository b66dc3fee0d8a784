#include "core/transform/image/Fill.h"

#include <algorithm>
#include <cstring>

#include "core/base/Digest.h"

namespace kamei::transform::image {
namespace {

using Kind = model::Mask::Fill;

/// Mixes the bits of a number (the finaliser of MurmurHash3); noise only, no secret.
std::uint64_t mixed(std::uint64_t value) {
    value ^= value >> 33U;
    value *= 0xFF51AFD7ED558CCDULL;
    value ^= value >> 33U;
    value *= 0xC4CEB9FE1A85EC53ULL;
    return value ^ (value >> 33U);
}

std::uint64_t seedOf(const model::Mask& mask, std::int32_t frame) {
    const base::Sha256 digest = base::sha256(model::toJson(mask));
    std::uint64_t out = 0;
    std::memcpy(&out, digest.bytes.data(), sizeof out);
    return mixed(out ^ static_cast<std::uint64_t>(frame));
}

/// Whether a pixel next to (x, y) lies inside.
bool borders(const model::MaskBitmap& inside, std::int32_t x, std::int32_t y) {
    return (x > 0 && inside.at(x - 1, y)) || (x + 1 < inside.width && inside.at(x + 1, y)) ||
           (y > 0 && inside.at(x, y - 1)) || (y + 1 < inside.height && inside.at(x, y + 1));
}

/// Means of the pixels that border the masked ones, per channel; black when nothing borders them.
std::vector<std::int64_t> borderMeans(const model::MaskBitmap& inside, const model::MaskBitmap* blocked,
                                      const model::RectPx& box, std::span<const ChannelRange> channels,
                                      const Fill::Get& stored) {
    std::vector<std::int64_t> sums(channels.size());
    std::int64_t count = 0;
    const std::int32_t right = std::min(box.x + box.width + 1, inside.width);
    const std::int32_t bottom = std::min(box.y + box.height + 1, inside.height);
    for (std::int32_t y = std::max(0, box.y - 1); y < bottom; ++y) {
        for (std::int32_t x = std::max(0, box.x - 1); x < right; ++x) {
            const bool taken = inside.at(x, y) || (blocked != nullptr && blocked->at(x, y));
            if (taken || !borders(inside, x, y)) {
                continue;
            }
            const auto pixel = static_cast<std::size_t>(y) * static_cast<std::size_t>(inside.width) +
                               static_cast<std::size_t>(x);
            for (std::size_t c = 0; c < channels.size(); ++c) {
                sums[c] += stored(pixel, c);
            }
            ++count;
        }
    }
    for (std::size_t c = 0; c < channels.size(); ++c) {
        sums[c] = count == 0 ? channels[c].black : sums[c] / count;
    }
    return sums;
}

} // namespace

Fill::Fill(const model::Mask& mask, std::int32_t frame, const model::MaskBitmap& inside,
           const model::MaskBitmap* blocked, std::span<const ChannelRange> channels, const Get& stored)
    : m_channels(channels.begin(), channels.end()) {
    if (mask.fill == Kind::Black) {
        for (const ChannelRange& channel : channels) {
            m_base.push_back(channel.black);
        }
        return;
    }
    const model::RectPx box = inside.bounds();
    m_base = borderMeans(inside, blocked, box, channels, stored);
    setNoise(mask, frame, box);
}

Fill::Fill(const model::Mask& mask, std::int32_t frame, const model::RectPx& box,
           std::vector<std::int64_t> means, std::span<const ChannelRange> channels)
    : m_channels(channels.begin(), channels.end()), m_base(std::move(means)) {
    setNoise(mask, frame, box);
}

void Fill::setNoise(const model::Mask& mask, std::int32_t frame, const model::RectPx& box) {
    if (mask.fill == Kind::Noise) {
        m_seed = seedOf(mask, frame);
        m_blockSize = std::clamp(std::min(box.width, box.height) / 6, 1, 64);
    }
}

std::int64_t Fill::noise(std::int32_t x, std::int32_t y, std::size_t channel) const {
    const ChannelRange& range = m_channels[channel];
    if (!range.noisy) {
        return m_base[channel];
    }
    // One draw for all channels of a block: brightness varies, colour does not.
    const auto block =
        static_cast<std::uint64_t>(y / m_blockSize) << 32U | static_cast<std::uint64_t>(x / m_blockSize);
    constexpr double kShare = 0.2; // of the range, to either side of the mean
    const double draw = static_cast<double>(mixed(m_seed ^ mixed(block)) >> 11U) / 9007199254740992.0; // 0..1
    const double width = static_cast<double>(range.highest - range.lowest) * kShare;
    const auto value = m_base[channel] + static_cast<std::int64_t>((2 * draw - 1) * width);
    return std::clamp(value, range.lowest, range.highest);
}

FrameMasks masksOn(std::span<const model::Mask> masks, std::int32_t frame, std::int32_t width,
                   std::int32_t height) {
    FrameMasks out;
    out.all = {width, height, {}};
    out.all.inside.assign(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), 0);
    for (const model::Mask& mask : masks) {
        if (!mask.frames.contains(frame)) {
            continue;
        }
        FilledMask one{&mask, model::rasterise({mask}, frame, width, height)};
        for (std::size_t i = 0; i < out.all.inside.size(); ++i) {
            out.all.inside[i] |= one.inside.inside[i];
        }
        out.masks.push_back(std::move(one));
    }
    return out;
}

namespace {

void growOne(model::MaskBitmap& bitmap) {
    const model::MaskBitmap before = bitmap;
    for (std::int32_t y = 0; y < bitmap.height; ++y) {
        for (std::int32_t x = 0; x < bitmap.width; ++x) {
            bool near = false;
            for (std::int32_t v = std::max(y - 1, 0); v <= std::min(y + 1, bitmap.height - 1); ++v) {
                for (std::int32_t u = std::max(x - 1, 0); u <= std::min(x + 1, bitmap.width - 1); ++u) {
                    near = near || before.at(u, v);
                }
            }
            bitmap.inside[static_cast<std::size_t>(y) * static_cast<std::size_t>(bitmap.width) +
                          static_cast<std::size_t>(x)] = near ? 1 : 0;
        }
    }
}

} // namespace

void grow(FrameMasks& masks) {
    growOne(masks.all);
    for (FilledMask& one : masks.masks) {
        growOne(one.inside);
    }
}

void fillSamples(const FrameMasks& frame, std::int32_t number, std::span<const ChannelRange> channels,
                 const Fill::Get& stored,
                 const std::function<void(std::size_t pixel, std::size_t channel, std::int64_t value)>& put) {
    for (const FilledMask& one : frame.masks) {
        const Fill fill(*one.mask, number, one.inside, &frame.all, channels, stored);
        const model::RectPx box = one.inside.bounds();
        for (std::int32_t y = box.y; y < box.y + box.height; ++y) {
            for (std::int32_t x = box.x; x < box.x + box.width; ++x) {
                if (!one.inside.at(x, y)) {
                    continue;
                }
                const auto pixel = static_cast<std::size_t>(y) * static_cast<std::size_t>(one.inside.width) +
                                   static_cast<std::size_t>(x);
                for (std::size_t c = 0; c < channels.size(); ++c) {
                    put(pixel, c, fill.at(x, y, c));
                }
            }
        }
    }
}

namespace {

std::int64_t sampleAt(const model::Raster& raster, std::size_t index) {
    if (raster.bitsPerSample == 8) {
        return std::to_integer<std::int64_t>(raster.samples[index]);
    }
    std::uint16_t value = 0;
    std::memcpy(&value, raster.samples.data() + index * sizeof value, sizeof value);
    return raster.isSigned ? static_cast<std::int16_t>(value) : value;
}

void putSample(model::Raster& raster, std::size_t index, std::int64_t value) {
    if (raster.bitsPerSample == 8) {
        raster.samples[index] = static_cast<std::byte>(value & 0xFF);
        return;
    }
    const auto word = static_cast<std::uint16_t>(value & 0xFFFF);
    std::memcpy(raster.samples.data() + index * sizeof word, &word, sizeof word);
}

} // namespace

void fillRaster(model::Raster& raster, const FrameMasks& masks, std::int32_t number) {
    const auto stride = static_cast<std::size_t>(raster.channels);
    const bool alpha = raster.channels == 4;
    const std::size_t colours = stride - (alpha ? 1 : 0);
    const std::int64_t count = std::int64_t{1} << raster.bitsPerSample;
    const std::int64_t lowest = raster.isSigned ? -count / 2 : 0;
    const std::int64_t highest = lowest + count - 1;
    const std::vector<ChannelRange> ranges(
        colours, ChannelRange{raster.invert ? highest : lowest, lowest, highest, true});
    fillSamples(
        masks, number, ranges,
        [&](std::size_t pixel, std::size_t c) { return sampleAt(raster, pixel * stride + c); },
        [&](std::size_t pixel, std::size_t c, std::int64_t value) {
            putSample(raster, pixel * stride + c, value);
            if (alpha && c == 0) {
                putSample(raster, pixel * stride + colours, highest);
            }
        });
}

} // namespace kamei::transform::image
