#include <algorithm>
#include <array>

#include "core/detect/japanese/Numerals.h"
#include "core/detect/text/values/NumberShapes.h"
#include "core/detect/text/values/Traits.h"
#include "core/detect/text/values/Units.h"

namespace kamei::detect::text::values {
namespace {

using namespace japanese;

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
    static constexpr std::array<std::u32string_view, 12> kWords{
        U"歳", U"才", U"サイ", U"さい", U"代", U"y.o.", U"y.o", U"yo", U"y/o", U"y", U"Y", U"sai"};
    for (const std::u32string_view word : kWords) {
        if (!page.startsWith(i, word)) {
            continue;
        }
        const char32_t next = page.at(i + word.size());
        const bool latin = isLatin(word.front());
        const bool sexed = (word == U"y" || word == U"Y") && oneOf(U"MF", next) && // 58YF
                           !isWord(page.at(i + word.size() + 1));
        if ((!(latin && isLatin(next)) || sexed) && !(word == U"代" && oneOf(U"謝替償表理行謝入", next))) {
            return word.size();
        }
    }
    return 0;
}

// "-year-old", " years old" behind a number, its length; 0 where there is none.
std::size_t yearsOld(const Page& page, std::size_t at) {
    if (page.at(at) != U'-' && page.at(at) != U' ') {
        return 0;
    }
    static constexpr std::array<std::u32string_view, 8> kWords{U"-year-old",   U" year old", U" years old",
                                                               U"-years-old",  U"-yr-old",   U"-month-old",
                                                               U" months old", U"sai"};
    for (const std::u32string_view word : kWords) {
        if (page.startsWith(at, word) && !isLatin(page.at(at + word.size()))) {
            return word.size();
        }
    }
    return 0;
}

// "享年九十七", "お年は「九十二」", "。八十九になる", "生後8か月": ages that words around them tell. The
// length, or 0.
std::size_t ageInWords(const Page& page, std::size_t i, const Numeral& number, bool somebody) {
    static constexpr std::array<std::u32string_view, 6> kLeads{U"享年",   U"行年", U"当年",
                                                               U"お年は", U"年は", U"歳は"};
    static constexpr std::array<std::u32string_view, 6> kTails{U"になる",   U"になり", U"になった",
                                                               U"になって", U"やろ",   U"の峠"};
    if (number.value < 1 || number.value > kOldestAge || !somebody) {
        return 0;
    }
    if (page.endsWith(i, U"生後")) {
        return monthsAt(page, i);
    }
    const std::size_t end = i + number.length;
    std::size_t from = i;
    while (from > 0 && i - from < 3 && (isOpen(page.before(from)) || isClose(page.before(from)))) {
        --from;
    }
    const bool led = std::any_of(kLeads.begin(), kLeads.end(),
                                 [&](std::u32string_view word) { return page.endsWith(from, word); });
    if (led && endsValue(page.at(end))) {
        return number.length;
    }
    const bool opens = i == 0 || isStop(page.before(i)) || isLineEnd(page.before(i)) ||
                       (number.kanji && isBlank(page.before(i)));
    const bool tailed = std::any_of(kTails.begin(), kTails.end(),
                                    [&](std::u32string_view word) { return page.startsWith(end, word); });
    return opens && tailed && number.value >= 15 && number.length >= 2 ? number.length : 0;
}

// "15歳以上の小児", "20歳未満": of whom something holds, nobody's age.
bool isThreshold(const Page& page, std::size_t end) {
    static constexpr std::array<std::u32string_view, 5> kWords{U"以上", U"以下", U"未満", U"毎", U"超"};
    return !page.startsWith(end, U"超え") &&
           std::any_of(kWords.begin(), kWords.end(),
                       [&](std::u32string_view word) { return page.startsWith(end, word); });
}

void addAges(Page& page) {
    const bool somebody = speaksOfSomebody(page);
    for (std::size_t i = 0; i < page.text.size(); ++i) {
        if (!(isDigit(page.text[i]) || isKanjiNumeral(page.text[i])) || isDigit(page.before(i)) ||
            isKanjiNumeral(page.before(i)) || page.before(i) == U'.') {
            continue;
        }
        // "F45Y": the letter for the sex may stand before.
        const bool sexBefore =
            oneOf(U"MF", page.before(i)) && !(i >= 2 && (isLatin(page.at(i - 2)) || isDigit(page.at(i - 2))));
        if (isLatin(page.before(i)) && !sexBefore) {
            continue;
        }
        const auto number = readNumeral(page.text, i);
        if (!number) {
            continue;
        }
        std::size_t end = i + number->length;
        if (!number->kanji && number->length == 1 && oneOf(U"OIl", page.at(end)) &&
            oneOf(U"歳才", page.at(end + 1))) { // "7O才", as recognition reads it
            page.add(i, end + 2, Label::Age, 0.7, "rule.age", rank::Cued + 5);
            i = end + 1;
            continue;
        }
        if (const std::size_t old = somebody && number->value <= kOldestAge ? yearsOld(page, end) : 0;
            old > 0) {
            page.add(i, end + old, Label::Age, 0.9, "rule.age", rank::Cued + 5);
            i = end + old - 1;
            continue;
        }
        if (const std::size_t told = ageInWords(page, i, *number, somebody); told > 0) {
            page.add(i, i + told, Label::Age, 0.5, "rule.age", rank::Word);
            i += told - 1;
            continue;
        }
        // "五十九男", "七十一 男" of older charts.
        const std::size_t sex = page.skipBlanks(end);
        if (number->kanji && number->length >= 2 && number->value >= 10 && number->value <= kOldestAge &&
            oneOf(U"男女", page.at(sex)) && endsValue(page.at(sex + 1))) {
            page.add(i, end, Label::Age, 0.6, "rule.age-field", rank::Word);
            page.add(sex, sex + 1, Label::Sex, 0.6, "rule.sex", rank::Word);
            i = sex;
            continue;
        }
        std::size_t word = number->value <= kOldestAge ? ageWord(page, end) : 0;
        if (word == 0 && number->value <= kOldestAge && isBlank(page.at(end)) &&
            (page.startsWith(end + 1, U"y/o") || page.startsWith(end + 1, U"y.o") ||
             (page.startsWith(end + 1, U"yo") && !isLatin(page.at(end + 3))))) {
            word = 1 + ageWord(page, end + 1);
        }
        if (word == 0 && number->value <= kOldestAge && isBlank(page.at(end)) &&
            oneOf(U"歳才", page.at(end + 1))) {
            word = 2; // "( 53 歳 )", "満 5 歳 10か月"
        }
        const bool decade = word == 1 && page.at(end) == U'代';
        if (word == 0 || (decade && (number->value % 10 != 0 || number->value == 0))) {
            i = end - 1;
            continue;
        }
        const bool year = oneOf(U"歳才", page.at(end + word - 1));
        const bool young = word == 1 && page.at(end) == U'y' && isDigit(page.at(end + 1)); // "2y3m"
        end += word;
        if (isKatakana(page.before(end)) && isKatakana(page.at(end))) {
            i = end - 1; // 3サイクル
            continue;
        }
        if (year && (page.at(end) == U'代' || page.at(end) == U'台')) {
            ++end; // 50歳代, 70歳台
        } else if (year) {
            // "満 5 歳 10か月", but "65歳 3か月前から".
            const std::size_t behind = number->value < 18 ? page.skipBlanks(end) : end;
            const auto months = readNumeral(page.text, behind);
            const std::size_t unit = behind + (months ? months->length : 0);
            if (months && months->value < 12 && monthWord(page, unit) > 0 &&
                (behind == end || !oneOf(U"前後続間以ごほく頃よか", page.at(unit + monthWord(page, unit))))) {
                end = unit + monthWord(page, unit);
            }
        } else if (young) {
            const auto months = readNumeral(page.text, end);
            const std::size_t unit = end + (months ? months->length : 0);
            end = months && months->value < 12 && page.at(unit) == U'm' && !isLatin(page.at(unit + 1))
                      ? unit + 1
                      : end;
        }
        if (!isThreshold(page, end)) {
            page.add(i, end, Label::Age, year || decade ? 0.95 : 0.7, "rule.age", rank::Cued + 5);
        }
        i = end - 1;
    }
}

// The mark before a place, blanks left out: "Clinical: 66F", "Cooper, 71F"; 16F alone is a catheter.
char32_t lastMark(const Page& page, std::size_t i) {
    return page.before(page.skipBlanksBack(i));
}

// "♂23", ",F,79,", "M 58": where the sex before an age stands; `i` when none does.
std::size_t sexFieldBefore(const Page& page, std::size_t i) {
    const char32_t mark = page.before(i);
    std::size_t at = page.skipBlanksBack(i);
    at -= at == i && at > 0 && oneOf(U",|、", mark) ? 1 : 0;
    const char32_t sex = page.before(at);
    if (sex == U'♂' || sex == U'♀') {
        return at - 1;
    }
    const bool field = at < i && oneOf(U"MF", sex) && at > 1 && !isWord(page.before(at - 1)) &&
                       (page.before(at - 1) == mark || (isBlank(mark) && isBlank(page.before(at - 1))));
    const bool two = isDigit(page.at(i + 1)) && page.at(i) != U'0';
    return field && (two || mark == U',') ? at - 1 : i;
}

// "70 男性", "76 / M", "♀ 46", "M 58", "和田山74F" anywhere.
void addBareAges(Page& page) {
    for (std::size_t i = 0; i < page.text.size(); ++i) {
        if (!isDigit(page.text[i])) {
            continue;
        }
        const bool behindWord = isKanji(page.before(i)) || isKatakana(page.before(i));
        if ((isWord(page.before(i)) && !behindWord) || oneOf(U".-/", page.before(i))) {
            continue;
        }
        const auto number = readNumeral(page.text, i);
        if (!number || number->length > 3 || number->kanji || number->value > kOldestAge) {
            continue;
        }
        // "和田山74F": no catheter is that wide, no house that high.
        const std::size_t letter = i + number->length;
        if (oneOf(U"MF", page.at(letter)) && !isWord(page.at(letter + 1)) && number->value > 36) {
            page.add(i, letter, Label::Age, 0.6, "rule.age-field", rank::Word);
            page.add(letter, letter + 1, Label::Sex, 0.6, "rule.sex", rank::Word);
        }
        if (behindWord) {
            i = letter - 1;
            continue;
        }
        if (const std::size_t sex = sexFieldBefore(page, i); sex < i && endsValue(page.at(letter))) {
            page.add(i, letter, Label::Age, 0.6, "rule.age-field", rank::Word);
            page.add(sex, sex + 1, Label::Sex, 0.7, "rule.sex", rank::Word);
        }
        std::size_t next = i + number->length;
        const bool labelled = page.labelBefore(i, kind::AgeLabel) != nullptr && endsValue(page.at(next));
        while (isBlank(page.at(next)) || oneOf(U"/・、|", page.at(next))) {
            ++next;
        }
        const bool sexed =
            next - i <= 7 && (page.startsWith(next, U"男") || page.startsWith(next, U"女") ||
                              page.at(next) == U'♂' || page.at(next) == U'♀' ||
                              (oneOf(U"MF", page.at(next)) && !isWord(page.at(next + 1)) &&
                               (next > i + number->length || (page.at(next) == U'M' && number->value >= 10) ||
                                (number->value >= 15 && oneOf(U",:(", lastMark(page, i))))));
        if ((labelled || sexed) && !page.taken(i, i + number->length, rank::Word)) {
            page.add(i, i + number->length, Label::Age, labelled ? 0.9 : 0.7, "rule.age-field", rank::Word);
            if (sexed && oneOf(U"MF", page.at(next)) && next == i + number->length) {
                page.add(next, next + 1, Label::Sex, 0.7, "rule.sex", rank::Word); // 71F
            }
        }
        i += number->length - 1;
    }
}

bool touchesPerson(const Page& page, std::size_t start, std::size_t end) {
    return std::any_of(page.found.begin(), page.found.end(), [&](const Candidate& c) {
        const bool kind = c.label <= Label::OtherName || c.label == Label::Age ||
                          c.label == Label::BirthDate || c.label == Label::ChartNo ||
                          (c.label == Label::Date && c.day.year != 0 && c.day.day != 0 && c.end <= start);
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
            if (!(isBlank(x) || isOpen(x) || isClose(x) || oneOf(U"/・、,|様殿氏歳才生位", x))) {
                return false;
            }
        }
        return true;
    });
}

