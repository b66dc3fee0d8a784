#include <algorithm>
#include <array>
#include <vector>

#include "core/detect/japanese/Calendar.h"
#include "core/detect/japanese/Numerals.h"
#include "core/detect/text/values/Traits.h"
#include "core/detect/text/values/Units.h"

// Days without a month, and days that only the lines around them show to be dates. Beside durations and
// doses such a day proves little: but for the plainest they are proposed only where somebody is spoken of.
namespace kamei::detect::text::values {
namespace {

using namespace japanese;

/// "20日": a number before 日 that may be a day of the month.
struct DayMark {
    std::size_t start = 0;
    std::size_t end = 0;
    int day = 0;
    bool counted = false; ///< "3日間", "術後7日": days that are counted
    bool shown = false;   ///< something beside it says that it is a date
    bool plain = false;   ///< and it begins what is said: "28日退院"
};

template <std::size_t N>
bool startsAny(const Page& page, std::size_t at, const std::array<std::u32string_view, N>& words) {
    return std::any_of(words.begin(), words.end(),
                       [&](std::u32string_view word) { return page.startsWith(at, word); });
}

template <std::size_t N>
bool endsAny(const Page& page, std::size_t at, const std::array<std::u32string_view, N>& words) {
    return std::any_of(words.begin(), words.end(),
                       [&](std::u32string_view word) { return page.endsWith(at, word); });
}

bool endsLine(char32_t c) {
    return c == 0 || isLineEnd(c);
}

// "10:05", "13時": a time of day, not "8時間".
bool timeAt(const Page& page, std::size_t at) {
    std::size_t digits = 0;
    while (digits < 3 && isDigit(page.at(at + digits))) {
        ++digits;
    }
    const char32_t mark = page.at(at + digits);
    return digits > 0 && digits < 3 &&
           ((mark == U':' && isDigit(page.at(at + digits + 1))) ||
            (mark == U'時' && page.at(at + digits + 1) != U'間'));
}

// "に1回", "に二度": how often.
bool oftenAt(const Page& page, std::size_t at) {
    const auto number = page.at(at) == U'に' ? readNumeral(page.text, at + 1) : std::nullopt;
    return number && (number->kanji ? oneOf(U"回度", page.at(at + 1 + number->length)) : true);
}

bool countsBehind(const Page& page, std::size_t at) {
    static constexpr std::array<std::u32string_view, 58> kCounts{
        U"間",   U"前",   U"後",   U"目",     U"分",     U"量",     U"毎",     U"おき", U"以内", U"以上",
        U"未満", U"程度", U"ほど", U"くらい", U"ぐらい", U"連続",   U"連日",   U"ごと", U"齢",   U"経",
        U"置き", U"処方", U"回",   U"あた",   U"当た",   U"たった", U"ずつ",   U"も",   U"しか", U"ばかり",
        U"過ぎ", U"かけ", U"続",   U"休薬",   U"絶食",   U"安静",   U"半",     U"中",   U"数",   U"内",
        U"弱",   U"強",   U"なし", U"余",     U"投与",   U"内服",   U"遅",     U"早",   U"延",   U"短",
        U"滞在", U"市",   U"町",   U"月",     U"に分",   U"に渡",   U"にわた", U"に亘"};
    if (startsAny(page, at, kCounts) || page.startsWith(at, U"に及") || page.startsWith(at, U"に満") ||
        page.startsWith(at, U"から数") || page.startsWith(at, U"平均") || page.startsWith(at, U"の経過") ||
        oftenAt(page, at)) {
        return true;
    }
    // "1日2回", "3日×2": a number behind it is a dose, unless it is a time.
    if (isDigit(page.at(at)) || isKanjiNumeral(page.at(at)) || oneOf(U"×x→/", page.at(at))) {
        return !timeAt(page, at);
    }
    // "3日で軽快": how long it took; "25日でいいです" is not.
    return page.at(at) == U'で' && !page.startsWith(at, U"でい") && !isStop(page.at(at + 1));
}

bool countsBefore(const Page& page, std::size_t at) {
    static constexpr std::array<std::u32string_view, 45> kCounts{
        U"術後", U"第",   U"約",   U"週",         U"計",   U"全",     U"あと", U"生後",   U"産後",
        U"産褥", U"日齢", U"各",   U"毎",         U"中",   U"丸",     U"まる", U"わずか", U"過去",
        U"直近", U"この", U"ここ", U"以後",       U"以降", U"投与",   U"内服", U"間隔",   U"最大",
        U"最長", U"最低", U"延べ", U"少なくとも", U"発症", U"有休",   U"有給", U"休業",   U"加療",
        U"安静", U"絶食", U"処方", U"期間",       U"入院", U"たった", U"連続", U"+",      U"後"};
    const char32_t before = page.before(at);
    if (oneOf(U".-~×xX*%±+年月今平休祝本連毎", before) || isLatin(before) || before == U'/') {
        return true;
    }
    // "2、3日": a range of days.
    const bool range = (before == U'、' || before == U',' || before == U'・') && at >= 2 &&
                       (isDigit(page.at(at - 2)) || isKanjiNumeral(page.at(at - 2)));
    return range || endsAny(page, page.skipBlanksBack(at), kCounts);
}

bool showsBehind(const Page& page, std::size_t at) {
    static constexpr std::array<std::u32string_view, 52> kDates{
        U"は",   U"から", U"より", U"まで", U"迄",   U"以降", U"付",   U"朝",   U"夜",   U"午前", U"午後",
        U"昼",   U"夕",   U"深夜", U"未明", U"退院", U"転院", U"入院", U"手術", U"受診", U"来院", U"訪問",
        U"面談", U"面会", U"締切", U"〆",   U"搬送", U"搬入", U"帰",   U"着",   U"発",   U"戻",   U"予",
        U"採血", U"透析", U"検査", U"外来", U"再診", U"再来", U"開始", U"終了", U"日勤", U"夜勤", U"当直",
        U"希望", U"休",   U"通夜", U"葬",   U"に",   U"の",   U"か",   U"で"};
    const std::size_t next = page.skipBlanks(at);
    const bool weekday =
        isOpen(page.at(at)) && oneOf(U"月火水木金土日祝", page.at(at + 1)) && isClose(page.at(at + 2));
    return weekday || timeAt(page, next) || startsAny(page, at, kDates);
}

bool showsBefore(const Page& page, std::size_t at) {
    static constexpr std::array<std::u32string_view, 35> kDates{
        U"次回",   U"次は",     U"つぎは",   U"次",   U"前回", U"今回", U"予約", U"締切",  U"〆切",
        U"〆",     U"期限",     U"提出",     U"曜",   U"曜日", U"曜の", U"次の", U"土曜(", U"明後日",
        U"明日",   U"あす",     U"本日",     U"今朝", U"昨日", U"来週", U"今週", U"先週",  U"翌週",
        U"再来週", U"おととい", U"あさって", U"の日", U"見学", U"到着", U"戻り", U"抜糸は"};
    return endsAny(page, page.skipBlanksBack(at), kDates);
}

// The number that ends before the 日 at `at`.
bool readMark(const Page& page, std::size_t at, DayMark& mark) {
    std::size_t start = at;
    while (start > 0 && at - start < 4 &&
           (isDigit(page.before(start)) || isKanjiNumeral(page.before(start)))) {
        --start;
    }
    const auto number = start < at ? readNumeral(page.text, start) : std::nullopt;
    if (!number || start + number->length != at || number->value < 1 || number->value > 31 ||
        (number->kanji ? at - start > 3 || number->value == 1 : at - start > 2)) {
        return false;
    }
    mark = {start, at + 1, static_cast<int>(number->value), false, false};
    return true;
}

// "5日 松 6日 橘 7日 鶴見": a day set apart before what is said of it.
bool standsFree(const Page& page, const DayMark& mark) {
    const auto apart = [](char32_t c) {
        return c == 0 || isSpace(c) || isOpen(c) || isClose(c) || c == U'|';
    };
    return apart(page.before(mark.start)) && apart(page.at(mark.end));
}

// 同6日, 霜月12日, 先月末の29日: what anchors the day.
std::size_t withAnchor(const Page& page, std::size_t start) {
    static constexpr std::array<std::u32string_view, 17> kAnchors{
        U"同",   U"仝",   U"睦月",   U"如月", U"弥生", U"卯月",     U"皐月",     U"水無月",  U"文月",
        U"葉月", U"長月", U"神無月", U"霜月", U"師走", U"先月末の", U"今月末の", U"来月末の"};
    const auto anchor = std::find_if(kAnchors.begin(), kAnchors.end(),
                                     [&](std::u32string_view word) { return page.endsWith(start, word); });
    return anchor != kAnchors.end() ? start - anchor->size() : start;
}

// "1T 5日": for how long a drug is given.
bool dosed(const Page& page, const DayMark& mark) {
    const char32_t next = page.at(mark.end);
    const std::size_t before = page.skipBlanksBack(mark.start);
    const char32_t last = page.before(before);
    return before < mark.start && (isStop(next) || endsLine(next)) &&
           (isLatin(last) || isDigit(last) || oneOf(U"錠包朝昼夕前後", last));
}

void judge(const Page& page, DayMark& mark) {
    mark.counted = dosed(page, mark) || countsBehind(page, mark.end) ||
                   (withAnchor(page, mark.start) == mark.start && countsBefore(page, mark.start));
    const std::size_t next = page.skipBlanks(mark.end);
    const bool diary = endsLine(page.before(mark.start)) && next > mark.end && !endsLine(page.at(next)) &&
                       !isDigit(page.at(next));
    // "1日の例": most often any day.
    const bool any = mark.day == 1 && page.at(mark.end) == U'の';
    mark.shown =
        !mark.counted && !any && (diary || showsBehind(page, mark.end) || showsBefore(page, mark.start));
    const char32_t before = page.before(page.skipBlanksBack(mark.start));
    const bool free =
        isStop(before) || endsLine(before) || (isBlank(page.before(mark.start)) && isKanji(before));
    mark.plain = mark.shown && !diary && free && mark.day > 3;
}

// "19日~20日", "22日か23日で": what is said of one is said of the other.
bool chained(const Page& page, const DayMark& first, const DayMark& second) {
    const std::size_t gap = second.start - first.end;
    return gap == 1 && first.day < second.day && oneOf(U"~-、,・/か", page.at(first.end));
}

std::vector<DayMark> dayMarks(const Page& page) {
    std::vector<DayMark> marks;
    for (std::size_t at = page.text.find(U'日'); at != std::u32string_view::npos;
         at = page.text.find(U'日', at + 1)) {
        DayMark mark;
        if (at > 0 && (isDigit(page.text[at - 1]) || isKanjiNumeral(page.text[at - 1])) &&
            readMark(page, at, mark)) {
            judge(page, mark);
            marks.push_back(mark);
        }
    }
    for (std::size_t k = 1; k < marks.size(); ++k) {
        DayMark& first = marks[k - 1];
        DayMark& second = marks[k];
        if (chained(page, first, second)) {
            // The mark of the range is no sign that the second is counted.
            second.counted =
                oneOf(U"~-", page.before(second.start)) ? countsBehind(page, second.end) : second.counted;
            first.counted = first.counted || second.counted;
            second.counted = first.counted;
            first.shown = second.shown = !first.counted && (first.shown || second.shown);
        }
    }
    // At least three days that follow each other are a roster.
    for (std::size_t k = 0; k < marks.size();) {
        std::size_t last = k;
        while (last + 1 < marks.size() && marks[last + 1].day == marks[last].day + 1 &&
               standsFree(page, marks[last]) && standsFree(page, marks[last + 1])) {
            ++last;
        }
        for (std::size_t i = k; i <= last && last - k >= 2; ++i) {
            marks[i].counted = false;
            marks[i].shown = true;
        }
        k = last + 1;
    }
    return marks;
}

void addDays(Page& page, bool somebody) {
    for (const DayMark& mark : dayMarks(page)) {
        if (!somebody && !mark.plain) {
            continue;
        }
        const std::size_t start = withAnchor(page, mark.start);
        const bool anchored = start < mark.start;
        // Few days, and one or two weeks, are most often counted.
        const bool few = mark.day <= 3 || mark.day == 7 || mark.day == 14;
        if (mark.counted || (few && !mark.shown && !anchored)) {
            continue;
        }
        page.add(start, mark.end, Label::Date, anchored || mark.shown ? 0.45 : 0.3, "rule.date-day",
                 rank::Guess);
        page.found.back().day = {0, 0, mark.day};
    }
}

/// What a line begins with, for rows that together show that they begin with days.
struct Head {
    std::size_t start = 0;
    std::size_t end = 0;
    int month = 0;
    int day = 0;
    int year = 0; ///< of a running era, where three numbers stand
};

// "16土", "17(日)": number and weekday.
bool readWeekdayHead(const Page& page, std::size_t at, Head& head) {
    const auto number = readNumeral(page.text, at);
    if (!number || number->kanji || number->length > 2 || number->value < 1 || number->value > 31) {
        return false;
    }
    const std::size_t end = at + number->length;
    std::size_t i = page.skipBlanks(end);
    const bool open = isOpen(page.at(i));
    i += open ? 1 : 0;
    if (!oneOf(U"月火水木金土日", page.at(i))) {
        return false;
    }
    ++i;
    if (open ? !isClose(page.at(i)) : !(isSpace(page.at(i)) || oneOf(U"|,:", page.at(i)))) {
        return false;
    }
    head = {at, end, 0, static_cast<int>(number->value), 0};
    return true;
}

// "11.9 ", "2.3.17 ": numbers with full stops, apart from what follows.
bool readDottedHead(const Page& page, std::size_t at, Head& head) {
    std::array<int, 3> parts{};
    std::size_t count = 0;
    std::size_t i = at;
    for (; count < 3; ++count) {
        const auto number = readNumeral(page.text, i);
        if (!number || number->kanji || number->length > 2 || page.at(i) == U'0') {
            break;
        }
        parts[count] = static_cast<int>(number->value);
        i += number->length;
        if (page.at(i) != U'.' || !isDigit(page.at(i + 1))) {
            ++count;
            break;
        }
        ++i;
    }
    const auto next = readNumeral(page.text, page.skipBlanks(i));
    const bool table = next && oneOf(U".%", page.at(page.skipBlanks(i) + next->length)); // rows of measures
    if (count < 2 || !isSpace(page.at(i)) || table) {
        return false;
    }
    head = count == 2 ? Head{at, i, parts[0], parts[1], 0} : Head{at, i, parts[1], parts[2], parts[0]};
    return isValidMonthDay(head.month, head.day) && head.year <= 64;
}

int order(const Head& head) {
    return head.year * 400 + head.month * 31 + head.day;
}

// Headings are numbered one by one and from 1; days are not, and some have two digits.
bool likeDays(const std::vector<Head>& heads) {
    std::size_t leaps = 0;
    bool late = false;
    for (std::size_t k = 0; k < heads.size(); ++k) {
        late = late || heads[k].day >= 9;
        if (k == 0) {
            continue;
        }
        if (order(heads[k]) < order(heads[k - 1])) {
            return false;
        }
        leaps += order(heads[k]) != order(heads[k - 1]) + 1 && heads[k].day != 1 ? 1 : 0;
    }
    return late && leaps > 0;
}

void addRows(Page& page) {
    std::vector<Head> weekdays;
    std::vector<Head> dotted;
    const auto flush = [&page](std::vector<Head>& rows) {
        for (const Head& head : rows) {
            if (rows.size() >= 3) {
                page.add(head.start, head.end, Label::Date, 0.5, "rule.date-row", rank::Guess);
            }
        }
        rows.clear();
    };
    for (std::size_t at = 0; at < page.text.size();) {
        const std::size_t from = page.skipBlanks(at);
        Head head;
        if (isDigit(page.at(from))) {
            if (readWeekdayHead(page, from, head)) {
                if (!weekdays.empty() && head.day != weekdays.back().day + 1) {
                    flush(weekdays);
                }
                weekdays.push_back(head);
            } else if (readDottedHead(page, from, head)) {
                dotted.push_back(head);
            }
        }
        const std::size_t end = page.text.find(U'\n', at);
        at = end == std::u32string_view::npos ? page.text.size() : end + 1;
    }
    flush(weekdays);
    if (dotted.size() >= 2 && likeDays(dotted)) {
        for (const Head& head : dotted) {
            page.add(head.start, head.end, Label::Date, 0.4, "rule.date-row", rank::Guess);
        }
    }
}

} // namespace

void findDays(Page& page) {
    const bool somebody = speaksOfSomebody(page);
    addDays(page, somebody);
    if (somebody) {
        addRows(page);
    }
}

} // namespace kamei::detect::text::values
