#include "core/detect/known/Spellings.h"

#include <algorithm>
#include <array>

#include "core/detect/japanese/Calendar.h"
#include "core/detect/japanese/Kana.h"
#include "core/detect/japanese/Normalise.h"
#include "core/detect/japanese/Numerals.h"
#include "core/detect/japanese/Variants.h"
#include "core/detect/known/NameSpellings.h"

namespace kamei::detect::known {
namespace {

using namespace japanese;

bool isSeparator(char32_t c) {
    return isSpace(c) || c == U'^' || c == U',' || c == U'、' || c == U'_';
}

std::string pad2(int value) {
    return value < 10 ? "0" + std::to_string(value) : std::to_string(value);
}

void addDay(const Day& day, SpellingList& out) {
    const std::string year = std::to_string(day.year);
    const std::string m = std::to_string(day.month);
    const std::string d = std::to_string(day.day);
    const std::string mm = pad2(day.month);
    const std::string dd = pad2(day.day);
    std::vector<std::string> ascii{year + mm + dd};
    for (const std::string between : {"-", "/", "."}) {
        ascii.push_back(year + between + mm + between + dd);
        ascii.push_back(year + between + m + between + d);
        ascii.push_back(dd + between + mm + between + year);
        ascii.push_back(mm + between + dd + between + year);
    }
    constexpr std::array<std::string_view, 12> kMonths{"January",   "February", "March",    "April",
                                                       "May",       "June",     "July",     "August",
                                                       "September", "October",  "November", "December"};
    const std::string month(kMonths[static_cast<std::size_t>(day.month - 1)]);
    std::string shortMonth = month.substr(0, 3);
    ascii.push_back(month + " " + d + ", " + year);
    ascii.push_back(d + " " + month + " " + year);
    ascii.push_back(shortMonth + " " + d + ", " + year);
    ascii.push_back(dd + "-" + shortMonth + "-" + year);
    for (char& c : shortMonth) {
        c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 0x20 : c);
    }
    ascii.push_back(dd + "-" + shortMonth + "-" + year);

