#include "core/intake/image/Image.h"
#include "core/intake/image/Metadata.h"
#include "core/transform/image/JpegBlocks.h"
#include "core/transform/image/Masks.h"

namespace kamei::transform::image {

base::Expected<std::string> maskJpeg(std::string_view bytes, const std::vector<model::Mask>& masks) {
    // Decoding finds what is missing or out of bounds, with the reason a person can use.
    if (const auto whole = intake::image::decode(bytes, "jpeg", 1); !whole) {
        return tl::unexpected(whole.error());
    }
    JpegEdit edit;
    edit.inside = [&](std::int32_t width, std::int32_t height) { return masksOn(masks, 1, width, height); };
    edit.orientation = intake::image::orientationOf(bytes);
    edit.profile = intake::image::iccProfileOf(bytes);
    if (!intake::image::isCommonProfile(edit.profile)) {
        edit.profile.clear();
    }
    return fillBlocks(bytes, edit);
}

} // namespace kamei::transform::image
