#include "core/detect/japanese/Normalise.h"

#include <algorithm>
#include <array>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

namespace kamei::detect::japanese {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

// Code points that need no work when no sound mark follows: the bulk of every Japanese text.
bool isPlain(char32_t c) {
    return (c > 0x20 && c < 0x7F) || c == U'\n' || (c >= 0x3041 && c <= 0x3096) ||
           (c >= 0x30A1 && c <= 0x30FC) || (c >= 0x4E00 && c <= 0x9FFF) || c == U'、' || c == U'。' ||
           c == U'「' || c == U'」';
}

bool isSoundMark(char32_t c) {
    return c == 0x3099 || c == 0x309A || c == 0xFF9E || c == 0xFF9F;
}

bool takesSoundMark(char32_t c) {
    return isHiragana(c) || isKatakana(c) || (c >= 0xFF66 && c <= 0xFF9D);
}

bool isDash(char32_t c) {
    return (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFF0D || c == 0xFE63 || c == 0xFE58 ||
           c == 0x00AD || c == 0x2500 || c == 0x2501;
}

bool isWave(char32_t c) {
    return c == 0x301C || c == 0xFF5E || c == 0x223C || c == 0x223E;
}

bool isAnyBlank(char32_t c) {
    return c == 0x3000 || c == 0xA0 || (c >= 0x2000 && c <= 0x200B) || c == 0x202F || c == 0x205F ||
           c == 0xFEFF || c == U'\v' || c == U'\f';
}

// Enclosed numbers are list marks, not digits: "①②" must not read as 12.
bool isEnclosed(char32_t c) {
    return (c >= 0x2460 && c <= 0x24FF) || (c >= 0x2776 && c <= 0x2793);
}

// Squared Latin units and exponents: "㎎" reads "mg", "m²" must not read as "m2" beside a number.
bool isScript(char32_t c) {
    return c == 0xB2 || c == 0xB3 || c == 0xB9 || (c >= 0x2070 && c <= 0x209C);
}

const icu::Normalizer2* nfkc() {
    static const icu::Normalizer2* const instance = [] {
        UErrorCode status = U_ZERO_ERROR;
        const icu::Normalizer2* found = icu::Normalizer2::getNFKCInstance(status);
        return U_SUCCESS(status) ? found : nullptr;
    }();
    return instance;
}

std::u32string viaIcu(char32_t c) {
    const icu::Normalizer2* const form = nfkc();
    if (form == nullptr) {
        return {c};
    }
    UErrorCode status = U_ZERO_ERROR;
    const icu::UnicodeString result = form->normalize(icu::UnicodeString(static_cast<UChar32>(c)), status);
    if (U_FAILURE(status)) {
        return {c};
    }
    std::u32string out;
    for (std::int32_t i = 0; i < result.length(); i = result.moveIndex32(i, 1)) {
        out.push_back(static_cast<char32_t>(result.char32At(i)));
    }
    return out;
}

std::u32string plainForm(char32_t c) {
    if (c >= 0xFF01 && c <= 0xFF5D && c != 0xFF0D) {
        return {c - 0xFEE0};
    }
    if (isDash(c)) {
        return U"-";
    }
    if (isWave(c)) {
        return U"~";
    }
    if (isAnyBlank(c)) {
        return U" ";
    }
    if (isEnclosed(c) || isScript(c)) {
        return {c};
    }
    return viaIcu(c);
}

// The voiced form of a full-width katakana or hiragana, or 0 when it has none.
char32_t voiced(char32_t c, bool half) {
    const icu::Normalizer2* const form = nfkc();
    if (form == nullptr) {
        return 0;
    }
    const UChar32 pair = form->composePair(static_cast<UChar32>(c), half ? 0x309A : 0x3099);
    return pair < 0 ? 0 : static_cast<char32_t>(pair);
}

} // namespace

std::u32string toCodePoints(std::string_view utf8) {
    std::u32string out;
    out.reserve(utf8.size() / 2 + 8);
    for (std::size_t i = 0; i < utf8.size();) {
        const auto lead = static_cast<unsigned char>(utf8[i]);
        const std::size_t length = lead < 0x80    ? 1
                                   : lead >= 0xF0 ? 4
                                   : lead >= 0xE0 ? 3
                                   : lead >= 0xC2 ? 2
                                                  : 0;
        bool valid = length > 0 && lead < 0xF5 && i + length <= utf8.size();
        char32_t c = length == 1 ? lead : length == 0 ? 0U : lead & (0xFFU >> (length + 1));
        for (std::size_t k = 1; valid && k < length; ++k) {
            const auto next = static_cast<unsigned char>(utf8[i + k]);
            valid = (next & 0xC0) == 0x80;
            c = (c << 6U) | (next & 0x3FU);
        }
        if (!valid) {
            out.push_back(kReplacement);
            ++i;
            continue;
        }
        out.push_back(c);
        i += length;
    }
    return out;
}

std::size_t putUtf8(char* out, char32_t c) {
    if (c < 0x80) {
        out[0] = static_cast<char>(c);
        return 1;
    }
    const std::size_t length = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    constexpr std::array<std::uint32_t, 5> kLead{0, 0, 0xC0U, 0xE0U, 0xF0U};
    for (std::size_t k = length; k-- > 1; c >>= 6U) {
        out[k] = static_cast<char>(0x80U | (c & 0x3FU));
    }
    out[0] = static_cast<char>(kLead[length] | c);
    return length;
}

void appendUtf8(std::string& out, char32_t c) {
    std::array<char, 4> bytes{};
    out.append(bytes.data(), putUtf8(bytes.data(), c));
}

std::string toUtf8(char32_t c) {
    std::string out;
    appendUtf8(out, c);
    return out;
}

std::string toUtf8(std::u32string_view text) {
    std::string out;
    out.reserve(text.size() * 3);
    for (const char32_t c : text) {
        appendUtf8(out, c);
    }
    return out;
}

Normalised normalise(std::string_view utf8) {
    const std::u32string original = toCodePoints(utf8);
    Normalised out;
    out.originalLength = static_cast<std::uint32_t>(original.size());
    out.text.reserve(original.size() + 16);
    out.begin.reserve(original.size() + 16);
    out.end.reserve(original.size() + 16);
    const auto put = [&out](char32_t c, std::size_t first, std::size_t last) {
        out.text.push_back(c);
        out.begin.push_back(static_cast<std::uint32_t>(first));
        out.end.push_back(static_cast<std::uint32_t>(last));
    };
    const auto markBehind = [&original](std::size_t i) {
        return i + 1 < original.size() && isSoundMark(original[i + 1]);
    };
    for (std::size_t i = 0; i < original.size(); ++i) {
        // What needs no work is taken in whole runs.
        std::size_t plain = i;
        while (plain < original.size() && isPlain(original[plain]) && !markBehind(plain)) {
            ++plain;
        }
        if (plain > i) {
            out.text.append(original, i, plain - i);
            for (; i < plain; ++i) {
                out.begin.push_back(static_cast<std::uint32_t>(i));
                out.end.push_back(static_cast<std::uint32_t>(i + 1));
            }
        }
        if (i == original.size()) {
            break;
        }
        const char32_t c = original[i];
        if (c == U'\r') { // one line end, however it is written: rows and fields go by lines
            const bool two = i + 1 < original.size() && original[i + 1] == U'\n';
            put(U'\n', i, i + (two ? 2 : 1));
            i += two ? 1 : 0;
            continue;
        }
        const bool marked = markBehind(i);
        const std::u32string form = isPlain(c) ? std::u32string{c} : plainForm(c);
        if (marked && form.size() == 1 && takesSoundMark(form.front())) {
            const bool half = original[i + 1] == 0x309A || original[i + 1] == 0xFF9F;
            if (const char32_t joined = voiced(form.front(), half); joined != 0) {
                put(joined, i, i + 2);
                ++i;
                continue;
            }
        }
        for (const char32_t part : form) {
            put(part, i, i + 1);
        }
    }
    return out;
}

} // namespace kamei::detect::japanese
