// Private to core/transform/video: a stream of sound with ranges of it silent.
#pragma once

#include <functional>
#include <memory>

#include "core/intake/video/Ffmpeg.h"
#include "core/model/Mute.h"

extern "C" {
#include <libavutil/audio_fifo.h>
#include <libswresample/swresample.h>
}

namespace kamei::transform::video {

/// Decodes a stream of sound, overwrites the samples of the ranges with silence, and codes all of it anew: no
/// byte of the source's packets is written. A range grows by 50 ms to both sides, since containers round
/// times. What does not decode becomes silence.
class SilencedSound {
public:
    /// `originUs`: time of the first picture on the stream's clock. UnsupportedFormat (args: "sound", the
    /// codec) where it cannot be decoded, or written in a form that `container` holds.
    [[nodiscard]] static base::Expected<std::unique_ptr<SilencedSound>> open(const AVStream& stream,
                                                                             const model::Mute& mute,
                                                                             std::int64_t originUs,
                                                                             const std::string& container);

    [[nodiscard]] const AVCodecParameters& parameters() const { return *m_parameters; }
    [[nodiscard]] AVRational timeBase() const { return m_encoder->time_base; }

    using Put = std::function<base::Expected<void>(AVPacket& packet)>;
    /// A packet of the source; null at the end. `put` gets what is to be written, in order.
    [[nodiscard]] base::Expected<void> take(const AVPacket* packet, const Put& put);

private:
    struct FreeFifo {
        void operator()(AVAudioFifo* fifo) const { av_audio_fifo_free(fifo); }
    };
    struct FreeResampler {
        void operator()(SwrContext* context) const { swr_free(&context); }
    };
    struct FreeParameters {
        void operator()(AVCodecParameters* parameters) const { avcodec_parameters_free(&parameters); }
    };

    SilencedSound() = default;
    [[nodiscard]] base::Expected<void> openEncoder(const AVStream& stream, const std::string& container);
    [[nodiscard]] base::Expected<void> frame(AVFrame& decoded, const Put& put);
    [[nodiscard]] base::Expected<intake::video::FramePtr> converted(const AVFrame& decoded);
    void silence(AVFrame& samples, std::int64_t first) const;
    [[nodiscard]] base::Expected<void> queue(AVFrame& samples, std::int64_t first, const Put& put);
    [[nodiscard]] base::Expected<void> queueSilence(std::int64_t count, const Put& put);
    [[nodiscard]] base::Expected<void> encode(bool all, const Put& put);
    [[nodiscard]] base::Expected<void> drain(const Put& put);

    intake::video::CodecPtr m_decoder;
    intake::video::CodecPtr m_encoder;
    std::unique_ptr<AVCodecParameters, FreeParameters> m_parameters;
    std::unique_ptr<AVAudioFifo, FreeFifo> m_fifo;
    std::unique_ptr<SwrContext, FreeResampler> m_resampler;
    struct Form { ///< of what is decoded, for which the resampler was made
        int format = -1;
        int rate = 0;
        int channels = 0;
    } m_form;
    model::Mute m_mute;
    AVRational m_sourceBase{1, 1};
    std::int64_t m_originUs = 0;
    std::int64_t m_next = AV_NOPTS_VALUE; ///< number of the sample that comes next into the queue
    std::int64_t m_sent = 0;              ///< number of the first sample in the queue
    std::int64_t m_filled = 0;            ///< samples of silence put where none were decoded
};

} // namespace kamei::transform::video
