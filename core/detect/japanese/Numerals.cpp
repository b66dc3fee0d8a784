#include "core/detect/japanese/Numerals.h"

#include <array>

#include "core/detect/japanese/Normalise.h"

namespace kamei::detect::japanese {
namespace {

constexpr std::u32string_view kDigits = U"〇一二三四五六七八九";
constexpr std::int64_t kLargest = 1'000'000'000'000'000;

std::optional<Numeral> readDigits(std::u32string_view text, std::size_t at) {
    Numeral out;
    while (at + out.length < text.size() && isDigit(text[at + out.length])) {
        out.value = out.value * 10 + static_cast<std::int64_t>(text[at + out.length] - U'0');
        ++out.length;
        if (out.value > kLargest) {
            return std::nullopt;
        }
    }
    if (out.length == 0) {
        return std::nullopt;
    }
    return out;
}

// 廿 and 卅 of older hands: 20 and 30, else 0.
int scores(char32_t c) {
    return c == U'廿' ? 20 : c == U'卅' ? 30 : 0;
}

} // namespace

int kanjiDigit(char32_t c) {
    if (c != U'〇' && (c < 0x4E00 || c > 0x9FFF)) {
        return -1;
    }
    switch (c) {
    case U'零':
        return 0;
    case U'壱':
    case U'壹':
        return 1;
    case U'弐':
    case U'貳':
        return 2;
    case U'参':
    case U'參':
        return 3;
    case U'肆':
        return 4;
    case U'伍':
        return 5;
    case U'陸':
        return 6;
    case U'漆':
        return 7;
    case U'捌':
        return 8;
    case U'玖':
        return 9;
    default: {
        const std::size_t place = kDigits.find(c);
        return place == std::u32string_view::npos ? -1 : static_cast<int>(place);
    }
    }
}

int kanjiUnit(char32_t c) {
    switch (c) {
    case U'十':
    case U'拾':
        return 10;
    case U'百':
        return 100;
    case U'千':
        return 1000;
    default:
        return 0;
    }
}

std::optional<Numeral> readNumeral(std::u32string_view text, std::size_t at) {
    if (at >= text.size()) {
        return std::nullopt;
    }
    auto digits = readDigits(text, at);
    if (!digits && !isKanjiNumeral(text[at])) {
        return std::nullopt;
    }
    Numeral out;
    std::int64_t pending = digits ? digits->value : -1; // digits before a unit
    out.length = digits ? digits->length : 0;
    std::int64_t sum = 0;
    bool units = false;
    while (at + out.length < text.size()) {
        const char32_t c = text[at + out.length];
        if (const int unit = kanjiUnit(c); unit > 0) {
            sum += (pending < 0 ? 1 : pending) * unit;
            pending = -1;
            units = true;
        } else if (const int tens = pending < 0 && sum % 100 == 0 ? scores(c) : 0; tens > 0) {
            sum += tens;
            units = true;
        } else if (const int digit = kanjiDigit(c); digit >= 0 && !(digits && !units)) {
            pending = (pending < 0 ? 0 : pending) * 10 + digit;
        } else {
            break;
        }
        out.kanji = true;
        ++out.length;
        if (pending > kLargest || sum > kLargest) {
            return std::nullopt;
        }
    }
    out.value = sum + (pending < 0 ? 0 : pending);
    return out;
}

std::u32string kanjiByMultiplication(int value) {
    if (value == 0) {
        return U"〇";
    }
    std::u32string out;
    constexpr std::array<std::pair<int, char32_t>, 3> kUnits{{{1000, U'千'}, {100, U'百'}, {10, U'十'}}};
    for (const auto& [size, sign] : kUnits) {
        const int count = value / size % 10;
        if (count > 1) {
            out.push_back(kDigits[static_cast<std::size_t>(count)]);
        }
        if (count > 0) {
            out.push_back(sign);
        }
    }
    if (value % 10 > 0) {
        out.push_back(kDigits[static_cast<std::size_t>(value % 10)]);
    }
    return out;
}

std::u32string kanjiByPlace(int value) {
    std::u32string out;
    for (const char c : std::to_string(value)) {
        out.push_back(kDigits[static_cast<std::size_t>(c - '0')]);
    }
    return out;
}

} // namespace kamei::detect::japanese
