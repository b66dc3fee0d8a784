#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "core/detect/japanese/Calendar.h"
#include "core/detect/japanese/CharacterSet.h"
#include "core/detect/japanese/Numerals.h"

namespace kamei::detect::text::values {

/// A calendar expression read at a place. Month and day are 0 where the text leaves them open.
struct DateForm {
    std::size_t length = 0;
    japanese::Day day;
    /// Whether the shape alone says that it is a date: "6/5" may be a ratio, "令和6年6月5日" may not.
    bool certain = true;
    std::string_view source; ///< "rule.date-era", "rule.date", "rule.date-month-day", ...
};

/// What 昨年, 先月 and the like begin with.
inline constexpr std::u32string_view kDateAnchors = U"一昨去今本来翌同前先当再";

/// Whether an expression may begin with this character; most begin none.
[[nodiscard]] inline bool mayBeginDate(char32_t c) {
    // Digits; apostrophes of years; eras by letter and name; months in English and by their old names; words
    // that anchor.
    static constexpr japanese::CharacterSet kSet{
        U"0123456789",       japanese::kKanjiNumerals,    U"'’`",      U"RHSTM令平昭大明",
        U"JFMASONDjfmasond", U"睦如弥卯皐水文葉長神霜師", kDateAnchors};
    return kSet.has(c);
}

/// The longest expression that begins at `at` of a normalised text: Western and Japanese years, kanji,
/// partial dates, English month names, 昨年11月 and 先月28日. Years are checked against the limits of eras,
/// months and days against the calendar.
[[nodiscard]] std::optional<DateForm> readDate(std::u32string_view text, std::size_t at);

/// The forms with month names, and the year last: "12-MAR-2024", "Mar 12, 2024", "2018 NOV 29", "02/14/2023".
[[nodiscard]] std::optional<DateForm> readEnglishDate(std::u32string_view text, std::size_t at);

} // namespace kamei::detect::text::values
