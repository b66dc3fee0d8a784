#pragma once

#include <cstddef>
#include <cstdint>

namespace kamei::intake::dicom {

/// The number in `size` bytes (at most 4).
[[nodiscard]] inline std::uint32_t number(const std::byte* p, std::size_t size, bool bigEndian) {
    std::uint32_t out = 0;
    for (std::size_t i = 0; i < size; ++i) {
        out = out << 8 | std::to_integer<std::uint32_t>(p[bigEndian ? i : size - 1 - i]);
    }
    return out;
}

/// One letter of a VR as the standard writes them.
[[nodiscard]] inline bool isUpper(std::byte b) {
    return b >= std::byte{'A'} && b <= std::byte{'Z'};
}

} // namespace kamei::intake::dicom
