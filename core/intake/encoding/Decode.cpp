#include "core/intake/encoding/Encoding.h"
#include "core/intake/encoding/Iso2022.h"
#include "core/intake/encoding/JapaneseTables.h"
#include "core/intake/encoding/Unicode.h"

namespace kamei::intake::encoding {
namespace {

using base::ErrorCode;

constexpr std::string_view kPlace = "intake.encoding.decode";
constexpr char32_t kHalfWidthBase = 0xFF61 - 0xA1; ///< JIS X 0201 katakana as Unicode half-width forms

/// One decoded character: how many bytes it took. `length` 0: invalid.
using Step = CodePoint;

std::uint8_t u8(std::string_view bytes, std::size_t i) {
    return static_cast<std::uint8_t>(bytes[i]);
}

Step stepCp932(std::string_view bytes, std::size_t i) {
    const std::uint8_t first = u8(bytes, i);
    if (first < 0x80) {
        return {first, 1};
    }
    if (first >= 0xA1 && first <= 0xDF) {
        return {kHalfWidthBase + first, 1};
    }
    if (i + 1 >= bytes.size()) {
        return {};
    }
    const char32_t value = fromCp932(first, u8(bytes, i + 1));
    return value == 0 ? Step{} : Step{value, 2};
}

Step stepEuc(std::string_view bytes, std::size_t i) {
    const std::uint8_t first = u8(bytes, i);
    if (first < 0x80) {
        return {first, 1};
    }
    const auto high = [&](std::size_t at) {
        return at < bytes.size() && u8(bytes, at) >= 0xA1 && u8(bytes, at) <= 0xFE;
    };
    if (!high(i + 1)) {
        return {};
    }
    const std::uint8_t second = u8(bytes, i + 1);
    if (first == 0x8E) {
        return second <= 0xDF ? Step{kHalfWidthBase + second, 2} : Step{};
    }
    char32_t value = 0;
    std::size_t length = 2;
    if (first == 0x8F && high(i + 2)) {
        value = fromJis0212(static_cast<std::uint8_t>(second - 0xA0),
                            static_cast<std::uint8_t>(u8(bytes, i + 2) - 0xA0));
        length = 3;
    } else if (first >= 0xA1 && first <= 0xFE) {
        value =
            fromJis0208(static_cast<std::uint8_t>(first - 0xA0), static_cast<std::uint8_t>(second - 0xA0));
    }
    return value == 0 ? Step{} : Step{value, length};
}

Step stepJis(std::string_view bytes, std::size_t i, JisState state) {
    const std::uint8_t first = u8(bytes, i);
    if (first >= 0x80) {
        return {};
    }
    // Control characters mean themselves in every set; a line may end inside a double-byte run.
    if (first <= 0x20) {
        return {first, 1};
    }
    if (state.shiftedOut || state.set == JisSet::Katakana) {
        return first <= 0x5F ? Step{kHalfWidthBase + 0x80U + first, 1} : Step{};
    }
    if (state.set == JisSet::Ascii || state.set == JisSet::Roman) {
        return {first, 1};
    }
    if (i + 1 >= bytes.size() || first > 0x7E || u8(bytes, i + 1) < 0x21 || u8(bytes, i + 1) > 0x7E) {
        return {};
    }
    const auto row = static_cast<std::uint8_t>(first - 0x20);
    const auto cell = static_cast<std::uint8_t>(u8(bytes, i + 1) - 0x20);
    const char32_t value = state.set == JisSet::Jis0212 ? fromJis0212(row, cell) : fromJis0208(row, cell);
    return value == 0 ? Step{} : Step{value, 2};
}

Step stepUtf16(std::string_view bytes, std::size_t i, bool big) {
    const auto unit = [&](std::size_t at) {
        const unsigned a = u8(bytes, at);
        const unsigned b = u8(bytes, at + 1);
        return static_cast<char32_t>(big ? (a << 8) | b : (b << 8) | a);
    };
    if (i + 2 > bytes.size()) {
        return {};
    }
    const char32_t first = unit(i);
    if (first < 0xD800 || first > 0xDFFF) {
        return {first, 2};
    }
    if (first > 0xDBFF || i + 4 > bytes.size()) {
        return {};
    }
    const char32_t second = unit(i + 2);
    if (second < 0xDC00 || second > 0xDFFF) {
        return {};
    }
    return {0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00), 4};
}

Step step(std::string_view bytes, std::size_t i, Encoding encoding, JisState state) {
    switch (encoding) {
    case Encoding::Utf8:
    case Encoding::Utf8Bom:
        return codePointAt(bytes, i);
    case Encoding::Utf16Le:
        return stepUtf16(bytes, i, false);
    case Encoding::Utf16Be:
        return stepUtf16(bytes, i, true);
    case Encoding::Cp932:
        return stepCp932(bytes, i);
    case Encoding::EucJp:
        return stepEuc(bytes, i);
    case Encoding::Iso2022Jp:
        return stepJis(bytes, i, state);
    }
    return {};
}

} // namespace

