#include "core/detect/attribute/SlidePictures.h"

#include <algorithm>
#include <optional>
#include <string>

#include "core/detect/Grading.h"
#include "core/detect/vision/Questions.h"
#include "core/intake/Format.h"
#include "core/intake/dicom/SlideGeometry.h"

namespace kamei::detect::attribute {
namespace {

using intake::dicom::Instance;
using intake::dicom::SlidePart;
namespace tags = intake::dicom::tags;

struct Seen {
    SlidePart part = SlidePart::Undefined;
    std::int32_t columns = 0;
    std::int32_t rows = 0;
};

Seen look(const model::Source& source) {
    std::string content; // of a member of an archive; outlives the instance
    if (!source.member.empty()) {
        auto bytes = intake::readContent(source);
        if (!bytes) {
            return {};
        }
        content = std::move(*bytes);
    }
    const auto instance = source.member.empty()
                              ? Instance::open(source.path)
                              : Instance::ofMemory(std::as_bytes(std::span(content.data(), content.size())));
    if (!instance) {
        return {};
    }
    const auto size = [&](intake::dicom::Tag tag) {
        return static_cast<std::int32_t>(
            std::clamp<std::int64_t>(instance->number(tag).value_or(0), 0, 65'535));
    };
    return {intake::dicom::slidePartOf(instance->text(tags::ImageType)), size(tags::Columns),
            size(tags::Rows)};
}

} // namespace

std::vector<model::Finding> slidePictureFindings(const model::Asset& asset,
                                                 std::span<const model::Source> sources,
                                                 const Context& context) {
    std::vector<model::Finding> out;
    if (asset.kind != model::AssetKind::DicomSlide) {
        return out;
    }
    std::int32_t firstFrame = 1;
    std::optional<model::Finding> glass;
    for (const model::Source& source : sources) {
        const Seen seen = look(source);
        const std::int32_t lastFrame = firstFrame + source.frames - 1;
        if (source.frames > 0 && seen.part != SlidePart::Volume) {
            const bool label = seen.part == SlidePart::Label;
            model::Finding finding;
            finding.locator.kind = model::Locator::Kind::Pixels;
            finding.locator.rect = {0, 0, seen.columns, seen.rows};
            finding.locator.frames = {firstFrame, lastFrame};
            gradeByRule(finding, label ? "image-content.slide-label" : "image-content.slide-macro",
                        model::Action::Mask, context);
            finding.label = label                              ? "SLIDE_LABEL"
                            : seen.part == SlidePart::Overview ? "SLIDE_MACRO"
                                                               : "SLIDE_PICTURE";
            finding.detector = kSlidePictures;
            out.push_back(std::move(finding));
        } else if (source.frames > 0 && !glass) {
            // Whether letters are written on the glass nobody but a person can say.
            glass = vision::question("image-content.slide-label", "SLIDE_TEXT",
                                     {0, 0, seen.columns, seen.rows}, lastFrame, context);
        }
        firstFrame = lastFrame + 1;
    }
    if (glass) {
        glass->locator.frames = {};
        glass->detector = "attribute";
        out.push_back(std::move(*glass));
    }
    return out;
}

} // namespace kamei::detect::attribute
