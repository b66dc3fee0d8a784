#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/intake/image/Image.h"
#include "core/intake/image/Metadata.h"

using namespace kamei::intake::image;

namespace {

std::string_view formatOf(std::string_view bytes) {
    return bytes.starts_with("\xFF\xD8") ? "jpeg" : bytes.starts_with("\x89PNG") ? "png" : "tiff";
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const std::string_view format = formatOf(bytes);
    const auto facts = readFacts(bytes, format);
    // Pictures that are large on paper only cost time here.
    if (facts && std::int64_t(facts->width) * facts->height < (1 << 22)) {
        const auto raster = decode(bytes, format, 1);
        if (raster && raster->samples.size() != std::size_t(raster->width) * std::size_t(raster->height) *
                                                    std::size_t(raster->channels) *
                                                    std::size_t(raster->bitsPerSample / 8)) {
            std::abort();
        }
    }
    (void)readMetadata(bytes, format);
    return 0;
}
