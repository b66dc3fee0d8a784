#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/intake/image/Image.h"
#include "core/intake/image/Metadata.h"
#include "core/transform/image/Masks.h"

using namespace kamei;

/// A picture that can be processed can be read again and says nothing beside its pixels.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const std::string_view format = bytes.starts_with("\xFF\xD8")                      ? "jpeg"
                                    : bytes.starts_with("\x89PNG")                     ? "png"
                                    : bytes.starts_with("BM")                          ? "bmp"
                                    : bytes.size() > 8 && bytes.substr(4, 4) == "ftyp" ? "heif"
                                                                                       : "tiff";
    const auto facts = intake::image::readFacts(bytes, format);
    if (!facts || std::int64_t(facts->width) * facts->height > (1 << 20) || facts->pages > 4) {
        return 0;
    }
    model::Mask mask;
    mask.rect = {1, 1, 9, 9};
    mask.fill = static_cast<model::Mask::Fill>(size % 3);
    const auto out = format == "jpeg"   ? transform::image::maskJpeg(bytes, {mask})
                     : format == "png"  ? transform::image::maskPng(bytes, {mask})
                     : format == "bmp"  ? transform::image::maskBmp(bytes, {mask})
                     : format == "heif" ? transform::image::maskHeif(bytes, {mask})
                                        : transform::image::maskTiff(bytes, {mask});
    if (!out) {
        return 0;
    }
    if (!intake::image::readFacts(*out, format)) {
        std::abort();
    }
    for (const auto& entry : intake::image::readMetadata(*out, format == "heif" ? "png" : format)) {
        if (!entry.key.starts_with("Icc.")) {
            std::abort();
        }
    }
    return 0;
}
