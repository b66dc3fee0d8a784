#include "core/transform/table/Numbers.h"

#include <charconv>
#include <cmath>
#include <cstdio>

namespace kamei::transform::table {
namespace {

constexpr int kMostDecimals = 6;
constexpr std::size_t kMostDigits = 18; // what a double still tells apart, and no chart number of 30 digits

/// ASCII of a text in which full-width digits, signs and points may stand; the character 'x' for any other
/// one.
std::string plain(std::string_view utf8) {
    std::string out;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const auto byte = static_cast<unsigned char>(utf8[i]);
        if (byte < 0x80) {
            out += utf8[i];
        } else if (byte == 0xEF && i + 2 < utf8.size()) {
            // U+FF01..U+FF5E are U+0021..U+007E in full width: EF BC 81 .. EF BD 9E.
            const unsigned point = ((static_cast<unsigned char>(utf8[i + 1]) & 0x3FU) << 6U) |
                                   (static_cast<unsigned char>(utf8[i + 2]) & 0x3FU);
            out += point >= 0xF01 && point <= 0xF5E ? static_cast<char>(point - 0xF01 + 0x21) : 'x';
            i += 2;
        } else {
            out += 'x';
        }
    }
    return out;
}

} // namespace

std::optional<Number> numberOf(std::string_view utf8) {
    std::string text = plain(utf8);
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string::npos) {
        return std::nullopt;
    }
    text = text.substr(first, text.find_last_not_of(" \t") - first + 1);
    std::string digits;
    std::size_t at = text[0] == '-' || text[0] == '+' ? 1 : 0;
    if (text[0] == '-') {
        digits = "-";
    }
    int decimals = -1;
    std::size_t count = 0;
    std::size_t sinceComma = 0;
    bool commas = false;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (c >= '0' && c <= '9') {
            digits += c;
            ++count;
            ++sinceComma;
            decimals += decimals >= 0 ? 1 : 0;
        } else if (c == '.' && decimals < 0 && (!commas || sinceComma == 3)) {
            digits += c;
            decimals = 0;
            commas = false;
        } else if (c == ',' && decimals < 0 && count > 0 && (commas ? sinceComma == 3 : count <= 3)) {
            commas = true; // thousands
            sinceComma = 0;
        } else {
            return std::nullopt;
        }
    }
    if (count == 0 || count > kMostDigits || (commas && sinceComma != 3)) {
        return std::nullopt;
    }
    Number out;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), out.value);
    if (read.ec != std::errc()) {
        return std::nullopt;
    }
    out.decimals = decimals < 0 ? 0 : decimals;
    return out;
}

std::string written(double value, int decimals) {
    char out[400]; // the longest double in fixed notation
    const double factor = std::pow(10.0, decimals);
    const double scaled = value * factor;
    // Halves are decided on the decimal number that a person sees, not on the binary one below it.
    const double rounded = std::round(scaled + std::copysign(std::abs(scaled) * 1e-12, scaled)) / factor;
    const int length = std::snprintf(out, sizeof out, "%.*f", decimals, rounded == 0 ? 0.0 : rounded);
    return {out, static_cast<std::size_t>(length)};
}

int decimalsOf(double width) {
    double scaled = std::abs(width);
    for (int decimals = 0; decimals < kMostDecimals; ++decimals, scaled *= 10) {
        if (std::abs(scaled - std::round(scaled)) < 1e-9 * std::max(1.0, scaled)) {
            return decimals;
        }
    }
    return kMostDecimals;
}

} // namespace kamei::transform::table
