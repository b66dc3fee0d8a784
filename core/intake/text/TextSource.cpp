#include "core/intake/text/TextSource.h"

#include <algorithm>

#include "core/intake/encoding/Unicode.h"
#include "core/intake/text/Escapes.h"

namespace kamei::intake::text {
namespace {

constexpr std::int64_t kStride = 64; ///< code points between two known byte offsets

bool isContinuation(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

} // namespace

std::size_t TextSource::byteOf(std::int64_t codePoint) const {
    const std::int64_t wanted = std::clamp<std::int64_t>(codePoint, 0, m_length);
    if (m_text.size() == static_cast<std::size_t>(m_length)) {
        return static_cast<std::size_t>(wanted); // ASCII
    }
    std::size_t byte = m_textOffset[static_cast<std::size_t>(wanted / kStride)];
    for (std::int64_t left = wanted % kStride; left > 0; --left) {
        ++byte;
        while (byte < m_text.size() && isContinuation(m_text[byte])) {
            ++byte;
        }
    }
    return byte;
}

std::string_view TextSource::raw(const Segment& segment) const {
    const std::size_t begin = byteOf(segment.start);
    return std::string_view(m_text).substr(begin, byteOf(segment.end) - begin);
}

std::string TextSource::content(const Segment& segment) const {
    return unescape(raw(segment), segment.escaping);
}

std::string TextSource::slice(std::int64_t start, std::int64_t end) const {
    const std::size_t begin = byteOf(start);
    return m_text.substr(begin, std::max(byteOf(end), begin) - begin);
}

std::int64_t TextSource::toDocument(const Segment& segment, std::int64_t offset) const {
    if (segment.escaping == Escaping::None) {
        return std::clamp(segment.start + offset, segment.start, segment.end);
    }
    const std::string_view written = raw(segment);
    std::int64_t point = segment.start;
    std::size_t byte = 0;
    for (std::int64_t left = offset; left > 0 && byte < written.size(); --left) {
        const Written next = writtenAt(written, byte, segment.escaping);
        const std::size_t length = std::max<std::size_t>(next.length, 1);
        // An escape is ASCII; anything else is one code point.
        const bool isEscape = next.length > 1 && static_cast<unsigned char>(written[byte]) < 0x80;
        point += isEscape ? static_cast<std::int64_t>(length) : 1;
        byte += length;
    }
    return point;
}

} // namespace kamei::intake::text
