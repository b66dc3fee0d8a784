#include "core/demo/Endoscopy.h"

#include <array>
#include <cmath>
#include <memory>
#include <numbers>

#include "core/base/FileIo.h"
#include "core/demo/Painter.h"
#include "core/demo/Photo.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/opt.h>
}

namespace kamei::demo {
namespace {

namespace fs = std::filesystem;

constexpr int kWidth = 320;
constexpr int kHeight = 240;
constexpr int kRate = 15;
constexpr int kFrames = 75;
constexpr int kNamed = 30;    // frames that bear the name
constexpr int kFaceFrom = 60; // frames before the instrument is taken out
constexpr int kSoundRate = 16'000;

/// Gives up in one place: every call of the libraries that fails ends the writing.
struct Failure {};
void need(bool done) {
    if (!done) {
        throw Failure{};
    }
}

struct FreeCodec {
    void operator()(AVCodecContext* codec) const { avcodec_free_context(&codec); }
};
struct FreeFrame {
    void operator()(AVFrame* frame) const { av_frame_free(&frame); }
};
struct FreePacket {
    void operator()(AVPacket* packet) const { av_packet_free(&packet); }
};
using Codec = std::unique_ptr<AVCodecContext, FreeCodec>;
using Frame = std::unique_ptr<AVFrame, FreeFrame>;

/// An MP4 that is written into memory: its index comes last and is led back to the front when it is closed.
class Film {
public:
    Film() {
        need(avformat_alloc_output_context2(&m_format, nullptr, "mp4", nullptr) >= 0);
        need(avio_open_dyn_buf(&m_format->pb) >= 0);
        m_format->flags |= AVFMT_FLAG_BITEXACT; // the same bytes every time
    }
    ~Film() {
        if (m_format->pb != nullptr) {
            std::uint8_t* left = nullptr;
            avio_close_dyn_buf(m_format->pb, &left);
            av_free(left);
        }
        avformat_free_context(m_format);
    }
    Film(const Film&) = delete;
    Film& operator=(const Film&) = delete;

    void state(const char* key, const std::string& value) {
        av_dict_set(&m_format->metadata, key, value.c_str(), 0);
    }
    AVStream* add(AVCodecContext& codec) {
        AVStream* const stream = avformat_new_stream(m_format, nullptr);
        need(stream != nullptr && avcodec_parameters_from_context(stream->codecpar, &codec) >= 0);
        stream->time_base = codec.time_base;
        return stream;
    }
    void begin() { need(avformat_write_header(m_format, nullptr) >= 0); }
    /// Sends a frame (null: the end) through a codec and writes what comes out.
    void encode(AVCodecContext& codec, AVStream& stream, const AVFrame* frame) {
        need(avcodec_send_frame(&codec, frame) >= 0);
        const std::unique_ptr<AVPacket, FreePacket> packet(av_packet_alloc());
        while (avcodec_receive_packet(&codec, packet.get()) >= 0) {
            av_packet_rescale_ts(packet.get(), codec.time_base, stream.time_base);
            packet->stream_index = stream.index;
            need(av_interleaved_write_frame(m_format, packet.get()) >= 0);
        }
    }
    std::string end() {
        need(av_write_trailer(m_format) >= 0);
        std::uint8_t* bytes = nullptr;
        const int size = avio_close_dyn_buf(m_format->pb, &bytes);
        m_format->pb = nullptr;
        std::string out(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
        av_free(bytes);
        return out;
    }
    [[nodiscard]] bool wantsGlobalHeader() const {
        return (m_format->oformat->flags & AVFMT_GLOBALHEADER) != 0;
    }

private:
    AVFormatContext* m_format = nullptr;
};

Codec pictureCodec(const Film& film) {
    const AVCodec* const encoder = avcodec_find_encoder_by_name("libx264");
    need(encoder != nullptr);
    Codec codec(avcodec_alloc_context3(encoder));
    codec->width = kWidth;
    codec->height = kHeight;
    codec->pix_fmt = AV_PIX_FMT_YUV420P;
    codec->time_base = {1, kRate};
    codec->framerate = {kRate, 1};
    codec->gop_size = kRate;
    codec->max_b_frames = 2;
    codec->thread_count = 1; // more would give other bytes on other machines
    codec->flags |= AV_CODEC_FLAG_BITEXACT | (film.wantsGlobalHeader() ? AV_CODEC_FLAG_GLOBAL_HEADER : 0);
    av_opt_set(codec->priv_data, "preset", "veryfast", 0);
    av_opt_set(codec->priv_data, "crf", "20", 0);
    need(avcodec_open2(codec.get(), encoder, nullptr) >= 0);
    return codec;
}

Codec soundCodec(const Film& film) {
    const AVCodec* const encoder = avcodec_find_encoder(AV_CODEC_ID_AAC);
    need(encoder != nullptr);
    Codec codec(avcodec_alloc_context3(encoder));
    codec->sample_fmt = AV_SAMPLE_FMT_FLTP;
    codec->sample_rate = kSoundRate;
    codec->bit_rate = 32'000;
    av_channel_layout_default(&codec->ch_layout, 1);
    codec->time_base = {1, kSoundRate};
    codec->flags |= AV_CODEC_FLAG_BITEXACT | (film.wantsGlobalHeader() ? AV_CODEC_FLAG_GLOBAL_HEADER : 0);
    need(avcodec_open2(codec.get(), encoder, nullptr) >= 0);
    return codec;
}

/// Colour of the mucosa at a pixel: folds that move with the instrument, dark towards the lumen.
Rgb mucosa(double x, double y, int frame) {
    const double t = frame / static_cast<double>(kRate);
    const double dx = x - kWidth * (0.5 + 0.06 * std::sin(t));
    const double dy = y - kHeight * (0.5 + 0.05 * std::cos(1.3 * t));
    const double r = std::hypot(dx, dy);
    const double folds = std::sin(r / 9.0 - 4 * t + 0.5 * std::sin(7 * std::atan2(dy, dx)));
    const double depth = std::min(1.0, 0.25 + r / 110.0);
    const double shine = std::max(0.0, std::sin(x / 31.0 + t) * std::sin(y / 23.0) - 0.93) * 9;
    const double light = depth * (0.82 + 0.18 * folds);
    return {std::min(255.0, 214 * light + 255 * shine), std::min(255.0, 98 * light + 255 * shine),
            std::min(255.0, 88 * light + 255 * shine)};
}

Rgb colourAt(int x, int y, int frame) {
    if (frame >= kFaceFrom) {
        return portrait(x * 2.0, y * 2.0);
    }
    const double r = std::hypot((x - kWidth / 2.0) / 118.0, (y - kHeight / 2.0) / 112.0);
    return r > 1 ? Rgb{6, 6, 8} : mucosa(x, y, frame);
}

void paint(AVFrame& frame, const Canvas& label, int number) {
    need(av_frame_make_writable(&frame) >= 0);
    const auto colour = [&](int x, int y) {
        const Rgb c = colourAt(x, y, number);
        const double ink =
            number < kNamed ? label.pixels[static_cast<std::size_t>(y * kWidth + x)] / 255.0 : 0;
        return Rgb{c.r * (1 - ink) + 235 * ink, c.g * (1 - ink) + 235 * ink, c.b * (1 - ink) + 235 * ink};
    };
    const auto byte = [](double value) {
        return static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0, 255.0)));
    };
    for (int y = 0; y < kHeight; ++y) {
        for (int x = 0; x < kWidth; ++x) {
            const Rgb c = colour(x, y); // ITU-R BT.601, limited range
            frame.data[0][y * frame.linesize[0] + x] = byte(16 + 0.257 * c.r + 0.504 * c.g + 0.098 * c.b);
            if (x % 2 == 0 && y % 2 == 0) {
                const int at = y / 2 * frame.linesize[1] + x / 2;
                frame.data[1][at] = byte(128 - 0.148 * c.r - 0.291 * c.g + 0.439 * c.b);
                frame.data[2][at] = byte(128 + 0.439 * c.r - 0.368 * c.g - 0.071 * c.b);
            }
        }
    }
}

