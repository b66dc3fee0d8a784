#include "core/intake/video/Video.h"

#include <algorithm>
#include <list>
#include <mutex>

extern "C" {
#include <libswscale/swscale.h>
}

#include "core/intake/video/FrameSource.h"
#include "core/intake/video/Rasters.h"

namespace kamei::intake::video {
namespace {

using base::ErrorCode;
constexpr std::string_view kPlace = "intake.video.frame";
constexpr std::size_t kOpenVideos = 3;
constexpr std::size_t kIndexes = 8;

struct FreeScaler {
    void operator()(SwsContext* context) const { sws_freeContext(context); }
};

struct KnownIndex {
    std::string name;
    base::FileStamp stamp;
    std::uint64_t size = 0;
    std::shared_ptr<const Index> index;
};

struct OpenVideo {
    std::string name;
    base::FileStamp stamp;
    std::uint64_t size = 0;
    std::unique_ptr<FrameSource> frames;
};

} // namespace

base::Expected<model::Raster> rasterOf(const AVFrame& frame) {
    const auto format = static_cast<AVPixelFormat>(frame.format);
    if (frame.width <= 0 || frame.height <= 0) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
    // The old names for full range say nothing else.
    const bool full = frame.color_range == AVCOL_RANGE_JPEG || format == AV_PIX_FMT_YUVJ420P ||
                      format == AV_PIX_FMT_YUVJ422P || format == AV_PIX_FMT_YUVJ444P ||
                      format == AV_PIX_FMT_YUVJ440P;
    const std::unique_ptr<SwsContext, FreeScaler> scaler(
        sws_getContext(frame.width, frame.height, format, frame.width, frame.height, AV_PIX_FMT_RGB24,
                       SWS_BILINEAR | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT, nullptr, nullptr, nullptr));
    if (scaler == nullptr) {
        return base::fail(ErrorCode::UnsupportedFormat, kPlace, {"pixels"});
    }
    const int matrix = frame.colorspace == AVCOL_SPC_UNSPECIFIED || frame.colorspace == AVCOL_SPC_RGB
                           ? (frame.height >= 720 ? SWS_CS_ITU709 : SWS_CS_ITU601)
                           : frame.colorspace;
    const int* const table = sws_getCoefficients(matrix);
    sws_setColorspaceDetails(scaler.get(), table, full ? 1 : 0, table, 1, 0, 1 << 16, 1 << 16);
    model::Raster out;
    out.width = frame.width;
    out.height = frame.height;
    out.channels = 3;
    const std::size_t line = static_cast<std::size_t>(frame.width) * 3;
    // The scaler writes whole vectors: lines of its own, with room behind.
    constexpr std::size_t kRoom = 64;
    const std::size_t padded = (line + kRoom - 1) / kRoom * kRoom;
    std::vector<std::byte> buffer(padded * static_cast<std::size_t>(frame.height) + kRoom);
    std::uint8_t* const planes[4] = {reinterpret_cast<std::uint8_t*>(buffer.data()), nullptr, nullptr,
                                     nullptr};
    const int lines[4] = {static_cast<int>(padded), 0, 0, 0};
    if (sws_scale(scaler.get(), frame.data, frame.linesize, 0, frame.height, planes, lines) != frame.height) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
    out.samples.resize(line * static_cast<std::size_t>(frame.height));
    for (std::size_t y = 0; y < static_cast<std::size_t>(frame.height); ++y) {
        std::copy_n(buffer.begin() + static_cast<std::ptrdiff_t>(y * padded), line,
                    out.samples.begin() + static_cast<std::ptrdiff_t>(y * line));
    }
    return out;
}

struct Video::Parts {
    std::shared_ptr<const Index> index;
    std::unique_ptr<FrameSource> frames;
};

Video::Video() : m_parts(std::make_unique<Parts>()) {}
Video::~Video() = default;

base::Expected<std::unique_ptr<Video>> Video::open(const Bytes& bytes, std::stop_token stop) {
    auto index = readIndex(bytes, std::move(stop));
    if (!index) {
        return tl::unexpected(index.error());
    }
    auto frames = FrameSource::open(bytes, *index, 0);
    if (!frames) {
        return tl::unexpected(frames.error());
    }
    std::unique_ptr<Video> out(new Video());
    out->m_parts->index = std::move(*index);
    out->m_parts->frames = std::move(*frames);
    return out;
}

const Facts& Video::facts() const {
    return m_parts->index->facts;
}
const std::shared_ptr<const Index>& Video::index() const {
    return m_parts->index;
}
std::int64_t Video::timeUs(std::int32_t number) const {
    return m_parts->index->timeUs(number);
}

base::Expected<model::Raster> Video::frame(std::int32_t number) {
    const auto frame = m_parts->frames->at(number);
    return frame ? rasterOf(**frame) : tl::unexpected(frame.error());
}

base::Expected<std::shared_ptr<const Index>> indexOf(const Bytes& bytes, const std::string& name,
                                                     std::stop_token stop) {
    static std::mutex mutex;
    static std::list<KnownIndex> known;
    const auto find = [&] {
        return std::ranges::find_if(known, [&](const KnownIndex& row) {
            return row.name == name && row.stamp == bytes.stamp() && row.size == bytes.size();
        });
    };
    {
        const std::lock_guard lock(mutex);
        if (const auto row = find(); row != known.end()) {
            known.splice(known.begin(), known, row);
            return known.front().index;
        }
    }
    auto index = readIndex(bytes, std::move(stop));
    if (index && bytes.stamp() != base::FileStamp{}) {
        const std::lock_guard lock(mutex);
        if (find() == known.end()) {
            known.push_front({name, bytes.stamp(), bytes.size(), *index});
            if (known.size() > kIndexes) {
                known.pop_back();
            }
        }
    }
    return index;
}

base::Expected<std::int32_t> missingFrames(const Bytes& bytes, const std::shared_ptr<const Index>& index,
                                           std::stop_token stop) {
    auto frames = FrameSource::open(bytes, index, 0);
    if (!frames) {
        return tl::unexpected(frames.error());
    }
    constexpr std::int32_t kEnough = 4; // each costs a look from the beginning
    std::int32_t missing = 0;
    for (std::int32_t n = 1; n <= index->facts.frames && missing < kEnough; ++n) {
        if (stop.stop_requested()) {
            return base::fail(ErrorCode::Cancelled, kPlace);
        }
        if (const auto frame = (*frames)->at(n); !frame) {
            if (frame.error().code != ErrorCode::Malformed) {
                return tl::unexpected(frame.error());
            }
            ++missing;
        }
    }
    return missing;
}

base::Expected<const AVFrame*> frameOf(const Bytes& bytes, const std::string& name, std::int32_t number) {
    thread_local std::list<OpenVideo> open;
    const auto row = std::ranges::find_if(open, [&](const OpenVideo& video) {
        return video.name == name && video.stamp == bytes.stamp() && video.size == bytes.size();
    });
    if (row == open.end() || bytes.stamp() == base::FileStamp{}) {
        auto index = indexOf(bytes, name);
        if (!index) {
            return tl::unexpected(index.error());
        }
        auto frames = FrameSource::open(bytes, std::move(*index), 0);
        if (!frames) {
            return tl::unexpected(frames.error());
        }
        open.push_front({name, bytes.stamp(), bytes.size(), std::move(*frames)});
        if (open.size() > kOpenVideos) {
            open.pop_back();
        }
    } else {
        open.splice(open.begin(), open, row);
    }
    return open.front().frames->at(number);
}

base::Expected<model::Raster> decodeVideoFrame(const Bytes& bytes, const std::string& name,
                                               std::int32_t frame) {
    const auto decoded = frameOf(bytes, name, frame);
    return decoded ? rasterOf(**decoded) : tl::unexpected(decoded.error());
}

base::Expected<model::Raster> decodeVideoFrame(const model::Source& source, std::int32_t frame) {
    auto bytes = Bytes::ofFile(source.path);
    if (!bytes) {
        base::Error error = bytes.error();
        error.code = error.code == ErrorCode::NotFound ? ErrorCode::SourceMissing : error.code;
        return tl::unexpected(std::move(error));
    }
    return decodeVideoFrame(*bytes, source.path.string(), frame);
}

} // namespace kamei::intake::video
