#include "tests/fuzz/FuzzMessage.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    kamei::fuzz::checkMessage(data, size, "fhir");
    return 0;
}
