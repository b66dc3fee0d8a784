#include "core/intake/video/IndexScan.h"

#include <algorithm>

namespace kamei::intake::video {
namespace {

using base::ErrorCode;

constexpr std::string_view kPlace = "intake.video.index";
constexpr std::size_t kMostPackets = 10'000'000;
constexpr std::size_t kMostUserData = 8;

bool isRead(int code) {
    return code >= 0;
}

void note(Index& out, const Survey& told) {
    for (const int id : told.parameterSets) {
        const auto place = std::ranges::lower_bound(out.parameterSets, id);
        if (place == out.parameterSets.end() || *place != id) {
            out.parameterSets.insert(place, id);
        }
    }
    for (const std::string& text : told.userData) {
        ++out.userDataCount;
        if (out.userData.size() < kMostUserData &&
            std::ranges::find(out.userData, text) == out.userData.end()) {
            out.userData.push_back(text);
        }
    }
    // Time codes count from zero, or they are the time of day.
    if (out.facts.whole.empty() && told.clockSeconds >= 0) {
        constexpr int kNearTheBeginning = 2;
        out.facts.whole = told.clockSeconds > kNearTheBeginning && out.packets.size() < 2 ? "time-codes" : "";
    }
}

/// What subtitles say, so that a person sees what is left behind.
void noteText(const Input& input, const AVPacket& packet, Index& out) {
    const AVCodecParameters& parameters = *input.context()->streams[packet.stream_index]->codecpar;
    if (parameters.codec_type != AVMEDIA_TYPE_SUBTITLE) {
        return;
    }
    constexpr std::size_t kMost = 1000;
    std::string& text = out.texts[packet.stream_index];
    // Timed text of QuickTime begins with its length (ISO/IEC 14496-17).
    const int skip = parameters.codec_id == AV_CODEC_ID_MOV_TEXT ? 2 : 0;
    for (int i = skip; i < packet.size && text.size() < kMost; ++i) {
        const std::uint8_t byte = packet.data[i];
        text.push_back(byte < 0x20 || byte == 0x7F ? ' ' : static_cast<char>(byte));
    }
    text.push_back(' ');
}

} // namespace

Coding codingOf(AVCodecID codec) {
    switch (codec) {
    case AV_CODEC_ID_H264:
        return Coding::H264;
    case AV_CODEC_ID_HEVC:
        return Coding::Hevc;
    case AV_CODEC_ID_MPEG1VIDEO:
    case AV_CODEC_ID_MPEG2VIDEO:
        return Coding::Mpeg2;
    case AV_CODEC_ID_MPEG4:
        return Coding::Mpeg4;
    case AV_CODEC_ID_MJPEG:
        return Coding::Mjpeg;
    case AV_CODEC_ID_PRORES:
        return Coding::ProRes;
    default:
        return Coding::Other;
    }
}

base::Expected<void> scanPackets(Input& input, Index& out, const std::stop_token& stop) {
    const PacketPtr packet(av_packet_alloc());
    if (packet == nullptr) {
        return base::fail(ErrorCode::OutOfMemory, kPlace);
    }
    const AVCodecParameters& parameters = *input.video()->codecpar;
    const Data extradata(parameters.extradata, static_cast<std::size_t>(parameters.extradata_size));
    out.coding = codingOf(parameters.codec_id);
    out.lengthSize = lengthSizeOf(out.coding, extradata);
    out.timeNumerator = input.video()->time_base.num;
    out.timeDenominator = input.video()->time_base.den;
    if (out.coding == Coding::H264) {
        Survey told;
        told.parameterSets = h264ParameterSets(extradata);
        note(out, told);
    }
    int got = 0;
    while (isRead(got = av_read_frame(input.context(), packet.get()))) {
        if (stop.stop_requested()) {
            return base::fail(ErrorCode::Cancelled, kPlace);
        }
        if (packet->stream_index != input.videoIndex() || packet->size == 0) {
            noteText(input, *packet, out);
            av_packet_unref(packet.get());
            continue;
        }
        if (out.packets.size() == kMostPackets) {
            return base::fail(ErrorCode::TooManyEntries, kPlace, {std::to_string(kMostPackets)});
        }
        Packet row;
        row.pts = packet->pts;
        row.dts = packet->dts;
        row.duration = packet->duration;
        row.position = packet->pos;
        row.size = packet->size;
        row.key = (packet->flags & AV_PKT_FLAG_KEY) != 0;
        row.hidden = (packet->flags & AV_PKT_FLAG_DISCARD) != 0;
        const Survey told = survey(out.coding, Data(packet->data, static_cast<std::size_t>(packet->size)),
                                   out.lengthSize, row.key);
        row.restart = told.restart;
        note(out, told);
        if (!told.sound || (packet->flags & AV_PKT_FLAG_CORRUPT) != 0) {
            out.facts.truncated = true;
        }
        out.packets.push_back(row);
        av_packet_unref(packet.get());
    }
    if (input.failure()) {
        return tl::unexpected(*input.failure());
    }
    // An index tells of pictures that the file no longer holds.
    const auto size = static_cast<std::int64_t>(input.bytes().size());
    for (int i = 0; i < avformat_index_get_entries_count(input.video()); ++i) {
        const AVIndexEntry* const entry = avformat_index_get_entry(input.video(), i);
        const bool contiguous = out.facts.container == "mp4" || out.facts.container == "mov";
        if (contiguous && entry->pos > size - entry->size) {
            out.facts.truncated = true;
            break;
        }
    }
    if (got != AVERROR_EOF) {
        out.facts.truncated = true;
    }
    return {};
}

base::Expected<Shown> decodeOrder(const Bytes& bytes, std::size_t most, const std::stop_token& stop) {
    auto input = Input::open(bytes);
    if (!input) {
        return tl::unexpected(input.error());
    }
    const AVStream& stream = *(*input)->video();
    auto decoder = openDecoder(*stream.codecpar, stream.time_base, 0);
    if (!decoder) {
        return tl::unexpected(decoder.error());
    }
    (*decoder)->skip_loop_filter = AVDISCARD_ALL; // only the order counts
    const PacketPtr packet(av_packet_alloc());
    const FramePtr frame(av_frame_alloc());
    if (packet == nullptr || frame == nullptr) {
        return base::fail(ErrorCode::OutOfMemory, kPlace);
    }
    Shown out;
    const auto collect = [&] {
        while (isRead(avcodec_receive_frame(decoder->get(), frame.get()))) {
            out.order.push_back(static_cast<std::int32_t>(frame->reordered_opaque));
            out.times.push_back(frame->best_effort_timestamp);
            out.interlaced = out.interlaced || frame->interlaced_frame != 0;
            av_frame_unref(frame.get());
        }
    };
    std::size_t number = 0;
    while (number < most && isRead(av_read_frame((*input)->context(), packet.get()))) {
        if (stop.stop_requested()) {
            return base::fail(ErrorCode::Cancelled, kPlace);
        }
        if (packet->stream_index == (*input)->videoIndex() && packet->size > 0) {
            (*decoder)->reordered_opaque = static_cast<std::int64_t>(number++);
            static_cast<void>(
                avcodec_send_packet(decoder->get(), packet.get())); // what fails gives no picture
            collect();
        }
        av_packet_unref(packet.get());
    }
    static_cast<void>(avcodec_send_packet(decoder->get(), nullptr));
    collect();
    return out;
}

} // namespace kamei::intake::video
