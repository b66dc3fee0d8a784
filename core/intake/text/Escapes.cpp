#include "core/intake/text/Escapes.h"

#include <charconv>

#include "core/intake/encoding/Unicode.h"

namespace kamei::intake::text {
namespace {

/// XML 1.0, production 2: characters that a document may hold.
bool isXmlChar(char32_t c) {
    return c == 0x9 || c == 0xA || c == 0xD || (c >= 0x20 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) ||
           (c >= 0x10000 && c <= 0x10FFFF);
}

Written entityAt(std::string_view raw, std::size_t byte) {
    constexpr std::size_t kLongest = 16;
    const std::size_t end = raw.substr(byte, kLongest).find(';');
    if (end == std::string_view::npos) {
        return {};
    }
    const std::string_view name = raw.substr(byte + 1, end - 1);
    const std::size_t length = end + 1;
    if (name == "amp") {
        return {U'&', length};
    }
    if (name == "lt") {
        return {U'<', length};
    }
    if (name == "gt") {
        return {U'>', length};
    }
    if (name == "quot") {
        return {U'"', length};
    }
    if (name == "apos") {
        return {U'\'', length};
    }
    if (!name.starts_with('#') || name.size() < 2) {
        return {};
    }
    const bool hex = name[1] == 'x';
    const std::string_view digits = name.substr(hex ? 2 : 1);
    unsigned value = 0;
    const auto [last, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), value, hex ? 16 : 10);
    if (error != std::errc() || last != digits.data() + digits.size() || digits.empty() ||
        !isXmlChar(value)) {
        return {};
    }
    return {value, length};
}

} // namespace

Written writtenAt(std::string_view raw, std::size_t byte, Escaping escaping) {
    if (escaping == Escaping::Xml && raw[byte] == '&') {
        return entityAt(raw, byte);
    }
    if (escaping == Escaping::CsvQuoted && raw.substr(byte, 2) == "\"\"") {
        return {U'"', 2};
    }
    const encoding::CodePoint point = encoding::codePointAt(raw, byte);
    return {point.value, point.length};
}

std::string unescape(std::string_view raw, Escaping escaping) {
    const char special = escaping == Escaping::Xml ? '&' : '"';
    if (escaping == Escaping::None || raw.find(special) == std::string_view::npos) {
        return std::string(raw);
    }
    std::string out;
    out.reserve(raw.size());
    for (std::size_t i = 0; i < raw.size();) {
        const Written next = writtenAt(raw, i, escaping);
        if (next.length == 0) {
            out.push_back(raw[i++]);
            continue;
        }
        encoding::appendUtf8(out, next.value);
        i += next.length;
    }
    return out;
}

std::string escape(std::string_view content, Escaping escaping) {
    if (escaping == Escaping::None) {
        return std::string(content);
    }
    std::string out;
    out.reserve(content.size());
    for (const char c : content) {
        if (escaping == Escaping::CsvQuoted) {
            out.append(c == '"' ? 2 : 1, c);
            continue;
        }
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        case '\'':
            out += "&apos;";
            break;
        default:
            out.push_back(c);
        }
    }
    return out;
}

} // namespace kamei::intake::text
