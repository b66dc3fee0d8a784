#include "core/stage/ByteForms.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <unicode/ucnv.h>
#include <unicode/ustring.h>
#include <utility>

namespace kamei::stage {
namespace {

struct CloseConverter {
    void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

std::optional<std::u16string> utf16(std::string_view utf8) {
    std::u16string out(utf8.size(), u'\0');
    std::int32_t length = 0;
    UErrorCode status = U_ZERO_ERROR;
    u_strFromUTF8(out.data(), static_cast<std::int32_t>(out.size()), &length, utf8.data(),
                  static_cast<std::int32_t>(utf8.size()), &status);
    if (U_FAILURE(status)) {
        return std::nullopt;
    }
    out.resize(static_cast<std::size_t>(length));
    return out;
}

std::string jsonEscaped(const std::u16string& text) {
    static constexpr std::string_view kDigits = "0123456789abcdef";
    std::string out;
    for (const char16_t unit : text) {
        if (unit < 0x80) {
            out += static_cast<char>(unit);
            continue;
        }
        out += "\\u";
        for (const unsigned shift : {12U, 8U, 4U, 0U}) {
            out += kDigits[(static_cast<unsigned>(unit) >> shift) & 0xFU];
        }
    }
    return out;
}

std::string utf16Bytes(const std::u16string& text, bool bigEndian) {
    std::string out;
    out.reserve(text.size() * 2);
    for (const char16_t unit : text) {
        const char high = static_cast<char>(unit >> 8);
        const char low = static_cast<char>(unit & 0xFF);
        out += bigEndian ? high : low;
        out += bigEndian ? low : high;
    }
    return out;
}

std::optional<std::string> convert(UConverter* converter, const std::u16string& text) {
    std::array<char, 1024> small{};
    std::string large;
    char* target = small.data();
    auto capacity = static_cast<std::int32_t>(small.size());
    if (text.size() * 8 > small.size()) {
        large.resize(text.size() * 8); // a kanji between escapes takes 3 + 2 + 3 bytes
        target = large.data();
        capacity = static_cast<std::int32_t>(large.size());
    }
    UErrorCode status = U_ZERO_ERROR;
    const std::int32_t length = ucnv_fromUChars(converter, target, capacity, text.data(),
                                                static_cast<std::int32_t>(text.size()), &status);
    if (U_FAILURE(status)) {
        return std::nullopt;
    }
    return std::string(target, static_cast<std::size_t>(length));
}

// Length of the ISO 2022 escape sequence at `at`; 0 when there is none. ECMA-35: intermediates, then a final
// byte.
std::size_t escapeLength(std::string_view bytes, std::size_t at) {
    if (at >= bytes.size() || bytes[at] != '\x1b') {
        return 0;
    }
    std::size_t end = at + 1;
    while (end < bytes.size() && bytes[end] >= 0x20 && bytes[end] <= 0x2F) {
        ++end;
    }
    return end < bytes.size() ? end + 1 - at : 0;
}

std::string withoutOuterEscapes(std::string_view bytes) {
    while (const std::size_t length = escapeLength(bytes, 0)) {
        bytes.remove_prefix(length);
    }
    for (std::size_t at = bytes.rfind('\x1b'); at != std::string_view::npos; at = bytes.rfind('\x1b')) {
        if (at + escapeLength(bytes, at) != bytes.size()) {
            break;
        }
        bytes = bytes.substr(0, at);
    }
    return std::string(bytes);
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
    return text;
}

} // namespace

std::string_view word(FormEncoding encoding) {
    static constexpr std::array<std::string_view, 7> kWords{"utf-8",  "utf-16le",    "utf-16be", "cp932",
                                                            "euc-jp", "iso-2022-jp", "json"};
    return kWords[static_cast<std::size_t>(encoding)];
}

struct ByteFormMaker::Converters {
    Converter cp932;
    Converter eucJp;
    Converter jis208; ///< JIS X 0208 only
    Converter jis212; ///< with JIS X 0212 (ISO-2022-JP-1)
};

base::Expected<ByteFormMaker> ByteFormMaker::create() {
    auto converters = std::make_unique<Converters>();
    const std::array<std::pair<Converter*, const char*>, 4> wanted{{
        {&converters->cp932, "ibm-943_P15A-2003"},
        {&converters->eucJp, "EUC-JP"},
        {&converters->jis208, "ISO_2022,locale=ja,version=0"},
        {&converters->jis212, "ISO_2022,locale=ja,version=1"},
    }};
    for (const auto& [place, name] : wanted) {
        UErrorCode status = U_ZERO_ERROR;
        place->reset(ucnv_open(name, &status));
        if (U_SUCCESS(status)) {
            ucnv_setFromUCallBack(place->get(), UCNV_FROM_U_CALLBACK_STOP, nullptr, nullptr, nullptr,
                                  &status);
        }
        if (U_FAILURE(status)) {
            return base::fail(base::ErrorCode::UnsupportedEncoding, "stage.residual.forms", {name});
        }
    }
    return ByteFormMaker(converters.release());
}

ByteFormMaker::~ByteFormMaker() {
    delete m_converters;
}
ByteFormMaker::ByteFormMaker(ByteFormMaker&& other) noexcept
    : m_converters(std::exchange(other.m_converters, nullptr)) {}

std::vector<ByteForm> ByteFormMaker::forms(std::string_view utf8) const {
    std::vector<ByteForm> out;
    const auto add = [&out](std::string bytes, FormEncoding encoding, bool anyCase) {
        if (!std::ranges::any_of(out, [&](const ByteForm& form) { return form.bytes == bytes; })) {
            out.push_back({std::move(bytes), encoding, anyCase});
        }
    };
    const auto wide = utf16(utf8);
    if (!wide) {
        add(std::string(utf8), FormEncoding::Utf8, true); // no text, but still findable as it stands
        return out;
    }
    add(std::string(utf8), FormEncoding::Utf8, true);
    add(utf16Bytes(*wide, false), FormEncoding::Utf16Le, true);
    add(utf16Bytes(*wide, true), FormEncoding::Utf16Be, true);
    if (std::ranges::all_of(utf8, [](char c) { return static_cast<unsigned char>(c) < 0x80; })) {
        return out; // the other encodings write ASCII as UTF-8 does
    }
    add(jsonEscaped(*wide), FormEncoding::JsonEscaped, true);
    if (auto bytes = convert(m_converters->cp932.get(), *wide)) {
        add(std::move(*bytes), FormEncoding::Cp932, false);
    }
    if (auto bytes = convert(m_converters->eucJp.get(), *wide)) {
        add(std::move(*bytes), FormEncoding::EucJp, true);
    }
    for (UConverter* converter : {m_converters->jis208.get(), m_converters->jis212.get()}) {
        const auto bytes = convert(converter, *wide);
        if (!bytes) {
            continue;
        }
        const std::string inner = withoutOuterEscapes(*bytes);
        for (const std::string_view kanji : {"\x1b$B", "\x1b$@"}) {
            for (const std::string_view back : {"\x1b(B", "\x1b(J"}) {
                add(replaced(replaced(inner, "\x1b$B", kanji), "\x1b(B", back), FormEncoding::Iso2022Jp,
                    false);
            }
        }
    }
    return out;
}

} // namespace kamei::stage
