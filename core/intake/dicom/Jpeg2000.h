#pragma once

#include <cstddef>
#include <cstdint>
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

/// One component of a codestream as it is stored: colour may be sampled more coarsely (dx, dy pixels a
/// sample).
struct Jpeg2000Plane {
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    std::uint32_t dx = 1;
    std::uint32_t dy = 1;
    std::uint32_t bits = 8;
    bool isSigned = false;
    std::vector<std::int32_t> values;
};
/// The components of a raw codestream of exactly width x height pixels. Malformed.
[[nodiscard]] base::Expected<std::vector<Jpeg2000Plane>>
decodeJpeg2000Planes(std::span<const std::byte> stream, std::uint32_t width, std::uint32_t height);
/// A raw reversible codestream of the components, without a transform between them.
[[nodiscard]] base::Expected<std::vector<std::byte>>
encodeJpeg2000Planes(std::span<const Jpeg2000Plane> planes, std::uint32_t width, std::uint32_t height);

} // namespace kamei::intake::dicom
