#pragma once

#include <optional>
#include <string>

#include "core/base/Error.h"
#include "core/intake/dicom/PixelCodec.h"
#include "core/transform/Transform.h"
#include "core/transform/dicom/Markers.h"
#include "core/transform/dicom/PixelMask.h"

namespace kamei::transform::dicom {

/// How the pixel data of one instance is written.
///
/// Without masks native data is copied in chunks and encapsulated data byte for byte. With masks only the
/// touched frames are decoded and destroyed. RLE, lossless JPEG, JPEG-LS and JPEG 2000 take a touched frame
/// back without loss, all other frames keep their bytes; baseline and extended JPEG cannot: then the whole
/// object is decompressed, so that outside the masks every decoded pixel equals the source's.
class PixelStream {
public:
    /// Decides on the way. `mask` null: nothing is masked. UnsupportedTransferSyntax when touched frames
    /// cannot be decoded; Malformed when the pixel data does not hold what the header states.
    [[nodiscard]] static base::Expected<PixelStream> plan(const intake::dicom::Instance& instance,
                                                          const PixelMask* mask);

    [[nodiscard]] const PixelChanges& changes() const { return m_changes; }
    /// Transfer syntax of the output.
    [[nodiscard]] const std::string& transferSyntax() const { return m_transferSyntax; }
    [[nodiscard]] bool explicitVr() const { return m_explicitVr; }

    /// Writes the pixel data element. `offset` is where it begins in the output; the byte range of native
    /// samples is added to `result`.
    [[nodiscard]] base::Expected<void> write(ByteSink& out, std::uint64_t offset, Result& result) const;

private:
    enum class Way { None, CopyNative, MaskNative, CopyFragments, MaskFragments, Decompress };
    PixelStream() = default;
    [[nodiscard]] base::Expected<void> planMasks();
    [[nodiscard]] std::uint64_t nativeLength() const;
    [[nodiscard]] std::string nativeHead(std::uint64_t length) const;
    [[nodiscard]] base::Expected<void> copyRange(ByteSink& out, std::uint64_t offset, std::uint64_t length,
                                                 bool swap) const;
    [[nodiscard]] base::Expected<void> writeNative(ByteSink& out) const;
    [[nodiscard]] base::Expected<void> writeBits(ByteSink& out) const;
    [[nodiscard]] base::Expected<void> writeDecompressed(ByteSink& out) const;
    [[nodiscard]] base::Expected<void> writeFragments(ByteSink& out) const;
    [[nodiscard]] base::Expected<std::vector<std::byte>> maskedStream(std::int32_t frame) const;

    const intake::dicom::Instance* m_instance = nullptr;
    const PixelMask* m_mask = nullptr;
    std::optional<intake::dicom::FrameDecoder> m_decoder;
    intake::dicom::PixelFormat m_outFormat; ///< of decompressed samples
    Way m_way = Way::None;
    PixelChanges m_changes;
    std::string m_transferSyntax;
    bool m_explicitVr = true;
    bool m_swap = false;
};

} // namespace kamei::transform::dicom
