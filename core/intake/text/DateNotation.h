#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kamei::intake::text {

/// A date of the Gregorian calendar; month and day 0 where they are not stated, year 0 likewise.
struct CalendarDate {
    std::int32_t year = 0;
    std::int32_t month = 0;
    std::int32_t day = 0;
    friend bool operator==(const CalendarDate&, const CalendarDate&) = default;
};

/// A date as it was written, so that another one can be written the same way: digits (ASCII, full width,
/// kanji), separators, Japanese eras (Meiji to Reiwa, 元年, S33.8.2), English months, weekday, time of day.
class DateNotation {
public:
    /// Reads a text that is a date from its first to its last character (spaces around it aside). Nothing
    /// when it is not one, or names no day of the calendar.
    [[nodiscard]] static std::optional<DateNotation> parse(std::string_view utf8);

    [[nodiscard]] const CalendarDate& date() const { return m_date; }
    /// "YYYYMMDD" when year, month and day are known; else empty.
    [[nodiscard]] std::string yyyymmdd() const;

    /// The date moved by whole days, in the same notation; era and weekday follow. A month or year alone
    /// moves as its middle day does, a month and day without year as in a year of 365 days. Nothing when the
    /// result cannot be written so (before Meiji).
    [[nodiscard]] std::optional<std::string> shifted(std::int32_t days) const;
    /// Year and month in the same notation (Guideline 5.2.3: 生年月日を年月に一般化). Eight digits, and in
    /// tables and XML (`structured`) any digits with separators, keep a place for the day: 01.
    [[nodiscard]] std::string toMonth(bool structured) const;

private:
    friend class DateScanner;
    enum class Field { Literal, Year, EraName, EraYear, Month, MonthName, Day, Weekday, Tail };
    enum class Digits { Ascii, FullWidth, Kanji };
    struct Part {
        Field field = Field::Literal;
        std::u32string text; ///< as written; literals and tail stay
        Digits digits = Digits::Ascii;
        std::int32_t width = 0; ///< zero-padded to this many digits; 0: as many as needed
    };

    /// Gives month, day and era year without a zero of their own ("24" in "03/24") the width that the
    /// date as a whole is written in.
    void settlePadding();
    [[nodiscard]] std::optional<std::string> write(const CalendarDate& date) const;
    [[nodiscard]] std::optional<std::u32string> writePart(const Part& part, const CalendarDate& date) const;

    CalendarDate m_date;
    std::vector<Part> m_parts;
    bool m_compact = false; ///< YYYYMMDD
};

/// Days since 1970-01-01 of a date, and back (proleptic Gregorian).
[[nodiscard]] std::int64_t daysFromCivil(const CalendarDate& date);
[[nodiscard]] CalendarDate civilFromDays(std::int64_t days);
[[nodiscard]] bool isCalendarDay(const CalendarDate& date);

/// A Japanese era: kanji name, letter, first day.
struct Era {
    std::u32string_view name;
    char32_t letter = 0;
    CalendarDate first;
};
/// Reiwa first.
[[nodiscard]] const std::vector<Era>& eras();

} // namespace kamei::intake::text
