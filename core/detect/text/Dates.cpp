#include <algorithm>
#include <array>

#include "core/detect/japanese/Numerals.h"
#include "core/detect/text/DateForms.h"
#include "core/detect/text/Page.h"

namespace kamei::detect::text {
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

bool measureAfter(const Page& page, std::size_t at) {
    static constexpr std::array<std::u32string_view, 44> kMeasures{
        U"症状", U"段階", U"点",     U"項目", U"PWB",  U"回",   U"量",  U"倍",  U"視野", U"HPF",  U"杯",
        U"錠",   U"mg",   U"mm",     U"cm",   U"mL",   U"ml",   U"%",   U"L/",  U"T",    U"周期", U"生食",
        U"以下", U"以上", U"程度",   U"単位", U"カ所", U"箇所", U"人",  U"名",  U"例",   U"本",   U"枚",
        U"拍",   U"分割", U"Levine", U"音",   U"度",   U"MLSB", U"LSB", U"RSB", U"肋間", U"週毎", U"割"};
    const std::size_t start = page.skipBlanks(at);
    return std::any_of(kMeasures.begin(), kMeasures.end(),
                       [&](std::u32string_view word) { return page.startsWith(start, word); });
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
            (isClose(next) || (isOpen(page.before(i)) && (next == U'、' || next == U',')))) {
            page.add(i, i + 4, Label::Date, 0.45, "rule.date-year", rank::Guess);
        }
        i += number ? number->length - 1 : 0;
    }
}

// "5月20日~24日", "5/8、10日", "来週14日": a day behind a date or a week. Its length, or 0.
std::size_t dayLength(const Page& page, std::size_t i, std::size_t previousEnd) {
    std::size_t digits = 0;
    int value = 0;
    while (digits < 3 && isDigit(page.at(i + digits))) {
        value = value * 10 + static_cast<int>(page.at(i + digits) - U'0');
        ++digits;
    }
    const std::size_t end = i + digits;
    if (digits == 0 || value < 1 || value > 31 || page.at(end) != U'日' || page.at(end + 1) == U'間') {
        return 0;
    }
    const bool week = page.endsWith(i, U"来週") || page.endsWith(i, U"今週") || page.endsWith(i, U"先週") ||
                      page.endsWith(i, U"翌週");
    const bool list = previousEnd > 0 && i == previousEnd + 1 &&
                      std::u32string_view(U"~-、,・/").find(page.before(i)) != std::u32string_view::npos;
    return week || list ? digits + 1 : 0;
}

// "16日に抜糸", "明後日12日", "28日退院": a day alone, unless it counts days.
std::size_t loneDayLength(const Page& page, std::size_t i) {
    static constexpr std::array<std::u32string_view, 28> kBehind{
        U"は",   U"か",     U"の歓", U"帰",   U"に",   U"の予約", U"の外来", U"の検査", U"の朝", U"の夜",
        U"の午", U"の当直", U"から", U"まで", U"付",   U"夜",     U"朝",     U"午前",   U"午後", U"昼",
        U"退院", U"転院",   U"入院", U"手術", U"受診", U"来院",   U"訪問",   U"面談"};
    static constexpr std::array<std::u32string_view, 14> kCounts{
        U"に1",  U"に2",    U"に3",  U"に一", U"に分",   U"に渡", U"にわた",
        U"に及", U"に及ぶ", U"に満", U"に亘", U"から数", U"夜勤", U"昼夜"};
    std::size_t digits = 0;
    int value = 0;
    while (digits < 3 && isDigit(page.at(i + digits))) {
        value = value * 10 + static_cast<int>(page.at(i + digits) - U'0');
        ++digits;
    }
    const std::size_t end = i + digits + 1;
    if (digits == 0 || digits > 2 || value < 1 || value > 31 || page.at(end - 1) != U'日') {
        return 0;
    }
    const auto starts = [&](std::u32string_view word) { return page.startsWith(end, word); };
    const std::size_t before = page.skipBlanksBack(i);
    const char32_t mark = page.before(before);
    const bool relative = page.endsWith(i, U"明後日") || page.endsWith(i, U"明日") ||
                          page.endsWith(i, U"あす") || page.endsWith(i, U"本日") ||
                          page.endsWith(i, U"今朝") || page.endsWith(i, U"昨日");
    const bool free =
        mark == 0 || isLineEnd(mark) || isStop(mark) || (isBlank(page.before(i)) && isKanji(mark));
    const bool named = std::any_of(kBehind.begin(), kBehind.end(), starts) &&
                       std::none_of(kCounts.begin(), kCounts.end(), starts);
    return relative || (free && named && mark != U'.' && mark != U'/') ? digits + 1 : 0;
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
        if (!date) {
            if (const std::size_t length = dayLength(page, i, previousEnd); length > 0) {
                page.add(i, i + length, Label::Date, 0.7, "rule.date-day", rank::Shape);
                previousEnd = i + length;
                i = previousEnd - 1;
            } else if (const std::size_t lone = isDigit(page.before(i)) ? 0 : loneDayLength(page, i);
                       lone > 0) {
                page.add(i, i + lone, Label::Date, 0.4, "rule.date-day", rank::Guess);
                previousEnd = i + lone;
                i = previousEnd - 1;
            }
            continue;
        }
        const std::size_t end = i + date->length;
        const bool monthAlone = date->day.year == 0 && date->day.day == 0 && page.before(end) == U'月';
        if (monthAlone && (spanAfter(page, end) || page.before(i) == U'第')) {
            continue;
        }
        double confidence = date->certain ? 0.95 : 0.7;
        int rank = date->certain ? rank::Cued : rank::Shape;
        const bool cued = page.labelBefore(i, kind::DateLabel | kind::BirthLabel) != nullptr;
        if (!date->certain) {
            const bool slash = date->source == "rule.date-slash";
            if (!cued &&
                (measureAfter(page, end) || (slash && (scoreBefore(page, i) || segmentBefore(page, i))))) {
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
            isBirth(page, i, end) && (date->day.year != 0 || page.role == "patient.birth-date");
        page.add(i, end, birth ? Label::BirthDate : Label::Date, confidence,
                 birth ? "rule.birth-date" : date->source, birth ? rank::Number : rank);
        page.found.back().day = date->day;
        previousEnd = end;
        i = end - 1;
    }
    addYearsInBrackets(page);
}

} // namespace kamei::detect::text
