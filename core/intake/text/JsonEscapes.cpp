#include <array>
#include <charconv>

#include "core/intake/encoding/Unicode.h"
#include "core/intake/text/Escapes.h"

namespace kamei::intake::text {
namespace {

constexpr std::size_t kUnitLength = 6; ///< \uXXXX

/// The unit of \uXXXX at `byte`; nothing else than a number below 65536, or -1.
std::int32_t unitAt(std::string_view raw, std::size_t byte) {
    const std::string_view digits = raw.substr(std::min(byte, raw.size())).substr(0, kUnitLength);
    if (digits.size() < kUnitLength || digits[0] != '\\' || digits[1] != 'u') {
        return -1;
    }
    unsigned value = 0;
    const auto [last, error] = std::from_chars(digits.data() + 2, digits.data() + kUnitLength, value, 16);
    return error == std::errc() && last == digits.data() + kUnitLength ? static_cast<std::int32_t>(value)
                                                                       : -1;
}

bool isHigh(std::int32_t unit) {
    return unit >= 0xD800 && unit <= 0xDBFF;
}
bool isLow(std::int32_t unit) {
    return unit >= 0xDC00 && unit <= 0xDFFF;
}

void putUnit(std::string& out, char32_t unit) {
    static constexpr std::string_view kDigits = "0123456789abcdef";
    out += "\\u";
    for (const unsigned shift : {12U, 8U, 4U, 0U}) {
        out.push_back(kDigits[(unit >> shift) & 0xFU]);
    }
}

void putEscaped(std::string& out, char32_t c) {
    if (c < 0x10000) {
        putUnit(out, c);
        return;
    }
    putUnit(out, 0xD800 + ((c - 0x10000) >> 10));
    putUnit(out, 0xDC00 + ((c - 0x10000) & 0x3FF));
}

} // namespace

Written jsonEscapeAt(std::string_view raw, std::size_t byte) {
    if (byte + 1 >= raw.size() || raw[byte] != '\\') {
        return {};
    }
    struct Row {
        char name;
        char32_t value;
    };
    static constexpr std::array kRows{Row{'"', U'"'},  Row{'\\', U'\\'}, Row{'/', U'/'},  Row{'b', U'\b'},
                                      Row{'f', U'\f'}, Row{'n', U'\n'},  Row{'r', U'\r'}, Row{'t', U'\t'}};
    for (const Row& row : kRows) {
        if (raw[byte + 1] == row.name) {
            return {row.value, 2, 1, {}};
        }
    }
    const std::int32_t unit = unitAt(raw, byte);
    if (unit < 0 || isLow(unit)) {
        return {};
    }
    if (!isHigh(unit)) {
        return {static_cast<char32_t>(unit), kUnitLength, 1, {}};
    }
    const std::int32_t low = unitAt(raw, byte + kUnitLength);
    if (!isLow(low)) {
        return {};
    }
    const auto value = static_cast<char32_t>(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00));
    return {value, 2 * kUnitLength, 1, {}};
}

std::string escapeJson(std::string_view content, const Spelling& spelling) {
    std::string out;
    out.reserve(content.size());
    for (std::size_t i = 0; i < content.size();) {
        const encoding::CodePoint point = encoding::codePointAt(content, i);
        if (point.length == 0) {
            ++i; // no character: content comes decoded, so this cannot stand for anything
            continue;
        }
        const char32_t c = point.value;
        if (c == U'"' || c == U'\\') {
            out.push_back('\\');
            out.push_back(static_cast<char>(c));
        } else if (c == U'\n') {
            out += "\\n";
        } else if (c < 0x20 || (c >= 0x80 && spelling.asciiOnly)) {
            putEscaped(out, c);
        } else {
            out.append(content.substr(i, point.length));
        }
        i += point.length;
    }
    return out;
}

} // namespace kamei::intake::text
