#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "core/base/Error.h"
#include "core/intake/dicom/PixelCodec.h"

namespace kamei::intake::dicom {

/// High-Throughput JPEG 2000: lossless (.201), lossless with RPCL (.202), any (.203).
[[nodiscard]] bool isHtj2k(std::string_view transferSyntax);
/// Reversible HTJ2K (ISO/IEC 15444-15) of one frame by pixel, in the progression RPCL, which .202 asks
/// for together with the lengths of the tile-parts (PS3.5 2024b 10.18). Decoded by decodeJpeg2000.
/// NotPossible when the library refuses the format.
[[nodiscard]] base::Expected<std::vector<std::byte>>
encodeHtj2k(std::span<const std::byte> samples, const PixelFormat& format, std::string_view transferSyntax);

} // namespace kamei::intake::dicom
