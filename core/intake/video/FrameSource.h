// Private to core/intake/video and core/transform/video: decoded frames of a video by their number.
#pragma once

#include <memory>
#include <unordered_map>

#include "core/intake/video/Ffmpeg.h"
#include "core/intake/video/Index.h"

namespace kamei::intake::video {

/// Frames by number, exactly: a jump goes to the key packet before and decodes forward; the next frame costs
/// one decoding. Belongs to one thread.
class FrameSource {
public:
    /// `threads` of the decoder, 0 for as many as the machine has.
    [[nodiscard]] static base::Expected<std::unique_ptr<FrameSource>>
    open(Bytes bytes, std::shared_ptr<const Index> index, int threads);

    /// The frame with this number, from 1; it stays valid until the next call. InvalidArgument when there is
    /// no such frame, Malformed when it cannot be decoded.
    [[nodiscard]] base::Expected<const AVFrame*> at(std::int32_t number);
    [[nodiscard]] const Index& index() const { return *m_index; }
    [[nodiscard]] const AVStream& stream() const { return *m_input->video(); }

private:
    FrameSource(Bytes bytes, std::shared_ptr<const Index> index, int threads)
        : m_bytes(std::move(bytes)), m_index(std::move(index)), m_threads(threads) {}
    [[nodiscard]] base::Expected<void> reopen();
    [[nodiscard]] base::Expected<void> jumpBefore(std::int32_t number);
    [[nodiscard]] std::size_t keyBefore(std::int32_t number) const;
    [[nodiscard]] bool seekTo(std::size_t packet);
    [[nodiscard]] bool nextPacket(AVPacket& packet);
    [[nodiscard]] base::Expected<bool> nextFrame();

    Bytes m_bytes;
    std::shared_ptr<const Index> m_index;
    int m_threads;
    std::unique_ptr<Input> m_input;
    CodecPtr m_decoder;
    FramePtr m_frame{av_frame_alloc()};
    PacketPtr m_packet{av_packet_alloc()};
    std::unordered_multimap<std::int64_t, std::size_t>
        m_places;              ///< position -> packets, made at the first jump
    std::size_t m_next = 0;    ///< packet that the demuxer gives next
    std::int32_t m_number = 0; ///< of the frame held; 0 none
    bool m_drained = false;
    bool m_seekable = true;
};

/// A frame of a video by its number; a few videos a thread stay open under their names. It stays valid until
/// the thread asks again. Bytes of memory are opened anew each time.
[[nodiscard]] base::Expected<const AVFrame*> frameOf(const Bytes& bytes, const std::string& name,
                                                     std::int32_t number);

} // namespace kamei::intake::video
