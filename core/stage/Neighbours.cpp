#include "core/stage/Neighbours.h"

#include <algorithm>
#include <array>
#include <string>

namespace kamei::stage {
namespace {

constexpr int kNone = -1;

bool isDigit(int c) {
    return c >= '0' && c <= '9';
}
bool isLatin(int c) {
    return isDigit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

int byteAt(const Place& place, std::ptrdiff_t at) {
    return at >= 0 && at < static_cast<std::ptrdiff_t>(place.data.size())
               ? std::to_integer<int>(place.data[static_cast<std::size_t>(at)])
               : kNone;
}

// Two bytes at `at` as one number, high byte first.
int pairAt(const Place& place, std::ptrdiff_t at) {
    const int first = byteAt(place, at);
    const int second = byteAt(place, at + 1);
    if (first == kNone || second == kNone) {
        return kNone;
    }
    return place.encoding == FormEncoding::Utf16Le ? second * 256 + first : first * 256 + second;
}

bool isWide(FormEncoding encoding) {
    return encoding == FormEncoding::Utf16Le || encoding == FormEncoding::Utf16Be;
}

// The unit `index` places after the match (0 is next), or before it (-1 is the one before): a byte, in UTF-16
// a pair.
int unitAt(const Place& place, std::ptrdiff_t index) {
    const auto anchor = static_cast<std::ptrdiff_t>(index < 0 ? place.start : place.end);
    return isWide(place.encoding) ? pairAt(place, anchor + 2 * index) : byteAt(place, anchor + index);
}

// Digits that touch the match on one side, in reading order; step is -1 or 1.
std::string digitsBeside(const Place& place, int step) {
    constexpr std::size_t kMost = 40;
    std::string out;
    for (std::ptrdiff_t i = step < 0 ? -1 : 0; out.size() < kMost && isDigit(unitAt(place, i)); i += step) {
        out += static_cast<char>(unitAt(place, i));
    }
    if (step < 0) {
        std::ranges::reverse(out);
    }
    return out;
}

bool isDateOrTimeStamp(std::string_view digits) {
    if (digits.size() != 8 && digits.size() != 14) {
        return false;
    }
    const auto number = [&digits](std::size_t at) {
        return (digits[at] - '0') * 10 + (digits[at + 1] - '0');
    };
    const int century = number(0);
    const int month = number(4);
    const int day = number(6);
    return (century == 19 || century == 20) && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

// Whether the digits around stand in a number with exactly one point: 0.4785. UIDs have more.
bool isPartOfDecimal(const Place& place, std::ptrdiff_t before, std::ptrdiff_t after) {
    if (unitAt(place, -before - 1) != '.' || !isDigit(unitAt(place, -before - 2))) {
        return false;
    }
    constexpr std::ptrdiff_t kReach = 64;
    int points = 0;
    for (std::ptrdiff_t i = -before - 1; i > -kReach; --i) {
        const int unit = unitAt(place, i);
        points += unit == '.' ? 1 : 0;
        if (unit != '.' && !isDigit(unit)) {
            break;
        }
    }
    return points == 1 && unitAt(place, after) != '.';
}

} // namespace

Shape shapeOf(std::string_view utf8) {
    Shape shape{true, false, false, true, true, true, 0};
    for (std::size_t i = 0; i < utf8.size();) {
        const auto lead = static_cast<unsigned char>(utf8[i]);
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        const std::string_view character = utf8.substr(i, length);
        shape.digits = shape.digits && isDigit(lead);
        shape.latin = shape.latin && isLatin(lead);
        shape.hiragana = shape.hiragana && character >= "ぁ" && character <= "ゖ";
        shape.katakana = shape.katakana && character >= "ァ" && character <= "ー";
        ++shape.characters;
        i += length;
    }
    shape.digitFirst = !utf8.empty() && isDigit(static_cast<unsigned char>(utf8.front()));
    shape.digitLast = !utf8.empty() && isDigit(static_cast<unsigned char>(utf8.back()));
    return shape;
}

bool standsAsNumber(const Place& place) {
    const std::string before = digitsBeside(place, -1);
    const std::string after = digitsBeside(place, 1);
    if (isPartOfDecimal(place, static_cast<std::ptrdiff_t>(before.size()),
                        static_cast<std::ptrdiff_t>(after.size()))) {
        return false;
    }
    const bool padded = std::ranges::all_of(before, [](char c) { return c == '0'; });
    return (padded && (after.empty() || isDateOrTimeStamp(after))) ||
           (after.empty() && isDateOrTimeStamp(before));
}

bool digitsEnd(const Place& place, const Shape& shape) {
    return !(shape.digitFirst && isDigit(unitAt(place, -1))) &&
           !(shape.digitLast && isDigit(unitAt(place, 0)));
}

bool standsAsWord(const Place& place) {
    return !isLatin(unitAt(place, -1)) && !isLatin(unitAt(place, 0));
}

// The unit of \uXXXX at `at`.
int escapeAt(const Place& place, std::ptrdiff_t at) {
    if (byteAt(place, at) != '\\' || byteAt(place, at + 1) != 'u') {
        return kNone;
    }
    int value = 0;
    for (std::ptrdiff_t i = at + 2; i < at + 6; ++i) {
        const int c = byteAt(place, i);
        const int digit = isDigit(c)                               ? c - '0'
                          : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10
                                                                   : -1;
        if (c == kNone || digit < 0) {
            return kNone;
        }
        value = value * 16 + digit;
    }
    return value;
}

bool kanaEnds(const Place& place, const Shape& shape) {
    if (!shape.hiragana && !shape.katakana) {
        return true;
    }
    const auto start = static_cast<std::ptrdiff_t>(place.start);
    const auto end = static_cast<std::ptrdiff_t>(place.end);
    const auto within = [](int value, int first, int last) { return value >= first && value <= last; };
    const auto sameScript = [&](std::ptrdiff_t two, std::ptrdiff_t three) {
        switch (place.encoding) {
        case FormEncoding::Utf8: {
            const int code = pairAt(place, three + 1); // the last two bytes of E3 xx xx
            return byteAt(place, three) == 0xE3 &&
                   (shape.hiragana ? within(code, 0x8181, 0x8296) : within(code, 0x82A1, 0x83BC));
        }
        case FormEncoding::Utf16Le:
        case FormEncoding::Utf16Be:
            return shape.hiragana ? within(pairAt(place, two), 0x3041, 0x3096)
                                  : within(pairAt(place, two), 0x30A1, 0x30FC);
        case FormEncoding::Cp932:
            return shape.hiragana
                       ? within(pairAt(place, two), 0x829F, 0x82F1)
                       : within(pairAt(place, two), 0x8340, 0x8396) || pairAt(place, two) == 0x815B;
        case FormEncoding::EucJp:
            return shape.hiragana
                       ? within(pairAt(place, two), 0xA4A1, 0xA4F3)
                       : within(pairAt(place, two), 0xA5A1, 0xA5F6) || pairAt(place, two) == 0xA1BC;
        case FormEncoding::Iso2022Jp:
            return shape.hiragana
                       ? within(pairAt(place, two), 0x2421, 0x2473)
                       : within(pairAt(place, two), 0x2521, 0x2576) || pairAt(place, two) == 0x213C;
        case FormEncoding::JsonEscaped: {
            const int code = escapeAt(place, two < start ? start - 6 : end);
            return shape.hiragana ? within(code, 0x3041, 0x3096) : within(code, 0x30A1, 0x30FC);
        }
        }
        return false;
    };
    return !sameScript(start - 2, start - 3) && !sameScript(end, end);
}

bool amidText(const Place& place) {
    constexpr std::size_t kAround = 8;
    constexpr std::size_t kOther = 2;
    const std::size_t begin = place.start > kAround ? place.start - kAround : 0;
    const std::size_t end = std::min(place.end + kAround, place.data.size());
    std::size_t other = 0;
    for (const std::byte b : place.data.subspan(begin, end - begin)) {
        const int c = std::to_integer<int>(b);
        other += (c >= 0x20 && c < 0x7F) || c == 0x1B || c == '\r' || c == '\n' ? 0U : 1U;
    }
    return other <= kOther;
}

bool inKanjiState(const Place& place) {
    constexpr std::size_t kReach = 4096; // a line in ISO-2022-JP begins in ASCII (RFC 1468)
    const std::size_t lowest = place.start > kReach ? place.start - kReach : 0;
    for (std::size_t at = place.start; at-- > lowest;) {
        const int c = std::to_integer<int>(place.data[at]);
        if (c == 0x1B) {
            const auto position = static_cast<std::ptrdiff_t>(at);
            if (byteAt(place, position + 1) != '$') {
                return false;
            }
            const int kind = byteAt(place, position + 2);
            const std::size_t length = kind == '(' ? 4 : 3;
            return (kind == 'B' || kind == '@' || kind == '(') && place.start >= at + length &&
                   (place.start - at - length) % 2 == 0;
        }
        if (c < 0x21 || c > 0x7E) {
            return false;
        }
    }
    return false;
}

bool atCharacter(const Place& place) {
    if (isWide(place.encoding)) {
        return place.start % 2 == 0;
    }
    if (place.encoding != FormEncoding::Cp932 && place.encoding != FormEncoding::EucJp) {
        return true;
    }
    // Below this a byte is never the second of a pair: from there on characters can be counted.
    const int single = place.encoding == FormEncoding::Cp932 ? 0x40 : 0x80;
    std::size_t at = place.start;
    while (at > 0 && std::to_integer<int>(place.data[at - 1]) >= single) {
        --at;
    }
    while (at < place.start) {
        const int lead = std::to_integer<int>(place.data[at]);
        const bool isPair = place.encoding == FormEncoding::Cp932
                                ? (lead >= 0x81 && lead <= 0x9F) || (lead >= 0xE0 && lead <= 0xFC)
                                : lead >= 0x80;
        at += lead == 0x8F && place.encoding == FormEncoding::EucJp ? 3U : isPair ? 2U : 1U;
    }
    return at == place.start;
}

bool isUtf8(std::span<const std::byte> data) {
    for (std::size_t i = 0; i < data.size();) {
        const int lead = std::to_integer<int>(data[i]);
        const std::size_t more = lead < 0x80   ? 0
                                 : lead < 0xC2 ? 9
                                 : lead < 0xE0 ? 1
                                 : lead < 0xF0 ? 2
                                 : lead < 0xF5 ? 3
                                               : 9;
        if (more == 9 || i + more >= data.size()) {
            return false;
        }
        for (std::size_t k = 1; k <= more; ++k) {
            if ((std::to_integer<int>(data[i + k]) & 0xC0) != 0x80) {
                return false;
            }
        }
        i += more + 1;
    }
    return true;
}

} // namespace kamei::stage
