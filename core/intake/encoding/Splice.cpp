#include "core/intake/encoding/Encoding.h"
#include "core/intake/encoding/Iso2022.h"
#include "core/intake/encoding/JapaneseTables.h"
#include "core/intake/encoding/Unicode.h"

#include <algorithm>

namespace kamei::intake::encoding {
namespace {

using base::ErrorCode;

constexpr std::string_view kPlace = "intake.encoding.encode";
constexpr char32_t kHalfWidthBase = 0xFF61 - 0xA1;

bool isHalfWidthKana(char32_t c) {
    return c >= 0xFF61 && c <= 0xFF9F;
}

void putPair(std::string& out, unsigned pair) {
    out.push_back(static_cast<char>(pair >> 8));
    out.push_back(static_cast<char>(pair & 0xFF));
}

bool putCp932(std::string& out, char32_t c) {
    if (c < 0x80) {
        out.push_back(static_cast<char>(c));
    } else if (isHalfWidthKana(c)) {
        out.push_back(static_cast<char>(c - kHalfWidthBase));
    } else if (const auto pair = toCp932(c)) {
        putPair(out, *pair);
    } else {
        return false;
    }
    return true;
}

bool putEuc(std::string& out, char32_t c) {
    if (c < 0x80) {
        out.push_back(static_cast<char>(c));
    } else if (isHalfWidthKana(c)) {
        putPair(out, 0x8E00U | static_cast<unsigned>(c - kHalfWidthBase));
    } else if (const auto jis = toJis0208(c)) {
        putPair(out, *jis | 0x8080U);
    } else if (const auto extra = toJis0212(c)) {
        out.push_back(static_cast<char>(0x8F));
        putPair(out, *extra | 0x8080U);
    } else {
        return false;
    }
    return true;
}

void putUtf16(std::string& out, char32_t c, bool big) {
    const auto unit = [&](char32_t value) {
        const unsigned u = static_cast<unsigned>(value) & 0xFFFFU;
        putPair(out, big ? u : ((u & 0xFFU) << 8) | (u >> 8));
    };
    if (c < 0x10000) {
        unit(c);
    } else {
        unit(0xD800 + ((c - 0x10000) >> 10));
        unit(0xDC00 + ((c - 0x10000) & 0x3FF));
    }
}

/// Writes one character of ISO-2022-JP, changing the set when needed.
bool putJis(std::string& out, char32_t c, JisState& state) {
    const auto enter = [&](JisSet set) {
        const JisState wanted{set, false};
        out += escapeBetween(state, wanted);
        state = wanted;
    };
    if (c < 0x80) {
        if (state.shiftedOut || (state.set != JisSet::Ascii && state.set != JisSet::Roman)) {
            enter(JisSet::Ascii);
        }
        out.push_back(static_cast<char>(c));
    } else if (isHalfWidthKana(c)) {
        if (!state.shiftedOut) {
            enter(JisSet::Katakana);
        }
        out.push_back(static_cast<char>(c - kHalfWidthBase - 0x80));
    } else if (const auto jis = toJis0208(c)) {
        if (state.shiftedOut || (state.set != JisSet::Jis0208 && state.set != JisSet::Jis0208Old)) {
            enter(JisSet::Jis0208);
        }
        putPair(out, *jis);
    } else if (const auto extra = toJis0212(c)) {
        enter(JisSet::Jis0212);
        putPair(out, *extra);
    } else {
        return false;
    }
    return true;
}

/// Encodes text so that it can stand between two states.
base::Expected<void> append(std::string& out, std::string_view utf8, Encoding encoding, JisState from,
                            JisState to) {
    JisState state = from;
    for (std::size_t i = 0; i < utf8.size();) {
        const CodePoint point = codePointAt(utf8, i);
        if (point.length == 0) {
            return base::fail(ErrorCode::Malformed, kPlace, {"utf-8"});
        }
        i += point.length;
        bool done = true;
        switch (encoding) {
        case Encoding::Utf8:
        case Encoding::Utf8Bom:
            appendUtf8(out, point.value);
            break;
        case Encoding::Utf16Le:
        case Encoding::Utf16Be:
            putUtf16(out, point.value, encoding == Encoding::Utf16Be);
            break;
        case Encoding::Cp932:
            done = putCp932(out, point.value);
            break;
        case Encoding::EucJp:
            done = putEuc(out, point.value);
            break;
        case Encoding::Iso2022Jp:
            done = putJis(out, point.value, state);
            break;
        }
        if (!done) {
            return base::fail(ErrorCode::UnsupportedEncoding, kPlace, {std::string(word(encoding))});
        }
    }
    out += escapeBetween(state, to);
    return {};
}

/// Follows the escapes of ISO-2022-JP from one byte to another.
void advance(std::string_view bytes, std::size_t& at, std::size_t target, JisState& state) {
    while (at < target) {
        if (const std::size_t escape = takeEscape(bytes, at, state); escape > 0) {
            at += escape;
        } else {
            at += static_cast<unsigned char>(bytes[at]) <= 0x20 ? 1 : unitLength(state);
        }
    }
}

} // namespace

base::Expected<std::string> encode(std::string_view utf8, Encoding encoding) {
    std::string out;
    if (auto done = append(out, utf8, encoding, {}, {}); !done) {
        return tl::unexpected(done.error());
    }
    return out;
}

base::Expected<std::string> splice(std::string_view bytes, Encoding encoding,
                                   const std::vector<Patch>& patches) {
    std::string out;
    out.reserve(bytes.size());
    const std::size_t mark = byteOrderMarkLength(bytes, encoding);
    std::size_t copied = 0;
    std::size_t walked = 0;
    JisState state;
    for (const Patch& patch : patches) {
        const std::size_t begin = std::max(patch.begin, mark);
        const std::size_t end = std::max(patch.end, begin);
        if (begin < copied || end > bytes.size()) {
            return base::fail(ErrorCode::InvalidArgument, "intake.encoding.splice");
        }
        JisState before;
        if (encoding == Encoding::Iso2022Jp) {
            advance(bytes, walked, begin, state);
            before = state;
            advance(bytes, walked, end, state);
        }
        out.append(bytes, copied, begin - copied);
        if (auto done = append(out, patch.utf8, encoding, before, state); !done) {
            return tl::unexpected(done.error());
        }
        copied = end;
    }
    out.append(bytes, copied);
    return out;
}

} // namespace kamei::intake::encoding
