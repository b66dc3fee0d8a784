#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Error.h"
#include "core/intake/dicom/PixelCodec.h"
#include "core/intake/video/Bytes.h"
#include "core/transform/Transform.h"
#include "core/transform/dicom/FrameWriter.h"
#include "core/transform/dicom/Markers.h"
#include "core/transform/dicom/PixelMask.h"
#include "core/transform/dicom/SpareBits.h"

namespace kamei::transform::dicom {

/// A stream of video that was processed already (transform::video::rewrite).
struct VideoPart {
    intake::video::Bytes bytes;
    bool masked = false;
    std::string notes{}; ///< of transform::Result
};

/// How the pixel data of one instance is written.
///
/// What need not change is copied in chunks: native data of which every bit is stored, and compressed frames
/// byte for byte, of which only remarks (comments, EXIF and the like in a codestream) are overwritten with
/// zeros. Masks, and bits beside Bits Stored, change the frames they touch and no other: in their own blocks
/// (JPEG of eight bits) or decoded and written back without loss in the same transfer syntax. Where a frame
/// cannot be written back (JPEG of twelve bits), all frames become JPEG-LS without loss, or native where that
/// library refuses too. Outside the masks every decoded pixel equals the source's, except in JPEG's own
/// blocks that a mask touches. Frames beyond Number of Frames and bytes behind the last frame are left out:
/// nobody sees them.
class PixelStream {
public:
    /// Decides on the way. `mask` null: nothing is masked. UnsupportedTransferSyntax (args: the UID) when
    /// no library here decodes the syntax; Malformed or Truncated when the pixel data does not hold what the
    /// header states.
    /// `video`: what takes the place of a stream of video (intake::dicom::holdsVideo); without it such an
    /// instance can be planned, for its header, and not written.
    [[nodiscard]] static base::Expected<PixelStream>
    plan(const intake::dicom::Instance& instance, const PixelMask* mask, const VideoPart* video = nullptr);

    [[nodiscard]] const PixelChanges& changes() const { return m_changes; }
    /// Transfer syntax of the output.
    [[nodiscard]] const std::string& transferSyntax() const { return m_transferSyntax; }
    [[nodiscard]] bool explicitVr() const { return m_explicitVr; }

    /// Writes the pixel data element. `offset` is where it begins in the output; the byte range of native
    /// samples is added to `result`.
    [[nodiscard]] base::Expected<void> write(ByteSink& out, std::uint64_t offset, Result& result) const;

private:
    enum class Way {
        None,
        CopyNative,
        ChangeNative,
        CopyFragments,
        ChangeFragments,
        Transcode,
        Decompress,
        Video
    };
    PixelStream() = default;
    [[nodiscard]] base::Expected<void> planNative();
    [[nodiscard]] base::Expected<void> planFragments();
    [[nodiscard]] base::Expected<void> planFrame(std::int32_t frame, bool& spare);
    [[nodiscard]] base::Expected<void> chooseWay(std::int32_t changed, bool all);
    [[nodiscard]] base::Expected<void> planTranscoding(std::int32_t frame);
    [[nodiscard]] bool touches(std::int32_t frame) const;
    [[nodiscard]] FrameWriter writer() const;

    [[nodiscard]] std::uint64_t nativeLength() const;
    [[nodiscard]] std::string nativeHead(std::uint64_t length) const;
    [[nodiscard]] base::Expected<void> copyRange(ByteSink& out, std::uint64_t offset, std::uint64_t length,
                                                 bool swap) const;
    [[nodiscard]] base::Expected<void> cleanRange(ByteSink& out, std::uint64_t offset,
                                                  std::uint64_t length) const;
    [[nodiscard]] base::Expected<void> writeNative(ByteSink& out) const;
    [[nodiscard]] base::Expected<void> writeBits(ByteSink& out) const;
    [[nodiscard]] base::Expected<void> writeDecompressed(ByteSink& out) const;
    [[nodiscard]] base::Expected<void> writeFragments(ByteSink& out) const;
    [[nodiscard]] base::Expected<void> writeVideo(ByteSink& out) const;
    [[nodiscard]] base::Expected<void> writeFrame(ByteSink& out, std::int32_t frame) const;

    const intake::dicom::Instance* m_instance = nullptr;
    const PixelMask* m_mask = nullptr;
    const VideoPart* m_video = nullptr;
    std::optional<intake::dicom::FrameDecoder> m_decoder; ///< none: video, no pixels, or a header alone
    std::optional<SpareBits> m_spare;                     ///< of native samples
    intake::dicom::PixelFormat m_format;                  ///< of the source
    intake::dicom::PixelFormat m_outFormat;               ///< of decompressed samples
    std::vector<std::uint8_t> m_spareFrames;              ///< by frame: holds bits beside the stored ones
    bool m_framesOnly = false; ///< fragments or an offset table that belong to no frame are left out
    Way m_way = Way::None;
    PixelChanges m_changes;
    std::string m_transferSyntax;
    bool m_explicitVr = true;
    bool m_swap = false;
};

} // namespace kamei::transform::dicom
