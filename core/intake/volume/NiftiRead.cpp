#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/base/FileIo.h"
#include "core/intake/volume/Nifti.h"

namespace kamei::intake::volume {
namespace {

using base::ErrorCode;

constexpr std::string_view kPlace = "intake.nifti";
constexpr std::uint64_t kMostVoxels = std::uint64_t{1} << 30;
constexpr std::uint64_t kMostSlices = 1'000'000;
constexpr double kLevels = 65'535;
constexpr std::size_t kPart = 1 << 16; // voxels converted at once

/// Voxels of the file as numbers.
class Decoder {
public:
    explicit Decoder(const NiftiHeader& header)
        : m_type(header.datatype), m_unit(static_cast<std::size_t>(header.bits / 8)),
          m_swap(header.bigEndian) {}

    [[nodiscard]] std::size_t unit() const { return m_unit; }

    [[nodiscard]] double at(const std::byte* data) const {
        std::uint64_t raw = 0;
        for (std::size_t i = 0; i < m_unit && i < 8; ++i) {
            raw = raw << 8 | std::to_integer<std::uint64_t>(data[m_swap ? i : m_unit - 1 - i]);
        }
        switch (m_type) {
        case 256:
            return static_cast<std::int8_t>(raw);
        case 4:
            return static_cast<std::int16_t>(raw);
        case 8:
            return static_cast<std::int32_t>(raw);
        case 1024:
            return static_cast<double>(static_cast<std::int64_t>(raw));
        case 16:
            return static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(raw)));
        case 64:
            return std::bit_cast<double>(raw);
        default:
            return static_cast<double>(raw);
        }
    }

private:
    std::int32_t m_type;
    std::size_t m_unit;
    bool m_swap;
};

/// Numbers of `count` voxels from where the stream stands.
base::Expected<void> eachVoxel(NiftiStream& stream, const Decoder& decoder, std::uint64_t count,
                               const auto& take) {
    std::vector<std::byte> part(kPart * decoder.unit());
    for (std::uint64_t done = 0; done < count;) {
        const auto now = static_cast<std::size_t>(std::min<std::uint64_t>(kPart, count - done));
        if (auto got = stream.read(std::span(part).first(now * decoder.unit())); !got) {
            return got;
        }
        for (std::size_t i = 0; i < now; ++i) {
            take(done + i, decoder.at(part.data() + i * decoder.unit()));
        }
        done += now;
    }
    return {};
}

/// A stream that stands at the first voxel of a volume.
base::Expected<NiftiStream> streamAt(const model::Source& source, std::uint64_t volume, NiftiHeader& header) {
    auto stream = NiftiStream::open(source);
    if (!stream) {
        return stream;
    }
    auto read = readNiftiHeader(*stream);
    if (!read) {
        return tl::unexpected(read.error());
    }
    header = std::move(*read);
    const auto unit = static_cast<std::uint64_t>(header.bits / 8);
    const std::uint64_t at = header.dataAt - header.bytes.size() + volume * header.voxelsOfVolume() * unit;
    if (auto done = stream->skip(at); !done) {
        return tl::unexpected(done.error());
    }
    return stream;
}

/// Lowest and highest value of what is no exception: a few broken voxels do not flatten the others.
struct Range {
    double low = 0;
    double high = 0;
};

base::Expected<Range> rangeOf(NiftiStream& stream, const Decoder& decoder, std::uint64_t count) {
    constexpr std::uint64_t kSamples = 1 << 20;
    const std::uint64_t every = std::max<std::uint64_t>(1, count / kSamples);
    std::vector<double> seen;
    seen.reserve(static_cast<std::size_t>(count / every) + 1);
    auto done = eachVoxel(stream, decoder, count, [&](std::uint64_t index, double value) {
        if (index % every == 0 && std::isfinite(value)) {
            seen.push_back(value);
        }
    });
    if (!done) {
        return tl::unexpected(done.error());
    }
    if (seen.empty()) {
        return Range{0, 1};
    }
    const auto quantile = [&](double share) {
        const auto at =
            seen.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(seen.size() - 1));
        std::ranges::nth_element(seen, at);
        return *at;
    };
    constexpr double kException = 1e-4;
    const double low = quantile(kException);
    const double high = quantile(1 - kException);
    const double room = std::max(high - low, 1e-12) / 2;
    return Range{low - room, high + room};
}