std::size_t byteOrderMarkLength(std::string_view bytes, Encoding encoding) {
    switch (encoding) {
    case Encoding::Utf8Bom:
        return bytes.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    case Encoding::Utf16Le:
        return bytes.starts_with("\xFF\xFE") ? 2 : 0;
    case Encoding::Utf16Be:
        return bytes.starts_with("\xFE\xFF") ? 2 : 0;
    default:
        return 0;
    }
}

base::Expected<std::string> decode(std::string_view bytes, Encoding encoding,
                                   std::vector<std::uint32_t>* offsets) {
    if (bytes.size() > UINT32_MAX) {
        return base::fail(ErrorCode::TooLarge, kPlace, {std::to_string(UINT32_MAX)});
    }
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 2);
    if (offsets != nullptr) {
        offsets->clear();
        offsets->reserve(bytes.size() + 1);
    }
    JisState state;
    std::size_t i = byteOrderMarkLength(bytes, encoding);
    std::size_t begin = 0; // where the present code point begins, escapes before it included
    while (i < bytes.size()) {
        if (encoding == Encoding::Iso2022Jp) {
            if (const std::size_t escape = takeEscape(bytes, i, state); escape > 0) {
                i += escape;
                continue;
            }
        }
        const Step next = step(bytes, i, encoding, state);
        if (next.length == 0) {
            return base::fail(ErrorCode::Malformed, kPlace, {std::string(word(encoding)), std::to_string(i)});
        }
        appendUtf8(out, next.value);
        if (offsets != nullptr) {
            offsets->push_back(static_cast<std::uint32_t>(begin));
        }
        i += next.length;
        begin = i;
    }
    if (offsets != nullptr) {
        offsets->push_back(static_cast<std::uint32_t>(bytes.size()));
    }
    return out;
}

std::size_t takeEscape(std::string_view bytes, std::size_t byte, JisState& state) {
    struct Row {
        std::string_view bytes;
        JisSet set;
    };
    static constexpr Row kRows[] = {
        {"\x1B(B", JisSet::Ascii},
        {"\x1B(J", JisSet::Roman},
        {"\x1B(H", JisSet::Roman},
        {"\x1B(I", JisSet::Katakana},
        {"\x1B$@", JisSet::Jis0208Old},
        {"\x1B$B", JisSet::Jis0208},
        {"\x1B$(D", JisSet::Jis0212},
        {"\x1B$(@", JisSet::Jis0208Old},
        {"\x1B$(B", JisSet::Jis0208},
        // Announces JIS X 0208-1990; the designation that follows puts it in force.
        {"\x1B&@", JisSet::Jis0208},
    };
    const std::string_view rest = bytes.substr(byte);
    if (rest.starts_with('\x0E') || rest.starts_with('\x0F')) {
        state.shiftedOut = rest.front() == '\x0E';
        return 1;
    }
    for (const Row& row : kRows) {
        if (rest.starts_with(row.bytes)) {
            if (row.bytes[1] != '&') {
                state.set = row.set;
            }
            return row.bytes.size();
        }
    }
    return 0;
}

std::size_t unitLength(JisState state) {
    const bool single = state.shiftedOut || state.set == JisSet::Ascii || state.set == JisSet::Roman ||
                        state.set == JisSet::Katakana;
    return single ? 1 : 2;
}

std::string escapeBetween(JisState from, JisState to) {
    std::string out;
    if (from.shiftedOut && !to.shiftedOut) {
        out += '\x0F';
    }
    if (from.set != to.set) {
        switch (to.set) {
        case JisSet::Ascii:
            out += "\x1B(B";
            break;
        case JisSet::Roman:
            out += "\x1B(J";
            break;
        case JisSet::Katakana:
            out += "\x1B(I";
            break;
        case JisSet::Jis0208Old:
            out += "\x1B$@";
            break;
        case JisSet::Jis0208:
            out += "\x1B$B";
            break;
        case JisSet::Jis0212:
            out += "\x1B$(D";
            break;
        }
    }
    if (!from.shiftedOut && to.shiftedOut) {
        out += '\x0E';
    }
    return out;
}

} // namespace kamei::intake::encoding
