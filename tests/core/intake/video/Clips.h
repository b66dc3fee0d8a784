#pragma once

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/display.h>
#include <libavutil/opt.h>
}

#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

namespace kamei::test {

/// A clip that a test makes: moving colours, and in one place a pattern that stands for a name.
struct Clip {
    const char* encoder = "libx264";
    const char* muxer = "mp4";
    int frames = 60;
    int group = 12;
    int reordered = 2;        ///< B-pictures
    const char* options = ""; ///< of the encoder: "key=value:key=value" for x264 and x265
    AVPixelFormat pixels = AV_PIX_FMT_YUV420P;
    bool interlaced = false;
    bool sound = false;
    bool uneven = false; ///< times of frames are not evenly spaced
    int turned = 0;      ///< degrees of the display matrix
    std::vector<std::pair<const char*, const char*>> tags = {};
    int chapters = 0;
    int rate = 25; ///< pictures a second; divides 100
};

inline constexpr int kWidth = 160;
inline constexpr int kHeight = 120;
/// Where the pattern stands: aligned to nothing.
inline constexpr int kMarkX = 42;
inline constexpr int kMarkY = 30;
inline constexpr int kMarkWidth = 50;
inline constexpr int kMarkHeight = 26;

/// Brightness of the pattern: bars that nothing else in the clip resembles.
inline int mark(int x, int y) {
    return ((x / 5) % 2 == 0) != ((y / 13) % 2 == 0) ? 225 : 30;
}

namespace clips {

inline void check(bool good, const char* what) {
    if (!good) {
        qFatal("clip: %s", what);
    }
}

inline void paint(AVFrame& frame, int number) {
    const bool deep = frame.format == AV_PIX_FMT_YUV420P10LE || frame.format == AV_PIX_FMT_YUV422P10LE;
    const bool wide = frame.format == AV_PIX_FMT_YUV420P || frame.format == AV_PIX_FMT_YUVJ420P ||
                      frame.format == AV_PIX_FMT_YUV420P10LE;
    const auto put = [&](int plane, int x, int y, int value) {
        auto* const line = frame.data[plane] + static_cast<std::ptrdiff_t>(y) * frame.linesize[plane];
        if (deep) {
            reinterpret_cast<std::uint16_t*>(line)[x] = static_cast<std::uint16_t>(value * 4);
        } else {
            line[x] = static_cast<std::uint8_t>(value);
        }
    };
    for (int y = 0; y < frame.height; ++y) {
        for (int x = 0; x < frame.width; ++x) {
            const bool marked =
                x >= kMarkX && x < kMarkX + kMarkWidth && y >= kMarkY && y < kMarkY + kMarkHeight;
            const double wave = std::sin((x + 2 * number) * 0.07) * 40 + std::cos((y - number) * 0.05) * 30;
            put(0, x, y, marked ? mark(x - kMarkX, y - kMarkY) : 125 + static_cast<int>(wave));
        }
    }
    const int rows = wide ? frame.height / 2 : frame.height;
    for (int y = 0; y < rows; ++y) {
        for (int x = 0; x < frame.width / 2; ++x) {
            put(1, x, y, 110 + (x + number) % 40);
            put(2, x, y, 120 + (y + 2 * number) % 30);
        }
    }
}

struct Out {
    AVFormatContext* container = nullptr;
    AVCodecContext* video = nullptr;
    AVCodecContext* sound = nullptr;
    AVStream* videoStream = nullptr;
    AVStream* soundStream = nullptr;
};

inline void drain(Out& out, AVCodecContext* from, AVStream* stream,
                  const std::function<std::int64_t(std::int64_t)>& time) {
    AVPacket* packet = av_packet_alloc();
    while (avcodec_receive_packet(from, packet) >= 0) {
        packet->stream_index = stream->index;
        packet->duration = packet->duration > 0 ? packet->duration : 1;
        if (time) {
            const std::int64_t step = time(1) - time(0);
            packet->pts = time(packet->pts);
            packet->dts = packet->dts >= 0 ? time(packet->dts) : packet->dts * step;
            packet->duration *= step;
        }
        av_packet_rescale_ts(packet, time ? AVRational{1, 25 * 4} : from->time_base, stream->time_base);
        check(av_interleaved_write_frame(out.container, packet) >= 0, "packet");
    }
    av_packet_free(&packet);
}

inline AVCodecContext* openSound() {
    const AVCodec* codec = avcodec_find_encoder(AV_CODEC_ID_MP2);
    AVCodecContext* context = avcodec_alloc_context3(codec);
    context->sample_rate = 44100;
    context->sample_fmt = AV_SAMPLE_FMT_S16;
    av_channel_layout_default(&context->ch_layout, 1);
    context->bit_rate = 64000;
    context->time_base = {1, 44100};
    check(avcodec_open2(context, codec, nullptr) >= 0, "sound");
    return context;
}

} // namespace clips

/// Writes the clip into the folder and tells its path.
inline std::string make(const QTemporaryDir& folder, const Clip& clip, const std::string& name) {
    using namespace clips;
    av_log_set_level(AV_LOG_QUIET);
    const std::string path = folder.filePath(QString::fromStdString(name)).toStdString();
    Out out;
    check(avformat_alloc_output_context2(&out.container, nullptr, clip.muxer, path.c_str()) >= 0,
          "container");
    const AVCodec* const codec = avcodec_find_encoder_by_name(clip.encoder);
    check(codec != nullptr, clip.encoder);
    out.video = avcodec_alloc_context3(codec);
    out.video->width = kWidth;
    out.video->height = kHeight;
    out.video->pix_fmt = clip.pixels;
    out.video->time_base = {1, clip.rate};
    out.video->framerate = {clip.rate, 1};
    out.video->gop_size = clip.group;
    out.video->max_b_frames = clip.reordered;
    out.video->thread_count = 1;
    out.video->global_quality = FF_QP2LAMBDA * 3;
    out.video->flags |= AV_CODEC_FLAG_QSCALE;
    if (clip.interlaced) {
        out.video->flags |= AV_CODEC_FLAG_INTERLACED_DCT | AV_CODEC_FLAG_INTERLACED_ME;
    }
    if ((out.container->oformat->flags & AVFMT_GLOBALHEADER) != 0) {
        out.video->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    }
    const std::string encoder = clip.encoder;
    if (encoder == "libx264" || encoder == "libx265") {
        out.video->flags &= ~AV_CODEC_FLAG_QSCALE;
        av_opt_set(out.video->priv_data, "preset", "veryfast", 0);
        const std::string options = "keyint=" + std::to_string(clip.group) +
                                    ":bframes=" + std::to_string(clip.reordered) +
                                    ":b-adapt=0:scenecut=0:log-level=none:" + clip.options;
        av_opt_set(out.video->priv_data, encoder == "libx264" ? "x264-params" : "x265-params",
                   options.c_str(), 0);
        if (encoder == "libx265") {
            av_opt_set(out.video->priv_data, "x265-params", (options + ":pools=1:frame-threads=1").c_str(),
                       0);
        }
    }
    check(avcodec_open2(out.video, codec, nullptr) >= 0, "encoder");
    out.videoStream = avformat_new_stream(out.container, nullptr);
    avcodec_parameters_from_context(out.videoStream->codecpar, out.video);
    out.videoStream->time_base = {1, 100};
    out.videoStream->avg_frame_rate = {clip.rate, 1};
    if (clip.turned != 0) {
        auto* const matrix = reinterpret_cast<std::int32_t*>(
            av_stream_new_side_data(out.videoStream, AV_PKT_DATA_DISPLAYMATRIX, 9 * sizeof(std::int32_t)));
        av_display_rotation_set(matrix, clip.turned);
    }
    if (std::string(clip.muxer) == "avi") {
        out.videoStream->time_base = {1, clip.rate};
    }
    if (clip.sound) {
        out.sound = openSound();
        out.soundStream = avformat_new_stream(out.container, nullptr);
        avcodec_parameters_from_context(out.soundStream->codecpar, out.sound);
        out.soundStream->time_base = out.sound->time_base;
    }
    for (const auto& [key, value] : clip.tags) {
        av_dict_set(&out.container->metadata, key, value, 0);
    }
    if (clip.chapters > 0) {
        out.container->chapters =
            static_cast<AVChapter**>(av_calloc(static_cast<std::size_t>(clip.chapters), sizeof(AVChapter*)));
        for (int i = 0; i < clip.chapters; ++i) {
            auto* const chapter = static_cast<AVChapter*>(av_mallocz(sizeof(AVChapter)));
            chapter->id = i;
            chapter->time_base = {1, 1000};
            chapter->start = i * 500;
            chapter->end = i * 500 + 499;
            av_dict_set(&chapter->metadata, "title", "山田花子 手術開始", 0);
            out.container->chapters[i] = chapter;
            out.container->nb_chapters = static_cast<unsigned>(i + 1);
        }
    }
    if ((out.container->oformat->flags & AVFMT_NOFILE) == 0) {
        check(avio_open(&out.container->pb, path.c_str(), AVIO_FLAG_WRITE) >= 0, "file");
    }
    AVDictionary* options = nullptr;
    av_dict_set(&options, "video_track_timescale", "12800", 0);
    check(avformat_write_header(out.container, &options) >= 0, "header");
    av_dict_free(&options);
    // Hundredths of a second; uneven ones wait now and then.
    const auto time = [&](std::int64_t n) { return n * 100 / clip.rate + (clip.uneven ? n / 7 * 3 : 0); };
    AVFrame* frame = av_frame_alloc();
    frame->format = clip.pixels;
    frame->width = kWidth;
    frame->height = kHeight;
    check(av_frame_get_buffer(frame, 0) >= 0, "frame");
    for (int n = 0; n < clip.frames; ++n) {
        check(av_frame_make_writable(frame) >= 0, "frame");
        paint(*frame, n);
        frame->pts = n;
        frame->quality = out.video->global_quality;
        frame->interlaced_frame = clip.interlaced ? 1 : 0;
        frame->top_field_first = 1;
        check(avcodec_send_frame(out.video, frame) >= 0, "send");
        drain(out, out.video, out.videoStream, time);
    }
    av_frame_free(&frame);
    avcodec_send_frame(out.video, nullptr);
    drain(out, out.video, out.videoStream, time);
    if (out.sound != nullptr) {
        AVFrame* tone = av_frame_alloc();
        tone->format = AV_SAMPLE_FMT_S16;
        av_channel_layout_default(&tone->ch_layout, 1);
        tone->sample_rate = 44100;
        tone->nb_samples = out.sound->frame_size;
        check(av_frame_get_buffer(tone, 0) >= 0, "tone");
        for (int at = 0; at < clip.frames * 44100 / clip.rate; at += tone->nb_samples) {
            check(av_frame_make_writable(tone) >= 0, "tone");
            for (int i = 0; i < tone->nb_samples; ++i) {
                reinterpret_cast<std::int16_t*>(tone->data[0])[i] =
                    static_cast<std::int16_t>(8000 * std::sin((at + i) * 0.06));
            }
            tone->pts = at;
            avcodec_send_frame(out.sound, tone);
            drain(out, out.sound, out.soundStream, {});
        }
        avcodec_send_frame(out.sound, nullptr);
        drain(out, out.sound, out.soundStream, {});
        av_frame_free(&tone);
        avcodec_free_context(&out.sound);
    }
    check(av_write_trailer(out.container) >= 0, "trailer");
    if ((out.container->oformat->flags & AVFMT_NOFILE) == 0) {
        avio_closep(&out.container->pb);
    }
    avcodec_free_context(&out.video);
    avformat_free_context(out.container);
    return path;
}

} // namespace kamei::test