base::Expected<model::Raster> pictureOf(NiftiStream& stream, const NiftiHeader& header) {
    model::Raster out;
    out.width = static_cast<std::int32_t>(header.dims[0]);
    out.height = static_cast<std::int32_t>(header.dims[1]);
    const std::uint64_t count =
        static_cast<std::uint64_t>(out.width) * static_cast<std::uint64_t>(out.height);
    if (count > kMostVoxels) {
        return base::fail(ErrorCode::TooLarge, kPlace, {"dim"});
    }
    if (header.datatype == 128 || header.datatype == 2304) {
        const std::size_t unit = header.datatype == 128 ? 3 : 4;
        std::vector<std::byte> raw(static_cast<std::size_t>(count) * unit);
        if (auto got = stream.read(raw); !got) {
            return tl::unexpected(got.error());
        }
        out.channels = 3;
        for (std::size_t i = 0; i < raw.size(); i += unit) {
            out.samples.insert(out.samples.end(), raw.begin() + static_cast<std::ptrdiff_t>(i),
                               raw.begin() + static_cast<std::ptrdiff_t>(i + 3));
        }
        return out;
    }
    if (header.datatype == 32 || header.bits > 64) {
        return base::fail(ErrorCode::UnsupportedFormat, kPlace, {"datatype"});
    }
    std::vector<double> values(static_cast<std::size_t>(count));
    auto done = eachVoxel(stream, Decoder(header), count, [&](std::uint64_t index, double value) {
        values[static_cast<std::size_t>(index)] = std::isfinite(value) ? value : 0;
    });
    if (!done) {
        return tl::unexpected(done.error());
    }
    const auto [low, high] = std::ranges::minmax(values);
    out.bitsPerSample = 16;
    out.slope = high > low ? (high - low) / kLevels : 1;
    out.intercept = low;
    out.samples.resize(values.size() * 2);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto stored =
            static_cast<std::uint16_t>(std::lround(std::clamp((values[i] - low) / out.slope, 0.0, kLevels)));
        std::memcpy(out.samples.data() + 2 * i, &stored, sizeof stored);
    }
    return out;
}

base::Expected<model::Raster> picture(NiftiStream stream, std::int32_t frame) {
    const auto header = readNiftiHeader(stream);
    if (!header) {
        return tl::unexpected(header.error());
    }
    const std::uint64_t slices = static_cast<std::uint64_t>(header->dims[2]) * header->volumes();
    if (frame < 1 || static_cast<std::uint64_t>(frame) > slices) {
        return base::fail(ErrorCode::NotPossible, kPlace);
    }
    const std::uint64_t plane = static_cast<std::uint64_t>(header->dims[0] * header->dims[1]) *
                                static_cast<std::uint64_t>(header->bits / 8);
    const std::uint64_t at =
        header->dataAt - header->bytes.size() + static_cast<std::uint64_t>(frame - 1) * plane;
    if (auto done = stream.skip(at); !done) {
        return tl::unexpected(done.error());
    }
    return pictureOf(stream, *header);
}

} // namespace

base::Expected<Description> describeNifti(const Location& location, std::string_view content) {
    if (content.empty()) {
        return base::fail(ErrorCode::Empty, kPlace);
    }
    auto stream = NiftiStream::ofMemory(content);
    const auto header = readNiftiHeader(stream);
    if (!header) {
        return tl::unexpected(header.error());
    }
    if (!header->compressed) {
        std::uint64_t size = content.size();
        if (location.member.empty()) {
            const auto stamp = base::fileStamp(location.path);
            size = stamp ? std::max(size, stamp->size) : size;
        }
        if (size < header->dataAt + header->dataBytes()) {
            return base::fail(ErrorCode::Truncated, kPlace);
        }
    }
    const std::uint64_t slices = static_cast<std::uint64_t>(header->dims[2]) * header->volumes();
    if (slices > kMostSlices) {
        return base::fail(ErrorCode::TooLarge, kPlace, {"dim"});
    }
    Description out;
    out.kind = model::AssetKind::Volume;
    out.frames = static_cast<std::int32_t>(slices);
    out.title = "NIfTI " + std::to_string(header->dims[0]) + " x " + std::to_string(header->dims[1]) + " x " +
                std::to_string(header->dims[2]);
    out.facts = nlohmann::json{{"columns", header->dims[0]}, {"rows", header->dims[1]},
                               {"slices", header->dims[2]},  {"volumes", header->volumes()},
                               {"bits", header->bits},       {"nifti", header->second ? 2 : 1}}
                    .dump();
    return out;
}

