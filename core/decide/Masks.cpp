#include "core/decide/Masks.h"

#include <nlohmann/json.hpp>

namespace kamei::decide {
namespace {

constexpr const char* kMember = "mask";

bool empty(const model::Mask& mask) {
    switch (mask.shape) {
    case model::Mask::Shape::Rectangle:
    case model::Mask::Shape::Ellipse:
        return mask.rect.width <= 0 || mask.rect.height <= 0;
    case model::Mask::Shape::Polygon:
        return mask.points.size() < 3;
    case model::Mask::Shape::Brush:
        return mask.points.empty() || !(mask.radiusPx > 0);
    }
    return true;
}

bool touches(const model::Mask& mask, std::int32_t frame) {
    return frame == 0 || mask.frames.contains(frame);
}

} // namespace

base::Expected<model::Mask> maskOf(const model::Finding& finding) {
    model::Mask out;
    bool found = false;
    if (!finding.detail.empty()) {
        const auto detail = nlohmann::json::parse(finding.detail, nullptr, false);
        if (!detail.is_object()) {
            return base::fail(base::ErrorCode::Malformed, "decide.mask");
        }
        if (const auto member = detail.find(kMember); member != detail.end()) {
            // Stored as an object, or as the text that model::toJson gave.
            auto mask =
                model::maskFromJson(member->is_string() ? member->get<std::string>() : member->dump());
            if (!mask) {
                return mask;
            }
            out = std::move(*mask);
            found = true;
        }
    }
    if (!found) {
        if (finding.locator.kind != model::Locator::Kind::Pixels) {
            return base::fail(base::ErrorCode::InvalidArgument, "decide.mask");
        }
        out.rect = finding.locator.rect;
        out.frames = finding.locator.frames;
    }
    if (empty(out)) {
        return base::fail(base::ErrorCode::InvalidArgument, "decide.mask");
    }
    out.asset = finding.asset;
    out.finding = finding.id;
    return out;
}

bool hasMask(const model::Finding& finding) {
    const auto detail = nlohmann::json::parse(finding.detail, nullptr, false);
    return detail.is_object() && detail.contains(kMember);
}

std::string detailWithMask(const std::string& detail, const model::Mask& mask) {
    auto out = nlohmann::json::parse(detail, nullptr, false);
    if (!out.is_object()) {
        out = nlohmann::json::object();
    }
    out[kMember] = nlohmann::json::parse(model::toJson(mask), nullptr, false);
    return out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

base::Expected<std::vector<model::Mask>> masksOf(std::span<const model::Finding> findings,
                                                 std::int32_t frame) {
    std::vector<model::Mask> out;
    for (const model::Finding& finding : findings) {
        if (finding.effective() != model::Action::Mask) {
            continue;
        }
        auto mask = maskOf(finding);
        if (!mask) {
            return tl::unexpected(mask.error());
        }
        if (touches(*mask, frame)) {
            out.push_back(std::move(*mask));
        }
    }
    return out;
}

} // namespace kamei::decide
