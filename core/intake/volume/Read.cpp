#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <new>
#include <optional>

#include "core/intake/dicom/PixelCodec.h"
#include "core/intake/volume/Nifti.h"
#include "core/intake/volume/OpenSource.h"
#include "core/intake/volume/Series.h"

namespace kamei::intake::volume {
namespace {

using base::ErrorCode;

constexpr std::string_view kPlace = "intake.volume.read";
constexpr std::size_t kMostVoxels = std::size_t{1} << 30;
constexpr double kLevels = 65'535;
constexpr double kOnPlace = 1e-3; // of a step
constexpr double kAirHu = -1024;  // what scanners write outside the field of view
constexpr dicom::Tag kPadding = 0x00280120, kPaddingLimit = 0x00280121;

/// Opens sources as frames are asked for; the last one stays open.
class Frames {
public:
    Frames(std::span<const model::Source> sources, double lowest) : m_sources(sources), m_lowest(lowest) {}

    base::Expected<void> read(const SlicePlace& place, std::vector<float>& out) {
        if (!m_open || m_at != place.source) {
            if (auto opened = open(place.source); !opened) {
                return opened;
            }
        }
        const auto decoded = m_decoder->decode(place.frame - 1);
        if (!decoded) {
            return tl::unexpected(decoded.error());
        }
        const auto& size = place.geometry.size;
        const auto count = static_cast<std::size_t>(size[0]) * static_cast<std::size_t>(size[1]);
        const dicom::PixelFormat& format = decoded->format;
        const auto unit = static_cast<std::size_t>(format.bitsAllocated / 8);
        if (format.samples != 1 || format.isFloat || unit == 0 || decoded->samples.size() < count * unit) {
            return base::fail(ErrorCode::Malformed, kPlace, {"(7FE0,0010)"});
        }
        out.resize(count);
        convert(*decoded, place, unit, out);
        return {};
    }

private:
    base::Expected<void> open(std::size_t index) {
        m_decoder.reset();
        m_open.reset();
        if (index >= m_sources.size()) {
            return base::fail(ErrorCode::InvalidArgument, kPlace);
        }
        auto opened = openSource(m_sources[index]);
        if (!opened) {
            return tl::unexpected(opened.error());
        }
        m_open = std::move(*opened);
        auto decoder = dicom::FrameDecoder::make(*m_open->instance);
        if (!decoder) {
            return tl::unexpected(decoder.error());
        }
        m_decoder.emplace(std::move(*decoder));
        m_at = index;
        m_padding = m_open->instance->number(kPadding);
        m_limit = m_open->instance->number(kPaddingLimit);
        return {};
    }

    void convert(const dicom::DecodedFrame& frame, const SlicePlace& place, std::size_t unit,
                 std::vector<float>& out) const {
        const dicom::PixelFormat& format = frame.format;
        const int shift = format.highBit + 1 - format.bitsStored;
        const int unused = 64 - format.bitsStored;
        // US or SS: read as written, which may be the other one (PS3.3 C.7.5.1.1.2).
        const auto asStored = [&](std::int64_t value) {
            const std::uint64_t top = static_cast<std::uint64_t>(value) << unused;
            return format.isSigned ? static_cast<std::int64_t>(top) >> unused
                                   : static_cast<std::int64_t>(top >> unused);
        };
        const std::int64_t padding = asStored(m_padding.value_or(0));
        const std::int64_t limit = m_limit ? asStored(*m_limit) : padding;
        const std::int64_t low = m_padding ? std::min(padding, limit) : 1;
        const std::int64_t high = m_padding ? std::max(padding, limit) : 0;
        const std::byte* data = frame.samples.data();
        for (std::size_t i = 0; i < out.size(); ++i) {
            const std::uint64_t raw = dicom::sampleAt(data, i, unit);
            const std::int64_t value = asStored(static_cast<std::int64_t>(raw >> shift));
            out[i] = value >= low && value <= high
                         ? static_cast<float>(m_lowest)
                         : static_cast<float>(static_cast<double>(value) * place.slope + place.intercept);
        }
    }

    std::span<const model::Source> m_sources;
    double m_lowest; ///< for samples that are padding
    std::unique_ptr<OpenSource> m_open;
    std::optional<dicom::FrameDecoder> m_decoder;
    std::size_t m_at = 0;
    std::optional<std::int64_t> m_padding;
    std::optional<std::int64_t> m_limit;
};

class Reading {
public:
    Reading(const Listing& listing, const VolumeInfo& info, std::span<const model::Source> sources,
            std::int32_t every)
        : m_listing(listing), m_info(info), m_sources(sources), m_every(std::max(1, every)) {}

