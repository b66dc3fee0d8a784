#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "core/intake/dicom/PixelCodec.h"
#include "core/model/Mask.h"
#include "core/transform/image/Fill.h"
#include "core/transform/volume/FrameCuts.h"

namespace kamei::transform::dicom {

/// Destroys pixels of native frames (Guideline 4.7.1, 5.4.3): what lies inside a mask is overwritten,
/// every other sample stays bit for bit. Immutable; const use from several threads is safe.
class PixelMask {
public:
    /// `firstFrame`: number (from 1) that frame 0 of this source has in the asset.
    /// `cuts`: the face that is taken off (Guideline 5.4.4), null for none; `source`: index of the source in
    /// it.
    PixelMask(std::vector<model::Mask> masks, std::int32_t firstFrame,
              const volume::FrameCuts* cuts = nullptr, std::size_t source = 0);

    /// Whether some mask falls on frame `frame` (from 0) of the source.
    [[nodiscard]] bool touches(std::int32_t frame) const;
    /// The drawn masks that fall on one frame of width x height, with their pixels.
    [[nodiscard]] image::FrameMasks on(std::int32_t frame, std::int32_t width, std::int32_t height) const;
    /// Whether a face is taken off this frame: voxel by voxel, and so not in the blocks of a lossy frame.
    [[nodiscard]] bool cuts(std::int32_t frame) const {
        return m_cuts != nullptr && m_cuts->touches(m_source, frame);
    }
    /// Number (from 1) of a frame in the asset.
    [[nodiscard]] std::int32_t numberOf(std::int32_t frame) const { return frame + m_firstFrame; }
    /// Overwrites the masked samples of one frame: little endian, laid out as `format` says. `black` is what
    /// blackOf gave.
    /// NotPossible where the face cannot be taken off this frame.
    [[nodiscard]] base::Expected<void> apply(std::span<std::byte> frame, std::int32_t number,
                                             const intake::dicom::PixelFormat& format,
                                             std::uint64_t black) const;
    /// The same for pixels of one bit: pixel 0 of the frame is bit `firstPixel` % 8 of `bits`.
    /// A face is not taken off them: NotPossible.
    [[nodiscard]] base::Expected<void> applyBits(std::span<std::byte> bits, std::int32_t number,
                                                 const intake::dicom::PixelFormat& format,
                                                 std::uint64_t firstPixel) const;

    /// Stored value that shows black: the smallest one, for MONOCHROME1 the largest, for PALETTE COLOR the
    /// darkest entry. The padding value (PS3.3 C.7.5.1.1.2) where the object has one that is as dark, since
    /// measurements leave it out; in floating point the padding value or zero.
    [[nodiscard]] static std::uint64_t blackOf(const intake::dicom::Instance& instance,
                                               const intake::dicom::PixelFormat& format);

private:
    [[nodiscard]] base::Expected<void> cut(std::span<std::byte> frame, std::int32_t number,
                                           const intake::dicom::PixelFormat& format,
                                           std::uint64_t black) const;

    /// The masks that may fall on a frame, numbered in the asset.
    [[nodiscard]] const std::vector<model::Mask>& masksFor(std::int32_t number) const;

    std::vector<model::Mask> m_masks; ///< that fall on more than one frame
    /// By frame: those that fall on it alone, behind the others. A slide has thousands of them.
    std::unordered_map<std::int32_t, std::vector<model::Mask>> m_single;
    std::int32_t m_firstFrame;
    const volume::FrameCuts* m_cuts;
    std::size_t m_source;
};

} // namespace kamei::transform::dicom
