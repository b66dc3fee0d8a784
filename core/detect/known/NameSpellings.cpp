#include "core/detect/known/NameSpellings.h"

#include <algorithm>
#include <array>

#include "core/detect/japanese/Kana.h"
#include "core/detect/japanese/Normalise.h"
#include "core/detect/japanese/Variants.h"

namespace kamei::detect::known {
namespace {

using namespace japanese;

constexpr std::size_t kMostForms = 16;

bool isAllLatin(std::u32string_view text) {
    return std::all_of(text.begin(), text.end(), [](char32_t c) {
        return isLatin(c) || c == U'\'' || c == U'.' || c == U'-' || isBlank(c);
    });
}

void joinAll(std::u32string_view first, std::u32string_view second, SpellingList& out) {
    constexpr std::array<std::u32string_view, 8> kBetween{U"", U" ", U"　", U"^", U"・", U",", U"、", U"\n"};
    for (const std::u32string_view between : kBetween) {
        out.add(std::u32string(first) + std::u32string(between) + std::u32string(second));
    }
}

std::u32string cased(std::u32string_view text, int style) {
    std::u32string out(text);
    bool first = true;
    for (char32_t& c : out) {
        const bool upper = style == 0 || (style == 1 && first);
        if (upper && c >= U'a' && c <= U'z') {
            c -= 0x20;
        } else if (!upper && c >= U'A' && c <= U'Z') {
            c += 0x20;
        }
        first = !isLatin(c);
    }
    return out;
}

void addLatin(std::u32string_view surname, std::u32string_view given, SpellingList& out) {
    constexpr std::array<std::u32string_view, 7> kBetween{U" ", U"^", U", ", U",", U"_", U"-", U""};
    for (int style = 0; style < 3; ++style) {
        const std::u32string s = cased(surname, style);
        const std::u32string g = cased(given, style);
        if (g.empty()) {
            out.add(s);
            continue;
        }
        for (const std::u32string_view between : kBetween) {
            out.add(s + std::u32string(between) + g);
            out.add(g + std::u32string(between) + s);
        }
    }
    // "YAMADA Taro", "Taro YAMADA": the usual form in letters and publications.
    if (!given.empty()) {
        out.add(cased(surname, 0) + U" " + cased(given, 1));
        out.add(cased(given, 1) + U" " + cased(surname, 0));
        out.add(cased(surname, 0) + U", " + cased(given, 1));
    }
}

void addKana(const NameParts& name, SpellingList& out) {
    const std::u32string surname = toKatakana(name.surname);
    const std::u32string given = toKatakana(name.given);
    joinAll(surname, given, out);
    joinAll(toHiragana(surname), toHiragana(given), out);
    joinAll(toHalfWidth(surname), toHalfWidth(given), out);
    for (const std::string& s : romaji(surname)) {
        if (given.empty()) {
            addLatin(toCodePoints(s), {}, out);
            continue;
        }
        for (const std::string& g : romaji(given)) {
            addLatin(toCodePoints(s), toCodePoints(g), out);
        }
    }
}

} // namespace

void SpellingList::add(std::u32string_view text) {
    std::size_t letters = 0;
    bool ascii = true;
    for (const char32_t c : text) {
        letters += isWord(c) || c > 0xFF00 ? 1 : 0;
        ascii = ascii && c < 0x80;
    }
    if (letters < (ascii ? 4U : 2U)) {
        return;
    }
    std::string utf8 = toUtf8(text);
    if (m_seen.insert(utf8).second) {
        m_texts.push_back(std::move(utf8));
    }
}

void SpellingList::addAscii(std::string_view text) {
    add(toCodePoints(text));
}

void addNameSpellings(const NameParts& name, SpellingList& out) {
    if (name.surname.empty()) {
        return;
    }
    if (isAllLatin(name.surname) && isAllLatin(name.given)) {
        addLatin(name.surname, name.given, out);
        std::u32string full = name.surname + (name.given.empty() ? U"" : U" ") + name.given;
        for (char32_t& c : full) {
            c = isUpper(c) && c < 0x80 ? c + 0x20 : c;
        }
        out.add(toFullWidth(cased(full, 0)));
        return;
    }
    if (isAllKana(name.surname) && (name.given.empty() || isAllKana(name.given))) {
        addKana(name, out);
        return;
    }
    for (const std::u32string& surname : writtenForms(name.surname, kMostForms)) {
        if (name.given.empty()) {
            out.add(surname);
            continue;
        }
        for (const std::u32string& given : writtenForms(name.given, kMostForms)) {
            joinAll(surname, given, out);
        }
    }
    // A given name in kana is also written in the other kana (泉谷ハル, 泉谷はる).
    if (!name.given.empty() && isAllKana(name.given)) {
        joinAll(name.surname, toHiragana(name.given), out);
        joinAll(name.surname, toKatakana(name.given), out);
    }
}

} // namespace kamei::detect::known
