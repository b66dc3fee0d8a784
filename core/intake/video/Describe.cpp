#include <cstdio>
#include <nlohmann/json.hpp>

#include "core/base/FileIo.h"
#include "core/intake/Describe.h"
#include "core/intake/video/Statements.h"
#include "core/intake/video/Video.h"

namespace kamei::intake {
namespace {

using base::ErrorCode;

std::string factsOf(const video::Facts& facts) {
    nlohmann::ordered_json out;
    out["container"] = facts.container;
    out["codec"] = facts.codec;
    out["width"] = facts.width;
    out["height"] = facts.height;
    out["frames"] = facts.frames;
    out["rotation"] = facts.rotation;
    out["ms"] = facts.durationMs;
    out["audio"] = facts.audio;
    out["interlaced"] = facts.interlaced;
    out["variable"] = facts.variable;
    out["whole"] = facts.whole;
    return out.dump();
}

std::string titleOf(const video::Facts& facts) {
    char seconds[32];
    static_cast<void>(
        std::snprintf(seconds, sizeof seconds, "%.1f s", static_cast<double>(facts.durationMs) / 1000.0));
    return facts.codec + ' ' + std::to_string(facts.width) + " x " + std::to_string(facts.height) + ", " +
           seconds;
}

std::string valueOf(const std::vector<video::Statement>& statements, std::string_view ending) {
    for (const auto& statement : statements) {
        if (statement.key.starts_with("Video.Tag.") && statement.key.ends_with(ending)) {
            return statement.value;
        }
    }
    return {};
}

} // namespace

base::Expected<Description> describeVideo(const Location& location, std::string_view content) {
    if (content.empty()) {
        return base::fail(ErrorCode::Empty, "intake.describe");
    }
    auto bytes = location.member.empty() && !location.path.empty()
                     ? video::Bytes::ofFile(location.path)
                     : base::Expected<video::Bytes>(video::Bytes::ofMemory(std::string(content)));
    if (!bytes) {
        return tl::unexpected(bytes.error());
    }
    const auto index = video::indexOf(*bytes, location.path.string());
    if (!index) {
        return tl::unexpected(index.error());
    }
    const auto statements = video::readStatements(*bytes, **index);
    if (!statements) {
        return tl::unexpected(statements.error());
    }
    const video::Facts& facts = (*index)->facts;
    Description out;
    out.kind = model::AssetKind::Video;
    out.title = titleOf(facts);
    out.frames = facts.frames;
    out.facts = factsOf(facts);
    const std::string make = valueOf(*statements, "make");
    const std::string model = valueOf(*statements, "model");
    if (!make.empty() || !model.empty()) {
        out.device = make + '|' + model + '|' + valueOf(*statements, "software") + '|' +
                     std::to_string(facts.height) + 'x' + std::to_string(facts.width) + "|RGB|";
    }
    if (facts.truncated) {
        out.doubts.push_back({ErrorCode::Truncated, {"video"}, "intake.describe.video"});
    }
    return out;
}

} // namespace kamei::intake
