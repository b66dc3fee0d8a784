#include "core/detect/text/values/DateForms.h"

#include <array>

#include "core/detect/text/values/DateReader.h"

namespace kamei::detect::text::values {
namespace {

using namespace japanese;

bool followsNumber(const DateReader& in) {
    return isDigit(in.peek()) || ((in.peek() == U'.' || in.peek() == U'/') && isDigit(in.peek(1)));
}

// What follows a year: "年M月D日", "/M/D", ".M.D", "-M-D", or only the month. `letter`: the year was
// given by an era's letter or short, so that a bare year is no date.
std::optional<DateForm> afterYear(DateReader in, int year, bool shortYear, std::string_view source) {
    DateForm out{0, {year, 0, 0}, true, source};
    if (in.takeApart(U"年")) {
        out.length = in.length();
        const std::size_t mark = in.place();
        in.blank();
        if (in.takeWord(U"元旦") || in.takeWord(U"元日")) {
            out.day.month = out.day.day = 1;
            out.length = in.length();
            return out;
        }
        if (in.takeWord(U"度")) {
            out.length = in.length();
            return out;
        }
        in.spokenJoint();
        const auto month = in.month();
        if (!month) {
            in.back(mark);
            return out;
        }
        out.day.month = *month;
        out.length = in.length();
        in.blank();
        in.spokenJoint();
        const auto day = in.damaged(1, 31);
        if (day && in.takeApart(U"日") && isValidMonthDay(*month, *day)) {
            out.day.day = *day;
            out.length = in.length();
        }
        return out;
    }
    const char32_t separator = in.peek();
    if (separator == 0 || !in.take(U"/.-・")) {
        return std::nullopt;
    }
    const bool apart = separator == U'.' && isBlank(in.peek()); // "R6. 4. 1", as forms are typed
    if (apart) {
        in.blank();
    }
    const auto month = in.damaged(1, 12);
    if (!month || in.kanji()) {
        return std::nullopt;
    }
    const std::size_t afterMonth = in.place();
    if (separator == U'.' && in.take(U"月")) { // "R6.2月"
        out.day.month = *month;
        out.length = in.length();
        return out;
    }
    // "R6.8/2" is written too.
    const bool mixed = separator == U'.' && in.peek() == U'/' && shortYear;
    if ((in.peek() == separator || mixed) && in.take(U"/.-・")) {
        if (apart) {
            in.blank();
        }
        const auto day = in.damaged(1, 31);
        // "2023/06/31" is a slip of who wrote it, and a date all the same: its day is left open.
        const bool valid = day && isValidMonthDay(*month, *day);
        if (day && !in.kanji() && (valid || !shortYear) && !isDigit(in.peek())) {
            out.day.month = *month;
            out.day.day = valid ? *day : 0;
            out.length = in.length();
            if (mixed || (separator == U'・' && shortYear)) { // S8・9・10 are segments, R1.2/2.0 a sight
                out.certain = false;
                out.source = "rule.date-dots";
                return followsNumber(in) ? std::nullopt : std::optional(out);
            }
            return out;
        }
        return std::nullopt;
    }
    in.back(afterMonth);
    if (apart) {
        return std::nullopt;
    }
    // "2019/11", "R6.4": a year and a month, unless the digits go on or a hyphen leads into a number.
    if (followsNumber(in) || separator == U'-' || separator == U'・' || in.peek() == U'-' ||
        in.peek() == U'%' || isLatin(in.peek())) {
        return std::nullopt;
    }
    out.day.month = *month;
    out.length = in.length();
    out.certain = separator == U'/' && !shortYear;
    return out;
}

std::optional<DateForm> readEraDate(std::u32string_view text, std::size_t at) {
    std::size_t length = 0;
    const Era* era = eraAt(text, at, length);
    bool letter = false;
    if (era == nullptr) {
        era = eraByLetter(text[at]);
        letter = era != nullptr;
        length = 1;
        if (era == nullptr || (at > 0 && (isLatin(text[at - 1]) || isDigit(text[at - 1])))) {
            return std::nullopt;
        }
    }
    DateReader in(text, at);
    in.takeWord(text.substr(at, length));
    const bool apart = letter && isBlank(in.peek()); // "ソフト R 4.3" is a version
    if (!letter && length == 1) {
        // "説明 3/12" is no Meiji: the short name stands right before its number and behind no kanji.
        if (!(isDigit(in.peek()) || in.peek() == U'元') || (at > 0 && isKanji(text[at - 1]))) {
            return std::nullopt;
        }
    } else {
        in.blank();
        in.spokenJoint();
    }
    if (letter) {
        in.take(U".");
    }
    std::optional<int> number = in.take(U"元") ? std::optional<int>(1) : in.number(1, 99, 2);
    if (!number) {
        return std::nullopt;
    }
    const auto year = yearOf(*era, *number);
    if (!year) {
        return std::nullopt;
    }
    auto out = afterYear(in, *year, true, "rule.date-era");
    if (!out || (length == 1 && !letter && out->day.month == 0)) { // "大2年" is no year
        return std::nullopt;
    }
    // M30.3 is a code of the ICD; nobody alive is of an era before Taisho.
    if (letter && out->day.day == 0 && (apart || era->letter == U'M')) {
        return std::nullopt;
    }
    if (letter && out->day.month != 0 && out->day.day == 0 && text[at + out->length - 1] != U'月') {
        out->certain = false;
    }
    return out;
}

// "明・大・(昭)・平 51年5月27日", "M・T・(S)・H 46.4.4": a form prints the eras, a bracket or circle chooses
// one.
std::optional<DateForm> readEraChoice(std::u32string_view text, std::size_t at) {
    constexpr int kMostEras = 5;
    if (at > 0 && (isLatin(text[at - 1]) || isDigit(text[at - 1]))) {
        return std::nullopt;
    }
    const auto sign = [&](std::size_t i) { return i < text.size() ? text[i] : U'\0'; };
    const Era* chosen = nullptr;
    int eras = 0;
    bool apart = true; // something stands between the eras
    bool letters = false;
    std::size_t i = at;
    while (apart && eras <= kMostEras && i < text.size()) {
        std::size_t length = 0;
        const Era* era = eraAt(text, i, length);
        if (era == nullptr) {
            era = eraByLetter(text[i]);
            length = 1;
            letters = letters || era != nullptr;
        }
        if (era == nullptr) {
            break;
        }
        const bool bracketed = i > 0 && text[i - 1] == U'(' && sign(i + length) == U')';
        i += length;
        ++eras;
        const bool circled = text.substr(i).starts_with(U"(○)");
        chosen = bracketed || circled || sign(i) == U'○' ? era : chosen;
        i += circled ? 3 : 0;
        const std::size_t end = i;
        static constexpr CharacterSet kBetween{U"・/,、.()○ \t"};
        while (kBetween.has(sign(i)) && i - end < 4) {
            ++i;
        }
        apart = i > end;
    }
    // MT, SH and HR are words of medicine too.
    if (eras < 2 || eras > kMostEras || (letters && chosen == nullptr && eras < 3)) {
        return std::nullopt;
    }
    DateReader in(text, at);
    in.back(i);
    const auto number = in.take(U"元") ? std::optional<int>(1) : in.number(1, 99, 2);
    if (!number || in.peek() == U'-') {
        return std::nullopt;
    }
    const auto year = chosen != nullptr ? yearOf(*chosen, *number) : std::nullopt;
    auto out = afterYear(in, year.value_or(0), true, year ? "rule.date-era" : "rule.date-open-era");
    if (!out || out->day.day == 0) {
        return std::nullopt;
    }
    out->source = year ? "rule.date-era" : "rule.date-open-era";
    out->certain = true;
    return out;
}

// "6年5月2日", "6 年 9 月 3 日": the era is printed elsewhere on the form. A blank behind the year alone may
// part a span of time from a date ("禁煙して6年 5月2日"): not certain.
std::optional<DateForm> readOpenEra(std::u32string_view text, std::size_t at) {
    static constexpr CharacterSet kSpans{U"後歴間学校て病過療養第約計存"};
    if (at > 0 && kSpans.has(text[at - 1])) {
        return std::nullopt;
    }
    DateReader in(text, at);
    if (!in.number(1, 64, 2)) {
        return std::nullopt;
    }
    const bool spaced = isBlank(in.peek());
    if (!in.takeApart(U"年")) {
        return std::nullopt;
    }
    const bool blank = isBlank(in.peek());
    in.blank();
    const auto month = in.number(1, 12, 2);
    if (!month || !in.takeApart(U"月")) {
        return std::nullopt;
    }
    in.blank();
    const auto day = in.number(1, 31, 2);
    if (!day || !in.takeApart(U"日") || !isValidMonthDay(*month, *day) || in.peek() == U'間') {
        return std::nullopt;
    }
    return DateForm{in.length(), {0, *month, *day}, spaced || !blank, "rule.date-open-era"};
}

std::optional<DateForm> readWestern(std::u32string_view text, std::size_t at) {
    DateReader in(text, at);
    const bool apostrophe = in.take(U"'’`");
    if (apostrophe) {
        const auto year = in.number(0, 99, 2);
        if (!year || in.kanji()) {
            return std::nullopt;
        }
        return afterYear(in, *year + (*year > 60 ? 1900 : 2000), false, "rule.date");
    }
    const auto read = readNumeral(text, at);
    if (!read) {
        return std::nullopt;
    }
    if (!read->kanji && read->length == 8) {
        const auto value = static_cast<int>(read->value);
        const Day day{value / 10000, value / 100 % 100, value % 100};
        if (isValid(day) && day.year >= 1900 && day.year <= kLastYear &&
            !isLatin(at + 8 < text.size() ? text[at + 8] : U'\0')) {
            return DateForm{8, day, false, "rule.date-compact"};
        }
        return std::nullopt;
    }
    if (!read->kanji && read->length == 2) { // 24/07/10
        const auto year = in.number(0, 99, 2);
        auto out = afterYear(in, *year + (*year > 60 ? 1900 : 2000), true, "rule.date-short-year");
        // "10年、5月2日入院": a span of time and a date.
        const bool spoken = out && text.substr(at, out->length).find_first_of(U"、の") != text.npos;
        if (out && !spoken && out->day.day != 0 && text[at + 2] != U'-' && text[at + 2] != U'・' &&
            (text[at + 2] != U'.' || (*year >= 20 && out->source != "rule.date-dots"))) {
            out->certain = text[at + 2] == U'/';
            return out;
        }
        return std::nullopt;
    }
    if (read->value < kFirstYear || read->value > kLastYear || (!read->kanji && read->length != 4) ||
        (read->kanji && read->length < 4)) {
        return std::nullopt;
    }
    in.number(kFirstYear, kLastYear, 4);
    return afterYear(in, static_cast<int>(read->value), false, "rule.date");
}

// "4/1114:20", "3/311時": how many digits of a day stand before the time that is typed right behind it.
std::size_t dayBeforeTime(std::u32string_view text, std::size_t at) {
    std::size_t digits = 0;
    while (digits < 5 && at + digits < text.size() && isDigit(text[at + digits])) {
        ++digits;
    }
    const char32_t mark = at + digits < text.size() ? text[at + digits] : U'\0';
    if (digits < 2 || digits > 4 || (mark != U':' && mark != U'時')) {
        return 0;
    }
    for (const std::size_t hours : {std::size_t{1}, std::size_t{2}}) {
        const std::size_t days = digits > hours ? digits - hours : 0;
        const auto value = [&](std::size_t from, std::size_t count) {
            return count == 1 ? static_cast<int>(text[from] - U'0')
                              : static_cast<int>((text[from] - U'0') * 10 + (text[from + 1] - U'0'));
        };
        if ((days == 1 || days == 2) && value(at, days) >= 1 && value(at, days) <= 31 &&
            value(at + days, hours) < 24 && (hours == 1 || text[at + days] != U'0')) {
            return days;
        }
    }
    return 0;
}

// 師走の一日, 水無月十一日: months by their old names, of which most are given names too.
std::optional<DateForm> readOldMonth(std::u32string_view text, std::size_t at) {
    DateReader in(text, at);
    const auto month = in.oldMonth();
    if (!month) {
        return std::nullopt;
    }
    const bool spoken = in.take(U"の");
    const auto day = in.number(1, 31, 2);
    const bool said = day && in.take(U"日");
    const bool bare = day && *day > 9 && spoken && !isKanji(in.peek()) && in.peek() != U'つ';
    const bool counted = std::u32string_view(U"間目前後以分").find(in.peek()) != std::u32string_view::npos ||
                         isKanjiNumeral(in.peek()) || isDigit(in.peek()); // 葉月 一日二回
    if ((!said && !bare) || (said && counted) || !isValidMonthDay(*month, *day)) {
        return std::nullopt;
    }
    return DateForm{in.length(), {0, *month, *day}, true, "rule.date-month-day"};
}

std::optional<DateForm> readMonthDay(std::u32string_view text, std::size_t at) {
    DateReader in(text, at);
    const auto month = in.number(1, 12, 2);
    if (!month) {
        return std::nullopt;
    }
    DateForm out{0, {0, *month, 0}, true, "rule.date-month-day"};
    if (in.take(U"月")) {
        out.length = in.length();
        in.blank();
        const bool spoken = in.take(U"の"); // 二月の十四日
        if (spoken && in.takeWord(U"末日")) {
            out.length = in.length();
            return out;
        }
        const auto day = in.number(1, 31, 2);
        // 三月の三十一で: said without 日; 三月の三回 counts something.
        if (day && *day > 9 && spoken && in.kanji() && isValidMonthDay(*month, *day) && in.peek() != U'日' &&
            !isKanji(in.peek()) && in.peek() != U'つ') {
            out.day.day = *day;
            out.length = in.length();
            return out;
        }
        if (day && in.take(U"日") && isValidMonthDay(*month, *day) &&
            !(spoken && std::u32string_view(U"間目前後以分").find(in.peek()) != std::u32string_view::npos)) {
            out.day.day = *day;
            out.length = in.length();
        }
        return out;
    }
    if (in.kanji() || !in.take(U"/")) {
        return std::nullopt;
    }
    auto day = in.number(1, 31, 2);
    if (const std::size_t digits = day ? 0 : dayBeforeTime(text, in.place()); digits > 0) {
        day = digits == 1 ? static_cast<int>(in.peek() - U'0')
                          : static_cast<int>((in.peek() - U'0') * 10 + (in.peek(1) - U'0'));
        out.day.day = *day;
        out.length = in.length() + digits;
        out.certain = false;
        out.source = "rule.date-slash";
        return isValidMonthDay(*month, *day) ? std::optional(out) : std::nullopt;
    }
    if (!day || in.kanji() || !isValidMonthDay(*month, *day) || followsNumber(in)) {
        return std::nullopt;
    }
    out.day.day = *day;
    out.length = in.length();
    out.certain = false;
    out.source = "rule.date-slash";
    return out;
}

// What the words of readAnchored() begin with.
constexpr CharacterSet kAnchors{kDateAnchors};

// 昨年11月, 先月28日, 翌年3月: anchored to the time of writing.
std::optional<DateForm> readAnchored(std::u32string_view text, std::size_t at) {
    static constexpr std::array<std::u32string_view, 11> kYears{U"再来年", U"一昨年", U"一昨々年", U"昨年",
                                                                U"去年",   U"今年",   U"本年",     U"来年",
                                                                U"翌年",   U"同年",   U"前年"};
    static constexpr std::array<std::u32string_view, 15> kMonths{
        U"再来月", U"再来週", U"翌々月", U"先々月", U"先月", U"今月", U"来月", U"翌月",
        U"同月",   U"当月",   U"本月",   U"前月",   U"来週", U"今週", U"先週"};
    if (!kAnchors.has(text[at])) {
        return std::nullopt;
    }
    DateReader in(text, at);
    for (const std::u32string_view word : kYears) {
        if (in.takeWord(word)) {
            in.take(U"の");
            auto rest = readMonthDay(text, in.place());
            rest = rest ? rest : readOldMonth(text, in.place());
            if (rest && rest->certain) {
                rest->length += in.length();
                rest->source = "rule.date-anchored";
                return rest;
            }
            return std::nullopt;
        }
    }
    for (const std::u32string_view word : kMonths) {
        if (in.takeWord(word)) {
            in.take(U"の");
            // The week says nothing that can be shifted: only the day belongs to the date.
            const bool week = word.back() == U'週';
            const auto day = week ? std::nullopt : in.number(1, 31, 2);
            if (day && in.take(U"日") &&
                std::u32string_view(U"間前後目以").find(in.peek()) == std::u32string_view::npos) {
                return DateForm{in.length(), {0, 0, *day}, true, "rule.date-anchored"};
            }
            return std::nullopt;
        }
    }
    return std::nullopt;
}

} // namespace

std::optional<DateForm> readDate(std::u32string_view text, std::size_t at) {
    const char32_t c = text[at];
    if (!mayBeginDate(c)) {
        return std::nullopt;
    }
    std::optional<DateForm> best;
    const auto better = [&best](std::optional<DateForm> other) {
        if (other && (!best || other->length > best->length)) {
            best = other;
        }
    };
    if (isDigit(c) || isKanjiNumeral(c) || c == U'\'' || c == U'’' || c == U'`') {
        better(readWestern(text, at));
        if (!best) {
            better(readOpenEra(text, at));
        }
        better(readMonthDay(text, at));
        if (isDigit(c)) {
            better(readEnglishDate(text, at));
        }
    } else if (isLatin(c)) {
        better(readEraDate(text, at));
        better(readEraChoice(text, at));
        if (at == 0 || !isLatin(text[at - 1])) {
            better(readEnglishDate(text, at));
        }
    } else if (isKanji(c)) {
        better(readEraDate(text, at));
        better(readEraChoice(text, at));
        better(readAnchored(text, at));
        better(readOldMonth(text, at));
    }
    return best;
}

} // namespace kamei::detect::text::values
