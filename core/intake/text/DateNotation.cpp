#include "core/intake/text/DateNotation.h"

#include <algorithm>
#include <array>

#include "core/intake/encoding/Unicode.h"

namespace kamei::intake::text {

/// Reads one date from front to back.
class DateScanner {
public:
    using Field = DateNotation::Field;
    using Digits = DateNotation::Digits;
    using Part = DateNotation::Part;

    explicit DateScanner(std::u32string_view text) : m_text(text) {}

    std::optional<DateNotation> scan() {
        literalWhile([](char32_t c) { return isSpace(c); });
        if (!(compact() || english() || ordered()) || !tail() || !valid()) {
            return std::nullopt;
        }
        m_out.m_parts = std::move(m_parts);
        m_out.settlePadding();
        return std::move(m_out);
    }

private:
    struct Number {
        std::int32_t value = 0;
        std::int32_t length = 0;
        Part part;
    };

    static bool isSpace(char32_t c) { return c == U' ' || c == 0x3000 || c == U'\t'; }
    static bool isDigit(char32_t c) { return (c >= U'0' && c <= U'9') || (c >= 0xFF10 && c <= 0xFF19); }
    static std::int32_t digitOf(char32_t c) {
        return static_cast<std::int32_t>(c >= 0xFF10 ? c - 0xFF10 : c - U'0');
    }
    [[nodiscard]] char32_t at(std::size_t i) const { return i < m_text.size() ? m_text[i] : 0; }
    [[nodiscard]] char32_t now() const { return at(m_at); }

    template <class Test> void literalWhile(Test test) {
        const std::size_t begin = m_at;
        while (m_at < m_text.size() && test(now())) {
            ++m_at;
        }
        if (m_at > begin) {
            m_parts.push_back(
                {Field::Literal, std::u32string(m_text.substr(begin, m_at - begin)), Digits::Ascii, 0});
        }
    }

    bool literal(std::u32string_view text) {
        if (!m_text.substr(m_at).starts_with(text)) {
            return false;
        }
        m_parts.push_back({Field::Literal, std::u32string(text), Digits::Ascii, 0});
        m_at += text.size();
        return true;
    }

    /// A number at the present place, not yet taken.
    [[nodiscard]] std::optional<Number> number() const {
        Number out;
        std::size_t i = m_at;
        while (isDigit(at(i)) && out.length < 9) {
            out.value = out.value * 10 + digitOf(at(i));
            out.part.digits = at(i) >= 0xFF10 ? Digits::FullWidth : Digits::Ascii;
            ++out.length;
            ++i;
        }
        if (out.length == 0) {
            return kanjiNumber();
        }
        if (at(m_at) == U'0' || at(m_at) == 0xFF10 || out.length == 4) {
            out.part.width = out.length;
        }
        out.part.text = std::u32string(m_text.substr(m_at, static_cast<std::size_t>(out.length)));
        return out;
    }

    [[nodiscard]] std::optional<Number> kanjiNumber() const {
        static constexpr std::u32string_view kDigits = U"〇一二三四五六七八九";
        Number out;
        out.part.digits = Digits::Kanji;
        if (now() == U'元') {
            out.value = 1;
            out.length = 1;
            out.part.text = U"元";
            out.part.digits = Digits::Ascii;
            return out;
        }
        bool ten = false;
        for (std::size_t i = m_at; out.length < 5; ++i, ++out.length) {
            if (at(i) == U'十') {
                out.value = (out.value == 0 ? 1 : out.value) * 10;
                ten = true;
                continue;
            }
            const std::size_t digit = at(i) == 0 ? std::u32string_view::npos : kDigits.find(at(i));
            if (digit == std::u32string_view::npos) {
                break;
            }
            out.value = ten ? out.value + static_cast<std::int32_t>(digit)
                            : out.value * 10 + static_cast<std::int32_t>(digit);
        }
        if (out.length == 0) {
            return std::nullopt;
        }
        out.part.text = std::u32string(m_text.substr(m_at, static_cast<std::size_t>(out.length)));
        return out;
    }

