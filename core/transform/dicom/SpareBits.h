#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "core/intake/dicom/PixelCodec.h"

namespace kamei::transform::dicom {

/// The bits of a pixel cell beside Bits Stored.
///
/// Until 2006 overlays could lie in them (PS3.3 C.9.2, Overlay Bit Position; retired since), text of an
/// annotation station among them, and no viewer of today shows them: so they never leave, whether an overlay
/// is described or not. Afterwards they hold what PS3.5 2024b 8.1.1 lets a reader expect that does not look
/// at Bits Stored: zero, or the sign of signed samples. The stored bits stay bit for bit.
class SpareBits {
public:
    /// Nothing when every bit of the cell is stored, and for pixels of one bit.
    [[nodiscard]] static std::optional<SpareBits> of(const intake::dicom::PixelFormat& format);

    /// Of little endian cells; whole ones only. True when some bit was changed.
    bool clear(std::span<std::byte> cells) const;
    /// The same for one value, such as Pixel Padding Value.
    [[nodiscard]] std::uint64_t cleared(std::uint64_t cell) const;

private:
    std::size_t m_unit = 1; ///< bytes of a cell
    int m_above = 0;        ///< bits above High Bit
    int m_below = 0;        ///< bits below the stored ones
    bool m_signed = false;
};

} // namespace kamei::transform::dicom
