#include "core/detect/vision/Questions.h"

#include "core/detect/Grading.h"

namespace kamei::detect::vision {

model::Finding question(std::string_view rule, std::string_view label, const model::RectPx& extent,
                        std::int64_t pictures, const Context& context) {
    model::Finding finding;
    finding.locator.kind = model::Locator::Kind::Pixels;
    finding.locator.rect = extent;
    gradeByRule(finding, rule, model::Action::Mask, context);
    finding.label = label;
    finding.detector = "picture";
    finding.confidence = 0.5;
    finding.instances = pictures;
    return finding;
}

std::vector<model::Finding> ofTemplates(const model::Asset& asset, std::int64_t pictures,
                                        const Context& context) {
    std::vector<model::Finding> out;
    for (const DeviceTemplate& row : context.templates) {
        if (row.device.empty() || row.device != asset.device) {
            continue;
        }
        model::Finding finding;
        finding.locator.kind = model::Locator::Kind::Pixels;
        finding.locator.rect = row.mask.rect;
        finding.locator.frames = row.mask.frames;
        gradeByRule(finding, "image-content.burned-in-text", model::Action::Mask, context);
        finding.label = row.label;
        finding.detector = "mask.template";
        finding.origin = model::Origin::Device;
        finding.instances = pictures;
        finding.detail = "{\"mask\":" + model::toJson(row.mask) + "}";
        out.push_back(std::move(finding));
    }
    return out;
}

} // namespace kamei::detect::vision
