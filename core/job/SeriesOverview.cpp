#include <algorithm>
#include <atomic>
#include <bit>
#include <cstring>
#include <limits>
#include <mutex>
#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include "core/job/Pictures.h"

namespace kamei::job {
namespace {

using model::Raster;

std::size_t sampleCount(const Raster& raster) {
    return static_cast<std::size_t>(raster.width) * static_cast<std::size_t>(raster.height) *
           static_cast<std::size_t>(raster.channels);
}

bool alike(const Raster& left, const Raster& right) {
    return left.width == right.width && left.height == right.height && left.channels == right.channels &&
           left.bitsPerSample == right.bitsPerSample && left.isSigned == right.isSigned;
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

/// Extremes and sum over some of the frames.
struct Extremes {
    std::vector<std::int32_t> maximum;
    std::vector<std::int32_t> minimum;
    std::vector<std::int64_t> sum;
    std::int32_t frames = 0;

    void add(const Raster& raster) {
        const std::size_t count = sampleCount(raster);
        if (maximum.empty()) {
            maximum.assign(count, std::numeric_limits<std::int32_t>::min());
            minimum.assign(count, std::numeric_limits<std::int32_t>::max());
            sum.assign(count, 0);
        }
        forEachSample(raster, [this](std::size_t i, std::int32_t value) {
            maximum[i] = std::max(maximum[i], value);
            minimum[i] = std::min(minimum[i], value);
            sum[i] += value;
        });
        ++frames;
    }
    void add(const Extremes& other) {
        if (maximum.empty()) {
            *this = other;
            return;
        }
        for (std::size_t i = 0; i < other.maximum.size(); ++i) {
            maximum[i] = std::max(maximum[i], other.maximum[i]);
            minimum[i] = std::min(minimum[i], other.minimum[i]);
            sum[i] += other.sum[i];
        }
        frames += other.frames;
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

SeriesOverview finish(const Raster& first, const Extremes& all) {
    SeriesOverview out;
    out.frames = all.frames;
    out.maximum = pictureLike(first, [&](std::size_t i) { return all.maximum[i]; });
    out.minimum = pictureLike(first, [&](std::size_t i) { return all.minimum[i]; });
    out.mean = pictureLike(first, [&](std::size_t i) { return all.sum[i] / all.frames; });
    Raster flat = first;
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
    all.add(first->raster);
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
            // Localisers of another size have no place in the same picture; `frames` tells how many do.
            if (alike(picture->raster, first->raster)) {
                part.add(picture->raster);
            }
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
    return finish(first->raster, all);
}

} // namespace kamei::job
