#include "core/detect/text/DateForms.h"

#include <array>
#include <vector>

#include "core/detect/japanese/Normalise.h"
#include "core/detect/japanese/Numerals.h"

namespace kamei::detect::text {
namespace {

using namespace japanese;

// Years that a clinical date without era may name.
constexpr int kFirst = 1868;
constexpr int kLast = 2060;

class Reader {
public:
    Reader(std::u32string_view text, std::size_t at) : m_text(text), m_at(at), m_start(at) {}

    [[nodiscard]] char32_t peek(std::size_t ahead = 0) const {
        return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : U'\0';
    }
    bool take(std::u32string_view signs) {
        if (signs.find(peek()) == std::u32string_view::npos || peek() == 0) {
            return false;
        }
        ++m_at;
        return true;
    }
    bool takeWord(std::u32string_view word) {
        if (!m_text.substr(m_at).starts_with(word)) {
            return false;
        }
        m_at += word.size();
        return true;
    }
    /// A number from least to most with at most `digits` digits.
    std::optional<int> number(int least, int most, std::size_t digits) {
        const auto read = readNumeral(m_text, m_at);
        if (!read || read->value < least || read->value > most || (!read->kanji && read->length > digits)) {
            return std::nullopt;
        }
        m_at += read->length;
        m_kanji = read->kanji;
        return static_cast<int>(read->value);
    }
    /// Forms and OCR set numbers apart: 昭和 39年  7月 2日.
    void blank() {
        for (std::size_t most = 3; most > 0 && isBlank(peek()); --most) {
            ++m_at;
        }
    }
    /// A sign that blanks may stand before.
    bool takeApart(std::u32string_view signs) {
        const std::size_t from = m_at;
        blank();
        if (take(signs)) {
            return true;
        }
        m_at = from;
        return false;
    }
    [[nodiscard]] bool kanji() const { return m_kanji; }
    [[nodiscard]] std::size_t length() const { return m_at - m_start; }
    [[nodiscard]] std::size_t place() const { return m_at; }
    void back(std::size_t place) { m_at = place; }

private:
    std::u32string_view m_text;
    std::size_t m_at;
    std::size_t m_start;
    bool m_kanji = false;
};

bool followsNumber(const Reader& in) {
    return isDigit(in.peek()) || ((in.peek() == U'.' || in.peek() == U'/') && isDigit(in.peek(1)));
}

// What follows a year: "年M月D日", "/M/D", ".M.D", "-M-D", or only the month. `letter`: the year was
// given by an era's letter or short, so that a bare year is no date.
std::optional<DateForm> afterYear(Reader in, int year, bool shortYear, std::string_view source) {
    DateForm out{0, {year, 0, 0}, true, source};
    if (in.takeApart(U"年")) {
        out.length = in.length();
        const std::size_t mark = in.place();
        in.blank();
        if (in.takeWord(U"度")) {
            return out;
        }
        const auto month = in.number(1, 12, 2);
        if (!month || !in.takeApart(U"月")) {
            in.back(mark);
            return out;
        }
        out.day.month = *month;
        out.length = in.length();
        in.blank();
        const auto day = in.number(1, 31, 2);
        if (day && in.takeApart(U"日") && isValidMonthDay(*month, *day)) {
            out.day.day = *day;
            out.length = in.length();
        }
        return out;
    }
    const char32_t separator = in.peek();
    if (separator == 0 || !in.take(U"/.-")) {
        return std::nullopt;
    }
    const bool apart = separator == U'.' && isBlank(in.peek()); // "R6. 4. 1", as forms are typed
    if (apart) {
        in.blank();
    }
    const auto month = in.number(1, 12, 2);
    if (!month || in.kanji()) {
        return std::nullopt;
    }
    const std::size_t afterMonth = in.place();
    if (in.peek() == separator && in.take(U"/.-")) {
        if (apart) {
            in.blank();
        }
        const auto day = in.number(1, 31, 2);
        if (day && !in.kanji() && isValidMonthDay(*month, *day) && !isDigit(in.peek())) {
            out.day.month = *month;
            out.day.day = *day;
            out.length = in.length();
            return out;
        }
        return std::nullopt;
    }
    in.back(afterMonth);
    if (apart) {
        return std::nullopt;
    }
    // "2019/11", "R6.4": a year and a month, unless the digits go on or a hyphen leads into a number.
    if (followsNumber(in) || separator == U'-' || in.peek() == U'-' || in.peek() == U'%' ||
        isLatin(in.peek())) {
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
    Reader in(text, at);
    in.takeWord(text.substr(at, length));
    if (!letter && length == 1) {
        // "説明 3/12" is no Meiji: the short name stands right before its number and behind no kanji.
        if (!(isDigit(in.peek()) || in.peek() == U'元') || (at > 0 && isKanji(text[at - 1]))) {
            return std::nullopt;
        }
    } else {
        in.blank();
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
    if (letter && out->day.month != 0 && out->day.day == 0 && text[at + out->length - 1] != U'月') {
        out->certain = false;
    }
    return out;
}

std::optional<DateForm> readWestern(std::u32string_view text, std::size_t at) {
    Reader in(text, at);
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
        if (isValid(day) && day.year >= 1900 && day.year <= kLast &&
            !isLatin(at + 8 < text.size() ? text[at + 8] : U'\0')) {
            return DateForm{8, day, false, "rule.date-compact"};
        }
        return std::nullopt;
    }
    if (!read->kanji && read->length == 2) { // 24/07/10
        const auto year = in.number(0, 99, 2);
        auto out = afterYear(in, *year + (*year > 60 ? 1900 : 2000), true, "rule.date-short-year");
        if (out && out->day.day != 0 && text[at + 2] != U'-' && (text[at + 2] != U'.' || *year >= 20)) {
            out->certain = text[at + 2] == U'/';
            return out;
        }
        return std::nullopt;
    }
    if (read->value < kFirst || read->value > kLast || (!read->kanji && read->length != 4) ||
        (read->kanji && read->length < 4)) {
        return std::nullopt;
    }
    in.number(kFirst, kLast, 4);
    return afterYear(in, static_cast<int>(read->value), false, "rule.date");
}

std::optional<DateForm> readMonthDay(std::u32string_view text, std::size_t at) {
    Reader in(text, at);
    const auto month = in.number(1, 12, 2);
    if (!month) {
        return std::nullopt;
    }
    DateForm out{0, {0, *month, 0}, true, "rule.date-month-day"};
    if (in.take(U"月")) {
        out.length = in.length();
        in.blank();
        const auto day = in.number(1, 31, 2);
        if (day && in.take(U"日") && isValidMonthDay(*month, *day)) {
            out.day.day = *day;
            out.length = in.length();
        }
        return out;
    }
    if (in.kanji() || !in.take(U"/")) {
        return std::nullopt;
    }
    const auto day = in.number(1, 31, 2);
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
constexpr std::u32string_view kAnchors = U"一昨去今本来翌同前先当";

// 昨年11月, 先月28日, 翌年3月: anchored to the time of writing.
std::optional<DateForm> readAnchored(std::u32string_view text, std::size_t at) {
    static constexpr std::array<std::u32string_view, 10> kYears{
        U"一昨年", U"一昨々年", U"昨年", U"去年", U"今年", U"本年", U"来年", U"翌年", U"同年", U"前年"};
    static constexpr std::array<std::u32string_view, 12> kMonths{U"先々月", U"先月", U"今月", U"来月",
                                                                 U"翌月",   U"同月", U"当月", U"本月",
                                                                 U"前月",   U"来週", U"今週", U"先週"};
    if (kAnchors.find(text[at]) == std::u32string_view::npos) {
        return std::nullopt;
    }
    Reader in(text, at);
    for (const std::u32string_view word : kYears) {
        if (in.takeWord(word)) {
            in.take(U"の");
            if (auto rest = readMonthDay(text, in.place()); rest && rest->certain) {
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

int monthByName(Reader& in) {
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
    Reader in(text, at);
    std::optional<int> day = in.number(1, 31, 2);
    if (day && in.kanji()) {
        return std::nullopt;
    }
    if (day && !in.take(U"- .")) {
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
            const auto year = in.number(1900, kLast, 4); // April 2023
            return year && !in.kanji() && !isDigit(in.peek())
                       ? std::optional<DateForm>({in.length(), {*year, month, 0}, true, "rule.date-english"})
                       : std::nullopt;
        }
    }
    DateForm out{in.length(), {0, month, *day}, true, "rule.date-english"};
    if (!isValidMonthDay(month, *day)) {
        return std::nullopt;
    }
    while (in.take(U", -")) {
    }
    const auto year = in.number(1900, kLast, 4);
    if (year && !in.kanji()) {
        out.day.year = *year;
        out.length = in.length();
    }
    return out;
}

// 02/14/2023, 14/02/2023: the year last, as notes in English have it.
std::optional<DateForm> readYearLast(std::u32string_view text, std::size_t at) {
    Reader in(text, at);
    const auto first = in.number(1, 31, 2);
    if (!first || in.kanji() || !in.take(U"/")) {
        return std::nullopt;
    }
    const auto second = in.number(1, 31, 2);
    if (!second || in.kanji() || !in.take(U"/")) {
        return std::nullopt;
    }
    const std::size_t digits = in.length();
    const auto year = in.number(1900, kLast, 4);
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

bool mayBeginDate(char32_t c) {
    static const std::vector<bool> kTable = [] {
        std::vector<bool> table(0x10000);
        for (char32_t x = 0; x < table.size(); ++x) {
            table[x] = isDigit(x) || isKanjiNumeral(x);
        }
        // Apostrophes of years; eras by letter and name; months in English; words that anchor.
        for (const std::u32string_view list :
             {std::u32string_view(U"'’`"), std::u32string_view(U"RHSTM令平昭大明"),
              std::u32string_view(U"JFMASONDjfmasond"), kAnchors}) {
            for (const char32_t x : list) {
                table[x] = true;
            }
        }
        return table;
    }();
    return c < kTable.size() && kTable[c];
}

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
        better(readMonthDay(text, at));
        if (isDigit(c)) {
            better(readEnglish(text, at));
            better(readYearLast(text, at));
        }
    } else if (isLatin(c)) {
        better(readEraDate(text, at));
        if (at == 0 || !isLatin(text[at - 1])) {
            better(readEnglish(text, at));
        }
    } else if (isKanji(c)) {
        better(readEraDate(text, at));
        better(readAnchored(text, at));
    }
    return best;
}

} // namespace kamei::detect::text
