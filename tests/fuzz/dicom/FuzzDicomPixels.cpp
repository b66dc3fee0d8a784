#include <cstdint>
#include <cstdlib>
#include <string>

#include "core/intake/dicom/PixelCodec.h"
#include "core/transform/Transform.h"
#include "core/transform/dicom/PixelStream.h"

using namespace kamei;
using namespace kamei::intake::dicom;
using transform::dicom::PixelMask;
using transform::dicom::PixelStream;

namespace {

struct Collected final : transform::ByteSink {
    std::string bytes;
    base::Expected<void> write(std::span<const std::byte> data) override {
        bytes.append(reinterpret_cast<const char*>(data.data()), data.size());
        return {};
    }
};

/// Pixel data as it is written, within its stated length.
void write(const Instance& instance, const PixelMask* mask) {
    const auto stream = PixelStream::plan(instance, mask);
    Collected out;
    transform::Result result;
    if (!stream || !stream->write(out, 0, result)) {
        return;
    }
    for (const transform::Result::Range& range : result.nativePixels) {
        if (range.offset + range.length > out.bytes.size()) {
            std::abort();
        }
    }
}

} // namespace

/// The frames of whatever the header claims, decoded, and written with and without a mask; sizes are kept
/// small, since memory is not what is looked for.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto instance = Instance::ofMemory(std::as_bytes(std::span(data, size)));
    if (!instance || !instance->pixels()) {
        return 0;
    }
    constexpr std::int64_t kMost = 1 << 18;
    constexpr std::int64_t kFrames = 4;
    if (instance->number(tags::Rows).value_or(0) * instance->number(tags::Columns).value_or(0) > kMost ||
        instance->number(tags::NumberOfFrames).value_or(1) > kFrames) {
        return 0;
    }
    const auto decoder = FrameDecoder::make(*instance);
    for (std::int32_t f = 0; decoder && f < decoder->frames(); ++f) {
        (void)decoder->decode(f);
    }
    write(*instance, nullptr);
    model::Mask black;
    black.rect = {2, 1, 5, 3};
    const PixelMask first({black}, 1);
    write(*instance, &first);
    model::Mask mean = black;
    mean.fill = model::Mask::Fill::LocalMean;
    mean.frames = {1, 1};
    const PixelMask second({mean}, 1);
    write(*instance, &second);
    return 0;
}
