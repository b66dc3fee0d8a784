#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace kamei::transform::slide {

/// Zeroes, in place and as the bytes pass, everything of a JPEG that is neither pixels nor what decodes them:
/// comments and application segments (but the fixed part of JFIF and Adobe's marker of colour), bytes between
/// segments, and whatever stands behind the end of the picture. Sizes stay. ITU T.81 B.1.1; JFIF 1.02.
class JpegCleaner {
public:
    void clean(std::span<std::byte> bytes);
    /// Whether the end of the picture (EOI) has passed.
    [[nodiscard]] bool ended() const { return m_state == State::Done; }

private:
    enum class State { Outside, Marker, LengthHigh, LengthLow, Segment, Scan, ScanMarker, Done };

    void begin(std::uint8_t marker);
    [[nodiscard]] bool keeps(std::size_t at, std::uint8_t value);

    State m_state = State::Outside;
    std::uint8_t m_marker = 0;
    std::uint32_t m_length = 0; ///< of the segment's data
    std::uint32_t m_at = 0;     ///< in the segment's data
    bool m_known = true;        ///< the data of an application segment is that of JFIF or Adobe so far
};

} // namespace kamei::transform::slide