base::Expected<model::Raster> decodeNiftiPicture(const model::Source& source, std::int32_t frame) {
    model::Source unstamped = source;
    unstamped.stamp = {};
    auto stream = NiftiStream::open(unstamped);
    return stream ? picture(std::move(*stream), frame) : tl::unexpected(stream.error());
}

base::Expected<model::Raster> decodeNiftiPicture(std::string_view content, std::int32_t frame) {
    return picture(NiftiStream::ofMemory(content), frame);
}

base::Expected<Listing> listNifti(std::span<const model::Source> sources) {
    Listing out;
    for (std::size_t i = 0; i < sources.size(); ++i) {
        auto stream = NiftiStream::open(sources[i]);
        if (!stream) {
            return tl::unexpected(stream.error());
        }
        const auto header = readNiftiHeader(*stream);
        if (!header) {
            return tl::unexpected(header.error());
        }
        const auto slices = static_cast<std::uint64_t>(header->dims[2]);
        if (slices * header->volumes() > kMostSlices) {
            return base::fail(ErrorCode::TooLarge, kPlace, {"dim"});
        }
        if (!header->problem.empty()) {
            out.problems.push_back(header->problem);
        }
        for (std::uint64_t volume = 0; volume < header->volumes(); ++volume) {
            VolumeInfo info;
            info.geometry = header->geometry;
            info.notes = header->notes;
            for (std::uint64_t slice = 0; slice < slices; ++slice) {
                SlicePlace place;
                place.source = i;
                place.frame = static_cast<std::int32_t>(volume * slices + slice + 1);
                place.slope = header->slope;
                place.intercept = header->intercept;
                place.reason = header->problem;
                place.placed = header->problem.empty();
                if (place.placed) {
                    place.geometry = header->geometry;
                    place.geometry.size[2] = 1;
                    place.geometry.origin = header->geometry.at(0, 0, static_cast<double>(slice));
                    place.volume = static_cast<std::int32_t>(out.volumes.size());
                    place.slice = static_cast<double>(slice);
                }
                info.places.push_back(out.places.size());
                out.places.push_back(std::move(place));
            }
            if (header->problem.empty()) {
                out.volumes.push_back(std::move(info));
            }
        }
    }
    return out;
}

base::Expected<model::Volume> readNifti(const Listing& listing, std::size_t index,
                                        std::span<const model::Source> sources) {
    const VolumeInfo& info = listing.volumes[index];
    const SlicePlace& first = listing.places[info.places.front()];
    if (first.source >= sources.size()) {
        return base::fail(ErrorCode::InvalidArgument, kPlace);
    }
    const std::uint64_t count = info.geometry.voxels();
    if (count > kMostVoxels) {
        return base::fail(ErrorCode::TooLarge, kPlace, {std::to_string(count)});
    }
    const auto volume =
        static_cast<std::uint64_t>(first.frame - 1) / static_cast<std::uint64_t>(info.geometry.size[2]);
    NiftiHeader header;
    auto stream = streamAt(sources[first.source], volume, header);
    if (!stream) {
        return tl::unexpected(stream.error());
    }
    model::Volume out;
    out.geometry = info.geometry;
    double slope = 1;
    double offset = 0; // voxel = (sample - offset) / slope
    if (header.datatype == 512) {
        offset = 32'768;
    } else if (header.bits > 16) {
        const auto range = rangeOf(*stream, Decoder(header), count);
        if (!range) {
            return tl::unexpected(range.error());
        }
        slope = (range->high - range->low) / kLevels;
        offset = range->low + 32'768 * slope;
        stream = streamAt(sources[first.source], volume, header);
        if (!stream) {
            return tl::unexpected(stream.error());
        }
    }
    // A volume's slope is positive: a negative one of the file turns its voxels round.
    const double sign = header.slope < 0 ? -1 : 1;
    out.slope = slope * std::abs(header.slope);
    out.intercept = offset * header.slope + header.intercept;
    out.voxels.resize(static_cast<std::size_t>(count));
    auto done = eachVoxel(*stream, Decoder(header), count, [&](std::uint64_t at, double sample) {
        const double voxel = std::isfinite(sample) ? sign * std::round((sample - offset) / slope) : -32'768;
        out.voxels[static_cast<std::size_t>(at)] =
            static_cast<std::int16_t>(std::clamp(voxel, -32'768.0, 32'767.0));
    });
    if (!done) {
        return tl::unexpected(done.error());
    }
    return out;
}

} // namespace kamei::intake::volume
