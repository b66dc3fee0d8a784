#include "core/transform/video/Muxer.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <unistd.h>

namespace kamei::transform::video {
namespace {

using base::ErrorCode;
using intake::video::errorOf;

constexpr std::string_view kPlace = "transform.video.mux";
constexpr int kIoPart = 64 * 1024;

struct MuxerRow {
    std::string_view container;
    const char* muxer;
};
constexpr std::array kMuxers{
    MuxerRow{"mp4", "mp4"},      MuxerRow{"mov", "mov"},   MuxerRow{"avi", "avi"},
    MuxerRow{"mkv", "matroska"}, MuxerRow{"mpeg", "vob"},  MuxerRow{"mpegts", "mpegts"},
    MuxerRow{"h264", "h264"},    MuxerRow{"hevc", "hevc"}, MuxerRow{"m4v", "m4v"},
};

const char* muxerFor(const std::string& container, AVCodecID codec) {
    if (container == "mpegvideo") {
        return codec == AV_CODEC_ID_MPEG1VIDEO ? "mpeg1video" : "mpeg2video";
    }
    if (container == "mpeg" && codec == AV_CODEC_ID_MPEG1VIDEO) {
        return "mpeg";
    }
    const auto* const row = std::ranges::find(kMuxers, std::string_view(container), &MuxerRow::container);
    return row == kMuxers.end() ? nullptr : row->muxer;
}

} // namespace

int Muxer::writePart(void* self, std::uint8_t* data, int size) {
    auto& muxer = *static_cast<Muxer*>(self);
    for (int done = 0; done < size;) {
        const ssize_t wrote = ::pwrite(muxer.m_descriptor, data + done, static_cast<std::size_t>(size - done),
                                       static_cast<off_t>(muxer.m_at));
        if (wrote < 0) {
            if (errno == EINTR) {
                continue;
            }
            muxer.m_errno = errno;
            return AVERROR(errno);
        }
        done += static_cast<int>(wrote);
        muxer.m_at += wrote;
        muxer.m_size = std::max(muxer.m_size, muxer.m_at);
    }
    return size;
}

std::int64_t Muxer::seekTo(void* self, std::int64_t offset, int whence) {
    auto& muxer = *static_cast<Muxer*>(self);
    if (whence == AVSEEK_SIZE) {
        return muxer.m_size;
    }
    const std::int64_t from = whence == SEEK_CUR ? muxer.m_at : whence == SEEK_END ? muxer.m_size : 0;
    if (from + offset < 0) {
        return AVERROR(EINVAL);
    }
    return muxer.m_at = from + offset;
}

base::Error Muxer::failure(int code) const {
    return m_errno != 0 ? base::errorFromErrno(m_errno, kPlace) : errorOf(code, kPlace);
}

base::Expected<std::unique_ptr<Muxer>> Muxer::open(int descriptor, const std::string& container,
                                                   const VideoStream& video,
                                                   const std::vector<SoundStream>& sound) {
    intake::video::silence();
    const char* const name = muxerFor(container, video.parameters->codec_id);
    const AVOutputFormat* const format = name == nullptr ? nullptr : av_guess_format(name, nullptr, nullptr);
    if (format == nullptr) {
        return base::fail(ErrorCode::UnsupportedFormat, kPlace, {container});
    }
    std::unique_ptr<Muxer> out(new Muxer(descriptor));
    auto* buffer = static_cast<unsigned char*>(av_malloc(kIoPart));
    if (buffer == nullptr) {
        return base::fail(ErrorCode::OutOfMemory, kPlace);
    }
    out->m_io.reset(avio_alloc_context(buffer, kIoPart, 1, out.get(), nullptr, writePart, seekTo));
    AVFormatContext* context = nullptr;
    if (out->m_io == nullptr || avformat_alloc_output_context2(&context, format, nullptr, nullptr) < 0) {
        return base::fail(ErrorCode::OutOfMemory, kPlace);
    }
    out->m_context.reset(context);
    context->pb = out->m_io.get();
    context->flags |= AVFMT_FLAG_CUSTOM_IO | AVFMT_FLAG_BITEXACT;
    context->strict_std_compliance = FF_COMPLIANCE_UNOFFICIAL;
    context->avoid_negative_ts =
        container == "avi" ? AVFMT_AVOID_NEG_TS_MAKE_ZERO : AVFMT_AVOID_NEG_TS_DISABLED;
    AVStream* const stream = avformat_new_stream(context, nullptr);
    if (stream == nullptr || avcodec_parameters_copy(stream->codecpar, video.parameters.get()) < 0) {
        return base::fail(ErrorCode::OutOfMemory, kPlace);
    }
    stream->time_base = video.timeBase;
    stream->avg_frame_rate = stream->r_frame_rate = video.rate;
    stream->sample_aspect_ratio = video.parameters->sample_aspect_ratio;
    if (video.displayMatrix.size() == 9) {
        auto* const matrix =
            av_stream_new_side_data(stream, AV_PKT_DATA_DISPLAYMATRIX, 9 * sizeof(std::int32_t));
        if (matrix == nullptr) {
            return base::fail(ErrorCode::OutOfMemory, kPlace);
        }
        std::memcpy(matrix, video.displayMatrix.data(), 9 * sizeof(std::int32_t));
    }
    for (const SoundStream& source : sound) {
        AVStream* const added = avformat_new_stream(context, nullptr);
        if (added == nullptr || avcodec_parameters_copy(added->codecpar, source.parameters) < 0) {
            return base::fail(ErrorCode::OutOfMemory, kPlace);
        }
        added->time_base = source.timeBase;
        added->codecpar->codec_tag = 0;
    }
    AVDictionary* options = nullptr;
    if (video.timeBase.num == 1) {
        av_dict_set_int(&options, "video_track_timescale", video.timeBase.den, 0);
    }
    av_dict_set_int(&options, "mpegts_copyts", 1, 0);
    const int begun = avformat_write_header(context, &options);
    av_dict_free(&options);
    if (begun < 0) {
        return out->m_errno != 0 ? tl::unexpected(out->failure(begun))
                                 : base::fail(ErrorCode::UnsupportedFormat, kPlace, {container});
    }
    return out;
}

base::Expected<void> Muxer::write(AVPacket& packet, int stream, AVRational from) {
    packet.stream_index = stream;
    packet.pos = -1;
    av_packet_rescale_ts(&packet, from, m_context->streams[stream]->time_base);
    const int written = m_context->nb_streams > 1 ? av_interleaved_write_frame(m_context.get(), &packet)
                                                  : av_write_frame(m_context.get(), &packet);
    av_packet_unref(&packet);
    return written < 0 ? tl::unexpected(failure(written)) : base::Expected<void>{};
}

base::Expected<void> Muxer::finish() {
    const int written = av_write_trailer(m_context.get());
    if (written < 0 || m_errno != 0) {
        return tl::unexpected(failure(written));
    }
    avio_flush(m_io.get());
    return m_errno != 0 ? tl::unexpected(failure(0)) : base::Expected<void>{};
}

} // namespace kamei::transform::video
