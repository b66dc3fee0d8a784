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

base::Expected<model::Raster> decodeSlidePicture(const model::Source& source, std::int32_t frame) {
    const auto slide = Slide::open(source);
    return slide ? slide->picture(frame) : tl::unexpected(slide.error());
}

} // namespace kamei::intake::slide
