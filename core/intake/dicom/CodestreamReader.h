#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace kamei::intake::dicom::codestream {

// Markers of ISO/IEC 10918-1 Table B.1, 14495-1 Table C.1, 15444-1 Table A.2.
inline constexpr unsigned kStartOfImage = 0xFFD8;
inline constexpr unsigned kEndOfImage = 0xFFD9; // of JPEG and, as EOC, of JPEG 2000
inline constexpr unsigned kRestart0 = 0xFFD0;
inline constexpr unsigned kStartOfScan = 0xFFDA;
inline constexpr unsigned kComment = 0xFFFE;
inline constexpr unsigned kApplication0 = 0xFFE0;
inline constexpr unsigned kApplication8 = 0xFFE8;
inline constexpr unsigned kApplication14 = 0xFFEE;
inline constexpr unsigned kJpegLsFrame = 0xFFF7;
inline constexpr unsigned kStartOfCodestream = 0xFF4F;
inline constexpr unsigned kReserved2000 = 0xFF30;
inline constexpr unsigned kSize = 0xFF51;
inline constexpr unsigned kComment2000 = 0xFF64;
inline constexpr unsigned kStartOfData = 0xFF93;
inline constexpr unsigned kStartOfTilePart = 0xFF90;

/// Big-endian numbers and texts of a codestream; the caller asks first whether they are there.
class Reader {
public:
    explicit Reader(std::span<const std::byte> bytes) : m_bytes(bytes) {}

    [[nodiscard]] std::size_t size() const { return m_bytes.size(); }
    [[nodiscard]] bool holds(std::size_t at, std::size_t count) const {
        return at <= m_bytes.size() && count <= m_bytes.size() - at;
    }
    [[nodiscard]] unsigned byte(std::size_t at) const { return std::to_integer<unsigned>(m_bytes[at]); }
    [[nodiscard]] unsigned word(std::size_t at) const { return byte(at) << 8 | byte(at + 1); }
    [[nodiscard]] std::uint64_t longWord(std::size_t at) const {
        return static_cast<std::uint64_t>(word(at)) << 16 | word(at + 2);
    }
    [[nodiscard]] std::string_view text(std::size_t at, std::size_t count) const {
        return {reinterpret_cast<const char*>(m_bytes.data()) + at, count};
    }

private:
    std::span<const std::byte> m_bytes;
};

} // namespace kamei::intake::dicom::codestream
