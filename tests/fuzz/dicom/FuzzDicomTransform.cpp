#include <array>
#include <cstdint>
#include <cstdlib>

#include "core/intake/dicom/Instance.h"
#include "core/transform/dicom/CompiledDicom.h"

using namespace kamei;

namespace {

struct Fixture {
    model::Policy policy;
    transform::pseudonym::Key key = *transform::pseudonym::Key::fromBytes(std::array<std::byte, 32>{});
    model::Subject subject;
    std::unique_ptr<transform::Transform> transform;

    Fixture() {
        policy.options = {"clean-descriptors", "clean-structured-content", "modified-dates", "safe-private"};
        transform = std::move(*transform::dicom::compileDicom({}, {}, {policy, key, subject}));
    }
};

} // namespace

/// A header that could be read is written so that it can be read again, in ascending order.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Fixture fixture;
    const auto instance = intake::dicom::Instance::ofMemory(std::as_bytes(std::span(data, size)));
    if (!instance) {
        return 0;
    }
    const auto* compiled = dynamic_cast<const transform::dicom::CompiledDicom*>(fixture.transform.get());
    const auto header = compiled->header(*instance);
    if (!header) {
        return 0;
    }
    const auto again =
        intake::dicom::Instance::ofMemory(std::as_bytes(std::span(header->data(), header->size())));
    if (!again) {
        std::abort();
    }
    intake::dicom::Tag last = 0;
    for (std::size_t i = 0; i < again->elements().size(); i = again->elements()[i].next) {
        if (again->elements()[i].tag <= last) {
            std::abort();
        }
        last = again->elements()[i].tag;
    }
    return 0;
}
