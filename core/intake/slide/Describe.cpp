#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "core/base/Digest.h"
#include "core/intake/slide/Slide.h"
#include "core/intake/slide/SlideFormat.h"

namespace kamei::intake::slide {
namespace {

base::Expected<std::shared_ptr<const ByteSource>> bytesOf(const Location& location,
                                                          std::string_view content) {
    if (location.member.empty() && !location.path.empty()) {
        return openFile(location.path);
    }
    return inMemory(std::string(content));
}

std::string_view photometric(const Page& page) {
    return page.samples >= 3 ? "RGB" : "MONOCHROME2";
}

} // namespace

bool isSlideFile(const Location& location, std::string_view content) {
    auto bytes = bytesOf(location, content);
    if (!bytes) {
        return false;
    }
    const auto structure = readStructure(std::move(*bytes));
    return structure && isSlide(*structure);
}

base::Expected<Description> describeSlide(const Location& location, std::string_view content) {
    if (content.empty()) {
        return base::fail(base::ErrorCode::Empty, "intake.describe");
    }
    auto bytes = bytesOf(location, content);
    if (!bytes) {
        return tl::unexpected(bytes.error());
    }
    const auto slide = Slide::open(std::move(*bytes));
    if (!slide) {
        return tl::unexpected(slide.error());
    }
    for (std::size_t page = 0; page < slide->pages().all.size(); ++page) {
        if (const auto table = slide->blocks(page); !table) { // tiles beyond the end: a file cut short
            return tl::unexpected(table.error());
        }
    }
    const auto levels = slide->levels();
    const Page& base = slide->pages().all[slide->pages().planes[0].front()];
    Description out;
    out.kind = model::AssetKind::Slide;
    const std::string size = std::to_string(base.width) + " x " + std::to_string(base.height);
    out.title = "Slide " + size;
    out.frames = static_cast<std::int32_t>(slide->pictures().size());
    out.facts = "{\"width\":" + std::to_string(base.width) + ",\"height\":" + std::to_string(base.height) +
                ",\"bits\":" + std::to_string(base.bits) +
                ",\"planes\":" + std::to_string(slide->pages().planes.size()) +
                ",\"levels\":" + std::to_string(levels.size()) + ",\"pictures\":[";
    for (const Picture& picture : slide->pictures()) {
        out.facts += (out.facts.back() == '[' ? "\"" : ",\"") + std::string(word(picture.role)) + '"';
    }
    out.facts += "]}";
    const Directory& first = slide->structure().directories.front();
    const std::string make = slide->structure().text(first, 271);
    const std::string model = slide->structure().text(first, 272);
    if (!make.empty() || !model.empty()) {
        out.device = make + '|' + model + "||" + std::to_string(base.height) + 'x' +
                     std::to_string(base.width) + '|' + std::string(photometric(base)) + '|';
    }
    return out;
}

model::Raster leftOutPicture() {
    constexpr std::int32_t kWidth = 320;
    constexpr std::int32_t kHeight = 200;
    model::Raster out;
    out.width = kWidth;
    out.height = kHeight;
    out.samples.assign(std::size_t{kWidth} * kHeight, std::byte{0xE0});
    for (std::int32_t x = 0; x < kWidth; ++x) { // a cross from corner to corner
        const std::int32_t y = x * (kHeight - 1) / (kWidth - 1);
        out.samples[static_cast<std::size_t>(y * kWidth + x)] = std::byte{0x80};
        out.samples[static_cast<std::size_t>((kHeight - 1 - y) * kWidth + x)] = std::byte{0x80};
    }
    return out;
}

base::Expected<model::Raster> decodeSlidePicture(const model::Source& source, std::int32_t frame) {
    const auto slide = Slide::open(source);
    if (!slide) {
        return tl::unexpected(slide.error());
    }
    // A processed slide may lack pictures: its frames are those of the source, which the facts name.
    const auto facts = nlohmann::json::parse(source.facts, nullptr, false);
    const auto named =
        facts.is_object() ? facts.value("pictures", nlohmann::json::array()) : nlohmann::json::array();
    if (frame < 1 || static_cast<std::size_t>(frame) > named.size()) {
        return slide->picture(frame);
    }
    const auto index = static_cast<std::size_t>(frame) - 1;
    const auto before =
        std::count(named.begin(), named.begin() + static_cast<std::ptrdiff_t>(index), named[index]);
    std::ptrdiff_t seen = 0;
    for (std::size_t i = 0; i < slide->pictures().size(); ++i) {
        if (named[index] == word(slide->pictures()[i].role) && seen++ == before) {
            return slide->picture(static_cast<std::int32_t>(i) + 1);
        }
    }
    return leftOutPicture();
}

} // namespace kamei::intake::slide
