#include "core/detect/japanese/Calendar.h"

#include <algorithm>
#include <array>

#include "core/detect/japanese/Normalise.h"
#include "core/detect/japanese/Numerals.h"

namespace kamei::detect::japanese {
namespace {

constexpr int kFirstYear = 1868;
constexpr int kLastYear = 2100;

constexpr std::array<Era, 5> kEras{{
    {U'R', U"令和", U"令", 2019, 81, {2019, 5, 1}},
    {U'H', U"平成", U"平", 1989, 31, {1989, 1, 8}},
    {U'S', U"昭和", U"昭", 1926, 64, {1926, 12, 25}},
    {U'T', U"大正", U"大", 1912, 15, {1912, 7, 30}},
    {U'M', U"明治", U"明", 1868, 45, {1868, 1, 25}},
}};

bool before(const Day& a, const Day& b) {
    return a.year != b.year ? a.year < b.year : a.month != b.month ? a.month < b.month : a.day < b.day;
}

std::optional<int> readYear(std::u32string_view text, std::size_t& at) {
    std::size_t length = 0;
    const Era* era = eraAt(text, at, length);
    if (era == nullptr && at < text.size()) {
        era = eraByLetter(text[at]);
        length = era != nullptr ? 1 : 0;
    }
    at += length;
    if (era != nullptr && at < text.size() && text[at] == U'元') {
        ++at;
        return yearOf(*era, 1);
    }
    const auto number = readNumeral(text, at);
    if (!number || number->value > kLastYear) {
        return std::nullopt;
    }
    at += number->length;
    return era != nullptr ? yearOf(*era, static_cast<int>(number->value)) : static_cast<int>(number->value);
}

} // namespace

bool isValidMonthDay(int month, int day) {
    constexpr std::array<int, 12> kDays{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month >= 1 && month <= 12 && day >= 1 && day <= kDays[static_cast<std::size_t>(month - 1)];
}

bool isValid(const Day& day) {
    if (day.year < kFirstYear || day.year > kLastYear || !isValidMonthDay(day.month, day.day)) {
        return false;
    }
    const bool leap = (day.year % 4 == 0 && day.year % 100 != 0) || day.year % 400 == 0;
    return day.month != 2 || day.day < 29 || leap;
}

const Era* eraByLetter(char32_t letter) {
    for (const Era& era : kEras) {
        if (era.letter == letter) {
            return &era;
        }
    }
    return nullptr;
}

const Era* eraAt(std::u32string_view text, std::size_t at, std::size_t& length) {
    // A long name begins with the short one.
    if (at >= text.size() || std::none_of(kEras.begin(), kEras.end(), [c = text[at]](const Era& era) {
            return era.shortName.front() == c;
        })) {
        return nullptr;
    }
    for (const Era& era : kEras) {
        if (text.substr(at).starts_with(era.name)) {
            length = era.name.size();
            return &era;
        }
    }
    for (const Era& era : kEras) {
        if (text.substr(at).starts_with(era.shortName)) {
            length = era.shortName.size();
            return &era;
        }
    }
    return nullptr;
}

const Era* eraOf(const Day& day) {
    for (const Era& era : kEras) {
        if (!before(day, era.firstDay)) {
            return &era;
        }
    }
    return nullptr;
}

std::optional<int> yearOf(const Era& era, int number) {
    if (number < 1 || number > era.lastYear) {
        return std::nullopt;
    }
    return era.firstYear + number - 1;
}

std::optional<Day> parseDay(std::string_view utf8) {
    const std::u32string text = normalise(utf8).text;
    if (text.size() == 8 && text.find_first_not_of(U"0123456789") == std::u32string::npos) {
        const auto part = [&text](std::size_t from, std::size_t count) {
            return static_cast<int>(readNumeral(text.substr(from, count), 0)->value);
        };
        const Day day{part(0, 4), part(4, 2), part(6, 2)};
        return isValid(day) ? std::optional<Day>(day) : std::nullopt;
    }
    std::size_t at = 0;
    const auto year = readYear(text, at);
    if (!year) {
        return std::nullopt;
    }
    const auto step = [&text, &at](std::u32string_view signs) {
        if (at < text.size() && signs.find(text[at]) != std::u32string_view::npos) {
            ++at;
            return true;
        }
        return false;
    };
    if (!step(U"-/.年")) {
        return std::nullopt;
    }
    const auto month = readNumeral(text, at);
    at += month ? month->length : 0;
    if (!month || month->value > 12 || !step(U"-/.月")) {
        return std::nullopt;
    }
    const auto date = readNumeral(text, at);
    at += date ? date->length : 0;
    if (!date || date->value > 31) {
        return std::nullopt;
    }
    step(U"日");
    const Day day{*year, static_cast<int>(month->value), static_cast<int>(date->value)};
    return at == text.size() && isValid(day) ? std::optional<Day>(day) : std::nullopt;
}

std::string yearMonth(const Day& day) {
    std::string month = std::to_string(day.month);
    return std::to_string(day.year) + "-" + (month.size() < 2 ? "0" + month : month);
}

} // namespace kamei::detect::japanese
