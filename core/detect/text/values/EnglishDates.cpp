#include <array>

#include "core/detect/text/values/DateForms.h"
#include "core/detect/text/values/DateReader.h"

namespace kamei::detect::text::values {
namespace {

using namespace japanese;

int monthByName(DateReader& in) {
    static constexpr std::array<std::u32string_view, 12> kNames{
        U"JAN", U"FEB", U"MAR", U"APR", U"MAY", U"JUN", U"JUL", U"AUG", U"SEP", U"OCT", U"NOV", U"DEC"};
    std::array<char32_t, 9> letters{};
    std::size_t length = 0;
    for (; length < letters.size() && isLatin(in.peek(length)); ++length) {
        const char32_t c = in.peek(length);
        letters[length] = c >= U'a' && c <= U'z' ? c - 0x20 : c;
    }
    const std::u32string_view word(letters.data(), length);
    static constexpr std::array<std::u32string_view, 12> kFull{
        U"JANUARY", U"FEBRUARY", U"MARCH",     U"APRIL",   U"MAY",      U"JUNE",
        U"JULY",    U"AUGUST",   U"SEPTEMBER", U"OCTOBER", U"NOVEMBER", U"DECEMBER"};
    for (std::size_t m = 0; m < kNames.size(); ++m) {
        if (word == kNames[m] || word == kFull[m] || (word == U"SEPT" && m == 8)) {
            in.back(in.place() + word.size());
            in.take(U".");
            return static_cast<int>(m) + 1;
        }
    }
    return 0;
}

// 12-MAR-2024, 12 March 2024, Mar 12, 2024.
std::optional<DateForm> readEnglish(std::u32string_view text, std::size_t at) {
    DateReader in(text, at);
    std::optional<int> day = in.number(1, 31, 2);
    if (day && in.kanji()) {
        return std::nullopt;
    }
    // "18Apr", "10Oct24", as trials write it; a capital, or it is a measure.
    const bool joined = day && isUpper(in.peek()) && (at == 0 || !isLatin(text[at - 1]));
    if (day && !joined && !in.take(U"- .")) {
        return std::nullopt;
    }
    const int month = monthByName(in);
    if (month == 0) {
        return std::nullopt;
    }
    if (!day) {
        in.take(U" .");
        day = in.number(1, 31, 2);
        if (!day) {
            const auto year = in.number(1900, kLastYear, 4); // April 2023
            return year && !in.kanji() && !isDigit(in.peek())
                       ? std::optional<DateForm>({in.length(), {*year, month, 0}, true, "rule.date-english"})
                       : std::nullopt;
        }
    }
    DateForm out{in.length(), {0, month, *day}, true, "rule.date-english"};
    if (!isValidMonthDay(month, *day)) {
        return std::nullopt;
    }
    if (joined && isDigit(in.peek())) {
        DateReader tail = in;
        const auto year = tail.number(0, 99, 2);
        if (year && !isWord(tail.peek())) {
            out.day.year = *year + (*year > 60 ? 1900 : 2000);
            out.length = tail.length();
            return out;
        }
    }
    while (in.take(U", -")) {
    }
    const auto year = in.number(1900, kLastYear, 4);
    if (year && !in.kanji()) {
        out.day.year = *year;
        out.length = in.length();
    }
    return out;
}

// 2018 NOV 29, 2018-Nov-29: the year first, as forms of trials have it.
std::optional<DateForm> readYearFirst(std::u32string_view text, std::size_t at) {
    DateReader in(text, at);
    const auto year = in.number(1900, kLastYear, 4);
    if (!year || in.kanji() || !in.take(U" -.")) {
        return std::nullopt;
    }
    const int month = monthByName(in);
    if (month == 0 || !in.take(U" -.")) {
        return std::nullopt;
    }
    const auto day = in.number(1, 31, 2);
    if (!day || in.kanji() || !isValidMonthDay(month, *day) || isDigit(in.peek())) {
        return std::nullopt;
    }
    return DateForm{in.length(), {*year, month, *day}, true, "rule.date-english"};
}

// 02/14/2023, 14/02/2023: the year last, as notes in English have it.
std::optional<DateForm> readYearLast(std::u32string_view text, std::size_t at) {
    DateReader in(text, at);
    const auto first = in.number(1, 31, 2);
    if (!first || in.kanji() || !in.take(U"/")) {
        return std::nullopt;
    }
    const auto second = in.number(1, 31, 2);
    if (!second || in.kanji() || !in.take(U"/")) {
        return std::nullopt;
    }
    const std::size_t digits = in.length();
    const auto year = in.number(1900, kLastYear, 4);
    if (!year || in.kanji() || in.length() != digits + 4 || isDigit(in.peek())) {
        return std::nullopt;
    }
    const int month = *first <= 12 ? *first : *second;
    const int day = *first <= 12 ? *second : *first;
    if (!isValidMonthDay(month, day)) {
        return std::nullopt;
    }
    return DateForm{in.length(), {*year, month, day}, true, "rule.date-english"};
}

} // namespace

std::optional<DateForm> readEnglishDate(std::u32string_view text, std::size_t at) {
    std::optional<DateForm> best = readEnglish(text, at);
    if (isDigit(text[at])) {
        for (const auto& other : {readYearLast(text, at), readYearFirst(text, at)}) {
            best = other && (!best || other->length > best->length) ? other : best;
        }
    }
    return best;
}

} // namespace kamei::detect::text::values
