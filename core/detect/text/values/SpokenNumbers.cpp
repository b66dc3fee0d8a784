#include <algorithm>
#include <array>
#include <cstdint>

#include "core/detect/japanese/Numerals.h"
#include "core/detect/text/values/NumberLabels.h"
#include "core/detect/text/values/Units.h"

namespace kamei::detect::text::values {
namespace {

using namespace japanese;

constexpr std::size_t kFewestDigits = 4; // behind a key word; less is said of anything

// Digits as they are said and taken down, each with its lengthened form before the short one.
struct Word {
    std::u32string_view text;
    char digit;
};
constexpr std::array kWords{
    Word{U"ゼロ", '0'},   Word{U"ぜろ", '0'},   Word{U"れい", '0'}, Word{U"レイ", '0'}, Word{U"まる", '0'},
    Word{U"マル", '0'},   Word{U"いち", '1'},   Word{U"イチ", '1'}, Word{U"にい", '2'}, Word{U"にー", '2'},
    Word{U"ニイ", '2'},   Word{U"ニー", '2'},   Word{U"に", '2'},   Word{U"ニ", '2'},   Word{U"さん", '3'},
    Word{U"サン", '3'},   Word{U"よん", '4'},   Word{U"ヨン", '4'}, Word{U"ごー", '5'}, Word{U"ごお", '5'},
    Word{U"ゴー", '5'},   Word{U"ご", '5'},     Word{U"ゴ", '5'},   Word{U"ろく", '6'}, Word{U"ロク", '6'},
    Word{U"なな", '7'},   Word{U"ナナ", '7'},   Word{U"しち", '7'}, Word{U"はち", '8'}, Word{U"ハチ", '8'},
    Word{U"きゅう", '9'}, Word{U"キュウ", '9'},
};

// Where the words that begin with a kana stand, 0 for none: most kana begin no digit, and one look tells.
constexpr char32_t kFirstKana = 0x3041;
constexpr char32_t kLastKana = 0x30FF;
struct Beginning {
    std::uint8_t from = 0;
    std::uint8_t to = 0;
};
constexpr auto kBeginnings = [] {
    std::array<Beginning, kLastKana - kFirstKana + 1> out{};
    for (std::size_t k = 0; k < kWords.size(); ++k) {
        Beginning& at = out[kWords[k].text.front() - kFirstKana];
        at.from = at.to == 0 ? static_cast<std::uint8_t>(k) : at.from;
        at.to = static_cast<std::uint8_t>(k + 1);
    }
    return out;
}();

struct Said {
    std::size_t length = 0;
    char digit = '0';
};

// The digit that is said at a place; length 0 where none is.
Said digitAt(const Page& page, std::size_t i) {
    const char32_t c = page.at(i);
    if (isDigit(c)) {
        return {1, static_cast<char>('0' + (c - U'0'))};
    }
    if (const int digit = kanjiDigit(c); digit >= 0) {
        return {1, static_cast<char>('0' + digit)};
    }
    if (c < kFirstKana || c > kLastKana) {
        return {};
    }
    const Beginning& begins = kBeginnings[c - kFirstKana];
    for (std::size_t k = begins.from; k < begins.to; ++k) {
        const Word& word = kWords[k];
        const bool one =
            word.text.size() == 2 && word.digit == '2' && oneOf(U"ちチ", page.at(i + 2)); // に, いち
        if (!one && page.startsWith(i, word.text)) {
            return {word.text.size(), word.digit};
        }
    }
    return {};
}

/// A number that is said digit by digit: "ゼロきゅうゼロの、ゼロにいはちの、さんなな一一".
struct SpokenNumber {
    NumberShape shape;
    std::vector<std::size_t> ends; ///< behind each digit
    bool kanji = false;            ///< some digit is in kanji
};

SpokenNumber readSpoken(const Page& page, std::size_t start) {
    SpokenNumber out{{start, start, {}, 0, false, false}, {}};
    std::size_t i = start;
    for (Said said = digitAt(page, i); said.length > 0; said = digitAt(page, i)) {
        out.kanji = out.kanji || isKanjiNumeral(page.at(i));
        i += said.length;
        if (kanjiUnit(page.at(i)) > 0) {
            break; // 二十: a value, not a digit
        }
        out.shape.digits.push_back(said.digit);
        out.ends.push_back(i);
        out.shape.end = i;
        // "の、", "、", "-", a blank between groups.
        std::size_t next = i;
        if (page.startsWith(next, U"ハイフン")) {
            next += 4;
        }
        while (next - i < 3 && oneOf(U"の、,- ・ー()", page.at(next))) {
            ++next;
        }
        if (next > i && digitAt(page, next).length > 0) {
            i = next;
        }
    }
    return out;
}

// How many digits of a telephone number are said; 0 where none is. What follows at once (に連絡, さんへ) may
// read as one more.
std::size_t phoneDigits(const SpokenNumber& number) {
    const std::string& digits = number.shape.digits;
    if (digits.size() < 10 || digits.size() > 12 || digits[0] != '0' || digits[1] == '0') {
        return 0;
    }
    const bool mobile =
        digits[2] == '0' && std::string_view("5789").find(digits[1]) != std::string_view::npos;
    return std::min<std::size_t>(digits.size(), mobile || digits.starts_with("0800") ? 11 : 10);
}

// "受診番号はE、ゼロ、八八一二", "ＣＴ、〇〇六": letters that are said before the digits; where they begin.
std::size_t withLetters(const Page& page, std::size_t start) {
    const std::size_t mark = start > 0 && oneOf(U"の、,- ", page.before(start)) ? start - 1 : start;
    std::size_t i = mark;
    while (i > 0 && mark - i < 2 && isUpper(page.before(i))) {
        --i;
    }
    const bool label = page.cueTo(mark, kind::AnyLabel) != nullptr; // "ID", which leads to the number
    return i < mark && !isLatin(page.before(i)) && !label ? i : start;
}

// Where digits in figures end that go on in none that are said: most numbers of a text, for which no shape is
// read; `start` where some are said.
std::size_t figuresEnd(const Page& page, std::size_t start) {
    std::size_t i = start;
    for (;;) {
        while (isDigit(page.at(i))) {
            ++i;
        }
        if (page.at(i) == U'ハ' || digitAt(page, i).length > 0) {
            return start;
        }
        std::size_t next = i;
        while (next - i < 3 && oneOf(U"の、,- ・ー()", page.at(next))) {
            ++next;
        }
        if (next == i || digitAt(page, next).length == 0) {
            return i;
        }
        if (!isDigit(page.at(next))) {
            return start;
        }
        i = next;
    }
}

} // namespace

void findSpokenNumbers(Page& page) {
    for (std::size_t i = 0; i < page.text.size(); ++i) {
        const Said first = digitAt(page, i);
        if (first.length == 0 || isDigit(page.before(i)) || isKanjiNumeral(page.before(i))) {
            continue;
        }
        // 年賀状に、ゼロ一七八の, カルテに二〇二四年: a particle, no digit.
        if (first.length == 1 && !isKanjiNumeral(page.text[i]) && !isDigit(page.text[i]) &&
            (isWord(page.before(i)) || oneOf(U"、, の", page.at(i + 1)))) {
            continue;
        }
        if (const std::size_t end = isDigit(page.text[i]) ? figuresEnd(page, i) : i; end > i) {
            i = end - 1; // whatever begins within them ends there too
            continue;
        }
        const SpokenNumber number = readSpoken(page, i);
        if (isDigit(page.text[i]) && !number.kanji) {
            continue;
        }
        if (number.shape.digits.size() < kFewestDigits) {
            // A word that only begins like digits: にいさん, いちご.
            i = number.shape.end > i ? number.shape.end - 1 : i;
            continue;
        }
        const bool value = oneOf(U"年月日歳才時分回名人円件号", page.at(number.shape.end));
        if (value || isCounting(number.shape.digits) || page.taken(i, number.shape.end, rank::Shape)) {
            i = number.shape.end - 1;
            continue;
        }
        const Cue* const asked = page.labelBefore(i, kind::PhoneLabel, 8);
        const std::size_t start = withLetters(page, i);
        const Cue* label = page.labelBefore(start, kind::NumberLabel, 8);
        label = label == nullptr ? page.labelBefore(i, kind::NumberLabel, 8) : label;
        if (const std::size_t phone = phoneDigits(number);
            phone > 0 && (label == nullptr || asked != nullptr || (label->bits & kind::ChartLabel) != 0)) {
            page.add(i, number.ends[phone - 1], Label::Phone, asked != nullptr ? 0.9 : 0.75,
                     "rule.phone-spoken", rank::Contact - 1);
        } else if (asked != nullptr && number.shape.digits.size() >= 9) {
            page.add(i, number.shape.end, Label::Phone, 0.7, "rule.phone-spoken", rank::Contact - 1);
        } else if (label != nullptr && (label->bits & kind::Decoy) == 0) {
            if (const auto verdict = numberByLabel(page, *label, number.shape)) {
                page.add(start, number.shape.end, verdict->label, verdict->confidence * 0.9,
                         "rule.number-spoken", rank::Number);
            }
        }
        i = number.shape.end - 1;
    }
}

} // namespace kamei::detect::text::values