// Length of a word for a sex in Latin letters.
std::size_t englishSex(const Page& page, std::size_t i) {
    for (const std::u32string_view word : {std::u32string_view(U"male"), std::u32string_view(U"female"),
                                           std::u32string_view(U"dansei"), std::u32string_view(U"josei")}) {
        if (page.startsWith(i, word) && !isLatin(page.at(i + word.size()))) {
            return word.size();
        }
    }
    return 0;
}

void addSexes(Page& page) {
    for (std::size_t i = 0; i < page.text.size(); ++i) {
        static constexpr CharacterSet kFirst{U"♂♀男女MFオmfdj"};
        const char32_t c = page.text[i];
        if (!kFirst.has(c)) {
            continue;
        }
        if (c == U'♂' || c == U'♀') {
            page.add(i, i + 1, Label::Sex, 0.9, "rule.sex", rank::Cued);
            continue;
        }
        if (isLower(c) && isLatin(page.before(i))) {
            continue;
        }
        const bool labelled = page.labelBefore(i, kind::SexLabel) != nullptr;
        if (const std::size_t english = englishSex(page, i); english > 0) {
            if (labelled || touchesPerson(page, i, i + english)) {
                page.add(i, i + english, Label::Sex, 0.9, "rule.sex", rank::Cued);
            }
            i += english - 1;
            continue;
        }
        if (c == U'男' || c == U'女') {
            if (oneOf(U"長次三四二五末", page.before(i))) {
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
            // "匠くん(九歳、男子)", "第2子 男", ",男,": of somebody, or a field of its own.
            const bool child =
                after == U'子' && touchesPerson(page, i, end + 1) && endsValue(page.at(end + 1));
            const bool born = page.endsWith(page.skipBlanksBack(i), U"子") && isBlank(page.before(i));
            const bool unnamed = page.endsWith(i, U"不明") || page.endsWith(i, U"不詳");
            const bool field = oneOf(U",|", page.before(i)) && oneOf(U",|", after);
            if (child) {
                page.add(i, end + 1, Label::Sex, 0.8, "rule.sex", rank::Cued);
            } else if ((field || ((born || unnamed) && endsValue(after)))) {
                page.add(i, end, Label::Sex, 0.6, "rule.sex", rank::Word);
            } else if ((labelled || touchesPerson(page, i, end)) &&
                       (endsValue(after) || isOpen(after) || oneOf(U"性はがの", after) || isDigit(after))) {
                page.add(i, end, Label::Sex, 0.9, "rule.sex", rank::Cued);
            }
            continue;
        }
        const bool free = !isWord(page.before(i)) ||
                          (oneOf(U"yY", page.before(i)) && i >= 2 && isDigit(page.at(i - 2))); // 58Y F, 4yF
        const bool ageNext = isDigit(page.at(i + 1)) && isDigit(page.at(i + 2)) &&
                             oneOf(U"yY歳才", page.at(i + 3)) && !isLatin(page.before(i)); // F45Y
        if (ageNext && (c == U'M' || c == U'F') && !isDigit(page.before(i))) {
            page.add(i, i + 1, Label::Sex, 0.7, "rule.sex", rank::Word);
            continue;
        }
        if ((c == U'M' || c == U'F') && free && !isWord(page.at(i + 1)) && page.at(i + 1) != U'-' &&
            page.at(i + 1) != U'.' && (labelled || touchesPerson(page, i, i + 1))) {
            page.add(i, i + 1, Label::Sex, 0.85, "rule.sex", rank::Word);
        }
        if ((page.startsWith(i, U"オトコ") || page.startsWith(i, U"オンナ")) &&
            (labelled || touchesPerson(page, i, i + 3))) {
            page.add(i, i + 3, Label::Sex, 0.9, "rule.sex", rank::Cued);
        }
    }
}

} // namespace

void findTraits(Page& page) {
    addAges(page);
    addTraitsBehindNames(page, 0);
    addBareAges(page);
    addSexes(page);
    addChartNumbers(page);
}

} // namespace kamei::detect::text::values
