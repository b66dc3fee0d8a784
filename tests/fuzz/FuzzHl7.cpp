#include "tests/fuzz/FuzzMessage.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    kamei::fuzz::checkMessage(data, size, "hl7v2");
    return 0;
}
