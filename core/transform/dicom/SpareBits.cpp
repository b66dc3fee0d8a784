#include "core/transform/dicom/SpareBits.h"

#include <array>
#include <bit>
#include <cstring>
#include <type_traits>

namespace kamei::transform::dicom {
namespace {

static_assert(std::endian::native == std::endian::little, "cells are read as the machine's own numbers");

/// One cell: the stored bits are shifted to the top and back, which fills what is above them.
template <class Number> Number withoutSpare(Number cell, int above, int below) {
    using Bits = std::make_unsigned_t<Number>;
    const auto moved = static_cast<Number>(static_cast<Bits>(cell) << above);
    return static_cast<Number>(static_cast<Bits>(moved >> above) & static_cast<Bits>(~Bits{0} << below));
}

/// Without a branch in the loop, so that the compiler makes vectors of it.
template <class Number> bool clearAll(std::span<std::byte> cells, int above, int below) {
    using Bits = std::make_unsigned_t<Number>;
    Bits changed = 0;
    std::byte* at = cells.data();
    const std::size_t count = cells.size() / sizeof(Number);
    for (std::size_t i = 0; i < count; ++i) {
        Number cell;
        std::memcpy(&cell, at + i * sizeof(Number), sizeof cell);
        const Number clean = withoutSpare(cell, above, below);
        changed = static_cast<Bits>(changed | static_cast<Bits>(cell ^ clean));
        std::memcpy(at + i * sizeof(Number), &clean, sizeof clean);
    }
    return changed != 0;
}

} // namespace

std::optional<SpareBits> SpareBits::of(const intake::dicom::PixelFormat& format) {
    const bool whole = format.bitsAllocated == 8 || format.bitsAllocated == 16 || format.bitsAllocated == 32;
    if (!whole || format.isFloat || format.bitsStored >= format.bitsAllocated) {
        return std::nullopt;
    }
    SpareBits out;
    out.m_unit = static_cast<std::size_t>(format.bitsAllocated / 8);
    out.m_above = format.bitsAllocated - 1 - format.highBit;
    out.m_below = format.highBit + 1 - format.bitsStored;
    out.m_signed = format.isSigned;
    return out;
}

bool SpareBits::clear(std::span<std::byte> cells) const {
    switch (m_unit) {
    case 1:
        return m_signed ? clearAll<std::int8_t>(cells, m_above, m_below)
                        : clearAll<std::uint8_t>(cells, m_above, m_below);
    case 2:
        return m_signed ? clearAll<std::int16_t>(cells, m_above, m_below)
                        : clearAll<std::uint16_t>(cells, m_above, m_below);
    default:
        return m_signed ? clearAll<std::int32_t>(cells, m_above, m_below)
                        : clearAll<std::uint32_t>(cells, m_above, m_below);
    }
}

std::uint64_t SpareBits::cleared(std::uint64_t cell) const {
    std::array<std::byte, sizeof cell> bytes;
    std::memcpy(bytes.data(), &cell, sizeof cell);
    clear(std::span(bytes).first(m_unit));
    std::uint64_t out = 0;
    std::memcpy(&out, bytes.data(), m_unit);
    return out;
}

} // namespace kamei::transform::dicom
