#include <algorithm>
#include <array>

#include "core/detect/japanese/Numerals.h"
#include "core/detect/text/values/DateForms.h"
#include "core/detect/text/values/Units.h"

namespace kamei::detect::text::values {
namespace {

using namespace japanese;

// "L4/5", "C5/6", "Th11/12": segments of the spine.
bool segmentBefore(const Page& page, std::size_t at) {
    const char32_t c = page.before(at);
    return (c == U'L' || c == U'C' || c == U'T' || c == U'S') && (at < 2 || !isLatin(page.at(at - 2)));
}

// "6/5" behind one of these is a score, a share or a dose, not the fifth of June.
bool scoreBefore(const Page& page, std::size_t at) {
    static constexpr std::array<std::u32string_view, 44> kScores{
        U"Apgar",  U"APGAR", U"アプガー", U"NRS",   U"VAS",    U"FIM",   U"BI",   U"PAS",  U"MMSE",
        U"HDS-R",  U"GCS",   U"JCS",      U"MMT",   U"スコア", U"score", U"疼痛", U"痛み", U"点",
        U"Levine", U"grade", U"Grade",    U"stage", U"視力",   U"荷重",  U"断端", U"LN",   U"リンパ節",
        U"陽性",   U"血圧",  U"BP",       U"HbA1c", U"検出",   U"FRS",   U"Brs",  U"BRS",  U"ROM",
        U"坐薬",   U"N0(",   U"pN0(",     U"量",    U"Hoehn",  U"Yahr",  U"IADL", U"GDS"};
    const std::size_t end = page.skipBlanksBack(at);
    return std::any_of(kScores.begin(), kScores.end(),
                       [&](std::u32string_view word) { return page.endsWith(end, word); });
}

// t1/2: a half-life.
bool halfLife(const Page& page, std::size_t at) {
    return oneOf(U"tT", page.before(at)) && !isLatin(page.before(at - 1)) && page.startsWith(at, U"1/2");
}

bool measureAfter(const Page& page, std::size_t at) {
    static constexpr std::array<std::u32string_view, 44> kMeasures{
        U"症状", U"段階", U"点",     U"項目", U"PWB",  U"回",   U"量",  U"倍",  U"視野", U"HPF",  U"杯",
        U"錠",   U"mg",   U"mm",     U"cm",   U"mL",   U"ml",   U"%",   U"L/",  U"T",    U"周期", U"生食",
        U"以下", U"以上", U"程度",   U"単位", U"カ所", U"箇所", U"人",  U"名",  U"例",   U"本",   U"枚",
        U"拍",   U"分割", U"Levine", U"音",   U"度",   U"MLSB", U"LSB", U"RSB", U"肋間", U"週毎", U"割"};
    const std::size_t start = page.skipBlanks(at);
    return std::any_of(kMeasures.begin(), kMeasures.end(), [&](std::u32string_view word) {
        // "8/30 TUR-BT" is no half tablet.
        return page.startsWith(start, word) && !(word == U"T" && isLatin(page.at(start + 1)));
    });
}

// "3月" in "3月目" or "12月齢" is a span of time.
bool spanAfter(const Page& page, std::size_t at) {
    static constexpr std::array<std::u32string_view, 8> kSpans{U"目", U"齢",   U"間",   U"経",
                                                               U"毎", U"おき", U"例会", U"経過"};
    return std::any_of(kSpans.begin(), kSpans.end(),
                       [&](std::u32string_view word) { return page.startsWith(at, word); });
}

bool continuesNumber(const Page& page, std::size_t at, std::size_t previousEnd) {
    const char32_t before = page.before(at);
    if (isDigit(before) || isKanjiNumeral(before)) {
        return isDigit(page.at(at)) || isKanjiNumeral(page.at(at));
    }
    if (!isDigit(page.at(at))) {
        return false;
    }
    if (at >= 2 && (before == U'.' || before == U'/' || before == U'-') && at != previousEnd + 1) {
        return isDigit(page.at(at - 2)) || isLatin(page.at(at - 2));
    }
    if (!isLatin(before) || at < 2 || !isLatin(page.at(at - 2))) {
        return false;
    }
    // "OPE8/30", but not "Th10/11" or "LC4/5".
    const auto form = readDate(page.text, at);
    const bool vertebra = page.endsWith(at, U"Th") || page.endsWith(at, U"TH") || page.endsWith(at, U"SI");
    return vertebra || !form || form->day.day == 0 || form->source == "rule.date-compact";
}

bool isBirth(const Page& page, std::size_t start, std::size_t end) {
    const std::size_t after = page.skipBlanks(end);
    if (page.at(after) == U'生' && !page.startsWith(after, U"生活") && !page.startsWith(after, U"生検") &&
        !page.startsWith(after, U"生食") && !page.startsWith(after, U"生理")) {
        return true;
    }
    const Cue* const label = page.labelBefore(start, kind::BirthLabel);
    return label != nullptr;
}

// "H19から", "S40~S44", "R3以降", "S49入社": years of an era by its letter, which numbers much else besides.
void addEraYears(Page& page) {
    static constexpr std::array<std::u32string_view, 9> kBehind{U"から", U"以降",   U"より", U"まで", U"頃",
                                                                U"入社", U"生まれ", U"卒",   U"~"};
    for (std::size_t i = 0; i + 1 < page.text.size(); ++i) {
        const char32_t c = page.text[i];
        // Segments of the spine, the liver and the lungs are S1 to S10, those who train are R1 to R5.
        const int least = c == U'S' ? 15 : c == U'H' ? 6 : c == U'R' ? 2 : 0;
        if (least == 0 || !isDigit(page.text[i + 1]) || isLatin(page.before(i)) || isDigit(page.before(i))) {
            continue;
        }
        const auto number = readNumeral(page.text, i + 1);
        if (!number || number->kanji || number->length > 2 || number->value < least ||
            !yearOf(*eraByLetter(c), static_cast<int>(number->value))) {
            continue;
        }
        const std::size_t end = i + 1 + number->length;
        const bool led = std::any_of(kBehind.begin(), kBehind.end(),
                                     [&](std::u32string_view word) { return page.startsWith(end, word); });
        const bool ends = page.before(i) == U'~' && isDigit(page.before(i - 1)) && !isWord(page.at(end));
        if (led || ends) {
            page.add(i, end, Label::Date, 0.4, "rule.date-year", rank::Guess);
        }
        i = end - 1;
    }
}

// "(~'82)": a short year by its apostrophe; 0 when there is none.
std::size_t apostropheYear(const Page& page, std::size_t i) {
    const bool year = isDigit(page.at(i + 1)) && isDigit(page.at(i + 2)) && !isWord(page.at(i + 3));
    return year && !isWord(page.before(i)) && (isClose(page.at(i + 3)) || page.at(i + 3) == U'~') ? 3 : 0;
}

// おととしの3月: the year in kana.
std::size_t withYearInWords(const Page& page, std::size_t start) {
    for (const std::u32string_view word :
         {std::u32string_view(U"おととしの"), std::u32string_view(U"おととし")}) {
        if (page.endsWith(start, word)) {
            return start - word.size();
        }
    }
    return start;
}

void addYearsInBrackets(Page& page) {
    // "(H29、清水谷泌尿器科)": the same with an era.
    for (std::size_t i = 1; i + 2 < page.text.size(); ++i) {
        const Era* const era = isOpen(page.before(i)) ? eraByLetter(page.text[i]) : nullptr;
        const auto number = era != nullptr ? readNumeral(page.text, i + 1) : std::nullopt;
        if (number && !number->kanji && number->length <= 2 &&
            yearOf(*era, static_cast<int>(number->value)) && number->value > 1 &&
            std::u32string_view(U"、,)").find(page.at(i + 1 + number->length)) != std::u32string_view::npos &&
            era->letter != U'T' && era->letter != U'M') {
            page.add(i, i + 1 + number->length, Label::Date, 0.4, "rule.date-year", rank::Guess);
        }
    }
    // "(2001、国立病院)", "(Li 中毒 2016)": a year that a bracket or comma sets apart.
    for (std::size_t i = 0; i + 4 <= page.text.size(); ++i) {
        if (!isDigit(page.text[i]) || isWord(page.before(i)) || page.before(i) == U'.' ||
            page.before(i) == U'-' || page.before(i) == U'/' || page.before(i) == U',') {
            continue;
        }
        const auto number = readNumeral(page.text, i);
        const bool open = isOpen(page.before(i)) || isBlank(page.before(i));
        const char32_t next = page.at(i + 4);
        if (number && number->length == 4 && !number->kanji && number->value >= 1940 &&
            number->value <= 2035 && open &&
            (isClose(next) || (isOpen(page.before(i)) && (next == U'、' || next == U',' || next == U'~')))) {
            page.add(i, i + 4, Label::Date, 0.45, "rule.date-year", rank::Guess);
        }
        i += number ? number->length - 1 : 0;
    }
}

// "5月20日~24日", "5/8、10日", "来週14日": a day behind a date or a week. Its length, or 0.
std::size_t dayLength(const Page& page, std::size_t i, std::size_t previousEnd) {
    const auto number = readNumeral(page.text, i);
    const std::size_t digits = number ? number->length : 0;
    const std::size_t end = i + digits;
    if (!number || digits > 3 || number->value < 1 || number->value > 31 || page.at(end) != U'日' ||
        oneOf(U"間目前後分お中酔市毎", page.at(end + 1)) || isKanjiNumeral(page.at(end + 1)) ||
        isDigit(page.at(end + 1))) { // 一日三回, 二日酔い, 四日市
        return 0;
    }
    const std::size_t lead = page.before(i) == U'の' ? i - 1 : i; // 来週の三日
    const bool week = page.endsWith(lead, U"来週") || page.endsWith(lead, U"今週") ||
                      page.endsWith(lead, U"先週") || page.endsWith(lead, U"翌週");
    const bool list = previousEnd > 0 && i == previousEnd + 1 &&
                      std::u32string_view(U"~-、,・/").find(page.before(i)) != std::u32string_view::npos;
    return week || list ? digits + 1 : 0;
}

// "訪問日 6.7.9", "R6.10.2~10.18": years without their era behind a label, days behind a date of this form.
std::size_t dottedLength(const Page& page, std::size_t i, std::size_t previousEnd) {
    std::array<int, 3> parts{};
    std::size_t count = 0;
    std::size_t end = i;
    while (count < 3) {
        const auto number = isDigit(page.at(end)) ? readNumeral(page.text, end) : std::nullopt;
        if (!number || number->kanji || number->length > 2) {
            return 0;
        }
        parts[count] = static_cast<int>(number->value);
        ++count;
        end += number->length;
        if (page.at(end) != U'.' || !isDigit(page.at(end + 1))) {
            break;
        }
        ++end;
    }
    if (page.before(end) == U'.' || isLatin(page.at(end)) || page.at(end) == U'%') {
        return 0;
    }
    const bool range = count == 2 && previousEnd > 0 && i == previousEnd + 1 && page.before(i) == U'~' &&
                       page.before(i - 1 - (isDigit(page.before(previousEnd - 1)) ? 2 : 1)) == U'.' &&
                       isValidMonthDay(parts[0], parts[1]);
    const bool labelled =
        count == 3 && isValidMonthDay(parts[1], parts[2]) && page.labelBefore(i, kind::DateLabel) != nullptr;
    return range || labelled ? end - i : 0;
}

} // namespace

void findDates(Page& page) {
    std::size_t previousEnd = 0;
    for (std::size_t i = 0; i < page.text.size(); ++i) {
        const char32_t c = page.text[i];
        if (!mayBeginDate(c) || c == U'`') {
            continue;
        }
        if (continuesNumber(page, i, previousEnd)) {
            continue;
        }
        auto date = readDate(page.text, i);
        if (!date && c == U'\'' && apostropheYear(page, i) > 0) {
            page.add(i, i + 3, Label::Date, 0.45, "rule.date-year", rank::Guess);
            continue;
        }
        if (!date) {
            if (const std::size_t length = dayLength(page, i, previousEnd); length > 0) {
                page.add(i, i + length, Label::Date, 0.7, "rule.date-day", rank::Shape);
                previousEnd = i + length;
                i = previousEnd - 1;
            } else if (const std::size_t dotted = dottedLength(page, i, previousEnd); dotted > 0) {
                page.add(i, i + dotted, Label::Date, 0.5, "rule.date-short-year", rank::Shape);
                previousEnd = i + dotted;
                i = previousEnd - 1;
            }
            continue;
        }
        const bool cued = page.labelBefore(i, kind::DateLabel | kind::BirthLabel) != nullptr;
        const bool ranges =
            previousEnd > 0 && i - previousEnd < 4 &&
            page.slice(previousEnd, i).find(U'~') != page.text.npos; // "R6・8・1 ~ R10・7・31"
        if (date->source == "rule.date-dots" && !cued && !ranges && page.at(i + date->length) != U'(') {
            // "R6.8/2" without a key word: its month alone is sure enough to be shown.
            const std::size_t slash = page.slice(i, i + date->length).find(U'/');
            if (slash == page.text.npos) {
                continue;
            }
            date->length = slash;
            date->day.day = 0;
            date->source = "rule.date-era";
        }
        if (date->source == "rule.date-open-era" && !date->certain && !cued) {
            continue;
        }
        const std::size_t end = i + date->length;
        const bool monthAlone = date->day.year == 0 && date->day.day == 0 && page.before(end) == U'月';
        if (monthAlone && (spanAfter(page, end) || page.before(i) == U'第')) {
            continue;
        }
        double confidence = date->certain ? 0.95 : 0.7;
        int rank = date->certain ? rank::Cued : rank::Shape;
        if (!date->certain) {
            const bool slash = date->source == "rule.date-slash";
            if (!cued && (measureAfter(page, end) ||
                          (slash && (scoreBefore(page, i) || segmentBefore(page, i) || halfLife(page, i))))) {
                continue;
            }
            if (date->source == "rule.date-compact") {
                const bool number = page.labelBefore(i, kind::NumberLabel) != nullptr && !cued;
                if (number || isLatin(page.before(i)) || page.at(end) == U'-') {
                    continue;
                }
                confidence = cued ? 0.9 : 0.6;
            }
            if (date->day.day == 0 && !cued) {
                confidence = 0.5;
            }
        }
        const bool birth =
            isBirth(page, i, end) && (date->day.year != 0 || date->source == "rule.date-open-era" ||
                                      page.role == "patient.birth-date");
        const std::size_t start = date->day.year == 0 ? withYearInWords(page, i) : i;
        page.add(start, end, birth ? Label::BirthDate : Label::Date, confidence,
                 birth ? "rule.birth-date" : date->source, birth ? rank::Number : rank);
        page.found.back().day = date->day;
        previousEnd = end;
        i = end - 1;
    }
    addYearsInBrackets(page);
    addEraYears(page);
}

} // namespace kamei::detect::text::values
