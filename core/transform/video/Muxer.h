// Private to core/transform/video: packets written into a fresh container.
#pragma once

#include <map>
#include <vector>

#include "core/intake/video/Ffmpeg.h"

namespace kamei::transform::video {

struct FreeOutput {
    void operator()(AVFormatContext* context) const { avformat_free_context(context); }
};
struct FreeParameters {
    void operator()(AVCodecParameters* parameters) const { avcodec_parameters_free(&parameters); }
};
using ParametersPtr = std::unique_ptr<AVCodecParameters, FreeParameters>;

/// A container of one video stream and, where they are kept, streams of sound; it states nothing that the
/// muxer does not need: no tags, chapters, names or times.
class Muxer {
public:
    struct VideoStream {
        ParametersPtr parameters;
        AVRational timeBase{1, 1};
        AVRational rate{0, 1};
        std::vector<std::int32_t> displayMatrix; ///< nine numbers, or none
    };
    struct SoundStream {
        const AVCodecParameters* parameters = nullptr;
        AVRational timeBase{1, 1};
    };
    /// `container`: of intake::video::Facts. `descriptor`: written from its beginning, outlives the muxer.
    /// UnsupportedFormat (args: the container).
    [[nodiscard]] static base::Expected<std::unique_ptr<Muxer>> open(int descriptor,
                                                                     const std::string& container,
                                                                     const VideoStream& video,
                                                                     const std::vector<SoundStream>& sound);
    ~Muxer() = default;
    Muxer(const Muxer&) = delete;
    Muxer& operator=(const Muxer&) = delete;

    /// Times in `from`; `stream` 0 is the video. The packet is emptied.
    [[nodiscard]] base::Expected<void> write(AVPacket& packet, int stream, AVRational from);
    [[nodiscard]] base::Expected<void> finish();

private:
    explicit Muxer(int descriptor) : m_descriptor(descriptor) {}
    [[nodiscard]] base::Error failure(int code) const;
    static int writePart(void* self, std::uint8_t* data, int size);
    static std::int64_t seekTo(void* self, std::int64_t offset, int whence);

    int m_descriptor;
    std::int64_t m_at = 0;
    std::int64_t m_size = 0;
    int m_errno = 0;
    std::unique_ptr<AVIOContext, intake::video::FreeIo> m_io;
    std::unique_ptr<AVFormatContext, FreeOutput> m_context;
};

} // namespace kamei::transform::video
