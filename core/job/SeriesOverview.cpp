#include <algorithm>
#include <atomic>
#include <bit>
#include <cstring>
#include <limits>
#include <mutex>
#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/job/Pictures.h"

namespace kamei::job {
namespace {

using model::Raster;

std::size_t sampleCount(const Raster& raster) {
    return static_cast<std::size_t>(raster.width) * static_cast<std::size_t>(raster.height) *
           static_cast<std::size_t>(raster.channels);
}

/// Whether samples of two pictures mean the same; their sizes may differ.
bool alike(const Raster& left, const Raster& right) {
    return left.channels == right.channels && left.bitsPerSample == right.bitsPerSample &&
           left.isSigned == right.isSigned;
}

/// Calls `take` with index and value of each sample.
template <class Take> void forEachSample(const Raster& raster, Take take) {
    const std::size_t count = sampleCount(raster);
    const std::byte* data = raster.samples.data();
    if (raster.bitsPerSample == 8) {
        for (std::size_t i = 0; i < count; ++i) {
            take(i, std::to_integer<std::int32_t>(data[i]));
        }
        return;
    }
    for (std::size_t i = 0; i < count; ++i) {
        std::uint16_t value = 0;
        std::memcpy(&value, data + 2 * i, 2);
        take(i, raster.isSigned ? std::int32_t{std::bit_cast<std::int16_t>(value)} : std::int32_t{value});
    }
}

/// Lowest and highest sample of a picture.
std::pair<std::int32_t, std::int32_t> rangeOf(const Raster& raster) {
    std::int32_t low = std::numeric_limits<std::int32_t>::max();
    std::int32_t high = std::numeric_limits<std::int32_t>::min();
    forEachSample(raster, [&](std::size_t, std::int32_t value) {
        low = std::min(low, value);
        high = std::max(high, value);
    });
    return {low, high};
}

/// The samples of a picture that is kept in another way (colour among grey, 8 among 16 bits) as the first one
/// keeps its own: its range is stretched over that of the first, so that characters stay as bright as they
/// are.
std::vector<std::int32_t> samplesLike(const Raster& raster, const Raster& first) {
    const auto [low, high] = rangeOf(raster);
    const auto [firstLow, firstHigh] = rangeOf(first);
    const auto pixels = static_cast<std::size_t>(raster.width) * static_cast<std::size_t>(raster.height);
    const auto channels = static_cast<std::size_t>(raster.channels);
    const auto wanted = static_cast<std::size_t>(first.channels);
    std::vector<std::int32_t> brightest(pixels, low);
    forEachSample(raster, [&](std::size_t i, std::int32_t value) {
        brightest[i / channels] = std::max(brightest[i / channels], value);
    });
    std::vector<std::int32_t> out(pixels * wanted);
    const std::int64_t span = std::max(1, high - low);
    for (std::size_t i = 0; i < out.size(); ++i) {
        const std::int64_t above = brightest[i / wanted] - low;
        out[i] = static_cast<std::int32_t>(firstLow + above * (std::int64_t{firstHigh} - firstLow) / span);
    }
    return out;
}

/// Extremes and sum over some of the frames, on a canvas as large as the largest of them. Frames of other
/// sizes lie at its upper left, where masks count from.
struct Extremes {
    std::size_t channels = 1;
    std::size_t width = 0;
    std::size_t height = 0;
    std::vector<std::int32_t> maximum;
    std::vector<std::int32_t> minimum;
    std::vector<std::int64_t> sum;
    std::vector<std::int32_t> covered; ///< frames that have the sample
    std::int32_t frames = 0;

