#include <algorithm>
#include <array>

#include "core/transform/Transform.h"
#include "core/transform/dicom/DicomTransform.h"
#include "core/transform/image/ImageTransform.h"
#include "core/transform/text/TextTransform.h"

namespace kamei::transform {
namespace {

constexpr std::array kTransforms{
    TransformRow{"dicom", dicom::compileDicom}, TransformRow{"text", text::compileText},
    TransformRow{"csv", text::compileText},     TransformRow{"xml", text::compileText},
    TransformRow{"cda", text::compileText},     TransformRow{"jpeg", image::compileJpeg},
    TransformRow{"png", image::compilePng},     TransformRow{"tiff", image::compileTiff},
};

} // namespace

std::span<const TransformRow> transforms() {
    return kTransforms;
}

const TransformRow* transformFor(std::string_view format) {
    const auto* const found = std::find_if(kTransforms.begin(), kTransforms.end(),
                                           [&](const TransformRow& row) { return row.format == format; });
    return found == kTransforms.end() ? nullptr : &*found;
}

} // namespace kamei::transform