    void take(const Number& number, Field field) {
        m_parts.push_back(number.part);
        m_parts.back().field = field;
        m_at += static_cast<std::size_t>(number.length);
        CalendarDate& date = m_out.m_date;
        if (field == Field::Year) {
            date.year = number.value;
        } else if (field == Field::Month) {
            date.month = number.value;
        } else if (field == Field::Day) {
            date.day = number.value;
        }
    }

    /// YYYYMMDD, with a time of day behind it (DICOM DT, HL7 TS), or YYYYMM.
    bool compact() {
        std::size_t digits = 0;
        while (isDigit(at(m_at + digits))) {
            ++digits;
        }
        if (digits != 6 && digits != 8 && digits != 10 && digits != 12 && digits != 14 &&
            digits != 17) { // SS-MIX2 writes milliseconds without a point
            return false;
        }
        const auto fixed = [&](std::size_t from, std::size_t count) {
            std::int32_t value = 0;
            for (std::size_t i = 0; i < count; ++i) {
                value = value * 10 + digitOf(at(m_at + from + i));
            }
            return value;
        };
        const Digits style = now() >= 0xFF10 ? Digits::FullWidth : Digits::Ascii;
        const CalendarDate date{fixed(0, 4), fixed(4, 2), digits > 6 ? fixed(6, 2) : 0};
        if (date.year < 1850 || date.year > 2150 ||
            !isCalendarDay({date.year, date.month, std::max(date.day, digits > 6 ? 0 : 1)})) {
            return false;
        }
        m_out.m_date = date;
        m_out.m_compact = true;
        m_parts.push_back({Field::Year, {}, style, 4});
        m_parts.push_back({Field::Month, {}, style, 2});
        if (digits > 6) {
            m_parts.push_back({Field::Day, {}, style, 2});
        }
        if (digits > 8) {
            m_parts.push_back({Field::Tail, std::u32string(m_text.substr(m_at + 8, digits - 8)), style, 0});
        }
        m_at += digits;
        return true;
    }

    [[nodiscard]] std::optional<std::pair<std::int32_t, std::size_t>> monthName() const {
        static constexpr std::array<std::u32string_view, 12> kNames{
            U"january", U"february", U"march",     U"april",   U"may",      U"june",
            U"july",    U"august",   U"september", U"october", U"november", U"december"};
        std::u32string word;
        for (std::size_t i = m_at; (at(i) | 32U) >= U'a' && (at(i) | 32U) <= U'z'; ++i) {
            word.push_back(at(i) | 32U);
        }
        if (word.size() < 3) {
            return std::nullopt;
        }
        for (std::size_t i = 0; i < kNames.size(); ++i) {
            if (kNames[i].starts_with(word)) {
                return std::pair{static_cast<std::int32_t>(i + 1), word.size()};
            }
        }
        return std::nullopt;
    }

    bool takeMonthName() {
        const auto name = monthName();
        if (!name) {
            return false;
        }
        m_parts.push_back(
            {Field::MonthName, std::u32string(m_text.substr(m_at, name->second)), Digits::Ascii, 0});
        m_out.m_date.month = name->first;
        m_at += name->second;
        return true;
    }

    void joint() {
        literalWhile([](char32_t c) { return c == U' ' || c == U',' || c == U'.' || c == U'-'; });
    }
    void ordinal() {
        for (const std::u32string_view end : {U"st", U"nd", U"rd", U"th"}) {
            // 1st becomes 2nd and so on: leave the ending out rather than write a wrong one.
            if (m_text.substr(m_at).starts_with(end)) {
                m_at += end.size();
                return;
            }
        }
    }

    /// "August 2, 1958", "Aug 1958", "2 Aug 1958", "02-AUG-1958".
    bool english() {
        const std::size_t begin = m_at;
        const std::size_t count = m_parts.size();
        const auto day = number();
        if (day && day->length <= 2) {
            take(*day, Field::Day);
            ordinal();
            joint();
        }
        if (!takeMonthName()) {
            return back(begin, count);
        }
        joint();
        auto next = number();
        if (m_out.m_date.day == 0 && next && next->length <= 2) {
            take(*next, Field::Day);
            ordinal();
            joint();
            next = number();
        }
        if (next && next->length == 4) {
            take(*next, Field::Year);
        }
        return m_out.m_date.day != 0 || m_out.m_date.year != 0 || back(begin, count);
    }

