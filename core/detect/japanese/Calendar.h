#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kamei::detect::japanese {

/// A day of the Gregorian calendar.
struct Day {
    int year = 0;
    int month = 0;
    int day = 0;
    friend bool operator==(const Day&, const Day&) = default;
};

/// True for a day that exists, years 1868 (Meiji 1) to 2100.
[[nodiscard]] bool isValid(const Day& day);
[[nodiscard]] bool isValidMonthDay(int month, int day);

/// Eras since 1868. First days: Cabinet Order and Imperial ordinances at each change of era.
struct Era {
    char32_t letter;               ///< M T S H R
    std::u32string_view name;      ///< 明治
    std::u32string_view shortName; ///< 明
    int firstYear;                 ///< Gregorian year of its first year
    int lastYear;                  ///< number of its last year: Meiji 45, Taisho 15, Showa 64, Heisei 31
    Day firstDay;
};
/// Null for another letter. `letter` is upper case.
[[nodiscard]] const Era* eraByLetter(char32_t letter);
/// The era whose name ("令和", "令", "㋿" after NFKC is 令和) begins text at `at`; length of the name in
/// `length`.
[[nodiscard]] const Era* eraAt(std::u32string_view text, std::size_t at, std::size_t& length);
/// The era that contains a valid day; null before 1868.
[[nodiscard]] const Era* eraOf(const Day& day);
/// Gregorian year of year `number` of the era; empty beyond the era's limits.
[[nodiscard]] std::optional<int> yearOf(const Era& era, int number);

/// "YYYYMMDD", "YYYY-MM-DD", "YYYY/M/D", "YYYY.M.D", "YYYY年M月D日" and the same with an era; empty
/// otherwise. The text may be in any width; nothing may follow.
[[nodiscard]] std::optional<Day> parseDay(std::string_view utf8);
/// Year and month as Guideline 5.2.3 generalises a birth date: "1951-03" .
[[nodiscard]] std::string yearMonth(const Day& day);

} // namespace kamei::detect::japanese
