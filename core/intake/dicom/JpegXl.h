#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Error.h"
#include "core/intake/dicom/PixelCodec.h"

namespace kamei::intake::dicom {

/// JPEG XL: lossless (.110), recompressed JPEG (.111), any (.112).
[[nodiscard]] bool isJpegXl(std::string_view transferSyntax);
/// A JPEG XL codestream or container as native samples by pixel; colour comes as RGB. `format` is what the
/// header of the object states. Malformed; UnsupportedTransferSyntax for what DICOM does not know (alpha,
/// floating point).
[[nodiscard]] base::Expected<DecodedFrame> decodeJpegXl(std::span<const std::byte> stream,
                                                        const PixelFormat& format);
/// Without loss; NotPossible for signed samples and more than 16 bits.
[[nodiscard]] base::Expected<std::vector<std::byte>> encodeJpegXl(std::span<const std::byte> samples,
                                                                  const PixelFormat& format);

/// The JPEG that a stream of .111 was made from; NotPossible when it does not hold one.
[[nodiscard]] base::Expected<std::string> jpegOfJpegXl(std::span<const std::byte> stream);
/// A JPEG recompressed so that jpegOfJpegXl gives it back bit for bit.
[[nodiscard]] base::Expected<std::vector<std::byte>> jpegXlOfJpeg(std::string_view jpeg);

} // namespace kamei::intake::dicom