    void grow(std::size_t toWidth, std::size_t toHeight) {
        if (toWidth <= width && toHeight <= height) {
            return;
        }
        const std::size_t newWidth = std::max(width, toWidth);
        const std::size_t newHeight = std::max(height, toHeight);
        const auto moved = [&](auto& values, auto empty) {
            std::remove_reference_t<decltype(values)> out(newWidth * newHeight * channels, empty);
            for (std::size_t y = 0; y < height; ++y) {
                const auto row = values.begin() + static_cast<std::ptrdiff_t>(y * width * channels);
                std::copy(row, row + static_cast<std::ptrdiff_t>(width * channels),
                          out.begin() + static_cast<std::ptrdiff_t>(y * newWidth * channels));
            }
            values = std::move(out);
        };
        moved(maximum, std::numeric_limits<std::int32_t>::min());
        moved(minimum, std::numeric_limits<std::int32_t>::max());
        moved(sum, std::int64_t{0});
        moved(covered, std::int32_t{0});
        width = newWidth;
        height = newHeight;
    }
    void put(std::size_t at, std::int32_t value) {
        maximum[at] = std::max(maximum[at], value);
        minimum[at] = std::min(minimum[at], value);
        sum[at] += value;
        ++covered[at];
    }
    void add(const Raster& raster, const Raster& first) {
        channels = static_cast<std::size_t>(first.channels);
        const auto across = static_cast<std::size_t>(raster.width) * channels;
        grow(static_cast<std::size_t>(raster.width), static_cast<std::size_t>(raster.height));
        const auto place = [&](std::size_t i) { return i / across * width * channels + i % across; };
        if (alike(raster, first)) {
            forEachSample(raster, [&](std::size_t i, std::int32_t value) { put(place(i), value); });
        } else {
            const auto samples = samplesLike(raster, first);
            for (std::size_t i = 0; i < samples.size(); ++i) {
                put(place(i), samples[i]);
            }
        }
        ++frames;
    }
    void add(const Extremes& other) {
        channels = other.channels;
        grow(other.width, other.height);
        for (std::size_t i = 0; i < other.maximum.size(); ++i) {
            const std::size_t across = other.width * channels;
            const std::size_t at = i / across * width * channels + i % across;
            maximum[at] = std::max(maximum[at], other.maximum[i]);
            minimum[at] = std::min(minimum[at], other.minimum[i]);
            sum[at] += other.sum[i];
            covered[at] += other.covered[i];
        }
        frames += other.frames;
    }
    /// Where no frame lies everything is 0.
    void settle() {
        for (std::size_t i = 0; i < covered.size(); ++i) {
            if (covered[i] == 0) {
                maximum[i] = minimum[i] = 0;
            }
        }
    }
};

/// A picture like `model` with samples given by `value(i)`.
template <class Value> Raster pictureLike(const Raster& model, Value value) {
    Raster out = model;
    const std::size_t count = sampleCount(model);
    for (std::size_t i = 0; i < count; ++i) {
        const std::int64_t sample = value(i);
        if (model.bitsPerSample == 8) {
            out.samples[i] = static_cast<std::byte>(sample);
        } else {
            const auto word = static_cast<std::uint16_t>(sample);
            std::memcpy(out.samples.data() + 2 * i, &word, 2);
        }
    }
    return out;
}

SeriesOverview finish(const Raster& first, Extremes all) {
    all.settle();
    SeriesOverview out;
    out.frames = all.frames;
    Raster canvas = first;
    canvas.width = static_cast<std::int32_t>(all.width);
    canvas.height = static_cast<std::int32_t>(all.height);
    canvas.samples.resize(all.maximum.size() * (first.bitsPerSample == 8 ? 1 : 2));
    out.maximum = pictureLike(canvas, [&](std::size_t i) { return all.maximum[i]; });
    out.minimum = pictureLike(canvas, [&](std::size_t i) { return all.minimum[i]; });
    out.mean = pictureLike(
        canvas, [&](std::size_t i) { return all.sum[i] / std::max<std::int64_t>(1, all.covered[i]); });
    Raster flat = canvas;
    // A difference has no sign, no offset and no polarity, and no stated window fits it.
    flat.isSigned = false;
    flat.invert = false;
    flat.intercept = 0;
    flat.windowWidth = 0;
    out.variation =
        pictureLike(flat, [&](std::size_t i) { return std::int64_t{all.maximum[i]} - all.minimum[i]; });
    return out;
}

} // namespace

base::Expected<SeriesOverview> overviewOf(Session& session, base::AssetId asset, Side side,
                                          std::stop_token stop) {
    const auto pictures = Pictures::open(session, asset, side);
    if (!pictures) {
        return tl::unexpected(pictures.error());
    }
    const std::int32_t frames = pictures->frames();
    const auto first = pictures->frame(1);
    if (!first) {
        return tl::unexpected(first.error());
    }
    std::mutex mutex;
    Extremes all;
    all.add(first->raster, first->raster);
    std::optional<base::Error> failed;
    std::atomic<bool> ended{false};
    constexpr std::int32_t kGrain = 16;
    tbb::parallel_for(tbb::blocked_range<std::int32_t>(2, frames + 1, kGrain), [&](const auto& range) {
        Extremes part;
        for (std::int32_t frame = range.begin(); frame != range.end() && !ended.load(); ++frame) {
            if (stop.stop_requested()) {
                return;
            }
            const auto picture = pictures->frame(frame);
            if (!picture) {
                const std::lock_guard lock(mutex);
                failed = picture.error();
                ended = true;
                return;
            }
            part.add(picture->raster, first->raster);
        }
        const std::lock_guard lock(mutex);
        if (part.frames > 0) {
            all.add(part);
        }
    });
    if (failed) {
        return tl::unexpected(*failed);
    }
    if (stop.stop_requested()) {
        return base::fail(base::ErrorCode::Cancelled, "job.overview");
    }
    return finish(first->raster, std::move(all));
}

} // namespace kamei::job
