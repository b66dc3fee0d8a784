#include <algorithm>
#include <cstdint>

#include "tests/core/transform/signal/ScpBytes.h"
#include "tests/fuzz/FuzzRecording.h"

namespace {

std::size_t number(const std::string& bytes, std::size_t at, std::size_t size) {
    std::size_t out = 0;
    for (std::size_t i = size; i-- > 0;) {
        out = (out << 8) | static_cast<std::uint8_t>(bytes[at + i]);
    }
    return out;
}

void sign(std::string& bytes, std::size_t at, std::size_t size) {
    if (at < bytes.size() && size >= 2 && size <= bytes.size() - at) {
        bytes.replace(at, 2,
                      kamei::test::ScpBytes::little(kamei::test::ccitt(bytes.substr(at + 2, size - 2)), 2));
    }
}

} // namespace

/// Checksums and the size are made right first, else nothing behind them would ever be read.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string bytes(reinterpret_cast<const char*>(data), size);
    if (size >= 22) {
        bytes.replace(2, 4, kamei::test::ScpBytes::little(size, 4));
        const std::size_t end = std::min(size, 6 + number(bytes, 10, 4));
        for (std::size_t at = 22; at + 10 <= end; at += 10) {
            sign(bytes, number(bytes, at + 6, 4) - 1, number(bytes, at + 2, 4));
        }
        sign(bytes, 6, number(bytes, 10, 4));
        sign(bytes, 0, size);
    }
    kamei::test::fuzzRecording(bytes, "scp-ecg", true);
    return 0;
}
