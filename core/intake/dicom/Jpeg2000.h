#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/base/Error.h"
#include "core/intake/dicom/PixelCodec.h"

namespace kamei::intake::dicom {

/// A JPEG 2000 or HTJ2K codestream (or JP2 file) as native samples by pixel. `format` is what the header
/// of the object states; bits and sign of the result are those of the codestream.
[[nodiscard]] base::Expected<DecodedFrame> decodeJpeg2000(std::span<const std::byte> stream,
                                                          const PixelFormat& format);
/// Reversible JPEG 2000 of one frame by pixel; NotPossible when the library refuses the format.
[[nodiscard]] base::Expected<std::vector<std::byte>> encodeJpeg2000(std::span<const std::byte> samples,
                                                                    const PixelFormat& format);

} // namespace kamei::intake::dicom