    const Era* era = eraOf(day);
    const int number = era != nullptr ? day.year - era->firstYear + 1 : 0;
    if (era != nullptr) {
        const std::string letter = toUtf8(era->letter);
        for (const std::string& n : {std::to_string(number), pad2(number)}) {
            for (const std::string between : {".", "/", "-"}) {
                ascii.push_back(letter + n + between + m + between + d);
                ascii.push_back(letter + n + between + mm + between + dd);
            }
            ascii.push_back(letter + n + mm + dd);
        }
    }
    for (const std::string& text : ascii) {
        out.addAscii(text);
        out.add(toFullWidth(toCodePoints(text)));
    }
    std::vector<std::u32string> years{toCodePoints(year), toFullWidth(toCodePoints(year)),
                                      kanjiByPlace(day.year)};
    if (era != nullptr) {
        for (const std::u32string_view name : {era->name, era->shortName}) {
            for (const std::u32string& n :
                 {toCodePoints(std::to_string(number)), toCodePoints(pad2(number)),
                  toFullWidth(toCodePoints(std::to_string(number))), kanjiByMultiplication(number),
                  std::u32string(number == 1 ? U"元" : U"")}) {
                if (!n.empty()) {
                    years.push_back(std::u32string(name) + n);
                }
            }
        }
        years.push_back(std::u32string{era->letter} + toCodePoints(std::to_string(number)));
    }
    for (const std::u32string& y : years) {
        out.add(y + U"年" + toCodePoints(m) + U"月" + toCodePoints(d) + U"日");
        out.add(y + U"年" + toCodePoints(mm) + U"月" + toCodePoints(dd) + U"日");
        out.add(y + U"年" + toFullWidth(toCodePoints(m)) + U"月" + toFullWidth(toCodePoints(d)) + U"日");
        out.add(y + U"年" + kanjiByMultiplication(day.month) + U"月" + kanjiByMultiplication(day.day) +
                U"日");
    }
}

bool isName(std::string_view kind) {
    return kind == "patient-name" || kind == "clinician" || kind == "family";
}

std::u32string withoutSeparators(std::u32string_view text) {
    std::u32string out;
    for (const char32_t c : text) {
        if (!isSpace(c) && c != U'-' && c != U'(' && c != U')' && c != U'.') {
            out.push_back(c);
        }
    }
    return out;
}

void addNumber(std::string_view value, SpellingList& out) {
    const std::u32string plain = normalise(value).text;
    const std::u32string bare = withoutSeparators(plain);
    out.addAscii(value);
    for (const std::u32string& text : {plain, bare}) {
        out.add(text);
        out.add(toFullWidth(text));
    }
}

void addPhone(std::string_view value, SpellingList& out) {
    addNumber(value, out);
    const std::u32string bare = withoutSeparators(normalise(value).text);
    if (bare.size() != 10 && bare.size() != 11) {
        return;
    }
    // Area codes have two to five digits; the subscriber number four.
    for (std::size_t area = 2; area <= 5 && area + 5 <= bare.size(); ++area) {
        const std::u32string a = bare.substr(0, area);
        const std::u32string exchange = bare.substr(area, bare.size() - 4 - area);
        const std::u32string last = bare.substr(bare.size() - 4);
        for (const std::u32string& text :
             {a + U"-" + exchange + U"-" + last, a + U"(" + exchange + U")" + last,
              U"(" + a + U")" + exchange + U"-" + last, a + U" " + exchange + U" " + last}) {
            out.add(text);
            out.add(toFullWidth(text));
        }
    }
}

void addPlain(std::string_view value, SpellingList& out) {
    const std::u32string text = toCodePoints(value);
    const std::u32string plain = normalise(value).text;
    for (const std::u32string& form : writtenForms(text, 16)) {
        out.add(form);
    }
    out.add(plain);
    std::u32string joined;
    for (const char32_t c : plain) {
        if (!isSpace(c)) {
            joined.push_back(c);
        }
    }
    out.add(joined);
}

} // namespace

std::vector<NameParts> nameParts(std::string_view value) {
    std::vector<NameParts> out;
    const std::u32string text = normalise(value).text;
    for (std::size_t from = 0; from <= text.size();) {
        const std::size_t to = std::min(text.find(U'=', from), text.size());
        std::vector<std::u32string> words(1);
        for (std::size_t i = from; i < to; ++i) {
            if (isSeparator(text[i])) {
                if (!words.back().empty()) {
                    words.emplace_back();
                }
            } else {
                words.back().push_back(text[i]);
            }
        }
        if (words.back().empty()) {
            words.pop_back();
        }
        from = to + 1;
        if (words.empty()) {
            continue;
        }
        NameParts name;
        name.surname = words.front();
        // 泉谷ハル: the script changes where the given name begins.
        if (words.size() == 1 && isKanji(name.surname.front())) {
            const auto kana = std::find_if(name.surname.begin(), name.surname.end(),
                                           [](char32_t c) { return isHiragana(c) || isKatakana(c); });
            if (kana != name.surname.end() && name.surname.end() - kana >= 2 &&
                std::none_of(kana, name.surname.end(), isKanji)) {
                words = {std::u32string(name.surname.begin(), kana),
                         std::u32string(kana, name.surname.end())};
                name.surname = words.front();
            }
        }
        const bool latin = isLatin(words.front().front());
        for (std::size_t i = 1; i < words.size(); ++i) {
            name.given += (i > 1 && latin ? U" " : U"") + words[i];
        }
        name.whole = name.surname + name.given;
        out.push_back(std::move(name));
    }
    return out;
}

