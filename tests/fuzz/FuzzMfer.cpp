#include <cstdint>

#include "tests/fuzz/FuzzRecording.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    kamei::test::fuzzRecording(std::string(reinterpret_cast<const char*>(data), size), "mfer", true);
    return 0;
}
