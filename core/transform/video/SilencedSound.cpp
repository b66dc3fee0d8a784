#include "core/transform/video/SilencedSound.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace kamei::transform::video {
namespace {

using base::ErrorCode;
using intake::video::errorOf;
using intake::video::FramePtr;
using intake::video::PacketPtr;

constexpr std::string_view kPlace = "transform.video.sound";
constexpr std::int64_t kMarginMs = 50;
constexpr int kPart = 4096; ///< samples a frame where the encoder does not mind
/// Silence for what is missing: more is no gap but a broken clock.
constexpr std::int64_t kMostFilledS = 4 * 3600;

base::Error unsupported(AVCodecID codec) {
    return {ErrorCode::UnsupportedFormat, {"sound", avcodec_get_name(codec)}, std::string(kPlace)};
}

/// The encoder of the source's own codec, else of one that the container holds as well.
const AVCodec* encoderFor(AVCodecID codec, const std::string& container) {
    struct Row {
        std::string_view container;
        AVCodecID codec;
    };
    static constexpr std::array kOthers{
        Row{"mp4", AV_CODEC_ID_AAC},       Row{"mov", AV_CODEC_ID_AAC},  Row{"mkv", AV_CODEC_ID_FLAC},
        Row{"avi", AV_CODEC_ID_PCM_S16LE}, Row{"mpeg", AV_CODEC_ID_MP2}, Row{"mpegts", AV_CODEC_ID_MP2},
    };
    static constexpr std::array kSame{AV_CODEC_ID_AAC,       AV_CODEC_ID_MP2,       AV_CODEC_ID_AC3,
                                      AV_CODEC_ID_FLAC,      AV_CODEC_ID_PCM_S16LE, AV_CODEC_ID_PCM_S16BE,
                                      AV_CODEC_ID_PCM_S24LE, AV_CODEC_ID_PCM_U8,    AV_CODEC_ID_PCM_F32LE};
    if (std::ranges::find(kSame, codec) != kSame.end()) {
        return avcodec_find_encoder(codec);
    }
    const auto* const row = std::ranges::find(kOthers, std::string_view(container), &Row::container);
    return row == kOthers.end() ? nullptr : avcodec_find_encoder(row->codec);
}

AVSampleFormat formatFor(const AVCodec& codec, AVSampleFormat wanted) {
    const AVSampleFormat* const all = codec.sample_fmts;
    for (const AVSampleFormat* one = all; one != nullptr && *one != AV_SAMPLE_FMT_NONE; ++one) {
        if (*one == wanted) {
            return wanted;
        }
    }
    return all == nullptr ? wanted : all[0];
}

bool takesRate(const AVCodec& codec, int rate) {
    for (const int* one = codec.supported_samplerates; one != nullptr; ++one) {
        if (*one == rate) {
            return true;
        }
        if (*one == 0) {
            return false;
        }
    }
    return true;
}

FramePtr newFrame(const AVCodecContext& like, int samples) {
    FramePtr out(av_frame_alloc());
    if (out == nullptr) {
        return out;
    }
    out->format = like.sample_fmt;
    out->sample_rate = like.sample_rate;
    out->nb_samples = samples;
    if (av_channel_layout_copy(&out->ch_layout, &like.ch_layout) < 0 ||
        av_frame_get_buffer(out.get(), 0) < 0) {
        out.reset();
    }
    return out;
}

} // namespace

base::Expected<std::unique_ptr<SilencedSound>> SilencedSound::open(const AVStream& stream,
                                                                   const model::Mute& mute,
                                                                   std::int64_t originUs,
                                                                   const std::string& container) {
    intake::video::silence();
    auto decoder = intake::video::openDecoder(*stream.codecpar, stream.time_base, 1);
    if (!decoder || stream.codecpar->sample_rate <= 0 || stream.codecpar->ch_layout.nb_channels <= 0) {
        return tl::unexpected(unsupported(stream.codecpar->codec_id));
    }
    std::unique_ptr<SilencedSound> out(new SilencedSound);
    out->m_decoder = std::move(*decoder);
    out->m_decoder->pkt_timebase = stream.time_base;
    out->m_mute = mute;
    out->m_sourceBase = stream.time_base;
    out->m_originUs = originUs;
    if (auto opened = out->openEncoder(stream, container); !opened) {
        return tl::unexpected(opened.error());
    }
    return out;
}

