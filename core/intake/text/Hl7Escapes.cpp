#include <charconv>

#include "core/intake/encoding/Unicode.h"
#include "core/intake/text/Escapes.h"

namespace kamei::intake::text {
namespace {

constexpr std::size_t kLongestEscape = 8192;

/// What stands between two escape characters; empty when there is no second one before the field ends.
std::string_view bodyAt(std::string_view raw, std::size_t byte, const Spelling& spelling) {
    if (spelling.escape == 0 || byte >= raw.size() || raw[byte] != spelling.escape) {
        return {};
    }
    const std::size_t end = raw.substr(0, byte + kLongestEscape).find(spelling.escape, byte + 1);
    return end == std::string_view::npos ? std::string_view() : raw.substr(byte + 1, end - byte - 1);
}

/// The bytes of \Xdddd...\; empty when it is not well formed.
std::string bytesOf(std::string_view digits) {
    std::string out;
    if (digits.size() % 2 != 0) {
        return out;
    }
    for (std::size_t i = 0; i < digits.size(); i += 2) {
        unsigned value = 0;
        const auto [last, error] = std::from_chars(digits.data() + i, digits.data() + i + 2, value, 16);
        if (error != std::errc() || last != digits.data() + i + 2) {
            return {};
        }
        out.push_back(static_cast<char>(value));
    }
    return out;
}

std::u32string textOf(std::string_view bytes, const Spelling& spelling) {
    const auto text = encoding::decode(bytes, spelling.encoding);
    return text ? encoding::toUtf32(*text) : std::u32string();
}

/// .sp, .br, .fi, .nf, .in, .ti, .sk, .ce with an optional number (HL7 v2.5 2.7.6); 0 when it is none, else
/// the character that it means.
char32_t formatOf(std::string_view body) {
    static constexpr std::string_view kLines[] = {".sp", ".br", ".ce", ".fi", ".nf", ".in", ".ti"};
    const std::string_view name = body.substr(0, 3);
    const std::string_view number = body.substr(name.size());
    const bool counted = number.find_first_not_of("0123456789+- ") == std::string_view::npos;
    if (!counted) {
        return 0;
    }
    for (const std::string_view line : kLines) {
        if (name == line) {
            return U'\n';
        }
    }
    return name == ".sk" ? U' ' : 0;
}

} // namespace

Written hl7EscapeAt(std::string_view raw, std::size_t byte, const Spelling& spelling) {
    const std::string_view body = bodyAt(raw, byte, spelling);
    if (body.empty()) {
        return {};
    }
    const std::size_t length = body.size() + 2;
    if (body.size() == 1) {
        switch (body.front()) {
        case 'F':
            return {static_cast<char32_t>(spelling.field), length, 1, {}};
        case 'S':
            return {static_cast<char32_t>(spelling.component), length, 1, {}};
        case 'T':
            return {static_cast<char32_t>(spelling.subcomponent), length, 1, {}};
        case 'R':
            return {static_cast<char32_t>(spelling.repetition), length, 1, {}};
        case 'E':
            return {static_cast<char32_t>(spelling.escape), length, 1, {}};
        case 'H':
        case 'N':
            return {0, length, 0, {}};
        default:
            return {};
        }
    }
    if (body.front() == 'X') {
        std::u32string text = textOf(bytesOf(body.substr(1)), spelling);
        if (text.empty()) {
            return {};
        }
        const char32_t first = text.front();
        const auto count = static_cast<std::int64_t>(text.size());
        text.erase(0, 1);
        return {first, length, count, std::move(text)};
    }
    const char32_t format = body.front() == '.' ? formatOf(body) : 0;
    return format == 0 ? Written{} : Written{format, length, 1, {}};
}

bool hasUnreadableHl7Escape(std::string_view raw, const Spelling& spelling) {
    for (std::size_t i = raw.find(spelling.escape); spelling.escape != 0 && i != std::string_view::npos;
         i = raw.find(spelling.escape, i)) {
        const Written known = hl7EscapeAt(raw, i, spelling);
        if (known.length > 0) {
            i += known.length;
            continue;
        }
        const std::string_view body = bodyAt(raw, i, spelling);
        const bool shaped = body.size() > 1 && body.find_first_of(" \r\n") == std::string_view::npos;
        if (shaped &&
            (body.front() == 'C' || body.front() == 'M' || body.front() == 'X' || body.front() == 'Z')) {
            return true;
        }
        ++i;
    }
    return false;
}

std::string escapeHl7(std::string_view content, const Spelling& spelling) {
    std::string out;
    out.reserve(content.size());
    const auto put = [&](std::string_view name) {
        if (spelling.escape == 0) {
            out.push_back(' '); // the message has no way to write it
            return;
        }
        out.push_back(spelling.escape);
        out += name;
        out.push_back(spelling.escape);
    };
    for (const char c : content) {
        if (c == spelling.field) {
            put("F");
        } else if (c == spelling.component) {
            put("S");
        } else if (c == spelling.subcomponent) {
            put("T");
        } else if (c == spelling.repetition) {
            put("R");
        } else if (c == spelling.escape) {
            put("E");
        } else if (c == '\n') {
            put(".br");
        } else if (c != '\r' && c != '\x0B' && c != '\x1C') {
            out.push_back(c);
        }
    }
    return out;
}

} // namespace kamei::intake::text
