#include "core/detect/attribute/ValueForms.h"

#include <algorithm>
#include <optional>

namespace kamei::detect::attribute {
namespace {

namespace vr = intake::dicom::vr;
using intake::dicom::Vr;

constexpr intake::dicom::Tag kTimezoneOffset = 0x00080201;

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

bool areDigits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, isDigit);
}

std::string_view stripped(std::string_view text) {
    while (!text.empty() && text.front() == ' ') {
        text.remove_prefix(1);
    }
    while (!text.empty() && (text.back() == ' ' || text.back() == '\0')) {
        text.remove_suffix(1);
    }
    return text;
}

/// Takes digits off the front; how many there were.
std::size_t takeDigits(std::string_view& text) {
    const auto end = std::ranges::find_if_not(text, isDigit);
    const auto count = static_cast<std::size_t>(end - text.begin());
    text.remove_prefix(count);
    return count;
}

/// Two digits within bounds taken off the front; nothing when they are not there.
bool takePair(std::string_view& text, int least, int most) {
    if (text.size() < 2 || !isDigit(text[0]) || !isDigit(text[1])) {
        return false;
    }
    const int number = (text[0] - '0') * 10 + (text[1] - '0');
    text.remove_prefix(2);
    return number >= least && number <= most;
}

bool isNumber(std::string_view text) {
    constexpr std::size_t kLongest = 32; // PS3.5 says 16; devices write doubles in full
    if (text.size() > kLongest) {
        return false;
    }
    if (!text.empty() && (text.front() == '+' || text.front() == '-')) {
        text.remove_prefix(1);
    }
    std::size_t digits = takeDigits(text);
    if (!text.empty() && text.front() == '.') {
        text.remove_prefix(1);
        digits += takeDigits(text);
    }
    if (digits == 0) {
        return false;
    }
    if (!text.empty() && (text.front() == 'e' || text.front() == 'E')) {
        text.remove_prefix(1);
        if (!text.empty() && (text.front() == '+' || text.front() == '-')) {
            text.remove_prefix(1);
        }
        const std::size_t exponent = takeDigits(text);
        return text.empty() && exponent >= 1 && exponent <= 3;
    }
    return text.empty();
}

bool isDate(std::string_view text) {
    const bool dotted =
        text.size() == 10 && text[4] == text[7] && (text[4] == '.' || text[4] == '-' || text[4] == '/');
    std::string_view month = dotted ? text.substr(5, 2) : text.substr(std::min<std::size_t>(4, text.size()));
    std::string_view day = dotted ? text.substr(8) : std::string_view{};
    if ((!dotted && text.size() != 8) || !areDigits(text.substr(0, 4)) || !takePair(month, 1, 12)) {
        return false;
    }
    day = dotted ? day : month;
    return takePair(day, 1, 31) && day.empty() && (!dotted || month.empty());
}

/// HHMMSS.FFFFFF to any precision, or the old HH:MM:SS.
bool isTime(std::string_view text) {
    const auto colon = [&] {
        if (!text.empty() && text.front() == ':') {
            text.remove_prefix(1);
        }
    };
    if (!takePair(text, 0, 23)) {
        return false;
    }
    colon();
    if (!text.empty() && !takePair(text, 0, 59)) {
        return false;
    }
    colon();
    if (!text.empty() && !takePair(text, 0, 60)) {
        return false;
    }
    if (!text.empty() && text.front() == '.') {
        text.remove_prefix(1);
        const std::size_t fraction = takeDigits(text);
        return text.empty() && fraction >= 1 && fraction <= 6;
    }
    return text.empty();
}

bool isZone(std::string_view text) {
    return text.size() == 5 && (text[0] == '+' || text[0] == '-') && areDigits(text.substr(1));
}

bool isDateTime(std::string_view text) {
    const std::size_t sign = text.find_first_of("+-");
    if (sign != std::string_view::npos && !isZone(text.substr(sign))) {
        return false;
    }
    const std::string_view moment = text.substr(0, sign);
    const std::string_view date = moment.substr(0, std::min<std::size_t>(8, moment.size()));
    std::string_view rest = date.size() > 4 ? date.substr(4) : std::string_view{};
    const bool sound = date.size() >= 4 && areDigits(date.substr(0, 4)) &&
                       (rest.empty() || takePair(rest, 1, 12)) && (rest.empty() || takePair(rest, 1, 31));
    return sound && rest.empty() && (moment.size() <= 8 || isTime(moment.substr(8)));
}

bool isRangeOf(bool (*form)(std::string_view), std::string_view text) {
    const std::size_t dash = text.find('-');
    if (dash == std::string_view::npos || form(text)) {
        return form(text);
    }
    const std::string_view from = text.substr(0, dash);
    const std::string_view to = text.substr(dash + 1);
    return (from.empty() || form(from)) && (to.empty() || form(to)) && text.size() > 1;
}

bool isCode(std::string_view text) {
    constexpr std::string_view kMarks = " _-./+&,:()*%#";
    constexpr std::size_t kLongest = 64;
    return text.size() <= kLongest && std::ranges::all_of(text, [&](char c) {
               return isDigit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                      kMarks.find(c) != std::string_view::npos;
           });
}

bool isPrintable(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7F; });
}

bool oneHasForm(std::string_view value, Vr valueVr) {
    const std::string_view text = stripped(value);
    if (text.empty()) {
        return true;
    }
    if (valueVr == vr::DS) {
        return isNumber(text);
    }
    if (valueVr == vr::IS) {
        return isNumber(text) && text.find_first_of("eE") == std::string_view::npos && text.size() <= 13;
    }
    if (valueVr == vr::CS) {
        return isCode(text);
    }
    if (valueVr == vr::DA) {
        return isRangeOf(isDate, text);
    }
    if (valueVr == vr::TM) {
        return isRangeOf(isTime, text);
    }
    if (valueVr == vr::DT) {
        return isDateTime(text);
    }
    if (valueVr == vr::AS) {
        return text.size() == 4 && areDigits(text.substr(0, 3)) &&
               std::string_view("DWMY").find(text[3]) != std::string_view::npos;
    }
    if (valueVr == vr::UI) {
        return text.size() <= 64 && text.find_first_not_of("0123456789.") == std::string_view::npos;
    }
    return valueVr != vr::AE || (text.size() <= 16 && isPrintable(text));
}

} // namespace

bool hasForm(std::string_view value, Vr valueVr) {
    if (valueVr == vr::UR) {
        return isPrintable(value) && value.find(' ') == std::string_view::npos;
    }
    const bool formed = valueVr == vr::DS || valueVr == vr::IS || valueVr == vr::CS || valueVr == vr::DA ||
                        valueVr == vr::TM || valueVr == vr::DT || valueVr == vr::AS || valueVr == vr::UI ||
                        valueVr == vr::AE;
    if (!formed) {
        return true;
    }
    for (;;) {
        const std::size_t cut = value.find('\\');
        if (!oneHasForm(value.substr(0, cut), valueVr)) {
            return false;
        }
        if (cut == std::string_view::npos) {
            return true;
        }
        value.remove_prefix(cut + 1);
    }
}

bool hasForm(std::string_view value, Vr valueVr, intake::dicom::Tag tag) {
    if (tag == kTimezoneOffset) {
        const std::string_view text = stripped(value);
        return text.empty() || isZone(text);
    }
    return hasForm(value, valueVr);
}

} // namespace kamei::detect::attribute
