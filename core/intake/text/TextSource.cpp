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

std::int64_t TextSource::pointOf(std::size_t byte) const {
    if (m_text.size() == static_cast<std::size_t>(m_length)) {
        return static_cast<std::int64_t>(byte);
    }
    const auto known = std::upper_bound(m_textOffset.begin(), m_textOffset.end() - 1, byte);
    const auto index = known == m_textOffset.begin() ? 0 : known - m_textOffset.begin() - 1;
    const std::size_t from = m_textOffset[static_cast<std::size_t>(index)];
    return index * kStride + encoding::countCodePoints(std::string_view(m_text).substr(from, byte - from));
}

std::string_view TextSource::raw(const Segment& segment) const {
    const std::size_t begin = byteOf(segment.start);
    return std::string_view(m_text).substr(begin, byteOf(segment.end) - begin);
}

std::string TextSource::content(const Segment& segment) const {
    return unescape(raw(segment), segment.escaping, m_spelling);
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
    for (std::int64_t left = offset; left > 0 && byte < written.size();) {
        const Written next = writtenAt(written, byte, segment.escaping, m_spelling);
        if (next.count > left) {
            return point + 1; // inside one escape: rewrite() takes it whole
        }
        const std::size_t length = std::max<std::size_t>(next.length, 1);
        point += isEscape(next, written, byte) ? static_cast<std::int64_t>(length) : 1;
        left -= next.count;
        byte += length;
    }
    return point;
}

} // namespace kamei::intake::text
