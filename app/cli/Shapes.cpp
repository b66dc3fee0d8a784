#include "app/cli/Commands.h"
#include "core/model/Vocabulary.h"

namespace kamei::app::cli {
namespace {

using model::Locator;

Json framesJson(const model::FrameRange& frames) {
    return frames.all() ? Json("all") : Json::array({frames.first, frames.last});
}

Json rectJson(const model::RectPx& rect) {
    return Json::array({rect.x, rect.y, rect.width, rect.height});
}

Locator fromText(const std::string& text) {
    Locator out;
    if (text == "file-name") {
        out.kind = Locator::Kind::FileName;
    } else if (text == "asset") {
        out.kind = Locator::Kind::Asset;
    } else if (text.starts_with('(')) {
        out.kind = Locator::Kind::Attribute;
        out.path = text;
    } else {
        out.kind = Locator::Kind::Metadata;
        out.path = text;
    }
    return out;
}

Locator fromObject(const Json& value) {
    Locator out;
    if (value.contains("rect")) {
        out.kind = Locator::Kind::Pixels;
        const Json& rect = value.at("rect");
        out.rect = {rect.at(0).get<std::int32_t>(), rect.at(1).get<std::int32_t>(),
                    rect.at(2).get<std::int32_t>(), rect.at(3).get<std::int32_t>()};
        if (value.contains("frames") && value.at("frames").is_array()) {
            out.frames = {value.at("frames").at(0).get<std::int32_t>(),
                          value.at("frames").at(1).get<std::int32_t>()};
        }
        return out;
    }
    if (value.contains("column") && !value.contains("start")) {
        out.kind = Locator::Kind::Column;
        out.column = value.at("column").get<std::int32_t>();
        return out;
    }
    out.kind = value.contains("column") ? Locator::Kind::Cell : Locator::Kind::Text;
    out.row = value.value("row", std::int64_t{0});
    out.column = value.value("column", std::int32_t{0});
    out.start = value.at("start").get<std::int64_t>();
    out.end = value.at("end").get<std::int64_t>();
    out.path = value.value("path", std::string());
    return out;
}

} // namespace

std::string pathText(const std::filesystem::path& path) {
    return path.string();
}

std::string sourceText(const model::Source& source) {
    return source.member.empty() ? pathText(source.path) : pathText(source.path) + "!/" + source.member;
}

Json locatorJson(const Locator& locator) {
    switch (locator.kind) {
    case Locator::Kind::Attribute:
    case Locator::Kind::Metadata:
        return locator.path;
    case Locator::Kind::Asset:
        return "asset";
    case Locator::Kind::FileName:
        return "file-name";
    case Locator::Kind::Text: {
        Json out{{"start", locator.start}, {"end", locator.end}};
        if (!locator.path.empty()) {
            out["path"] = locator.path;
        }
        return out;
    }
    case Locator::Kind::Cell:
        return Json{
            {"row", locator.row}, {"column", locator.column}, {"start", locator.start}, {"end", locator.end}};
    case Locator::Kind::Column:
        return Json{{"column", locator.column}};
    case Locator::Kind::Pixels:
        return Json{{"rect", rectJson(locator.rect)}, {"frames", framesJson(locator.frames)}};
    }
    return {};
}

base::Expected<Locator> locatorFromJson(const Json& value) {
    try {
        if (value.is_string()) {
            return fromText(value.get<std::string>());
        }
        if (value.is_object()) {
            return fromObject(value);
        }
    } catch (const Json::exception&) {
        // Falls through: the message would quote the input.
    }
    return base::fail(base::ErrorCode::Malformed, "cli.locator");
}

Json findingJson(const model::Finding& finding) {
    const bool decided = finding.state != model::DecisionState::Open;
    Json out{{"finding", finding.id.value},
             {"asset", finding.asset.value},
             {"locator", locatorJson(finding.locator)},
             {"text", finding.text},
             {"category", model::word(finding.category)},
             {"requirement", model::word(finding.requirement)},
             {"rule", finding.rule},
             {"action", model::word(decided ? finding.action : finding.suggested)},
             {"confidence", finding.confidence},
             {"origin", model::word(finding.origin)},
             {"state", model::word(finding.state)}};
    if (!finding.reason.empty()) {
        out["reason"] = finding.reason;
    }
    if (!finding.method.empty()) {
        out["method"] = Json::parse(finding.method);
    }
    out["label"] = finding.label;
    if (finding.instances > 1) {
        out["instances"] = finding.instances;
    }
    if (finding.distinctValues > 1) {
        out["distinct"] = finding.distinctValues;
    }
    if (finding.label == "FaceSurface" || finding.label == "FaceRendering") {
        // How the face was judged, and what could not be: numbers and stable words.
        out["face"] = Json::parse(finding.detail, nullptr, false);
    }
    return out;
}

} // namespace kamei::app::cli
