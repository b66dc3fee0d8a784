#include <algorithm>
#include <array>

#include "core/detect/japanese/Numerals.h"
#include "core/detect/text/values/NumberShapes.h"
#include "core/detect/text/values/Traits.h"
#include "core/detect/text/values/Units.h"

// What stands beside names: ages and sexes that only the name shows to be such, and chart numbers.
namespace kamei::detect::text::values {
namespace {

using namespace japanese;

// The end of a name with its honorific and blanks.
std::size_t pastHonorific(const Page& page, std::size_t end) {
    std::size_t i = page.skipBlanks(end);
    if (const Cue* const honorific = page.cueFrom(i, kind::Honorific)) {
        i = honorific->end;
    }
    return i;
}

// "(9/24 15時": a date, not an age.
bool goesOn(const Page& page, std::size_t i) {
    return page.at(i) == U'/' && isDigit(page.at(i + 1));
}

// Length of a sex at a place; 0 where there is none.
std::size_t sexAt(const Page& page, std::size_t i) {
    const char32_t c = page.at(i);
    const char32_t next = page.at(i + 1);
    if (c == U'♂' || c == U'♀') {
        return 1;
    }
    if (c == U'男' || c == U'女') {
        const bool word = oneOf(U"性児子", next);
        const char32_t after = page.at(i + (word ? 2 : 1));
        return endsValue(after) || isOpen(after) || isDigit(after) ? (word ? 2 : 1) : 0;
    }
    const bool period = next == U'.' && isSpace(page.at(i + 2)); // "47J., m. "
    return oneOf(U"MFmf", c) && !isWord(next) && next != U'-' && (next != U'.' || period) ? 1 : 0;
}

// "昭和30年5月5日生(69)歳", "1998.4.2(24)": the age behind a date of birth. Its length, or 0.
std::size_t ageBehindDate(const Page& page, const Candidate& date, std::size_t& at) {
    if (date.label != Label::BirthDate && !(date.label == Label::Date && date.day.year != 0)) {
        return 0;
    }
    at = date.end + (page.at(date.end) == U'生' ? 1 : 0);
    const auto number = isOpen(page.at(at)) ? readNumeral(page.text, at + 1) : std::nullopt;
    ++at;
    return number && !number->kanji && number->length == 2 && number->value >= 10 &&
                   isClose(page.at(at + number->length))
               ? number->length
               : 0;
}

// Length of a number that may be an age: two digits, or one to three in brackets, or kanji.
std::size_t ageAt(const Page& page, std::size_t i, bool bracket) {
    const auto number = readNumeral(page.text, i);
    if (!number || number->value > kOldestAge || number->value < 1 || page.at(i) == U'0') {
        return 0;
    }
    if (number->kanji) {
        return number->value >= 10 && number->value != 100 && !isDigit(page.at(i)) ? number->length : 0;
    }
    return number->length == 2 || (bracket && number->length <= 3) ? number->length : 0;
}

std::size_t pastMarks(const Page& page, std::size_t i, std::u32string_view marks, std::size_t most) {
    const std::size_t from = i;
    while (i - from < most && (isBlank(page.at(i)) || oneOf(marks, page.at(i)))) {
        ++i;
    }
    return i;
}

// "塩原 トヨ様、96、", "寺田 マツヱ 87 同席", "(会社員、38)": two digits between marks behind a name; 0 for
// none.
std::size_t ageAmongWords(const Page& page, std::size_t i) {
    const auto twoDigits = [&](std::size_t at) {
        return isDigit(page.at(at)) && page.at(at) != U'0' && isDigit(page.at(at + 1));
    };
    if (oneOf(U"、,", page.at(i)) || isBlank(page.before(i))) {
        const std::size_t at = page.skipBlanks(oneOf(U"、,", page.at(i)) ? i + 1 : i);
        const char32_t behind = page.at(at + 2);
        // "知念 ウメ 91 36.3": a temperature may follow, another whole number is a table.
        const auto next = readNumeral(page.text, at + 3);
        const bool table = next && !next->kanji && !(next->length == 2 && page.at(at + 5) == U'.');
        const bool ends = behind == U'、' || behind == U',' || behind == U'。' || behind == U'(' ||
                          isSpace(behind) || page.startsWith(at + 2, U"です");
        return twoDigits(at) && ends && !table ? at : 0;
    }
    if (!isOpen(page.at(i)) || isDigit(page.at(i + 1))) {
        return 0;
    }
    for (std::size_t at = i + 1; at < i + 16 && !isClose(page.at(at)) && !isLineEnd(page.at(at)); ++at) {
        if (oneOf(U"、,・", page.at(at)) && twoDigits(page.skipBlanks(at + 1)) &&
            (isClose(page.at(page.skipBlanks(at + 1) + 2)) ||
             oneOf(U"、,", page.at(page.skipBlanks(at + 1) + 2)))) {
            return page.skipBlanks(at + 1);
        }
    }
    return 0;
}

// "神戸 修66M", "喜連川 綾 17F", "(F, 19)", "カルロス M 58", "柏 亀吉 三十七 石工", "(男)".
bool addPair(Page& page, const Candidate& name) {
    const std::size_t after = pastHonorific(page, name.end);
    const std::size_t i = pastMarks(page, after, U"(,、|●", 3);
    const bool marked = std::any_of(page.text.begin() + static_cast<std::ptrdiff_t>(after),
                                    page.text.begin() + static_cast<std::ptrdiff_t>(i), isOpen);
    if (const std::size_t months = monthsAt(page, i); months > 0) {
        page.add(i, i + months, Label::Age, 0.6, "rule.age-beside-name", rank::Word);
        return true;
    }
    if (const std::size_t sex = i > name.end ? sexAt(page, i) : 0; sex > 0) {
        const std::size_t at = pastMarks(page, i + sex, U",、/・|", 3);
        const std::size_t age = ageAt(page, at, true);
        const bool letter = isLatin(page.at(i));
        const bool aged = age > 0 && endsValue(page.at(at + age)) && !goesOn(page, at + age);
        if (aged) {
            page.add(at, at + age, Label::Age, 0.6, "rule.age-beside-name", rank::Word);
        }
        if (aged || !letter || (marked && isClose(page.at(i + sex)))) {
            page.add(i, i + sex, Label::Sex, 0.7, "rule.sex", rank::Word);
        }
        return aged;
    }
    const std::size_t age = ageAt(page, i, marked);
    if (age == 0) {
        return false;
    }
    const std::size_t at = pastMarks(page, i + age, U",、/・|", 2);
    const std::size_t sex = sexAt(page, at);
    const bool kanji = isKanjiNumeral(page.at(i));
    // "14F" may be a catheter, "5F" is a floor.
    const bool narrow = oneOf(U"MF", page.at(at)) && at == i + age &&
                        (age == 1 || (page.at(i) == U'1' && page.at(i + 1) < U'5'));
    if (sex > 0 && !narrow && (!kanji || i > after)) {
        page.add(i, i + age, Label::Age, 0.6, "rule.age-beside-name", rank::Word);
        page.add(at, at + sex, Label::Sex, 0.6, "rule.sex", rank::Word);
        return true;
    }
    // Older charts write the age in kanji behind the name, apart from both sides.
    if (kanji && i > name.end && endsValue(page.at(i + age)) && !isClose(page.before(i))) {
        page.add(i, i + age, Label::Age, 0.45, "rule.age-beside-name", rank::Shape);
        return true;
    }
    return false;
}

} // namespace

std::size_t monthsAt(const Page& page, std::size_t i) {
    static constexpr std::array<std::u32string_view, 7> kMonths{U"か月", U"ヶ月", U"カ月", U"ヵ月",
                                                                U"ケ月", U"箇月", U"ヵ月"};
    const auto number = readNumeral(page.text, i);
    if (!number || number->value < 1 || number->value > 36) {
        return 0;
    }
    const std::size_t end = i + number->length;
    for (const std::u32string_view word : kMonths) {
        if (page.startsWith(end, word)) {
            const std::size_t behind = end + word.size();
            return endsValue(page.at(behind)) || isOpen(page.at(behind)) || page.at(behind) == U'児'
                       ? behind - i
                       : 0;
        }
    }
    return 0;
}

bool speaksOfSomebody(const Page& page) {
    return std::any_of(page.found.begin(), page.found.end(), [](const Candidate& c) {
        return (c.rank >= rank::Shape || c.confidence >= 0.5) &&
               (c.label <= Label::OtherName || c.label == Label::ChartNo);
    });
}

// "(58)", "(90、女性)" behind a name.
void addTraitsBehindNames(Page& page, std::size_t first) {
    const std::size_t count = page.found.size();
    for (std::size_t k = first; k < count; ++k) {
        const Candidate name = page.found[k];
        std::size_t age = 0;
        if (const std::size_t length = ageBehindDate(page, name, age); length > 0) {
            page.add(age, age + length, Label::Age, 0.6, "rule.age-bracket", rank::Word);
        }
        if (name.label > Label::OtherName || addPair(page, name)) {
            continue;
        }
        const std::size_t open = page.skipBlanks(pastHonorific(page, name.end));
        if (age = ageAmongWords(page, open); age > 0) {
            page.add(age, age + 2, Label::Age, 0.45, "rule.age-bracket", rank::Shape);
            continue;
        }
        const std::size_t i = page.skipBlanks(isOpen(page.at(open)) ? open + 1 : open);
        const auto number = readNumeral(page.text, i);
        if (!isOpen(page.at(open)) || !number || page.at(i) == U'0' || number->kanji || number->length > 3 ||
            number->value > kOldestAge || !endsValue(page.at(i + number->length)) ||
            goesOn(page, i + number->length)) {
            continue;
        }
        page.add(i, i + number->length, Label::Age, 0.75, "rule.age-bracket", rank::Word);
    }
}

// A number right beside the patient's name is the chart number: "1100-2235 泉谷ハル様", "樋渡 勝(4401199)".
void addChartNumbers(Page& page) {
    const std::size_t count = page.found.size();
    for (std::size_t k = 0; k < count; ++k) {
        const Candidate name = page.found[k];
        if (name.label != Label::PatientName || name.confidence < 0.6) {
            continue;
        }
        std::size_t i = pastHonorific(page, name.end);
        while (isBlank(page.at(i)) || isOpen(page.at(i)) || isClose(page.at(i)) || oneOf(U"|/", page.at(i))) {
            ++i;
        }
        const auto behind = i - name.end <= 6 ? readNumberShape(page.text, i) : std::nullopt;
        if (behind && behind->digits.size() >= 4 && !page.taken(i, behind->end, rank::Shape) &&
            !oneOf(U"歳才年/", page.at(behind->end)) &&
            (isSpace(page.at(behind->end)) || isClose(page.at(behind->end)) ||
             page.at(behind->end) == U'、' || page.at(behind->end) == 0)) {
            page.add(i, behind->end, Label::ChartNo, 0.55, "rule.chart-number-beside-name", rank::Shape);
        }
        const std::size_t end = page.skipBlanksBack(name.start);
        std::size_t start = end;
        while (start > 0 &&
               (isDigit(page.before(start)) || page.before(start) == U'-' || (isLatin(page.before(start))))) {
            --start;
        }
        const auto before = end > start ? readNumberShape(page.text, start) : std::nullopt;
        if (before && before->end == end && before->digits.size() >= 4 && end < name.start &&
            !page.taken(start, end, rank::Shape)) {
            page.add(start, end, Label::ChartNo, 0.55, "rule.chart-number-beside-name", rank::Shape);
        }
    }
}

} // namespace kamei::detect::text::values
