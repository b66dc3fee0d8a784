#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "core/base/Error.h"
#include "core/intake/dicom/PixelCodec.h"

namespace kamei::intake::dicom {

/// JPEG-LS: lossless (.80), near-lossless (.81).
[[nodiscard]] bool isJpegLs(std::string_view transferSyntax);
/// One frame of JPEG-LS (ISO/IEC 14495-1) as native samples, through CharLS; colour by pixel or by plane, as
/// it was coded. Malformed when the stream is not sound or not what `format` states.
[[nodiscard]] base::Expected<DecodedFrame> decodeJpegLs(std::span<const std::byte> stream,
                                                        const PixelFormat& format);
/// One frame by pixel without loss; also valid in .81. Signed samples are coded with all bits of their cells,
/// so that every reader gets their sign. NotPossible for cells that hold more than Bits Stored, and for more
/// than 16 bits.
[[nodiscard]] base::Expected<std::vector<std::byte>> encodeJpegLs(std::span<const std::byte> samples,
                                                                  const PixelFormat& format);

} // namespace kamei::intake::dicom
