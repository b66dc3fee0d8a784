#include <algorithm>

#include "core/detect/japanese/Numerals.h"
#include "core/detect/text/fields/Field.h"

namespace kamei::detect::text::fields {

using namespace japanese;

namespace {

// Whether a choice of a form is taken by the mark before or around it: ☑女, ②女, (女).
bool isChosen(const Page& page, std::size_t start, std::size_t end) {
    const char32_t before = page.before(page.skipBlanksBack(start));
    const bool crossed = page.endsWith(page.skipBlanksBack(start), U"[x]") ||
                         page.endsWith(page.skipBlanksBack(start), U"[X]");
    return crossed || oneOf(U"■☑✓✔●◉◎レ", before) || (before >= 0x2460 && before <= 0x2473) ||
           (isOpen(page.before(start)) && isClose(page.at(end)));
}

} // namespace

// "1.男", "■女", "男・(女)", "□M ☑F", and the codes of forms. Of a printed choice that shows no mark nothing
// is known.
void addSex(Form& form, const Field& field) {
    const Page& page = form.page();
    const std::u32string_view value = page.slice(field.start, field.end);
    constexpr std::size_t kLongest = 14;
    if (value.size() > kLongest) {
        return;
    }
    if (value == U"1" || value == U"2") {
        take(form, field.start, field.end, Label::Sex, Told::Letters, [](Label) { return true; });
        return;
    }
    std::vector<Stretch> choices;
    bool chosen = false;
    for (std::size_t i = field.start; i < field.end; ++i) {
        std::size_t end = i;
        if (oneOf(U"男女", page.text[i])) {
            end = std::min(field.end, i + (oneOf(U"性児子", page.at(i + 1)) ? 2 : 1));
        } else if (oneOf(U"MFmf", page.text[i]) && !isLatin(page.before(i))) {
            end = i + 1;
            while (end < field.end && isLatin(page.text[end])) {
                ++end;
            }
            const std::u32string_view word = page.slice(i, end);
            end = word.size() == 1 || word == U"Male" || word == U"Female" || word == U"male" ||
                          word == U"female"
                      ? end
                      : i;
        }
        if (end > i) {
            choices.push_back({i, end});
            chosen = chosen || isChosen(page, i, end);
            i = end - 1;
        }
    }
    for (const Stretch& choice : choices) {
        if (choices.size() == 1 || (chosen && isChosen(page, choice.start, choice.end))) {
            take(form, choice.start, choice.end, Label::Sex, Told::Letters, [](Label) { return true; });
        }
    }
}

// "☑男・□女" without a key word: the one that is chosen of two that stand side by side.
void addChoices(Form& form) {
    constexpr std::size_t kNear = 8;
    const Page& page = form.page();
    for (std::size_t i = 1; i < page.text.size(); ++i) {
        const char32_t c = page.text[i];
        const std::u32string_view other = c == U'男' ? U"女" : c == U'女' ? U"男" : U"";
        if (other.empty() || !isChosen(page, i, i + 1) || isWord(page.before(i))) {
            continue;
        }
        const std::size_t from = i > kNear ? i - kNear : 0;
        const std::u32string_view around = page.slice(from, std::min(page.text.size(), i + kNear));
        const bool line = std::none_of(around.begin(), around.end(), isLineEnd);
        if (around.find(other) != std::u32string_view::npos && (line || !isOpen(page.before(i)))) {
            const std::size_t end = i + (oneOf(U"性児子", page.at(i + 1)) ? 2 : 1);
            take(form, i, end, Label::Sex, Told::Letters, [](Label) { return true; });
        }
    }
}

// "満45歳", "生後12日", "45 years": all that says how old somebody is.
void addAge(Form& form, const Field& field) {
    const Page& page = form.page();
    std::size_t end = field.start;
    while (end < field.end && !isOpen(page.text[end]) && !oneOf(U"、,", page.text[end])) {
        ++end;
    }
    constexpr std::size_t kLongest = 14;
    const std::u32string_view value = page.slice(field.start, end);
    const bool word = std::all_of(value.begin(), value.end(), [](char32_t c) {
        return isDigit(c) || isKanjiNumeral(c) ||
               oneOf(U"満生後歳才代ヶケヵカか月日週年Yyearsmonthwkdl./ ", c);
    });
    if (word && value.size() <= kLongest && digitsIn(page, field.start, end) > 0) {
        take(form, field.start, page.skipBlanksBack(end), Label::Age, Told::Letters,
             [](Label label) { return label == Label::Age || label == Label::Date; });
    }
}

} // namespace kamei::detect::text::fields