base::Expected<void> SilencedSound::openEncoder(const AVStream& stream, const std::string& container) {
    const AVCodecParameters& source = *stream.codecpar;
    const AVCodec* const codec = encoderFor(source.codec_id, container);
    if (codec == nullptr || !takesRate(*codec, source.sample_rate)) {
        return tl::unexpected(unsupported(source.codec_id));
    }
    m_encoder.reset(avcodec_alloc_context3(codec));
    if (m_encoder == nullptr) {
        return base::fail(ErrorCode::OutOfMemory, kPlace);
    }
    m_encoder->sample_rate = source.sample_rate;
    m_encoder->time_base = {1, source.sample_rate};
    m_encoder->sample_fmt = formatFor(*codec, m_decoder->sample_fmt);
    if (source.ch_layout.order == AV_CHANNEL_ORDER_UNSPEC) {
        av_channel_layout_default(&m_encoder->ch_layout, source.ch_layout.nb_channels);
    } else {
        av_channel_layout_copy(&m_encoder->ch_layout, &source.ch_layout);
    }
    // As good as the source was, and never below what is heard as whole.
    constexpr std::int64_t kLeast = 64'000;
    m_encoder->bit_rate = std::max<std::int64_t>(source.bit_rate, kLeast * source.ch_layout.nb_channels);
    m_encoder->flags |= AV_CODEC_FLAG_BITEXACT;
    m_encoder->strict_std_compliance = FF_COMPLIANCE_UNOFFICIAL;
    const bool headersApart = container == "mp4" || container == "mov" || container == "mkv";
    m_encoder->flags |= headersApart ? AV_CODEC_FLAG_GLOBAL_HEADER : 0;
    m_parameters.reset(avcodec_parameters_alloc());
    if (avcodec_open2(m_encoder.get(), codec, nullptr) < 0 || m_parameters == nullptr ||
        avcodec_parameters_from_context(m_parameters.get(), m_encoder.get()) < 0) {
        return tl::unexpected(unsupported(source.codec_id));
    }
    m_fifo.reset(av_audio_fifo_alloc(m_encoder->sample_fmt, m_encoder->ch_layout.nb_channels, kPart));
    return m_fifo == nullptr ? base::fail(ErrorCode::OutOfMemory, kPlace) : base::Expected<void>{};
}

base::Expected<FramePtr> SilencedSound::converted(const AVFrame& decoded) {
    const bool same = m_form.format == decoded.format && m_form.rate == decoded.sample_rate &&
                      m_form.channels == decoded.ch_layout.nb_channels;
    if (!same) {
        AVChannelLayout from{};
        if (decoded.ch_layout.order == AV_CHANNEL_ORDER_UNSPEC) {
            av_channel_layout_default(&from, decoded.ch_layout.nb_channels);
        } else {
            av_channel_layout_copy(&from, &decoded.ch_layout);
        }
        SwrContext* made = nullptr;
        const int set = swr_alloc_set_opts2(
            &made, &m_encoder->ch_layout, m_encoder->sample_fmt, m_encoder->sample_rate, &from,
            static_cast<AVSampleFormat>(decoded.format), decoded.sample_rate, 0, nullptr);
        av_channel_layout_uninit(&from);
        m_resampler.reset(made);
        // Another rate in the middle of a stream would move all times behind it.
        if (set < 0 || decoded.sample_rate != m_encoder->sample_rate || swr_init(made) < 0) {
            return tl::unexpected(unsupported(m_decoder->codec_id));
        }
        m_form = {decoded.format, decoded.sample_rate, decoded.ch_layout.nb_channels};
    }
    FramePtr out = newFrame(*m_encoder, decoded.nb_samples);
    if (out == nullptr) {
        return base::fail(ErrorCode::OutOfMemory, kPlace);
    }
    const int got = swr_convert(m_resampler.get(), out->extended_data, out->nb_samples,
                                const_cast<const std::uint8_t**>(decoded.extended_data), decoded.nb_samples);
    if (got != decoded.nb_samples) {
        return base::fail(ErrorCode::Malformed, kPlace, {"sound"});
    }
    return out;
}

void SilencedSound::silence(AVFrame& samples, std::int64_t first) const {
    const auto sampleAt = [&](std::int64_t ms, AVRounding rounding) {
        return av_rescale_q_rnd(ms * 1000 + m_originUs, {1, 1'000'000}, m_encoder->time_base, rounding);
    };
    for (const model::Mute::Range& range : m_mute.ranges) {
        // What begins with the first picture takes in what was recorded before it.
        const std::int64_t from =
            range.fromMs == 0
                ? 0
                : std::max(sampleAt(range.fromMs - kMarginMs, AV_ROUND_DOWN) - first, std::int64_t{0});
        const std::int64_t to =
            std::min(sampleAt(range.toMs + kMarginMs, AV_ROUND_UP) - first, std::int64_t{samples.nb_samples});
        if (from < to) {
            av_samples_set_silence(samples.extended_data, static_cast<int>(from), static_cast<int>(to - from),
                                   samples.ch_layout.nb_channels,
                                   static_cast<AVSampleFormat>(samples.format));
        }
    }
}

base::Expected<void> SilencedSound::queueSilence(std::int64_t count, const Put& put) {
    m_filled += count;
    if (m_filled > kMostFilledS * m_encoder->sample_rate) {
        return base::fail(ErrorCode::Malformed, kPlace, {"sound"});
    }
    while (count > 0) {
        const int part = static_cast<int>(std::min<std::int64_t>(count, kPart));
        const FramePtr quiet = newFrame(*m_encoder, part);
        if (quiet == nullptr) {
            return base::fail(ErrorCode::OutOfMemory, kPlace);
        }
        av_samples_set_silence(quiet->extended_data, 0, part, quiet->ch_layout.nb_channels,
                               m_encoder->sample_fmt);
        if (av_audio_fifo_write(m_fifo.get(), reinterpret_cast<void**>(quiet->extended_data), part) < part) {
            return base::fail(ErrorCode::OutOfMemory, kPlace);
        }
        m_next += part;
        count -= part;
        if (auto encoded = encode(false, put); !encoded) {
            return encoded;
        }
    }
    return {};
}

