#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Error.h"
#include "core/model/Mask.h"
#include "core/model/Raster.h"

namespace kamei::transform::pdf {

/// Every page as a picture without loss, masks black; frames of masks are counted from `firstFrame`.
[[nodiscard]] base::Expected<std::string>
pictured(std::string_view bytes, const std::vector<model::Mask>& masks, std::int32_t firstFrame);

/// One page as pictured() writes it, from 1.
[[nodiscard]] base::Expected<model::Raster> picturedPage(std::string_view bytes,
                                                         const std::vector<model::Mask>& masks,
                                                         std::int32_t firstFrame, std::int32_t page);

/// The pages with their content, resources and boxes, and nothing else of the document: no information, XMP,
/// identifier, annotation, form, attachment, script, outline, label, name, layer, structure or earlier
/// revision. Marked content and comments are taken out of the content, application segments out of JPEG
/// pictures.
///
/// Nothing where what is left could say more than is seen, so that pages have to become pictures: layers,
/// form fields, annotations that draw, invisible or covered text, text beyond the page, fonts that cannot be
/// read, pages that are cropped, pictures of kinds that carry metadata (JPEG 2000, JBIG2), or objects of
/// unknown kinds. Content is written unpacked, so that the residual search reads it.
[[nodiscard]] base::Expected<std::optional<std::string>> cleaned(std::string_view bytes);

/// The document without what is drawn beside its content and its form fields: annotations and signatures.
[[nodiscard]] base::Expected<std::string> withoutAnnotations(std::string_view bytes);

} // namespace kamei::transform::pdf
