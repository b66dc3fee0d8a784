#include <cstdint>

#include "core/intake/dicom/PixelCodec.h"

using namespace kamei::intake::dicom;

/// The frames of whatever the header claims; sizes are kept small, since memory is not what is looked for.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto instance = Instance::ofMemory(std::as_bytes(std::span(data, size)));
    if (!instance || !instance->pixels()) {
        return 0;
    }
    constexpr std::int64_t kMost = 1 << 20;
    if (instance->number(tags::Rows).value_or(0) * instance->number(tags::Columns).value_or(0) > kMost) {
        return 0;
    }
    const auto decoder = FrameDecoder::make(*instance);
    for (std::int32_t f = 0; decoder && f < std::min(decoder->frames(), 3); ++f) {
        (void)decoder->decode(f);
    }
    return 0;
}