    /// Gives up a reading.
    bool back(std::size_t to, std::size_t parts) {
        m_at = to;
        m_parts.resize(parts);
        m_out.m_date = {};
        return false;
    }

    bool eraName() {
        for (const Era& era : eras()) {
            std::size_t length = 0;
            const char32_t first = now();
            if (m_text.substr(m_at).starts_with(era.name)) {
                length = era.name.size();
            } else if (first == era.letter || first == era.letter + 32 || first == era.letter + 0xFEE0 ||
                       first == era.name.front()) {
                length = 1;
            }
            if (length == 0) {
                continue;
            }
            const std::size_t begin = m_at;
            m_at += length;
            std::size_t dot = now() == U'.' || isSpace(now()) ? 1 : 0;
            m_at += dot;
            const auto year = number();
            if (!year || year->length > 3 || year->value == 0) {
                m_at = begin;
                return false;
            }
            m_parts.push_back(
                {Field::EraName, std::u32string(m_text.substr(begin, length)), Digits::Ascii, 0});
            if (dot > 0) {
                m_parts.push_back(
                    {Field::Literal, std::u32string(m_text.substr(begin + length, 1)), Digits::Ascii, 0});
            }
            take(*year, Field::EraYear);
            m_out.m_date.year = era.first.year + year->value - 1;
            return true;
        }
        return false;
    }

    /// A year in brackets behind another, as in 昭和33年（1958年）.
    void otherYear() {
        const std::size_t begin = m_at;
        const std::size_t count = m_parts.size();
        const CalendarDate known = m_out.m_date;
        if (literal(U"（") || literal(U"(")) {
            const auto year = number();
            const bool read = eraName() || (year && year->length == 4 && (take(*year, Field::Year), true));
            literal(U"年");
            if (read && (literal(U"）") || literal(U")")) && m_out.m_date.year == known.year) {
                return;
            }
        }
        m_at = begin;
        m_parts.resize(count);
        m_out.m_date = known;
    }

    static bool isSeparator(char32_t c) {
        return c == U'/' || c == U'-' || c == U'.' || c == 0xFF0F || c == 0xFF0D || c == 0xFF0E ||
               c == 0x2010 || c == 0x2212;
    }

    /// Year (or era), month, day with 年月日 or separators; parts may be missing from either side.
    bool ordered() {
        bool hasYear = eraName();
        if (!hasYear) {
            const auto first = number();
            if (!first) {
                return false;
            }
            const std::size_t after = m_at + static_cast<std::size_t>(first->length);
            if (first->length == 4 || at(after) == U'年') {
                take(*first, Field::Year);
                hasYear = true;
                if (first->length == 2) { // '98年: without its century it is no year to count with
                    return false;
                }
            } else if (isSeparator(at(after)) && first->length <= 2) {
                return monthDay(*first);
            }
        }
        if (hasYear) {
            otherYear(); // 1958（昭和33）年
        }
        if (hasYear && literal(U"年")) {
            otherYear(); // 1958年（昭和33年）
            literal(U"年");
            literalWhile([](char32_t c) { return isSpace(c); });
            return unitMonthDay() || m_out.m_date.month == 0;
        }
        if (hasYear && isSeparator(now())) {
            return separatedMonthDay();
        }
        return !hasYear && unitMonthDay();
    }

    bool unitMonthDay() {
        const auto month = number();
        if (!month || month->length > 3 || at(m_at + static_cast<std::size_t>(month->length)) != U'月') {
            return false;
        }
        take(*month, Field::Month);
        literal(U"月");
        const std::size_t begin = m_at;
        const std::size_t count = m_parts.size();
        literalWhile([](char32_t c) { return isSpace(c); });
        const auto day = number();
        if (day && at(m_at + static_cast<std::size_t>(day->length)) == U'日') {
            take(*day, Field::Day);
            literal(U"日");
        } else {
            m_at = begin;
            m_parts.resize(count);
        }
        return true;
    }

