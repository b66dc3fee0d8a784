#include "core/transform/slide/JpegCleaner.h"

#include <algorithm>
#include <cstring>
#include <string_view>

namespace kamei::transform::slide {
namespace {

constexpr std::uint8_t kScan = 0xDA;
constexpr std::uint8_t kEnd = 0xD9;
constexpr std::uint8_t kJfif = 0xE0;
constexpr std::uint8_t kAdobe = 0xEE;

bool standsAlone(std::uint8_t marker) {
    return marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8);
}
bool isSaid(std::uint8_t marker) { // APPn, COM, and JPGn, which no decoder reads
    return (marker >= 0xE0 && marker <= 0xEF) || marker >= 0xF0 || (marker >= 0x02 && marker <= 0xBF);
}

} // namespace

void JpegCleaner::begin(std::uint8_t marker) {
    m_marker = marker;
    if (marker == kEnd) {
        m_state = State::Done;
    } else {
        m_state = standsAlone(marker) ? State::Outside : State::LengthHigh;
    }
}

bool JpegCleaner::keeps(std::size_t at, std::uint8_t value) {
    if (!isSaid(m_marker)) {
        return true;
    }
    // The parts that say how colours are meant; a thumbnail behind them goes.
    const std::string_view name = m_marker == kJfif    ? std::string_view("JFIF\0", 5)
                                  : m_marker == kAdobe ? std::string_view("Adobe", 5)
                                                       : std::string_view();
    const std::size_t fixed = m_marker == kJfif ? 12 : 12;
    if (name.empty() || m_length < fixed || at >= fixed) {
        return false;
    }
    if (at < name.size()) {
        m_known = m_known && value == static_cast<std::uint8_t>(name[at]);
    }
    return m_known;
}

void JpegCleaner::clean(std::span<std::byte> bytes) {
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const auto value = std::to_integer<std::uint8_t>(bytes[i]);
        switch (m_state) {
        case State::Outside:
            if (value == 0xFF) {
                m_state = State::Marker;
            } else {
                bytes[i] = std::byte{0};
            }
            break;
        case State::Marker:
            if (value == 0) {
                m_state = State::Outside;
            } else if (value != 0xFF) {
                begin(value);
            }
            break;
        case State::LengthHigh:
            m_length = std::uint32_t{value} << 8;
            m_state = State::LengthLow;
            break;
        case State::LengthLow:
            m_length |= value;
            m_length = m_length >= 2 ? m_length - 2 : 0;
            m_at = 0;
            m_known = true;
            m_state = m_length > 0 ? State::Segment : m_marker == kScan ? State::Scan : State::Outside;
            break;
        case State::Segment:
            if (!keeps(m_at, value)) {
                bytes[i] = std::byte{0};
            }
            if (++m_at == m_length) {
                m_state = m_marker == kScan ? State::Scan : State::Outside;
            }
            break;
        case State::Scan: {
            const void* const next = std::memchr(bytes.data() + i, 0xFF, bytes.size() - i);
            if (next == nullptr) {
                return;
            }
            i = static_cast<std::size_t>(static_cast<const std::byte*>(next) - bytes.data());
            m_state = State::ScanMarker;
            break;
        }
        case State::ScanMarker:
            if (value == 0 || (value >= 0xD0 && value <= 0xD7)) {
                m_state = State::Scan;
            } else if (value != 0xFF) {
                begin(value);
            }
            break;
        case State::Done:
            std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(i), bytes.end(), std::byte{0});
            return;
        }
    }
}

} // namespace kamei::transform::slide