base::Expected<void> SilencedSound::queue(AVFrame& samples, std::int64_t first, const Put& put) {
    if (m_next == AV_NOPTS_VALUE) {
        m_next = m_sent = first;
    }
    // Clocks of containers are coarser than samples: what is off by less than a packet goes on as it came.
    const std::int64_t tolerance = m_encoder->sample_rate / 20;
    if (first - m_next > tolerance) {
        if (auto filled = queueSilence(first - m_next, put); !filled) {
            return filled;
        }
    }
    if (m_next - first > tolerance) {
        return {}; // told twice: the first one stays
    }
    if (av_audio_fifo_write(m_fifo.get(), reinterpret_cast<void**>(samples.extended_data),
                            samples.nb_samples) < samples.nb_samples) {
        return base::fail(ErrorCode::OutOfMemory, kPlace);
    }
    m_next += samples.nb_samples;
    return encode(false, put);
}

base::Expected<void> SilencedSound::frame(AVFrame& decoded, const Put& put) {
    if (decoded.nb_samples <= 0) {
        return {};
    }
    auto samples = converted(decoded);
    if (!samples) {
        return tl::unexpected(samples.error());
    }
    const std::int64_t stated =
        decoded.best_effort_timestamp == AV_NOPTS_VALUE ? decoded.pts : decoded.best_effort_timestamp;
    if (stated == AV_NOPTS_VALUE && m_next == AV_NOPTS_VALUE) {
        return base::fail(ErrorCode::NotPossible, kPlace, {"sound", "times"}); // nobody can say what is when
    }
    const std::int64_t first =
        stated == AV_NOPTS_VALUE ? m_next : av_rescale_q(stated, m_sourceBase, m_encoder->time_base);
    silence(**samples, first);
    // And where it comes to stand, should clocks differ.
    if (m_next != AV_NOPTS_VALUE && m_next != first) {
        silence(**samples, m_next);
    }
    return queue(**samples, first, put);
}

base::Expected<void> SilencedSound::encode(bool all, const Put& put) {
    const int size = m_encoder->frame_size > 0 ? m_encoder->frame_size : kPart;
    while (av_audio_fifo_size(m_fifo.get()) >= size || (all && av_audio_fifo_size(m_fifo.get()) > 0)) {
        const int count = std::min(size, av_audio_fifo_size(m_fifo.get()));
        const FramePtr samples = newFrame(*m_encoder, count);
        if (samples == nullptr ||
            av_audio_fifo_read(m_fifo.get(), reinterpret_cast<void**>(samples->extended_data), count) <
                count) {
            return base::fail(ErrorCode::OutOfMemory, kPlace);
        }
        samples->pts = m_sent;
        m_sent += count;
        if (const int sent = avcodec_send_frame(m_encoder.get(), samples.get()); sent < 0) {
            return tl::unexpected(errorOf(sent, kPlace));
        }
        if (auto drained = drain(put); !drained) {
            return drained;
        }
    }
    return {};
}

base::Expected<void> SilencedSound::drain(const Put& put) {
    const PacketPtr packet(av_packet_alloc());
    if (packet == nullptr) {
        return base::fail(ErrorCode::OutOfMemory, kPlace);
    }
    for (;;) {
        const int got = avcodec_receive_packet(m_encoder.get(), packet.get());
        if (got == AVERROR(EAGAIN) || got == AVERROR_EOF) {
            return {};
        }
        if (got < 0) {
            return tl::unexpected(errorOf(got, kPlace));
        }
        if (auto done = put(*packet); !done) {
            return done;
        }
        av_packet_unref(packet.get());
    }
}

base::Expected<void> SilencedSound::take(const AVPacket* packet, const Put& put) {
    const FramePtr decoded(av_frame_alloc());
    if (decoded == nullptr) {
        return base::fail(ErrorCode::OutOfMemory, kPlace);
    }
    // A packet that does not decode leaves a gap, which is filled with silence.
    if (avcodec_send_packet(m_decoder.get(), packet) >= 0) {
        while (avcodec_receive_frame(m_decoder.get(), decoded.get()) >= 0) {
            auto done = frame(*decoded, put);
            av_frame_unref(decoded.get());
            if (!done) {
                return done;
            }
        }
    }
    if (packet != nullptr) {
        return {};
    }
    if (auto encoded = encode(true, put); !encoded) {
        return encoded;
    }
    if (const int ended = avcodec_send_frame(m_encoder.get(), nullptr); ended < 0) {
        return tl::unexpected(errorOf(ended, kPlace));
    }
    return drain(put);
}

} // namespace kamei::transform::video