std::vector<std::string> spellings(const model::KnownIdentifier& identifier) {
    SpellingList out;
    if (identifier.kind == "patient-name" || identifier.kind == "clinician" || identifier.kind == "family") {
        for (const NameParts& name : nameParts(identifier.value)) {
            if (!name.given.empty() || name.whole.size() >= 3 ||
                identifier.value.find('=') == std::string::npos) {
                addNameSpellings(name, out);
            }
        }
        out.addAscii(identifier.value);
    } else if (identifier.kind == "birth-date") {
        if (const auto day = parseDay(identifier.value)) {
            addDay(*day, out);
        }
        out.addAscii(identifier.value);
    } else if (identifier.kind == "phone") {
        addPhone(identifier.value, out);
    } else if (identifier.kind == "patient-id" || identifier.kind == "accession" ||
               identifier.kind == "uid") {
        addNumber(identifier.value, out);
    } else {
        addPlain(identifier.value, out);
    }
    return out.take();
}

namespace {

void addComparableNames(const NameParts& name, std::vector<std::u32string>& out) {
    out.push_back(name.whole);
    if (!name.given.empty() && std::all_of(name.whole.begin(), name.whole.end(), [](char32_t c) {
            return isLatin(c) || isBlank(c) || c == U'\'' || c == U'-' || c == U'.';
        })) {
        out.push_back(name.given + name.surname);
    }
    if (!isAllKana(name.surname) || !(name.given.empty() || isAllKana(name.given))) {
        return;
    }
    std::vector<std::u32string> givens;
    if (!name.given.empty()) {
        for (const std::string& given : romaji(name.given)) {
            givens.push_back(toCodePoints(given));
        }
    }
    for (const std::string& s : romaji(name.surname)) {
        const std::u32string surname = toCodePoints(s);
        if (name.given.empty()) {
            out.push_back(surname);
        }
        for (const std::u32string& given : givens) {
            out.push_back(surname + given);
            out.push_back(given + surname);
        }
    }
}

void addComparableDays(const Day& day, std::vector<std::u32string>& out) {
    const std::u32string year = toCodePoints(std::to_string(day.year));
    const std::u32string m = toCodePoints(std::to_string(day.month));
    const std::u32string d = toCodePoints(std::to_string(day.day));
    const std::u32string mm = toCodePoints(pad2(day.month));
    const std::u32string dd = toCodePoints(pad2(day.day));
    const auto add = [&out](std::initializer_list<std::u32string_view> parts) {
        std::u32string& text = out.emplace_back();
        text.reserve(16);
        for (const std::u32string_view part : parts) {
            text += part;
        }
    };
    add({year, mm, dd});
    add({dd, mm, year});
    add({mm, dd, year});
    const auto addAll = [&](std::u32string_view era, std::u32string_view number) {
        for (const std::u32string_view between : {U"/", U"."}) {
            add({era, number, between, m, between, d});
            add({era, number, between, mm, between, dd});
        }
        add({era, number, U"年", m, U"月", d, U"日"});
        add({era, number, U"年", mm, U"月", dd, U"日"});
    };
    addAll({}, year);
    if (const Era* const era = eraOf(day); era != nullptr) {
        const int number = day.year - era->firstYear + 1;
        for (const std::string& n : {std::to_string(number), pad2(number)}) {
            addAll({&era->letter, 1}, toCodePoints(n));
            addAll(era->name, toCodePoints(n));
        }
    }
}

} // namespace

std::vector<std::u32string> comparableForms(const model::KnownIdentifier& identifier) {
    std::vector<std::u32string> out;
    std::size_t shortest = 4;
    if (isName(identifier.kind)) {
        for (const NameParts& name : nameParts(identifier.value)) {
            addComparableNames(name, out);
        }
        shortest = 2;
    } else if (const auto day = identifier.kind == "birth-date" ? parseDay(identifier.value) : std::nullopt) {
        addComparableDays(*day, out);
    } else {
        out.push_back(withoutSeparators(normalise(identifier.value).text));
    }
    // As in spellings(): what is too short occurs by chance.
    std::erase_if(out, [shortest](const std::u32string& text) {
        const bool ascii = std::all_of(text.begin(), text.end(), [](char32_t c) { return c < 0x80; });
        return text.size() < (ascii ? 4 : std::min<std::size_t>(shortest, 2));
    });
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

} // namespace kamei::detect::known
