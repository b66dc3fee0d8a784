#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/intake/dicom/PixelCodec.h"
#include "core/model/Mask.h"
#include "core/transform/image/Fill.h"

namespace kamei::transform::dicom {

/// Destroys pixels of native frames (Guideline 4.7.1, 5.4.3): what lies inside a mask is overwritten,
/// every other sample stays bit for bit. Immutable; const use from several threads is safe.
class PixelMask {
public:
    /// `firstFrame`: number (from 1) that frame 0 of this source has in the asset.
    PixelMask(std::vector<model::Mask> masks, std::int32_t firstFrame);

    /// Whether some mask falls on frame `frame` (from 0) of the source.
    [[nodiscard]] bool touches(std::int32_t frame) const;
    /// The masks that fall on one frame of width x height, with their pixels.
    [[nodiscard]] image::FrameMasks on(std::int32_t frame, std::int32_t width, std::int32_t height) const;
    /// Number (from 1) of a frame in the asset.
    [[nodiscard]] std::int32_t numberOf(std::int32_t frame) const { return frame + m_firstFrame; }
    /// Overwrites the masked samples of one frame: little endian, laid out as `format` says. `black` is what
    /// blackOf gave.
    void apply(std::span<std::byte> frame, std::int32_t number, const intake::dicom::PixelFormat& format,
               std::uint64_t black) const;
    /// The same for pixels of one bit: pixel 0 of the frame is bit `firstPixel` % 8 of `bits`.
    void applyBits(std::span<std::byte> bits, std::int32_t number, const intake::dicom::PixelFormat& format,
                   std::uint64_t firstPixel) const;

    /// Stored value that shows black: the smallest one, for MONOCHROME1 the largest, for PALETTE COLOR the
    /// darkest entry. The padding value (PS3.3 C.7.5.1.1.2) where the object has one that is as dark, since
    /// measurements leave it out; in floating point the padding value or zero.
    [[nodiscard]] static std::uint64_t blackOf(const intake::dicom::Instance& instance,
                                               const intake::dicom::PixelFormat& format);

private:
    std::vector<model::Mask> m_masks;
    std::int32_t m_firstFrame;
};

} // namespace kamei::transform::dicom
