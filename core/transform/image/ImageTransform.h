#pragma once

#include <memory>
#include <span>

#include "core/base/Error.h"
#include "core/model/Asset.h"
#include "core/model/Finding.h"
#include "core/transform/Transform.h"

namespace kamei::transform::image {

/// The transforms of "jpeg", "png", "tiff", "bmp" and "heif" (Guideline 4.7.1, 5.4.3): findings with the
/// action mask destroy their pixels, and nothing a file says beside its pixels is taken over, decided on or
/// not.
///
/// - JPEG: on coefficients. Every MCU that a mask touches becomes one flat colour as a whole; all other
///   coefficients are those of the source, bit for bit. Progressive stays progressive.
/// - PNG: written anew without loss, same colour type and depth; of an animated PNG the first picture.
/// - TIFF: every page written anew with its compression where that is lossless, else (JPEG) as Deflate. Pages
///   reached from others (thumbnails in SubIFDs) do not come along.
///
/// - BMP: rows as they are stored under a new header; padding and unused bits become zero.
/// - HEIF and AVIF: the primary picture, decoded and turned, as PNG; what lies outside the masks is what
/// decoding the
///   source gives. Other pictures of the file are left behind.
///
/// Kept beside the pixels: palette, transparency, gamma, resolution, the orientation as the only EXIF tag,
/// and an ICC profile of the common ones (intake::image::isCommonProfile). Masks are black whatever they ask
/// for where samples are entries of a palette, have fewer than eight bits or are no whole numbers.
///
/// compile: NotPossible (args: action) for other actions on pixels, Malformed for a mask that cannot be read.
/// apply: the errors of intake::readContent and intake::image::decode.
[[nodiscard]] base::Expected<std::unique_ptr<Transform>>
compileJpeg(const model::Asset& asset, std::span<const model::Finding> findings, const Context& context);
[[nodiscard]] base::Expected<std::unique_ptr<Transform>>
compilePng(const model::Asset& asset, std::span<const model::Finding> findings, const Context& context);
[[nodiscard]] base::Expected<std::unique_ptr<Transform>>
compileTiff(const model::Asset& asset, std::span<const model::Finding> findings, const Context& context);
[[nodiscard]] base::Expected<std::unique_ptr<Transform>>
compileBmp(const model::Asset& asset, std::span<const model::Finding> findings, const Context& context);
[[nodiscard]] base::Expected<std::unique_ptr<Transform>>
compileHeif(const model::Asset& asset, std::span<const model::Finding> findings, const Context& context);

} // namespace kamei::transform::image
