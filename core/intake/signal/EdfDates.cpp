#include <array>
#include <cctype>
#include <charconv>

#include "core/intake/signal/Page.h"
#include "core/intake/text/DateNotation.h"

namespace kamei::intake::signal {
namespace {

using text::CalendarDate;

constexpr std::array<std::string_view, 12> kMonths{"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                                   "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
constexpr std::int32_t kFirstShortYear = 1985; ///< EDF: 85 to 99 are 1985 to 1999, 00 to 84 are 2000 to 2084

std::int32_t number(std::string_view text) {
    std::int32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? value : -1;
}

std::string digits(std::int32_t value, std::size_t width) {
    std::string out = std::to_string(value);
    return out.size() < width ? std::string(width - out.size(), '0') + out : out;
}

CalendarDate parse(std::string_view text, DateForm form) {
    CalendarDate out;
    if (form == DateForm::Long && text.size() == 11 && text[2] == '-' && text[6] == '-') {
        std::string month(text.substr(3, 3));
        for (char& c : month) {
            c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        }
        for (std::size_t i = 0; i < kMonths.size(); ++i) {
            out.month = kMonths[i] == month ? static_cast<std::int32_t>(i) + 1 : out.month;
        }
        out.day = number(text.substr(0, 2));
        out.year = number(text.substr(7));
    } else if (form == DateForm::Short && text.size() == 8) {
        out.day = number(text.substr(0, 2));
        out.month = number(text.substr(3, 2));
        const std::int32_t year = number(text.substr(6));
        out.year = year < 0 ? -1 : year + (year >= kFirstShortYear % 100 ? 1900 : 2000);
    } else if (form == DateForm::Binary && text.size() == 10) {
        out.year = number(text.substr(0, 4));
        out.month = number(text.substr(5, 2));
        out.day = number(text.substr(8));
    }
    return out;
}

} // namespace

std::string readDate(std::string_view text, DateForm form) {
    const CalendarDate date = parse(text, form);
    if (date.year <= 0 || !text::isCalendarDay(date)) {
        return {};
    }
    return digits(date.year, 4) + digits(date.month, 2) + digits(date.day, 2);
}

std::string writeDate(std::string_view yyyymmdd, DateForm form) {
    const CalendarDate date{number(yyyymmdd.substr(0, 4)), number(yyyymmdd.substr(4, 2)),
                            number(yyyymmdd.substr(6))};
    const bool fits = yyyymmdd.size() == 8 && date.year > 0 && text::isCalendarDay(date);
    if (fits && form == DateForm::Long) {
        return digits(date.day, 2) + '-' + std::string(kMonths[static_cast<std::size_t>(date.month - 1)]) +
               '-' + digits(date.year, 4);
    }
    if (fits && form == DateForm::Short && date.year >= kFirstShortYear &&
        date.year < kFirstShortYear + 100) {
        return digits(date.day, 2) + '.' + digits(date.month, 2) + '.' + digits(date.year % 100, 2);
    }
    if (fits && form == DateForm::Binary) {
        return digits(date.year, 4) + '-' + digits(date.month, 2) + '-' + digits(date.day, 2);
    }
    return {};
}

std::string noDate(DateForm form) {
    // EDF+ 2.1.3.4: "X"; the short form has no unknown, 01.01.85 is the clipping date of EDF.
    return form == DateForm::Long ? "X" : form == DateForm::Short ? "01.01.85" : std::string();
}

} // namespace kamei::intake::signal
