#include "core/detect/text/values/NumberShapes.h"

#include <algorithm>

#include "core/detect/japanese/Normalise.h"

namespace kamei::detect::text::values {
namespace {

using namespace japanese;

bool isAlphanumeric(char32_t c) {
    return isDigit(c) || (isLatin(c) && c < 0x80);
}
// The long vowel mark is typed for a hyphen between digits.
bool holds(char32_t c) {
    return c == U'-' || c == U'.' || c == U'_' || c == U'・' || c == U'ー';
}

char32_t at(std::u32string_view text, std::size_t i) {
    return i < text.size() ? text[i] : U'\0';
}

std::size_t digitsFrom(std::u32string_view text, std::size_t i) {
    std::size_t count = 0;
    while (isDigit(at(text, i + count))) {
        ++count;
    }
    return count;
}

// How far digits go on one by one with a blank between: "0 0 4 4 1 9 7". `from` where they are fewer than
// five.
std::size_t spacedDigits(std::u32string_view text, std::size_t from, std::string& digits) {
    constexpr std::size_t kFewest = 5;
    std::string read;
    std::size_t i = from;
    while (digitsFrom(text, i) == 1) {
        read.push_back(static_cast<char>('0' + (text[i] - U'0')));
        ++i;
        if (at(text, i) != U' ' || digitsFrom(text, i + 1) != 1) {
            break;
        }
        ++i;
    }
    if (read.size() < kFewest || isAlphanumeric(at(text, i))) {
        return from;
    }
    digits = std::move(read);
    return i;
}

} // namespace

std::optional<NumberShape> readNumberShape(std::u32string_view text, std::size_t start) {
    NumberShape out{start, start, {}, 0, false};
    std::size_t i = start;
    for (;; ++i) {
        const char32_t c = at(text, i);
        if (isDigit(c)) {
            out.digits.push_back(static_cast<char>('0' + (c - U'0')));
        } else if (isLatin(c) && c < 0x80) {
            ++out.letters;
        } else if (c == U'.' && i > start && !(isDigit(text[i - 1]) && isDigit(at(text, i + 1)))) {
            break; // "No.PASS": the dot ends the label
        } else if (!(holds(c) && i > start && isAlphanumeric(text[i - 1]) &&
                     isAlphanumeric(at(text, i + 1)))) {
            break;
        }
    }
    out.end = i;
    // Groups of digits parted by blanks: at least two of them with three digits or more.
    if (out.letters == 0 && out.digits.size() == i - start && out.digits.size() >= 3 &&
        out.digits.size() <= 6) {
        std::size_t end = i;
        std::string digits = out.digits;
        std::size_t groups = 1;
        while (at(text, end) == U' ') {
            const std::size_t count = digitsFrom(text, end + 1);
            const char32_t next = at(text, end + 1 + count);
            if (count < 3 || count > 6 || isLatin(next) || next == U'/' || next == U'.' || next == U'-') {
                break;
            }
            for (std::size_t k = 0; k < count; ++k) {
                digits.push_back(static_cast<char>('0' + (text[end + 1 + k] - U'0')));
            }
            end += 1 + count;
            ++groups;
        }
        if (groups >= 3 && digits.size() >= 12) {
            out.end = end;
            out.digits = std::move(digits);
            out.grouped = true;
        }
    }
    if (out.digits.size() == 1 && out.letters == 0) {
        if (const std::size_t end = spacedDigits(text, start, out.digits); end > start) {
            out.end = end;
            out.spaced = true;
        }
    }
    if (out.digits.empty()) {
        return std::nullopt;
    }
    return out;
}

std::size_t readPhone(std::u32string_view text, std::size_t start, bool& marked) {
    std::size_t i = start;
    std::string digits;
    marked = false;
    bool bracket = false;
    if (text.substr(i).starts_with(U"+81")) {
        i += 3;
        digits = "0";
        marked = true;
        if (at(text, i) == U'-' || at(text, i) == U' ') {
            ++i;
        }
        if (text.substr(i).starts_with(U"(0)")) {
            i += 3;
        }
    } else if (at(text, i) == U'(' && at(text, i + 1) == U'0') {
        // Only around the area code: "(03)0123-4567"; else the bracket belongs to the sentence.
        const std::size_t area = digitsFrom(text, i + 1);
        if (area < 2 || area > 5 || at(text, i + 1 + area) != U')') {
            return 0;
        }
        bracket = true;
        ++i;
    } else if (at(text, i) != U'0') {
        return 0;
    }
    int groups = 1;
    for (; i < text.size() && digits.size() <= 11; ++i) {
        const char32_t c = text[i];
        if (isDigit(c)) {
            digits.push_back(static_cast<char>('0' + (c - U'0')));
            continue;
        }
        const bool nextDigit = isDigit(at(text, i + 1));
        if (c == U' ' && at(text, i + 1) == U'(' && digits.size() >= 2 &&
            digits.size() <= 5) { // "072 (010) 7765"
            continue;
        }
        if ((c == U'-' || c == U'ー' || c == U' ' || c == U'.') && nextDigit && digits.size() >= 2) {
            ++groups;
            marked = true;
        } else if (c == U'(' && nextDigit && !bracket && digits.size() >= 2 &&
                   at(text, i + 1 + digitsFrom(text, i + 1)) == U')') {
            bracket = true;
            ++groups;
            marked = true;
        } else if (c == U')' && bracket) {
            bracket = false;
            marked = true;
            if (at(text, i + 1) == U'-' || at(text, i + 1) == U' ') {
                ++i;
            }
            ++groups;
        } else {
            break;
        }
        if (groups > 3) {
            break;
        }
    }
    if (bracket || isDigit(at(text, i)) || digits.size() < 10 || digits.size() > 11 || digits[0] != '0' ||
        digits[1] == '0') {
        return 0;
    }
    const bool eleven =
        digits[2] == '0' && std::string_view("5789").find(digits[1]) != std::string_view::npos;
    const bool free = digits.starts_with("0800");
    if ((digits.size() == 11) != (eleven || free) && !(digits.size() == 10 && !eleven)) {
        return 0;
    }
    return i - start;
}

std::size_t readLoosePhone(std::u32string_view text, std::size_t start) {
    constexpr std::size_t kLongest = 26;
    if (at(text, start) == U'(') { // only around the area code; else it is around the number
        std::size_t i = start + 1;
        const auto skip = [&](auto test) {
            const std::size_t from = i;
            while (test(at(text, i))) {
                ++i;
            }
            return i - from;
        };
        skip(isBlank);
        const std::size_t area = skip(isDigit);
        skip(isBlank);
        if (area < 2 || area > 5 || at(text, i) != U')') {
            return 0;
        }
    }
    constexpr std::size_t kFewest = 9;
    constexpr std::size_t kMost = 12;
    const auto mark = [](char32_t c) {
        return c == U'-' || c == U'ー' || c == U'(' || c == U')' || c == U'.';
    };
    std::size_t digits = 0;
    std::size_t end = start; // behind the last group with which the number is long enough
    for (std::size_t i = start; i < text.size() && i - start < kLongest; ++i) {
        const char32_t c = text[i];
        if (isDigit(c)) {
            if (digits == 0 && c != U'0') {
                return 0;
            }
            ++digits;
            end = digits >= kFewest && digits <= kMost && !isDigit(at(text, i + 1)) ? i + 1 : end;
            continue;
        }
        const bool lone = c == U' ' && !mark(at(text, i + 1)) && !mark(text[i - 1]);
        if (digits > kMost || !(mark(c) || c == U' ') || (lone && digits >= kFewest)) {
            break;
        }
    }
    return end - start;
}

std::size_t readAmericanPhone(std::u32string_view text, std::size_t start) {
    std::size_t i = start;
    bool country = false;
    if (text.substr(i).starts_with(U"+1") || text.substr(i).starts_with(U"1-")) {
        country = true;
        i += at(text, i) == U'+' ? 2 : 1;
        i += at(text, i) == U'-' || at(text, i) == U' ' || at(text, i) == U'.' ? 1 : 0;
    }
    const bool bracket = at(text, i) == U'(';
    i += bracket ? 1 : 0;
    if (digitsFrom(text, i) != 3 || at(text, i) < U'2') {
        return 0;
    }
    i += 3;
    char32_t mark = at(text, i);
    if (bracket) {
        if (mark != U')') {
            return 0;
        }
        ++i;
        i += at(text, i) == U' ' || at(text, i) == U'-' ? 1 : 0;
        mark = U'-';
    } else if (mark == U'-' || mark == U'.' || (mark == U' ' && country)) {
        ++i;
    } else {
        return 0;
    }
    const char32_t second = at(text, i + 3);
    if (digitsFrom(text, i) != 3 || (second != mark && !(bracket && (second == U'.' || second == U' ')))) {
        return 0;
    }
    i += 4;
    const std::size_t end = i + 4;
    const char32_t next = at(text, end);
    const bool goesOn = (next == U'-' || next == U'.') && isAlphanumeric(at(text, end + 1));
    return digitsFrom(text, i) == 4 && !goesOn && !(isLatin(next) && next < 0x80) ? end - start : 0;
}

std::size_t readPostalCode(std::u32string_view text, std::size_t start) {
    if (digitsFrom(text, start) == 7) {
        return 7;
    }
    const char32_t mark = at(text, start + 3);
    if (digitsFrom(text, start) == 3 && (mark == U'-' || mark == U'ー') && digitsFrom(text, start + 4) == 4) {
        return 8;
    }
    return 0;
}

namespace {

// What the standard itself numbers (PS3.6 2024b, annex A: classes, transfer syntaxes); its arcs are short.
bool definedByDicom(std::u32string_view text) {
    constexpr std::u32string_view kRoot = U"1.2.840.10008.";
    constexpr std::size_t kLongestArc = 4;
    std::size_t arc = 0;
    for (const char32_t c : text.substr(std::min(kRoot.size(), text.size()))) {
        arc = isDigit(c) ? arc + 1 : 0;
        if (arc > kLongestArc) {
            return false;
        }
    }
    return text.starts_with(kRoot);
}

} // namespace

bool isCounting(std::string_view digits) {
    return std::adjacent_find(digits.begin(), digits.end(), [](char one, char next) {
               return next != (one == '9' ? '0' : one + 1);
           }) == digits.end();
}

bool isUid(std::u32string_view text) {
    return std::count(text.begin(), text.end(), U'.') >= 5 && !definedByDicom(text) &&
           std::all_of(text.begin(), text.end(), [](char32_t c) { return isDigit(c) || c == U'.'; });
}

bool isPassport(std::u32string_view text) {
    return text.size() == 9 && isUpper(text[0]) && isUpper(text[1]) &&
           std::all_of(text.begin() + 2, text.end(), isDigit);
}

bool isPensionNumber(std::u32string_view text, std::string_view digits) {
    return digits.size() == 10 && (text.size() == 10 || (text.size() == 11 && !isDigit(text[4])));
}

bool isSpecimen(std::u32string_view text) {
    if (text.size() < 6 || text.size() > 24) {
        return false;
    }
    std::size_t digits = 0;
    std::size_t uppers = 0;
    std::size_t hyphens = 0;
    std::size_t lastRun = 0;
    for (const char32_t c : text) {
        digits += isDigit(c) ? 1 : 0;
        uppers += isUpper(c) ? 1 : 0;
        hyphens += c == U'-' ? 1 : 0;
        lastRun = isDigit(c) ? lastRun + 1 : 0;
        if (isLower(c) || c == U'.' || c == U'・') {
            return false;
        }
    }
    return uppers >= 1 && uppers <= 6 && digits >= 5 &&
           (hyphens >= 1 ? lastRun >= 2 : digits >= 7 && isUpper(text[0]));
}

} // namespace kamei::detect::text::values