    bool separatedMonthDay() {
        const char32_t separator = now();
        literal(std::u32string(1, separator));
        const auto month = number();
        if (!month || month->length > 2) {
            return false;
        }
        take(*month, Field::Month);
        if (now() != separator) {
            return true;
        }
        literal(std::u32string(1, separator));
        const auto day = number();
        if (!day || day->length > 2) {
            return false;
        }
        take(*day, Field::Day);
        return true;
    }

    /// "8/2", "08/02/1958" (month first unless only the other way is possible).
    bool monthDay(const Number& first) {
        const std::size_t begin = m_at;
        const char32_t separator = at(m_at + static_cast<std::size_t>(first.length));
        m_at = begin + static_cast<std::size_t>(first.length) + 1;
        const auto second = number();
        m_at = begin;
        if (!second || second->length > 2) {
            return false;
        }
        const bool dayFirst = first.value > 12 && second->value <= 12;
        take(first, dayFirst ? Field::Day : Field::Month);
        literal(std::u32string(1, separator));
        take(*second, dayFirst ? Field::Month : Field::Day);
        if (now() != separator) {
            return separator == U'/' || separator == 0xFF0F; // 1.2 and 3-4 are numbers
        }
        literal(std::u32string(1, separator));
        const auto year = number();
        if (!year || year->length != 4) {
            return false;
        }
        take(*year, Field::Year);
        return true;
    }

    /// Weekday and time of day may follow; anything else is not a date.
    bool tail() {
        static constexpr std::u32string_view kWeekdays = U"日月火水木金土";
        const std::size_t begin = m_at;
        const std::size_t count = m_parts.size();
        literalWhile([](char32_t c) { return isSpace(c); });
        const bool open = literal(U"（") || literal(U"(");
        if (open && now() != 0 && kWeekdays.find(now()) != std::u32string_view::npos) {
            m_parts.push_back({Field::Weekday, std::u32string(1, now()), Digits::Ascii, 0});
            ++m_at;
            literal(U"曜日") || literal(U"曜");
            if (!literal(U"）") && !literal(U")")) {
                return false;
            }
        } else {
            m_at = begin;
            m_parts.resize(count);
        }
        static constexpr std::u32string_view kTime =
            U"0123456789：０１２３４５６７８９:.TZ+- 　時分秒頃午前後AMPamp,";
        const std::u32string_view rest = m_text.substr(m_at);
        const bool time = std::all_of(rest.begin(), rest.end(),
                                      [](char32_t c) { return kTime.find(c) != std::u32string_view::npos; });
        const bool joined = rest.empty() || isSpace(rest.front()) || rest.front() == U'T' || m_out.m_compact;
        if (!time || !joined) {
            return false;
        }
        if (!rest.empty()) {
            m_parts.push_back({Field::Tail, std::u32string(rest), Digits::Ascii, 0});
        }
        return true;
    }

    [[nodiscard]] bool valid() const {
        const CalendarDate& date = m_out.m_date;
        if (date.month == 0) {
            return date.day == 0 && date.year >= 1850 && date.year <= 2150;
        }
        const bool yearFits = date.year == 0 || (date.year >= 1850 && date.year <= 2150);
        const bool anything = date.year != 0 || date.day != 0;
        return yearFits && anything &&
               isCalendarDay({date.year == 0 ? 2000 : date.year, date.month, date.day == 0 ? 1 : date.day});
    }

    std::u32string_view m_text;
    std::size_t m_at = 0;
    std::vector<Part> m_parts;
    DateNotation m_out;
};

std::optional<DateNotation> DateNotation::parse(std::string_view utf8) {
    constexpr std::size_t kLongest = 120;
    if (utf8.empty() || utf8.size() > kLongest) {
        return std::nullopt;
    }
    const std::u32string text = encoding::toUtf32(utf8);
    return DateScanner(text).scan();
}

} // namespace kamei::intake::text
