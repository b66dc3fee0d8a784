#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "core/intake/slide/Slide.h"
#include "core/transform/slide/SlideWriter.h"

using namespace kamei;

namespace {

/// Counts, and gives up where a copy would outgrow what was given many times over.
class Sink final : public transform::ByteSink {
public:
    base::Expected<void> write(std::span<const std::byte> data) override {
        size += data.size();
        return {};
    }
    std::uint64_t size = 0;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto slide = intake::slide::Slide::open(
        intake::slide::inMemory(std::string(reinterpret_cast<const char*>(data), size)));
    if (!slide) {
        return 0;
    }
    (void)slide->statements();
    const auto region = slide->readRegion(0, 0, 3, 5, 40, 30);
    if (region && region->samples.size() != std::size_t{40} * 30 * std::size_t(region->channels) *
                                                std::size_t(region->bitsPerSample / 8)) {
        std::abort();
    }
    const auto& base = slide->pages().all[slide->pages().planes[0].front()];
    // Slides that are large on paper only cost time here.
    if (std::uint64_t{base.blockWidth} * base.blockHeight > (1U << 20) || base.blocks() > 4096) {
        return 0;
    }
    transform::slide::Orders orders;
    model::Mask mask;
    mask.rect = {10, 10, 60, 40};
    constexpr std::array kFills{model::Mask::Fill::Black, model::Mask::Fill::LocalMean,
                                model::Mask::Fill::Noise};
    mask.fill = kFills[size % kFills.size()];
    orders.masks = {mask};
    orders.labelText = "S-0";
    for (std::size_t i = 0; i < slide->pictures().size(); ++i) {
        if (slide->pictures()[i].role != intake::slide::Role::Scan) {
            orders.pictures[std::int32_t(i) + 1] =
                i % 2 == 0 ? model::Action::Delete : model::Action::Replace;
        }
    }
    transform::slide::SlideWriter writer(*slide, orders);
    Sink sink;
    if (writer.prepare()) {
        (void)writer.write(sink);
    }
    if (sink.size > 4 * size + (std::uint64_t{256} << 20)) {
        std::abort();
    }
    return 0;
}
