#include "core/intake/video/Ffmpeg.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace kamei::intake::video {
namespace {

using base::ErrorCode;

constexpr std::string_view kPlace = "intake.video.open";
constexpr int kIoPart = 64 * 1024;
constexpr int kMostStreams = 100;
/// As core/intake/image: larger frames are no video of a hospital.
constexpr std::int64_t kMostPixels = std::int64_t{1} << 26;

struct ContainerRow {
    std::string_view demuxer;
    std::string_view word;
};
// The demuxers that may be chosen at all: none that opens other files (playlists, concatenations, image
// sets).
constexpr std::array kContainers{
    ContainerRow{"mov,mp4,m4a,3gp,3g2,mj2", "mp4"},
    ContainerRow{"avi", "avi"},
    ContainerRow{"matroska,webm", "mkv"},
    ContainerRow{"mpeg", "mpeg"},
    ContainerRow{"mpegts", "mpegts"},
    ContainerRow{"h264", "h264"},
    ContainerRow{"hevc", "hevc"},
    ContainerRow{"mpegvideo", "mpegvideo"},
    ContainerRow{"m4v", "m4v"},
};
constexpr const char* kAllowed =
    "mov,mp4,m4a,3gp,3g2,mj2,avi,matroska,webm,mpeg,mpegts,h264,hevc,mpegvideo,m4v";

std::string containerOf(const AVFormatContext& context) {
    const std::string_view name = context.iformat->name;
    const auto* const row = std::ranges::find(kContainers, name, &ContainerRow::demuxer);
    if (row == kContainers.end()) {
        return {};
    }
    if (row->word == "mp4") {
        const AVDictionaryEntry* brand = av_dict_get(context.metadata, "major_brand", nullptr, 0);
        const bool quickTime = brand == nullptr || std::string_view(brand->value).starts_with("qt");
        return quickTime ? "mov" : "mp4";
    }
    return std::string(row->word);
}

} // namespace

base::Error errorOf(int code, std::string_view place) {
    if (code == AVERROR(ENOMEM)) {
        return {ErrorCode::OutOfMemory, {}, std::string(place)};
    }
    if (code == AVERROR(ENOSPC) || code == AVERROR(EIO) || code == AVERROR(EFBIG)) {
        return base::errorFromErrno(AVUNERROR(code), place);
    }
    return {code == AVERROR_EOF ? ErrorCode::Truncated : ErrorCode::Malformed, {}, std::string(place)};
}

void silence() {
    av_log_set_level(AV_LOG_QUIET);
}

int Input::readPart(void* self, std::uint8_t* out, int size) {
    auto& input = *static_cast<Input*>(self);
    const auto got = input.m_bytes.read(
        input.m_at, std::as_writable_bytes(std::span(out, static_cast<std::size_t>(size))));
    if (!got) {
        input.m_failure = got.error();
        return AVERROR(EIO);
    }
    input.m_at += *got;
    return *got == 0 ? AVERROR_EOF : static_cast<int>(*got);
}

std::int64_t Input::seekTo(void* self, std::int64_t offset, int whence) {
    auto& input = *static_cast<Input*>(self);
    const auto size = static_cast<std::int64_t>(input.m_bytes.size());
    if (whence == AVSEEK_SIZE) {
        return size;
    }
    const std::int64_t from = whence == SEEK_CUR   ? static_cast<std::int64_t>(input.m_at)
                              : whence == SEEK_END ? size
                                                   : 0;
    if (offset < -from || offset > size) {
        return AVERROR(EINVAL);
    }
    input.m_at = static_cast<std::uint64_t>(from + offset);
    return static_cast<std::int64_t>(input.m_at);
}

Input::~Input() = default;

base::Expected<std::unique_ptr<Input>> Input::open(Bytes bytes) {
    silence();
    std::unique_ptr<Input> out(new Input(std::move(bytes)));
    auto* buffer = static_cast<unsigned char*>(av_malloc(kIoPart));
    if (buffer == nullptr) {
        return base::fail(ErrorCode::OutOfMemory, kPlace);
    }
    out->m_io.reset(avio_alloc_context(buffer, kIoPart, 0, out.get(), readPart, nullptr, seekTo));
    AVFormatContext* context = avformat_alloc_context();
    if (out->m_io == nullptr || context == nullptr) {
        return base::fail(ErrorCode::OutOfMemory, kPlace);
    }
    context->pb = out->m_io.get();
    context->flags |= AVFMT_FLAG_CUSTOM_IO;
    context->max_streams = kMostStreams;
    context->format_whitelist = av_strdup(kAllowed);
    context->protocol_whitelist = av_strdup("none");
    int opened = avformat_open_input(&context, "", nullptr, nullptr);
    if (opened < 0) { // the context is freed
        if (out->m_failure) {
            return tl::unexpected(*out->m_failure);
        }
        std::array<std::byte, 4> head{};
        const auto got = out->m_bytes.read(0, head);
        const bool asf =
            got && head == std::array{std::byte{0x30}, std::byte{0x26}, std::byte{0xB2}, std::byte{0x75}};
        return asf ? base::fail(ErrorCode::UnsupportedFormat, kPlace, {"asf"})
                   : tl::unexpected(errorOf(opened, kPlace));
    }
    out->m_context.reset(context);
    out->m_container = containerOf(*context);
    if (out->m_container.empty()) {
        return base::fail(ErrorCode::UnsupportedFormat, kPlace, {out->m_context->iformat->name});
    }
    if (const int known = avformat_find_stream_info(context, nullptr); known < 0) {
        return tl::unexpected(errorOf(known, kPlace));
    }
    std::int64_t most = 0;
    for (unsigned i = 0; i < context->nb_streams; ++i) {
        const AVStream& stream = *context->streams[i];
        const std::int64_t pixels =
            std::int64_t{std::max(stream.codecpar->width, 0)} * stream.codecpar->height;
        const bool usable = stream.codecpar->codec_type == AVMEDIA_TYPE_VIDEO &&
                            (stream.disposition & AV_DISPOSITION_ATTACHED_PIC) == 0;
        if (usable && pixels > most) {
            most = pixels;
            out->m_video = static_cast<int>(i);
        }
    }
    if (out->m_video < 0) {
        return base::fail(ErrorCode::UnsupportedFormat, kPlace, {"audio"});
    }
    if (most > kMostPixels) {
        return base::fail(ErrorCode::TooLarge, kPlace);
    }
    return out;
}

base::Expected<CodecPtr> openDecoder(const AVCodecParameters& parameters, AVRational timeBase, int threads) {
    const AVCodec* codec = avcodec_find_decoder(parameters.codec_id);
    if (codec == nullptr) {
        return base::fail(ErrorCode::UnsupportedFormat, "intake.video.decode",
                          {avcodec_get_name(parameters.codec_id)});
    }
    CodecPtr out(avcodec_alloc_context3(codec));
    if (out == nullptr) {
        return base::fail(ErrorCode::OutOfMemory, "intake.video.decode");
    }
    if (const int set = avcodec_parameters_to_context(out.get(), &parameters); set < 0) {
        return tl::unexpected(errorOf(set, "intake.video.decode"));
    }
    out->pkt_timebase = timeBase;
    out->max_pixels = kMostPixels;
    out->thread_count = threads;
    if (const int opened = avcodec_open2(out.get(), codec, nullptr); opened < 0) {
        return tl::unexpected(errorOf(opened, "intake.video.decode"));
    }
    return out;
}

} // namespace kamei::intake::video
