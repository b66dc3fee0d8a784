#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "core/base/Error.h"
#include "core/intake/dicom/PixelCodec.h"

namespace kamei::intake::dicom {

/// Whether a transfer syntax is one of JPEG: Process 1, 2&4, 14, 14 SV1.
[[nodiscard]] bool isJpegFamily(std::string_view transferSyntax);
/// One frame of it as native samples, through DCMTK. Photometric interpretation and planar configuration
/// of the result follow what decoding gave: lossy YBR comes as RGB, lossless samples come as they are.
[[nodiscard]] base::Expected<DecodedFrame> decodeJpegFamily(std::span<const std::byte> stream,
                                                            const PixelFormat& format,
                                                            std::string_view transferSyntax);
/// One frame without loss, for Process 14 and 14 SV1.
/// NotPossible for the lossy ones.
[[nodiscard]] base::Expected<std::vector<std::byte>> encodeJpegFamily(std::span<const std::byte> samples,
                                                                      const PixelFormat& format,
                                                                      std::string_view transferSyntax);

} // namespace kamei::intake::dicom
