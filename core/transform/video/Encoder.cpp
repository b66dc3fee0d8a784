#include "core/transform/video/Encoder.h"

#include <algorithm>

extern "C" {
#include <libavutil/opt.h>
#include <libswscale/swscale.h>
}

namespace kamei::transform::video {
namespace {

using base::ErrorCode;
using intake::video::FramePtr;

constexpr std::string_view kPlace = "transform.video.encode";
constexpr const char* kPreset = "fast";
constexpr const char* kQuality = "18";
constexpr int kQuantiser = 2;
constexpr int kGroup = 250;
/// Of the encoders of H.264, H.265 and ProRes; others cut pictures into as many slices.
constexpr int kThreads = 4;

struct FreeScaler {
    void operator()(SwsContext* context) const { sws_freeContext(context); }
};

const AVCodec* encoderFor(AVCodecID codec) {
    switch (codec) {
    case AV_CODEC_ID_H264:
        return avcodec_find_encoder_by_name("libx264");
    case AV_CODEC_ID_HEVC:
        return avcodec_find_encoder_by_name("libx265");
    case AV_CODEC_ID_PRORES:
        return avcodec_find_encoder_by_name("prores_ks");
    default:
        return avcodec_find_encoder(codec);
    }
}

AVPixelFormat formatFor(const AVCodec& codec, AVPixelFormat wanted) {
    if (codec.pix_fmts == nullptr) {
        return wanted;
    }
    for (const AVPixelFormat* known = codec.pix_fmts; *known != AV_PIX_FMT_NONE; ++known) {
        if (*known == wanted) {
            return wanted;
        }
    }
    return avcodec_find_best_pix_fmt_of_list(codec.pix_fmts, wanted, 0, nullptr);
}

const char* profileWord(int profile) {
    switch (profile & ~(FF_PROFILE_H264_CONSTRAINED | FF_PROFILE_H264_INTRA)) {
    case FF_PROFILE_H264_BASELINE:
        return "baseline";
    case FF_PROFILE_H264_MAIN:
        return "main";
    default:
        return nullptr; // as the layout of pixels asks for
    }
}

void configure(AVCodecContext& context, const Encoder::Setup& setup) {
    if (setup.codec == AV_CODEC_ID_H264) {
        av_opt_set(context.priv_data, "preset", kPreset, 0);
        av_opt_set(context.priv_data, "crf", kQuality, 0);
        if (const char* const word = profileWord(setup.profile)) {
            av_opt_set(context.priv_data, "profile", word, 0);
        }
        const std::string more =
            "sps-id=" + std::to_string(setup.parameterSet) + ":open-gop=0:log-level=none";
        av_opt_set(context.priv_data, "x264-params", more.c_str(), 0);
    } else if (setup.codec == AV_CODEC_ID_HEVC) {
        av_opt_set(context.priv_data, "preset", kPreset, 0);
        av_opt_set(context.priv_data, "crf", kQuality, 0);
        std::string more =
            "bframes=0:open-gop=0:info=0:repeat-headers=0:log-level=none:keyint=" + std::to_string(kGroup);
        more += ":frame-threads=2:pools=" + std::to_string(kThreads);
        av_opt_set(context.priv_data, "x265-params", more.c_str(), 0);
    } else {
        context.flags |= AV_CODEC_FLAG_QSCALE;
        context.global_quality = FF_QP2LAMBDA * kQuantiser;
        context.qmin = 1;
        if (setup.codec == AV_CODEC_ID_PRORES && setup.profile != FF_PROFILE_UNKNOWN) {
            context.profile = setup.profile;
            av_opt_set_int(context.priv_data, "profile", setup.profile, 0);
        }
    }
}

} // namespace

base::Expected<Encoder> Encoder::open(const Setup& setup, const AVFrame& like) {
    const AVCodec* const codec = encoderFor(setup.codec);
    const auto refuse = [&] {
        return base::fail(ErrorCode::UnsupportedFormat, kPlace, {avcodec_get_name(setup.codec)});
    };
    if (codec == nullptr) {
        return refuse();
    }
    Encoder out;
    out.m_context.reset(avcodec_alloc_context3(codec));
    if (out.m_context == nullptr) {
        return base::fail(ErrorCode::OutOfMemory, kPlace);
    }
    AVCodecContext& context = *out.m_context;
    context.width = like.width;
    context.height = like.height;
    context.pix_fmt = formatFor(*codec, static_cast<AVPixelFormat>(like.format));
    context.color_range = like.color_range;
    context.colorspace = like.colorspace;
    context.color_primaries = like.color_primaries;
    context.color_trc = like.color_trc;
    context.chroma_sample_location = like.chroma_location;
    context.sample_aspect_ratio = setup.aspect;
    context.framerate = setup.rate;
    context.time_base = av_inv_q(setup.rate);
    context.max_b_frames = 0;
    context.gop_size =
        setup.codec == AV_CODEC_ID_MPEG2VIDEO || setup.codec == AV_CODEC_ID_MPEG1VIDEO ? 15 : kGroup;
    const bool threaded = setup.codec == AV_CODEC_ID_H264 || setup.codec == AV_CODEC_ID_HEVC ||
                          setup.codec == AV_CODEC_ID_PRORES;
    context.thread_count = threaded ? kThreads : 1;
    context.flags |= AV_CODEC_FLAG_GLOBAL_HEADER | AV_CODEC_FLAG_BITEXACT;
    if (setup.codec == AV_CODEC_ID_H264 || setup.codec == AV_CODEC_ID_HEVC) {
        context.flags |= AV_CODEC_FLAG_CLOSED_GOP; // without reordering no group of the others is open
    }
    context.strict_std_compliance = FF_COMPLIANCE_UNOFFICIAL; // limited range in JPEG
    if (setup.codec == AV_CODEC_ID_MPEG2VIDEO || setup.codec == AV_CODEC_ID_MPEG1VIDEO) {
        context.flags &= ~AV_CODEC_FLAG_GLOBAL_HEADER; // its headers stand before each group
    }
    if (setup.interlaced) {
        context.flags |= AV_CODEC_FLAG_INTERLACED_DCT | AV_CODEC_FLAG_INTERLACED_ME;
        context.field_order = setup.topFirst ? AV_FIELD_TT : AV_FIELD_BB;
    }
    configure(context, setup);
    if (avcodec_open2(&context, codec, nullptr) < 0) {
        return refuse();
    }
    return out;
}

base::Expected<FramePtr> Encoder::taken(const AVFrame& frame) const {
    if (frame.width != m_context->width || frame.height != m_context->height) {
        return base::fail(ErrorCode::NotPossible, kPlace, {"size"});
    }
    FramePtr out(av_frame_alloc());
    if (out == nullptr) {
        return base::fail(ErrorCode::OutOfMemory, kPlace);
    }
    if (frame.format == m_context->pix_fmt) {
        if (av_frame_ref(out.get(), &frame) < 0 || av_frame_make_writable(out.get()) < 0) {
            return base::fail(ErrorCode::OutOfMemory, kPlace);
        }
    } else {
        out->format = m_context->pix_fmt;
        out->width = frame.width;
        out->height = frame.height;
        const std::unique_ptr<SwsContext, FreeScaler> scaler(
            sws_getContext(frame.width, frame.height, static_cast<AVPixelFormat>(frame.format), frame.width,
                           frame.height, m_context->pix_fmt,
                           SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT, nullptr, nullptr, nullptr));
        if (scaler == nullptr) {
            return base::fail(ErrorCode::NotPossible, kPlace, {"pixels"});
        }
        if (av_frame_get_buffer(out.get(), 0) < 0 || av_frame_copy_props(out.get(), &frame) < 0) {
            return base::fail(ErrorCode::OutOfMemory, kPlace);
        }
        sws_scale(scaler.get(), frame.data, frame.linesize, 0, frame.height, out->data, out->linesize);
    }
    // What a frame says beside its pixels (captions, SEI) would be written again.
    while (out->nb_side_data > 0) {
        av_frame_remove_side_data(out.get(), out->side_data[0]->type);
    }
    av_dict_free(&out->metadata);
    out->pict_type = AV_PICTURE_TYPE_NONE;
    out->key_frame = 0;
    // A constant quality is the encoder's, not the frame's.
    out->quality = m_context->global_quality;
    return out;
}

base::Expected<void> Encoder::send(AVFrame* frame) {
    if (frame != nullptr) {
        frame->pts = m_next++;
    }
    const int sent = avcodec_send_frame(m_context.get(), frame);
    return sent < 0 && sent != AVERROR_EOF ? tl::unexpected(intake::video::errorOf(sent, kPlace))
                                           : base::Expected<void>{};
}

base::Expected<bool> Encoder::receive(AVPacket& packet) {
    const int got = avcodec_receive_packet(m_context.get(), &packet);
    if (got == AVERROR(EAGAIN) || got == AVERROR_EOF) {
        return false;
    }
    return got < 0 ? tl::unexpected(intake::video::errorOf(got, kPlace)) : base::Expected<bool>(true);
}

} // namespace kamei::transform::video