    base::Expected<model::Volume> read(const std::stop_token& stop, base::ProgressSink* progress) {
        m_out.geometry = m_info.geometry;
        m_out.modality = m_info.modality;
        m_out.frameOfReference = m_info.frameOfReference;
        const std::int32_t all = m_info.geometry.size[2];
        m_out.geometry.size[2] = (all + m_every - 1) / m_every;
        for (double& step : m_out.geometry.axes[2]) {
            step *= m_every;
        }
        if (m_out.geometry.voxels() > kMostVoxels) {
            return base::fail(ErrorCode::TooLarge, kPlace, {std::to_string(m_out.geometry.voxels())});
        }
        chooseScale();
        m_out.voxels.resize(m_out.geometry.voxels());
        Frames frames(m_sources, m_padded);
        std::vector<float> before;
        std::vector<float> after;
        std::size_t next = 0; // of m_info.places
        double beforeAt = -1;
        double afterAt = -1;
        for (std::int32_t slice = 0; slice < m_out.geometry.size[2]; ++slice) {
            if (stop.stop_requested()) {
                return base::fail(ErrorCode::Cancelled, kPlace);
            }
            const double at = std::min<double>(slice * static_cast<double>(m_every), all - 1);
            // The frame at or behind the slice, and the one before it.
            while (next < m_info.places.size() && (afterAt < at - kOnPlace || afterAt < 0)) {
                const SlicePlace& place = m_listing.places[m_info.places[next++]];
                const bool needed = next >= m_info.places.size() || place.slice >= at - kOnPlace ||
                                    m_listing.places[m_info.places[next]].slice > at + kOnPlace;
                if (!needed) {
                    continue;
                }
                std::swap(before, after);
                beforeAt = afterAt;
                if (auto got = frames.read(place, after); !got) {
                    return tl::unexpected(got.error());
                }
                afterAt = place.slice;
            }
            write(slice, at, before, beforeAt, after, afterAt);
            if (progress != nullptr) {
                progress->progress(static_cast<std::uint64_t>(slice) + 1,
                                   static_cast<std::uint64_t>(m_out.geometry.size[2]));
            }
        }
        return std::move(m_out);
    }

private:
    /// One scale for all frames that keeps whole numbers whole where all have the same slope.
    void chooseScale() {
        double low = std::numeric_limits<double>::max();
        double high = -low;
        double slope = 0;
        bool same = true;
        for (const std::size_t index : m_info.places) {
            const SlicePlace& place = m_listing.places[index];
            low = std::min(low, place.lowest);
            high = std::max(high, place.highest);
            same = same && (slope == 0 || place.slope == slope);
            slope = place.slope;
        }
        const double needed = (high - low) / kLevels;
        const double kept = std::abs(slope);
        m_out.slope = same && needed <= kept * (1 + 1e-9) ? kept : std::max(needed, 1e-30);
        // Voxels are the stored samples wherever these fit.
        m_out.intercept = m_listing.places[m_info.places.front()].intercept;
        const double least = std::round((low - m_out.intercept) / m_out.slope);
        const double most = std::round((high - m_out.intercept) / m_out.slope);
        if (least < -32'768 || most > 32'767) {
            m_out.intercept += (least + 32'768) * m_out.slope;
        }
        m_padded = m_info.modality == "CT" ? std::max(low, kAirHu) : std::max(low, std::min(0.0, high));
    }

    void write(std::int32_t slice, double at, const std::vector<float>& before, double beforeAt,
               const std::vector<float>& after, double afterAt) {
        const std::size_t count = after.size();
        std::int16_t* to = m_out.voxels.data() + static_cast<std::size_t>(slice) * count;
        const auto scaled = [this](double value) {
            const double voxel = std::round((value - m_out.intercept) / m_out.slope);
            return static_cast<std::int16_t>(std::clamp(voxel, -32'768.0, 32'767.0));
        };
        const bool between = beforeAt >= 0 && before.size() == count && std::abs(afterAt - at) > kOnPlace &&
                             afterAt > beforeAt && at < afterAt;
        if (!between) {
            std::ranges::transform(after, to, scaled);
            return;
        }
        const double share = std::clamp((at - beforeAt) / (afterAt - beforeAt), 0.0, 1.0);
        for (std::size_t i = 0; i < count; ++i) {
            to[i] = scaled(before[i] + (after[i] - before[i]) * share);
        }
    }

    const Listing& m_listing;
    const VolumeInfo& m_info;
    std::span<const model::Source> m_sources;
    std::int32_t m_every;
    model::Volume m_out;
    double m_padded = 0;
};

} // namespace

base::Expected<model::Volume> readVolume(const Listing& listing, std::size_t index,
                                         std::span<const model::Source> sources, std::stop_token stop,
                                         base::ProgressSink* progress, std::int32_t every) {
    if (index >= listing.volumes.size()) {
        return base::fail(ErrorCode::NotPossible, kPlace,
                          {listing.problems.empty() ? "no-volume" : listing.problems.front()});
    }
    try {
        if (!sources.empty() && sources.front().format == "nifti") {
            return readNifti(listing, index, sources);
        }
        return Reading(listing, listing.volumes[index], sources, every).read(stop, progress);
    } catch (const std::bad_alloc&) {
        return base::fail(ErrorCode::OutOfMemory, kPlace);
    }
}

base::Expected<model::Volume> readVolume(const model::Asset& asset, std::span<const model::Source> sources,
                                         std::stop_token stop, base::ProgressSink* progress,
                                         std::size_t index) {
    const auto listing = listVolumes(asset, sources, stop);
    return listing ? readVolume(*listing, index, sources, stop, progress) : tl::unexpected(listing.error());
}

} // namespace kamei::intake::volume