std::string film(const Person& person) {
    av_log_set_level(AV_LOG_QUIET); // the encoder tells of its work on standard error
    Film out;
    out.state("title", person.kanji() + " 上部消化管内視鏡");
    out.state("location", "+35.0950+138.8583/");
    const Codec picture = pictureCodec(out);
    const Codec sound = soundCodec(out);
    AVStream* const pictures = out.add(*picture);
    AVStream* const sounds = out.add(*sound);
    pictures->avg_frame_rate = {kRate, 1};
    out.begin();
    Canvas label(kWidth, kHeight);
    drawText(label, 8, 6, 14, person.romaji());
    drawText(label, 8, 24, 14, "ID " + person.id);
    const Frame frame(av_frame_alloc());
    frame->format = picture->pix_fmt;
    frame->width = kWidth;
    frame->height = kHeight;
    need(av_frame_get_buffer(frame.get(), 0) >= 0);
    const Frame samples(av_frame_alloc());
    samples->format = sound->sample_fmt;
    samples->nb_samples = sound->frame_size;
    samples->sample_rate = kSoundRate;
    need(av_channel_layout_copy(&samples->ch_layout, &sound->ch_layout) >= 0);
    need(av_frame_get_buffer(samples.get(), 0) >= 0);
    std::int64_t spoken = 0;
    for (int number = 0; number < kFrames; ++number) {
        paint(*frame, label, number);
        frame->pts = number;
        out.encode(*picture, *pictures, frame.get());
        while (spoken * kRate < std::int64_t{number + 1} * kSoundRate) {
            need(av_frame_make_writable(samples.get()) >= 0);
            auto* const values = reinterpret_cast<float*>(samples->data[0]);
            for (int i = 0; i < samples->nb_samples; ++i) {
                const double t = static_cast<double>(spoken + i) / kSoundRate;
                const double voice = std::sin(2 * std::numbers::pi * 140 * t) * (0.5 + 0.5 * std::sin(9 * t));
                values[i] = static_cast<float>(0.2 * voice);
            }
            samples->pts = spoken;
            spoken += samples->nb_samples;
            out.encode(*sound, *sounds, samples.get());
        }
    }
    out.encode(*picture, *pictures, nullptr);
    out.encode(*sound, *sounds, nullptr);
    return out.end();
}

} // namespace

base::Expected<std::vector<Planted>> writeEndoscopy(const Person& person, const fs::path& cohort,
                                                    const std::string& file) {
    std::string bytes;
    try {
        bytes = film(person);
    } catch (const Failure&) {
        return base::fail(base::ErrorCode::Internal, "demo.endoscopy");
    }
    if (auto written = base::writeFileAtomically(cohort / file, bytes); !written) {
        return tl::unexpected(written.error());
    }
    return std::vector<Planted>{
        {person.id, "patient-name", person.kanji(), file, "Video.title"},
        {"", "place", "+35.0950+138.8583/", file, "Video.location"},
        {person.id, "burned-in", person.romaji(), file, "pixels"},
        {person.id, "burned-in", "ID " + person.id, file, "pixels"},
        {person.id, "face", "", file, "pixels"},
        {person.id, "voice", "", file, "sound"},
    };
}

} // namespace kamei::demo
