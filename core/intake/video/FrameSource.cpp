#include "core/intake/video/FrameSource.h"

#include <algorithm>

namespace kamei::intake::video {
namespace {

using base::ErrorCode;
constexpr std::string_view kPlace = "intake.video.frame";
/// Packets after a jump that the index does not know: the rest of one that was cut.
constexpr int kStrays = 16;

} // namespace

base::Expected<std::unique_ptr<FrameSource>>
FrameSource::open(Bytes bytes, std::shared_ptr<const Index> index, int threads) {
    std::unique_ptr<FrameSource> out(new FrameSource(std::move(bytes), std::move(index), threads));
    if (out->m_frame == nullptr || out->m_packet == nullptr) {
        return base::fail(ErrorCode::OutOfMemory, kPlace);
    }
    if (auto opened = out->reopen(); !opened) {
        return tl::unexpected(opened.error());
    }
    return out;
}

base::Expected<void> FrameSource::reopen() {
    auto input = Input::open(m_bytes);
    if (!input) {
        return tl::unexpected(input.error());
    }
    const AVStream& stream = *(*input)->video();
    auto decoder = openDecoder(*stream.codecpar, stream.time_base, m_threads);
    if (!decoder) {
        return tl::unexpected(decoder.error());
    }
    m_decoder = std::move(*decoder);
    m_input = std::move(*input);
    m_next = 0;
    m_number = 0;
    m_drained = false;
    return {};
}

std::size_t FrameSource::keyBefore(std::int32_t number) const {
    const auto& packets = m_index->packets;
    auto at = static_cast<std::size_t>(m_index->order[static_cast<std::size_t>(number - 1)]);
    // A key picture that is no restart may take a few pictures to recover (H.264 D.2.8): one more before it.
    int further = 1;
    for (; at > 0; --at) {
        const Packet& packet = packets[at];
        if (!packet.key && !packet.restart) {
            continue;
        }
        if (packet.frame > 0 && packet.frame <= number && (packet.restart || further-- == 0)) {
            return at;
        }
    }
    return 0;
}

bool FrameSource::nextPacket(AVPacket& packet) {
    while (av_read_frame(m_input->context(), &packet) >= 0) {
        if (packet.stream_index == m_input->videoIndex() && packet.size > 0) {
            return true;
        }
        av_packet_unref(&packet);
    }
    return false;
}

bool FrameSource::seekTo(std::size_t packet) {
    const auto& packets = m_index->packets;
    const Packet& wanted = packets[packet];
    AVFormatContext* const context = m_input->context();
    const bool bytes = m_index->facts.container == "mpeg" || m_index->facts.container == "mpegts";
    if (wanted.position < 0) {
        return false;
    }
    if (m_places.empty()) {
        for (std::size_t i = 0; i < packets.size(); ++i) {
            m_places.emplace(packets[i].position, i);
        }
    }
    const std::int64_t time = wanted.dts != kNoTime ? wanted.dts : wanted.pts;
    const int done = bytes ? av_seek_frame(context, m_input->videoIndex(), wanted.position, AVSEEK_FLAG_BYTE)
                           : av_seek_frame(context, m_input->videoIndex(), time, AVSEEK_FLAG_BACKWARD);
    if (done < 0) {
        return false;
    }
    // Where it landed is told by the packet itself.
    for (int stray = 0; stray < kStrays && nextPacket(*m_packet); ++stray) {
        const auto [first, last] = m_places.equal_range(m_packet->pos);
        std::size_t found = packets.size();
        int fits = 0;
        for (auto place = first; place != last; ++place) {
            const Packet& row = packets[place->second];
            // Decoding times that the container does not state are another matter after a jump.
            const bool same = (row.pts == m_packet->pts && row.pts != kNoTime) || row.dts == m_packet->dts;
            if (row.size == m_packet->size && (bytes || same)) {
                found = place->second;
                ++fits;
            }
        }
        if (fits == 1) {
            if (found > packet) {
                break;
            }
            m_next = found;
            return true;
        }
        av_packet_unref(m_packet.get());
    }
    av_packet_unref(m_packet.get());
    return false;
}

base::Expected<void> FrameSource::jumpBefore(std::int32_t number) {
    const std::size_t key = keyBefore(number);
    m_number = 0;
    m_drained = false;
    avcodec_flush_buffers(m_decoder.get());
    if (key == 0 || !m_seekable || !seekTo(key)) {
        m_seekable = m_seekable && key == 0;
        return reopen();
    }
    // What lies between the place that was found and the key packet is passed over.
    while (m_next < key) {
        av_packet_unref(m_packet.get());
        if (!nextPacket(*m_packet)) {
            return reopen();
        }
        ++m_next;
    }
    m_decoder->reordered_opaque = static_cast<std::int64_t>(m_next++);
    static_cast<void>(avcodec_send_packet(m_decoder.get(), m_packet.get()));
    av_packet_unref(m_packet.get());
    return {};
}

base::Expected<bool> FrameSource::nextFrame() {
    while (true) {
        const int got = avcodec_receive_frame(m_decoder.get(), m_frame.get());
        if (got >= 0) {
            const std::int64_t packet = m_frame->reordered_opaque;
            const bool known = packet >= 0 && static_cast<std::size_t>(packet) < m_index->packets.size();
            m_number = known ? m_index->packets[static_cast<std::size_t>(packet)].frame : 0;
            if (m_number > 0) {
                return true;
            }
            continue;
        }
        if (got == AVERROR_EOF || m_drained) {
            return false;
        }
        if (got == AVERROR(ENOMEM)) {
            return base::fail(ErrorCode::OutOfMemory, kPlace);
        }
        if (nextPacket(*m_packet)) {
            m_decoder->reordered_opaque = static_cast<std::int64_t>(m_next++);
            static_cast<void>(
                avcodec_send_packet(m_decoder.get(), m_packet.get())); // what fails gives no picture
            av_packet_unref(m_packet.get());
        } else if (m_input->failure()) {
            return tl::unexpected(*m_input->failure());
        } else {
            static_cast<void>(avcodec_send_packet(m_decoder.get(), nullptr));
            m_drained = true;
        }
    }
}

base::Expected<const AVFrame*> FrameSource::at(std::int32_t number) {
    if (number < 1 || number > m_index->facts.frames) {
        return base::fail(ErrorCode::InvalidArgument, kPlace, {std::to_string(number)});
    }
    if (number == m_number) {
        return m_frame.get();
    }
    for (int attempt = 0; attempt < 2; ++attempt) {
        // Forward without a jump, unless a key packet lies between.
        const bool behind = m_next == 0 && m_number == 0;
        const bool near = m_number > 0 && number > m_number &&
                          (number - m_number < 8 || !m_seekable || keyBefore(number) < m_next);
        if (attempt > 0 || (!behind && !near) || (behind && number > 1)) {
            if (auto jumped = attempt == 0 ? jumpBefore(number) : reopen(); !jumped) {
                return tl::unexpected(jumped.error());
            }
        }
        while (true) {
            const auto more = nextFrame();
            if (!more) {
                return tl::unexpected(more.error());
            }
            if (!*more || m_number > number) {
                break; // once more from the beginning: a jump may have been to a wrong place
            }
            if (m_number == number) {
                return m_frame.get();
            }
        }
        m_number = 0;
    }
    return base::fail(ErrorCode::Malformed, kPlace, {std::to_string(number)});
}

} // namespace kamei::intake::video
