#include <algorithm>
#include <array>

#include "core/detect/japanese/Numerals.h"
#include "core/detect/text/NumberShapes.h"
#include "core/detect/text/Page.h"

namespace kamei::detect::text {
namespace {

using namespace japanese;

constexpr int kOldest = 122; // the oldest age on record

bool contains(std::u32string_view list, char32_t c) {
    return c != 0 && list.find(c) != std::u32string_view::npos;
}

std::size_t monthWord(const Page& page, std::size_t i) {
    static constexpr std::array<std::u32string_view, 10> kMonths{U"か月", U"ヶ月", U"カ月", U"ヵ月", U"ケ月",
                                                                 U"ヵ月", U"箇月", U"ヶ",   U"ヵ",   U"M"};
    for (const std::u32string_view word : kMonths) {
        if (page.startsWith(i, word)) {
            return word.size();
        }
    }
    return 0;
}

std::size_t ageWord(const Page& page, std::size_t i) {
    static constexpr std::array<std::u32string_view, 11> kWords{
        U"歳", U"才", U"サイ", U"さい", U"代", U"y.o.", U"y.o", U"yo", U"y/o", U"y", U"Y"};
    for (const std::u32string_view word : kWords) {
        if (!page.startsWith(i, word)) {
            continue;
        }
        const char32_t next = page.at(i + word.size());
        const bool latin = isLatin(word.front());
        const bool sexed = (word == U"y" || word == U"Y") && contains(U"MF", next) && // 58YF
                           !isWord(page.at(i + word.size() + 1));
        if ((!(latin && isLatin(next)) || sexed) && !(word == U"代" && contains(U"謝替償表理行謝入", next))) {
            return word.size();
        }
    }
    return 0;
}

void addAges(Page& page) {
    for (std::size_t i = 0; i < page.text.size(); ++i) {
        if (!(isDigit(page.text[i]) || isKanjiNumeral(page.text[i])) || isDigit(page.before(i)) ||
            isKanjiNumeral(page.before(i)) || page.before(i) == U'.' || isLatin(page.before(i))) {
            continue;
        }
        const auto number = readNumeral(page.text, i);
        if (!number) {
            continue;
        }
        std::size_t end = i + number->length;
        std::size_t word = number->value <= kOldest ? ageWord(page, end) : 0;
        if (word == 0 && number->value <= kOldest && isBlank(page.at(end)) &&
            (page.startsWith(end + 1, U"y/o") || page.startsWith(end + 1, U"y.o") ||
             (page.startsWith(end + 1, U"yo") && !isLatin(page.at(end + 3))))) {
            word = 1 + ageWord(page, end + 1);
        }
        const bool decade = word == 1 && page.at(end) == U'代';
        if (word == 0 || (decade && (number->value % 10 != 0 || number->value == 0))) {
            i = end - 1;
            continue;
        }
        const bool year = page.at(end) == U'歳' || page.at(end) == U'才';
        end += word;
        if (year && page.at(end) == U'代') {
            ++end; // 50歳代
        } else if (year) {
            const auto months = readNumeral(page.text, end);
            if (months && months->value < 12 && monthWord(page, end + months->length) > 0) {
                end += months->length + monthWord(page, end + months->length);
            }
        }
        page.add(i, end, Label::Age, year || decade ? 0.95 : 0.7, "rule.age", rank::Cued + 5);
        i = end - 1;
    }
}

// The end of a name with its honorific and blanks.
std::size_t pastHonorific(const Page& page, std::size_t end) {
    std::size_t i = page.skipBlanks(end);
    if (const Cue* const honorific = page.cueFrom(i, kind::Honorific)) {
        i = honorific->end;
    }
    return i;
}

bool endsValue(char32_t c) {
    return c == 0 || isSpace(c) || isClose(c) || contains(U"、,/・|。歳才", c);
}

// "(9/24 15時": a date, not an age.
bool goesOn(const Page& page, std::size_t i) {
    return page.at(i) == U'/' && isDigit(page.at(i + 1));
}

// The mark before a place, blanks left out: "Clinical: 66F", "Cooper, 71F"; 16F alone is a catheter.
char32_t lastMark(const Page& page, std::size_t i) {
    return page.before(page.skipBlanksBack(i));
}

// "塩原 トヨ様、96、", "寺田 マツヱ 87 同席", "(会社員、38)": two digits between marks behind a name; 0 for
// none.
std::size_t ageAmongWords(const Page& page, std::size_t i) {
    const auto twoDigits = [&](std::size_t at) {
        return isDigit(page.at(at)) && page.at(at) != U'0' && isDigit(page.at(at + 1));
    };
    if (contains(U"、,", page.at(i)) || isBlank(page.before(i))) {
        const std::size_t at = page.skipBlanks(contains(U"、,", page.at(i)) ? i + 1 : i);
        const char32_t behind = page.at(at + 2);
        return twoDigits(at) && (behind == U'、' || behind == U',' || isSpace(behind)) &&
                       !isDigit(page.at(at + 3))
                   ? at
                   : 0;
    }
    if (!isOpen(page.at(i)) || isDigit(page.at(i + 1))) {
        return 0;
    }
    for (std::size_t at = i + 1; at < i + 16 && !isClose(page.at(at)) && !isLineEnd(page.at(at)); ++at) {
        if (contains(U"、,・", page.at(at)) && twoDigits(page.skipBlanks(at + 1)) &&
            (isClose(page.at(page.skipBlanks(at + 1) + 2)) ||
             contains(U"、,", page.at(page.skipBlanks(at + 1) + 2)))) {
            return page.skipBlanks(at + 1);
        }
    }
    return 0;
}

// "(58)", "(90、女性)" behind a name; "70 男性", "76 / M" anywhere.
void addBareAges(Page& page) {
    const std::size_t count = page.found.size();
    for (std::size_t k = 0; k < count; ++k) {
        const Candidate name = page.found[k];
        if (name.label > Label::OtherName) {
            continue;
        }
        const std::size_t open = pastHonorific(page, name.end);
        if (const std::size_t age = ageAmongWords(page, open); age > 0) {
            page.add(age, age + 2, Label::Age, 0.45, "rule.age-bracket", rank::Shape);
            continue;
        }
        const std::size_t i = page.skipBlanks(isOpen(page.at(open)) ? open + 1 : open);
        const auto number = readNumeral(page.text, i);
        if (!isOpen(page.at(open)) || !number || page.at(i) == U'0' || number->kanji || number->length > 3 ||
            number->value > kOldest || !endsValue(page.at(i + number->length)) ||
            goesOn(page, i + number->length)) {
            continue;
        }
        page.add(i, i + number->length, Label::Age, 0.75, "rule.age-bracket", rank::Word);
    }
    for (std::size_t i = 0; i < page.text.size(); ++i) {
        if (!isDigit(page.text[i]) || isWord(page.before(i)) || contains(U".-/", page.before(i))) {
            continue;
        }
        const auto number = readNumeral(page.text, i);
        if (!number || number->length > 3 || number->kanji || number->value > kOldest) {
            continue;
        }
        std::size_t next = i + number->length;
        const bool labelled = page.labelBefore(i, kind::AgeLabel) != nullptr && endsValue(page.at(next));
        while (isBlank(page.at(next)) || contains(U"/・、|", page.at(next))) {
            ++next;
        }
        const bool sexed =
            next - i <= 7 && (page.startsWith(next, U"男") || page.startsWith(next, U"女") ||
                              page.at(next) == U'♂' || page.at(next) == U'♀' ||
                              (contains(U"MF", page.at(next)) && !isWord(page.at(next + 1)) &&
                               (next > i + number->length || (page.at(next) == U'M' && number->value >= 10) ||
                                (number->value >= 15 && contains(U",:(", lastMark(page, i))))));
        if ((labelled || sexed) && !page.taken(i, i + number->length, rank::Word)) {
            page.add(i, i + number->length, Label::Age, labelled ? 0.9 : 0.7, "rule.age-field", rank::Word);
            if (sexed && contains(U"MF", page.at(next)) && next == i + number->length) {
                page.add(next, next + 1, Label::Sex, 0.7, "rule.sex", rank::Word); // 71F
            }
        }
        i += number->length - 1;
    }
}

bool touchesPerson(const Page& page, std::size_t start, std::size_t end) {
    return std::any_of(page.found.begin(), page.found.end(), [&](const Candidate& c) {
        const bool kind = c.label <= Label::OtherName || c.label == Label::Age ||
                          c.label == Label::BirthDate || c.label == Label::ChartNo;
        if (!kind) {
            return false;
        }
        const std::size_t from = c.end <= start ? c.end : end;
        const std::size_t to = c.end <= start ? start : c.start;
        if (from > to || to - from > 5) {
            return false;
        }
        for (std::size_t i = from; i < to; ++i) {
            const char32_t x = page.at(i);
            if (!(isBlank(x) || isOpen(x) || isClose(x) || contains(U"/・、,|様殿氏歳才生", x))) {
                return false;
            }
        }
        return true;
    });
}

void addSexes(Page& page) {
    for (std::size_t i = 0; i < page.text.size(); ++i) {
        const char32_t c = page.text[i];
        if (c == U'♂' || c == U'♀') {
            page.add(i, i + 1, Label::Sex, 0.9, "rule.sex", rank::Cued);
            continue;
        }
        if (c != U'男' && c != U'女' && c != U'M' && c != U'F' && c != U'オ') {
            continue;
        }
        const bool labelled = page.labelBefore(i, kind::SexLabel) != nullptr;
        if (c == U'男' || c == U'女') {
            if (contains(U"長次三四二五末", page.before(i))) {
                continue; // 長男, 次女: a relative
            }
            const char32_t next = page.at(i + 1);
            const bool word = next == U'性' || next == U'児';
            const std::size_t end = i + (word ? 2 : 1);
            const char32_t after = page.at(end);
            if (word) {
                const bool compound = isKanji(after) && !page.wordStarts(end);
                const bool general = page.startsWith(end, U"ホルモン") || page.startsWith(end, U"病棟") ||
                                     page.startsWith(end, U"不妊") || page.startsWith(end, U"医師") ||
                                     page.startsWith(end, U"看護") || page.startsWith(end, U"生殖") ||
                                     page.startsWith(end, U"科") || page.startsWith(end, U"スタッフ") ||
                                     page.startsWith(end, U"職員");
                const bool person = labelled || touchesPerson(page, i, end);
                if (!compound && !general) {
                    page.add(i, end, Label::Sex, person ? 0.95 : 0.5, "rule.sex",
                             person ? rank::Cued : rank::Guess);
                }
                i = end - 1;
                continue;
            }
            if ((labelled || touchesPerson(page, i, end)) &&
                (endsValue(after) || isOpen(after) || contains(U"性はがの", after) || isDigit(after))) {
                page.add(i, end, Label::Sex, 0.9, "rule.sex", rank::Cued);
            }
            continue;
        }
        if ((c == U'M' || c == U'F') && !isWord(page.before(i)) && !isWord(page.at(i + 1)) &&
            page.at(i + 1) != U'-' && page.at(i + 1) != U'.' && (labelled || touchesPerson(page, i, i + 1))) {
            page.add(i, i + 1, Label::Sex, 0.85, "rule.sex", rank::Word);
        }
        if ((page.startsWith(i, U"オトコ") || page.startsWith(i, U"オンナ")) &&
            (labelled || touchesPerson(page, i, i + 3))) {
            page.add(i, i + 3, Label::Sex, 0.9, "rule.sex", rank::Cued);
        }
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
        while (isBlank(page.at(i)) || isOpen(page.at(i)) || isClose(page.at(i)) ||
               contains(U"|/", page.at(i))) {
            ++i;
        }
        const auto behind = i - name.end <= 6 ? readNumberShape(page.text, i) : std::nullopt;
        if (behind && behind->digits.size() >= 4 && !page.taken(i, behind->end, rank::Shape) &&
            !contains(U"歳才年/", page.at(behind->end)) &&
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

} // namespace

void findTraits(Page& page) {
    addAges(page);
    addBareAges(page);
    addSexes(page);
    addChartNumbers(page);
}

} // namespace kamei::detect::text
