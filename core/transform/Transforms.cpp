#include <algorithm>
#include <array>

#include "core/transform/Deletion.h"
#include "core/transform/Transform.h"
#include "core/transform/dicom/DicomTransform.h"
#include "core/transform/genome/VariantTransform.h"
#include "core/transform/image/ImageTransform.h"
#include "core/transform/nifti/NiftiTransform.h"
#include "core/transform/pdf/PdfTransform.h"
#include "core/transform/signal/SignalTransform.h"
#include "core/transform/slide/SlideTransform.h"
#include "core/transform/text/TextTransform.h"
#include "core/transform/video/VideoTransform.h"

namespace kamei::transform {
namespace {

constexpr std::array kTransforms{
    TransformRow{"dicom", dicom::compileDicom},     TransformRow{"text", text::compileText},
    TransformRow{"csv", text::compileText},         TransformRow{"xml", text::compileText},
    TransformRow{"hl7v2", text::compileHl7},        TransformRow{"fhir", text::compileFhir},
    TransformRow{"cda", text::compileText},         TransformRow{"jpeg", image::compileJpeg},
    TransformRow{"png", image::compilePng},         TransformRow{"tiff", image::compileTiff},
    TransformRow{"bmp", image::compileBmp},         TransformRow{"heif", image::compileHeif},
    TransformRow{"pdf", pdf::compilePdf},           TransformRow{"video", video::compileVideo},
    TransformRow{"slide", slide::compileSlide},     TransformRow{"nifti", nifti::compileNifti},
    TransformRow{"aecg", text::compileText},        TransformRow{"edf", signal::compileSignal},
    TransformRow{"scp-ecg", signal::compileSignal}, TransformRow{"mfer", signal::compileSignal},
    TransformRow{"vcf", genome::compileVariants},   TransformRow{"bcf", genome::compileVariants},
    TransformRow{"sequences", compileDeletedOnly},
};

} // namespace

const TransformRow* transformFor(std::string_view format) {
    const auto* const found = std::find_if(kTransforms.begin(), kTransforms.end(),
                                           [&](const TransformRow& row) { return row.format == format; });
    return found == kTransforms.end() ? nullptr : &*found;
}

base::Expected<std::unique_ptr<Transform>> compile(std::string_view format, const model::Asset& asset,
                                                   std::span<const model::Finding> findings,
                                                   const Context& context) {
    const TransformRow* const row = transformFor(format);
    if (row == nullptr) {
        return base::fail(base::ErrorCode::UnsupportedFormat, "transform.compile", {std::string(format)});
    }
    if (const model::Finding* const deleted = wholeDeletion(findings)) {
        return deletionRecord(asset, *deleted, context);
    }
    return row->compile(asset, findings, context);
}

} // namespace kamei::transform
