#include <algorithm>
#include <array>
#include <chrono>

#include "core/intake/encoding/Unicode.h"
#include "core/intake/text/DateNotation.h"

namespace kamei::intake::text {
namespace {

constexpr std::array<std::u32string_view, 12> kMonths{U"January",   U"February", U"March",    U"April",
                                                      U"May",       U"June",     U"July",     U"August",
                                                      U"September", U"October",  U"November", U"December"};
constexpr std::u32string_view kWeekdays = U"日月火水木金土";
constexpr std::u32string_view kKanjiDigits = U"〇一二三四五六七八九";

std::u32string asciiDigits(std::int32_t value, std::int32_t width) {
    std::string text = std::to_string(value);
    if (static_cast<std::int32_t>(text.size()) < width) {
        text.insert(0, static_cast<std::size_t>(width) - text.size(), '0');
    }
    return {text.begin(), text.end()};
}

/// 一 to 九十九 by place, as dates are written; years above that digit by digit.
std::u32string kanjiNumber(std::int32_t value) {
    std::u32string out;
    if (value >= 100) {
        for (const char32_t digit : asciiDigits(value, 0)) {
            out.push_back(kKanjiDigits[digit - U'0']);
        }
        return out;
    }
    if (value >= 20) {
        out.push_back(kKanjiDigits[static_cast<std::size_t>(value / 10)]);
    }
    if (value >= 10) {
        out.push_back(U'十');
    }
    if (value % 10 != 0 || value == 0) {
        out.push_back(kKanjiDigits[static_cast<std::size_t>(value % 10)]);
    }
    return out;
}

const Era* eraOf(const CalendarDate& date) {
    const std::int64_t days = daysFromCivil(date);
    const auto found = std::find_if(eras().begin(), eras().end(),
                                    [&](const Era& era) { return daysFromCivil(era.first) <= days; });
    return found == eras().end() ? nullptr : &*found;
}

std::u32string lower(std::u32string_view text) {
    std::u32string out(text);
    for (char32_t& c : out) {
        c = c >= U'A' && c <= U'Z' ? c + 32 : c;
    }
    return out;
}

/// An English month like the one written before: whole or cut, in its case.
std::u32string monthLike(std::u32string_view written, std::int32_t month) {
    const std::u32string_view name = kMonths[static_cast<std::size_t>(month - 1)];
    const bool whole = std::any_of(kMonths.begin(), kMonths.end(),
                                   [&](std::u32string_view m) { return lower(m) == lower(written); });
    std::u32string out(whole && written.size() > 3 ? name : name.substr(0, 3));
    const bool upper =
        std::none_of(written.begin(), written.end(), [](char32_t c) { return c >= U'a' && c <= U'z'; });
    for (char32_t& c : out) {
        c = upper && c >= U'a' ? c - 32 : c;
    }
    return out;
}

std::u32string weekdayOf(const CalendarDate& date) {
    const std::int64_t index = ((daysFromCivil(date) + 4) % 7 + 7) % 7; // 1970-01-01 was a Thursday
    return {kWeekdays[static_cast<std::size_t>(index)]};
}

} // namespace

std::int64_t daysFromCivil(const CalendarDate& date) {
    using namespace std::chrono;
    const year_month_day ymd{year{date.year}, month{static_cast<unsigned>(std::max(date.month, 1))},
                             day{static_cast<unsigned>(std::max(date.day, 1))}};
    return sys_days{ymd}.time_since_epoch().count();
}

CalendarDate civilFromDays(std::int64_t days) {
    using namespace std::chrono;
    const year_month_day ymd{sys_days{std::chrono::days{days}}};
    return {static_cast<int>(ymd.year()), static_cast<std::int32_t>(static_cast<unsigned>(ymd.month())),
            static_cast<std::int32_t>(static_cast<unsigned>(ymd.day()))};
}

bool isCalendarDay(const CalendarDate& date) {
    using namespace std::chrono;
    return date.month >= 1 && date.day >= 1 && date.year >= 1 && date.year <= 9999 &&
           year_month_day{year{date.year}, month{static_cast<unsigned>(date.month)},
                          day{static_cast<unsigned>(date.day)}}
               .ok();
}

const std::vector<Era>& eras() {
    // First days by the ordinances on the change of era; Meiji by the Gregorian calendar in force since 1873.
    static const std::vector<Era> rows{
        {U"令和", U'R', {2019, 5, 1}},  {U"平成", U'H', {1989, 1, 8}},   {U"昭和", U'S', {1926, 12, 25}},
        {U"大正", U'T', {1912, 7, 30}}, {U"明治", U'M', {1868, 10, 23}},
    };
    return rows;
}

void DateNotation::settlePadding() {
    const auto any = [this](auto test) { return std::any_of(m_parts.begin(), m_parts.end(), test); };
    const auto counted = [](const Part& p) {
        return (p.field == Field::Month || p.field == Field::Day || p.field == Field::EraYear) &&
               p.digits != Digits::Kanji;
    };
    bool pads = any([&](const Part& p) { return counted(p) && p.width == 2; });
    const bool bare = any([&](const Part& p) { return counted(p) && p.text.size() == 1; });
    if (!pads && !bare) {
        // 2026/12/24 shows no zero because it needs none. Beside a year of four digits numbers mostly keep
        // two places (ISO 8601, columns of one width), and so do days before an English month with hyphens;
        // 12/24 and 12月24日 mostly do not.
        const bool years = any([](const Part& p) { return p.field == Field::Year && p.width == 4; });
        const bool named = any([](const Part& p) { return p.field == Field::MonthName; });
        const bool units = any([](const Part& p) {
            return p.field == Field::Literal && p.text.find_first_of(U"年月日") != std::u32string::npos;
        });
        const bool hyphens = any([](const Part& p) { return p.field == Field::Literal && p.text == U"-"; });
        pads = years && !units && (!named || hyphens);
    }
    for (Part& part : m_parts) {
        if (pads && counted(part) && part.text.size() == 2) {
            part.width = 2;
        }
    }
}

std::string DateNotation::yyyymmdd() const {
    if (!isCalendarDay(m_date)) {
        return {};
    }
    return encoding::toUtf8(asciiDigits(m_date.year, 4) + asciiDigits(m_date.month, 2) +
                            asciiDigits(m_date.day, 2));
}

std::optional<std::u32string> DateNotation::writePart(const Part& part, const CalendarDate& date) const {
    const auto number = [&](std::int32_t value) {
        if (part.digits == Digits::Kanji) {
            return kanjiNumber(value);
        }
        std::u32string out = asciiDigits(value, part.width);
        for (char32_t& c : out) {
            c += part.digits == Digits::FullWidth ? 0xFEE0 : 0;
        }
        return out;
    };
    const Era* era = part.field == Field::EraName || part.field == Field::EraYear ? eraOf(date) : nullptr;
    switch (part.field) {
    case Field::Literal:
    case Field::Tail:
        return part.text;
    case Field::Year:
        // Two digits of a year stay two digits.
        return number(part.width == 2 ? date.year % 100 : date.year);
    case Field::EraName: {
        if (era == nullptr) {
            return std::nullopt;
        }
        if (part.text.size() > 1) {
            return std::u32string(era->name);
        }
        const char32_t first = part.text.front();
        if (first > 0xFF00) {
            return std::u32string(1, era->letter + 0xFEE0);
        }
        const bool letter = first < 0x80;
        const bool small = first >= U'a' && first <= U'z';
        return std::u32string(1, letter ? era->letter + (small ? 32 : 0) : era->name.front());
    }
    case Field::EraYear: {
        if (era == nullptr) {
            return std::nullopt;
        }
        const std::int32_t value = date.year - era->first.year + 1;
        const bool words = std::any_of(m_parts.begin(), m_parts.end(), [](const Part& p) {
            return p.field == Field::EraName && p.text.size() > 1;
        });
        return value == 1 && words ? std::u32string(U"元") : number(value);
    }
    case Field::Month:
        return number(date.month);
    case Field::MonthName:
        return monthLike(part.text, date.month);
    case Field::Day:
        return number(date.day);
    case Field::Weekday:
        return weekdayOf(date);
    }
    return std::nullopt;
}

std::optional<std::string> DateNotation::write(const CalendarDate& date) const {
    std::u32string out;
    for (const Part& part : m_parts) {
        const auto text = writePart(part, date);
        if (!text) {
            return std::nullopt;
        }
        out += *text;
    }
    return encoding::toUtf8(out);
}

std::optional<std::string> DateNotation::shifted(std::int32_t days) const {
    CalendarDate full = m_date;
    if (full.year == 0) {
        full.year = 2001; // any year of 365 days
    }
    if (full.month == 0) {
        full.month = 7;
        full.day = 2;
    } else if (full.day == 0) {
        full.day = 15;
    }
    if (!isCalendarDay(full)) {
        full.day = 28; // 29 February without a year
    }
    const CalendarDate moved = civilFromDays(daysFromCivil(full) + days);
    return isCalendarDay(moved) ? write(moved) : std::nullopt;
}

std::string DateNotation::toMonth(bool structured) const {
    const bool words = std::any_of(m_parts.begin(), m_parts.end(), [](const Part& part) {
        return part.field == Field::Literal && part.text.find(U'月') != std::u32string::npos;
    });
    const bool named = std::any_of(m_parts.begin(), m_parts.end(),
                                   [](const Part& p) { return p.field == Field::MonthName; });
    std::vector<Part> kept = m_parts;
    std::erase_if(kept, [](const Part& p) { return p.field == Field::Tail || p.field == Field::Weekday; });
    CalendarDate date = m_date;
    const auto day =
        std::find_if(kept.begin(), kept.end(), [](const Part& p) { return p.field == Field::Day; });
    if (day != kept.end() && (m_compact || (structured && !words && !named))) {
        date.day = 1;
    } else if (day != kept.end()) {
        const auto isMonth = [](const Part& p) {
            return p.field == Field::Month || p.field == Field::MonthName;
        };
        const auto month = std::find_if(kept.begin(), kept.end(), isMonth);
        const auto year =
            std::find_if(kept.begin(), kept.end(), [](const Part& p) { return p.field == Field::Year; });
        if (month < day && (year == kept.end() || year < day)) { // year, month, day: cut after the month
            const bool unit = month + 1 != kept.end() && (month + 1)->text.starts_with(U'月');
            kept.erase(month + 1, kept.end());
            if (unit) {
                kept.push_back({Field::Literal, U"月", Digits::Ascii, 0});
            }
        } else { // month, day, year or day, month, year: take the day and what joins it to the next part
            const auto next = kept.erase(day);
            if (next != kept.end() && next->field == Field::Literal) {
                next->text = named && next != kept.begin() ? U" " : U"";
                if (next != kept.begin() && (next - 1)->field == Field::Literal) {
                    next->text.clear();
                }
            }
        }
    }
    DateNotation out;
    out.m_date = date;
    out.m_parts = std::move(kept);
    // The parts came from this very date, so writing them cannot fail.
    return out.write(date).value_or(std::string());
}

} // namespace kamei::intake::text
