#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Error.h"
#include "core/intake/dicom/PixelCodec.h"
#include "core/transform/dicom/PixelMask.h"
#include "core/transform/dicom/SpareBits.h"

namespace kamei::transform::dicom {

/// Writes single frames of encapsulated pixel data anew: masked, and without bits beside the stored ones.
///
/// JPEG of eight bits is edited in its own blocks and stays the lossy frame it was; RLE, lossless JPEG,
/// JPEG-LS, JPEG 2000, HTJ2K and JPEG XL are decoded and written back without loss in their own syntax. JPEG
/// of twelve bits can be neither: it is written in another syntax (transcoded). What was encoded is decoded
/// again and compared. Const use from several threads is safe; instance, decoder and mask must outlive it.
class FrameWriter {
public:
    /// `mask` null: nothing is masked.
    FrameWriter(const intake::dicom::Instance& instance, const intake::dicom::FrameDecoder& decoder,
                const PixelMask* mask);

    /// Whether a frame holds bits beside Bits Stored. Decodes it only where its codestream has room for them.
    [[nodiscard]] base::Expected<bool> holdsSpareBits(std::int32_t frame) const;
    /// The frame in its own syntax. NotPossible when it cannot be written back so that outside the masks
    /// every decoded pixel stays.
    [[nodiscard]] base::Expected<std::vector<std::byte>> rewritten(std::int32_t frame) const;
    /// The frame decoded, masked where a mask touches it, without spare bits.
    [[nodiscard]] base::Expected<intake::dicom::DecodedFrame> masked(std::int32_t frame) const;
    /// The same without loss in another syntax.
    [[nodiscard]] base::Expected<std::vector<std::byte>> transcoded(std::int32_t frame,
                                                                    std::string_view syntax) const;

private:
    [[nodiscard]] base::Expected<std::vector<std::byte>> inItsBlocks(std::int32_t frame) const;
    [[nodiscard]] base::Expected<std::vector<std::byte>> encoded(const intake::dicom::DecodedFrame& frame,
                                                                 std::string_view syntax) const;

    const intake::dicom::Instance* m_instance;
    const intake::dicom::FrameDecoder* m_decoder;
    const PixelMask* m_mask;
    std::optional<SpareBits> m_spare;
};

} // namespace kamei::transform::dicom
