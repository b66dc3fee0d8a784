// Private to core/transform/video: one pass over a source that writes the new container.
#pragma once

#include <optional>

#include "core/intake/video/FrameSource.h"
#include "core/transform/video/Encoder.h"
#include "core/transform/video/Muxer.h"
#include "core/transform/video/Paint.h"
#include "core/transform/video/Rewrite.h"
#include "core/transform/video/Splice.h"

namespace kamei::transform::video {

class Rewriter {
public:
    Rewriter(const intake::video::Bytes& bytes, std::shared_ptr<const intake::video::Index> index,
             const Wish& wish, Painter& painter)
        : m_bytes(bytes), m_index(std::move(index)), m_wish(wish), m_painter(painter) {}

    /// `whole`: the only piece is everything, and the stream is the encoder's own. NotPossible where pieces
    /// do not fit into the stream.
    [[nodiscard]] base::Expected<void> run(const std::vector<Piece>& pieces, bool whole, int descriptor);

private:
    [[nodiscard]] base::Expected<void> prepare(const std::vector<Piece>& pieces, bool whole);
    [[nodiscard]] base::Expected<Muxer::VideoStream> streamFor(bool whole) const;
    [[nodiscard]] base::Expected<void> planTimes(const std::vector<Piece>& pieces);
    [[nodiscard]] base::Expected<void> videoPacket(AVPacket& packet);
    [[nodiscard]] base::Expected<void> begin(const Piece& piece);
    [[nodiscard]] base::Expected<void> pump(bool toTheEnd);
    [[nodiscard]] base::Expected<bool> deliver();
    [[nodiscard]] base::Expected<void> put(const std::vector<std::uint8_t>& data, std::int32_t frame,
                                           bool key);

    /// Time of the first picture on the container's clock.
    [[nodiscard]] std::int64_t firstPictureUs() const;

    const intake::video::Bytes& m_bytes;
    std::shared_ptr<const intake::video::Index> m_index;
    const Wish& m_wish;
    Painter& m_painter;

    std::unique_ptr<intake::video::Input> m_input;
    std::unique_ptr<intake::video::FrameSource> m_frames;
    std::unique_ptr<Muxer> m_muxer;
    std::optional<Splice> m_splice;
    bool m_whole = false;
    Encoder::Setup m_setup;
    std::vector<std::uint8_t> m_configuration; ///< of the first encoder; all must have the same

    std::vector<std::int32_t> m_pieceOf; ///< frame - 1 -> piece, or -1
    std::vector<Piece> m_pieces;
    std::vector<std::int64_t> m_decoding; ///< of written packets, in order
    std::size_t m_written = 0;
    std::size_t m_read = 0; ///< packets of the source

    std::optional<Encoder> m_encoder; ///< of the piece that is being written
    Piece m_piece;
    std::int32_t m_sent = 0;     ///< frames of it given to the encoder
    std::int32_t m_received = 0; ///< packets of it that were written
    bool m_resume = false;       ///< the next copied packet follows a piece
};

} // namespace kamei::transform::video
