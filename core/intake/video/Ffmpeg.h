// Private to core/intake/video and core/transform/video: FFmpeg's types with owners.
#pragma once

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/imgutils.h>
#include <libavutil/pixdesc.h>
}

#include <memory>
#include <optional>
#include <string>

#include "core/base/Error.h"
#include "core/intake/video/Bytes.h"

namespace kamei::intake::video {

struct FreeInput {
    void operator()(AVFormatContext* context) const { avformat_close_input(&context); }
};
struct FreeIo {
    void operator()(AVIOContext* io) const {
        av_freep(&io->buffer);
        avio_context_free(&io);
    }
};
struct FreeCodec {
    void operator()(AVCodecContext* context) const { avcodec_free_context(&context); }
};
struct FreeFrame {
    void operator()(AVFrame* frame) const { av_frame_free(&frame); }
};
struct FreePacket {
    void operator()(AVPacket* packet) const { av_packet_free(&packet); }
};
struct FreeParser {
    void operator()(AVCodecParserContext* parser) const { av_parser_close(parser); }
};
using FramePtr = std::unique_ptr<AVFrame, FreeFrame>;
using PacketPtr = std::unique_ptr<AVPacket, FreePacket>;
using CodecPtr = std::unique_ptr<AVCodecContext, FreeCodec>;

/// FFmpeg's error as ours; out-of-memory and I/O errors keep their meaning, all others are Malformed.
[[nodiscard]] base::Error errorOf(int code, std::string_view place);
/// Sends FFmpeg's own messages nowhere: they may quote metadata.
void silence();

/// A container that is open for reading. Not thread-safe.
class Input {
public:
    /// UnsupportedFormat (args: the container; "audio" where there are no pictures), Malformed, Truncated.
    [[nodiscard]] static base::Expected<std::unique_ptr<Input>> open(Bytes bytes);
    ~Input();
    Input(const Input&) = delete;
    Input& operator=(const Input&) = delete;

    [[nodiscard]] AVFormatContext* context() const { return m_context.get(); }
    /// The stream whose frames are looked at: the best one that is no cover picture.
    [[nodiscard]] AVStream* video() const { return m_context->streams[m_video]; }
    [[nodiscard]] int videoIndex() const { return m_video; }
    /// One of "mp4" "mov" "avi" "mkv" "mpeg" "mpegts" "h264" "hevc" "mpegvideo" "m4v".
    [[nodiscard]] const std::string& container() const { return m_container; }
    /// Why reading ended early, where the bytes could not be read.
    [[nodiscard]] const std::optional<base::Error>& failure() const { return m_failure; }
    [[nodiscard]] const Bytes& bytes() const { return m_bytes; }

private:
    explicit Input(Bytes bytes) : m_bytes(std::move(bytes)) {}
    static int readPart(void* self, std::uint8_t* out, int size);
    static std::int64_t seekTo(void* self, std::int64_t offset, int whence);

    Bytes m_bytes;
    std::uint64_t m_at = 0;
    std::optional<base::Error> m_failure;
    std::unique_ptr<AVIOContext, FreeIo> m_io;
    std::unique_ptr<AVFormatContext, FreeInput> m_context;
    int m_video = -1;
    std::string m_container;
};

/// A decoder of a stream's codec, opened. `threads` 0: as many as the machine has.
/// UnsupportedFormat (args: its name).
[[nodiscard]] base::Expected<CodecPtr> openDecoder(const AVCodecParameters& parameters, AVRational timeBase,
                                                   int threads);

} // namespace kamei::intake::video
