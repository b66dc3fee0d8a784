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
        return {U'&', length, 1, {}};
    }
    if (name == "lt") {
        return {U'<', length, 1, {}};
    }
    if (name == "gt") {
        return {U'>', length, 1, {}};
    }
    if (name == "quot") {
        return {U'"', length, 1, {}};
    }
    if (name == "apos") {
        return {U'\'', length, 1, {}};
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
    return {value, length, 1, {}};
}

/// An entity of XHTML whose characters may themselves be escapes of JSON (\u0026amp;).
Written jsonEntityAt(std::string_view raw, std::size_t byte, const Written& first) {
    constexpr std::size_t kLongest = 16;
    std::string entity = "&";
    std::size_t at = byte + first.length;
    while (at < raw.size() && entity.size() < kLongest && entity.back() != ';') {
        const Written next = writtenAt(raw, at, Escaping::Json, {});
        if (next.length == 0 || next.value >= 0x80) {
            break;
        }
        entity.push_back(static_cast<char>(next.value));
        at += next.length;
    }
    Written out = entityAt(entity, 0);
    if (out.length == 0 || out.length != entity.size()) {
        return first;
    }
    out.length = at - byte;
    return out;
}

} // namespace

bool isEscape(const Written& written, std::string_view raw, std::size_t byte) {
    return written.length > 1 && static_cast<unsigned char>(raw[byte]) < 0x80;
}

Written writtenAt(std::string_view raw, std::size_t byte, Escaping escaping, const Spelling& spelling) {
    if (escaping == Escaping::Hl7 && raw[byte] == spelling.escape) {
        if (Written out = hl7EscapeAt(raw, byte, spelling); out.length > 0) {
            return out;
        }
    }
    if ((escaping == Escaping::Json || escaping == Escaping::JsonXml) && raw[byte] == '\\') {
        const Written out = jsonEscapeAt(raw, byte);
        return escaping == Escaping::JsonXml && out.value == U'&' ? jsonEntityAt(raw, byte, out) : out;
    }
    if (escaping == Escaping::JsonXml && raw[byte] == '&') {
        return jsonEntityAt(raw, byte, {U'&', 1, 1, {}});
    }
    if (escaping == Escaping::Xml && raw[byte] == '&') {
        return entityAt(raw, byte);
    }
    if (escaping == Escaping::CsvQuoted && raw.substr(byte, 2) == "\"\"") {
        return {U'"', 2, 1, {}};
    }
    const encoding::CodePoint point = encoding::codePointAt(raw, byte);
    return {point.value, point.length, 1, {}};
}

std::string unescape(std::string_view raw, Escaping escaping, const Spelling& spelling) {
    std::string_view special;
    switch (escaping) {
    case Escaping::None:
    case Escaping::JsonValue:
        return std::string(raw);
    case Escaping::Xml:
        special = "&";
        break;
    case Escaping::CsvQuoted:
        special = "\"";
        break;
    case Escaping::Json:
        special = "\\";
        break;
    case Escaping::JsonXml:
        special = "\\&";
        break;
    case Escaping::Hl7:
        special = {&spelling.escape, 1};
        break;
    }
    if (raw.find_first_of(special) == std::string_view::npos) {
        return std::string(raw);
    }
    std::string out;
    out.reserve(raw.size());
    for (std::size_t i = 0; i < raw.size();) {
        const Written next = writtenAt(raw, i, escaping, spelling);
        if (next.length == 0) {
            out.push_back(raw[i++]);
            continue;
        }
        if (next.count > 0) {
            encoding::appendUtf8(out, next.value);
        }
        for (const char32_t c : next.rest) {
            encoding::appendUtf8(out, c);
        }
        i += next.length;
    }
    return out;
}

std::string escape(std::string_view content, Escaping escaping, const Spelling& spelling) {
    switch (escaping) {
    case Escaping::None:
    case Escaping::JsonValue:
        return std::string(content);
    case Escaping::Hl7:
        return escapeHl7(content, spelling);
    case Escaping::Json:
        return escapeJson(content, spelling);
    case Escaping::JsonXml:
        return escapeJson(escape(content, Escaping::Xml), spelling);
    default:
        break;
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
