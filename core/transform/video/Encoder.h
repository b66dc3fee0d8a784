// Private to core/transform/video: an encoder for the frames of one piece.
#pragma once

#include "core/intake/video/Ffmpeg.h"
#include "core/intake/video/Index.h"

namespace kamei::transform::video {

/// Pictures as they are shown, none reordered: whatever times the source had can be kept. Near-transparent:
/// constant quality 18 for H.264 and H.265 (preset "fast"), quantiser 2 for MPEG-1, -2, -4 and JPEG.
/// The number of threads is fixed: what is written must not depend on the machine.
class Encoder {
public:
    struct Setup {
        AVCodecID codec = AV_CODEC_ID_NONE;
        int profile = FF_PROFILE_UNKNOWN;
        AVRational rate{25, 1}; ///< of frames; a hint
        AVRational aspect{0, 1};
        int parameterSet = 0; ///< H.264: id of SPS and PPS
        /// H.265 and others in which the stream's own word on fields is kept
        bool interlaced = false;
        bool topFirst = true;
    };
    /// `like`: a frame of the source, whose size, layout and colour are taken over; layouts that the encoder
    /// does not know are converted. UnsupportedFormat (args: the codec).
    [[nodiscard]] static base::Expected<Encoder> open(const Setup& setup, const AVFrame& like);
    Encoder(Encoder&&) = default;
    Encoder& operator=(Encoder&&) = default;

    /// The frame in the encoder's layout, writable, ready to be painted. Malformed when its size is another.
    [[nodiscard]] base::Expected<intake::video::FramePtr> taken(const AVFrame& frame) const;
    /// Null ends the stream. Afterwards receive() until it has none.
    [[nodiscard]] base::Expected<void> send(AVFrame* frame);
    /// False when more frames are wanted or all is done.
    [[nodiscard]] base::Expected<bool> receive(AVPacket& packet);
    [[nodiscard]] const AVCodecContext& context() const { return *m_context; }

private:
    Encoder() = default;
    intake::video::CodecPtr m_context;
    std::int64_t m_next = 0;
};

} // namespace kamei::transform::video
