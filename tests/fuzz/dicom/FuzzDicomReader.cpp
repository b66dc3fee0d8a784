#include <cstdint>
#include <cstdlib>

#include "core/intake/dicom/CharacterSet.h"
#include "core/intake/dicom/DicomFormat.h"
#include "core/intake/dicom/Instance.h"
#include "core/intake/dicom/Unopened.h"

using namespace kamei::intake::dicom;

/// Elements lie inside the bytes, children inside their parents; text decodes to something.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto bytes = std::as_bytes(std::span(data, size));
    kamei::intake::Sample sample;
    sample.head = bytes.first(std::min<std::size_t>(size, 4096));
    sample.size = size;
    (void)looksLikeDicom(sample);
    (void)looksLikeDirectory(sample);
    const auto instance = Instance::ofMemory(bytes);
    if (!instance) {
        return 0;
    }
    if (const auto document = documentInside(*instance); document && document->size() > size) {
        std::abort();
    }
    const CharacterSet set = CharacterSet::fromValue(instance->text(tags::SpecificCharacterSet));
    const auto& tape = instance->elements();
    for (std::size_t i = 0; i < tape.size(); ++i) {
        if (tape[i].next <= i || tape[i].next > tape.size()) {
            std::abort();
        }
        (void)set.decode(instance->text(tape[i]), tape[i].vr);
    }
    (void)describeDicom({{}, {}}, std::string_view(reinterpret_cast<const char*>(data), size));
    return 0;
}
