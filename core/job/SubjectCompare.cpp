#include "core/job/SubjectCompare.h"

#include <algorithm>

#include "core/detect/japanese/Kana.h"
#include "core/detect/japanese/Normalise.h"
#include "core/detect/japanese/Variants.h"

namespace kamei::job {
namespace {

namespace japanese = detect::japanese;
using model::SubjectHint;

enum class Script { None, Latin, Kana, Kanji };

/// A part of a name (or all of it) folded, with its script.
struct Part {
    std::u32string text;
    Script script = Script::None;
};

struct Name {
    Part whole, reversed, family, given;
};

Part partOf(std::u32string_view normalised) {
    Part out;
    for (char32_t c : japanese::toKatakana(normalised)) {
        if (c >= U'a' && c <= U'z') {
            c -= U'a' - U'A';
        }
        c = japanese::plainKanji(c);
        if (!japanese::isWord(c)) {
            continue;
        }
        const Script script = japanese::isKanji(c)      ? Script::Kanji
                              : japanese::isKatakana(c) ? Script::Kana
                                                        : Script::Latin;
        out.script = std::max(out.script, script); // kana stand in kanji names, Latin letters in neither
        out.text += c;
    }
    return out;
}

/// Family and given name, where a separator stands between exactly two parts; else the whole alone.
Name nameOf(std::string_view utf8) {
    const std::u32string text = japanese::normalise(utf8).text;
    std::vector<Part> parts;
    std::u32string part;
    const auto flush = [&] {
        if (Part made = partOf(part); !made.text.empty()) {
            parts.push_back(std::move(made));
        }
        part.clear();
    };
    for (const char32_t c : text) {
        if (c == U'^' || c == U',' || japanese::isBlank(c) || c == 0x3000) {
            flush();
        } else {
            part += c;
        }
    }
    flush();
    Name out;
    for (const Part& each : parts) {
        out.whole.text += each.text;
        out.whole.script = std::max(out.whole.script, each.script);
    }
    if (parts.size() == 2) {
        out.family = parts[0];
        out.given = parts[1];
        out.reversed = {parts[1].text + parts[0].text, out.whole.script};
    }
    return out;
}

std::vector<Name> namesOf(const SubjectHint& hint) {
    std::vector<Name> out;
    for (const std::string& value : hint.names) {
        std::string_view rest = value;
        // DICOM joins scripts with '='.
        while (!rest.empty()) {
            const std::size_t end = std::min(rest.find('='), rest.size());
            if (Name name = nameOf(rest.substr(0, end)); !name.whole.text.empty()) {
                out.push_back(std::move(name));
            }
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }
    return out;
}

bool comparable(const Part& left, const Part& right) {
    return left.script == right.script || (left.script != Script::Kanji && right.script != Script::Kanji);
}

std::string asciiLower(const std::u32string& text) {
    std::string out = japanese::toUtf8(text);
    std::ranges::transform(
        out, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return out;
}

bool equal(const Part& left, const Part& right) {
    if (left.text.empty() || right.text.empty()) {
        return false;
    }
    if (left.script == right.script) {
        return left.text == right.text;
    }
    if (!comparable(left, right)) {
        return false;
    }
    const Part& kana = left.script == Script::Kana ? left : right;
    const Part& latin = left.script == Script::Kana ? right : left;
    const auto forms = japanese::romaji(kana.text);
    return std::ranges::find(forms, asciiLower(latin.text)) != forms.end();
}

/// Kanji without a separator: one name ends (or begins) with what the other tells apart.
bool holds(const Part& whole, const Part& part, bool atEnd) {
    if (part.text.size() < 2 || whole.script != part.script || whole.text.size() <= part.text.size()) {
        return false;
    }
    return atEnd ? whole.text.ends_with(part.text) : whole.text.starts_with(part.text);
}

NameAgreement agreementOf(const Name& left, const Name& right) {
    if (!comparable(left.whole, right.whole)) {
        return NameAgreement::Unknown;
    }
    if (equal(left.whole, right.whole) || equal(left.reversed, right.whole) ||
        (equal(left.family, right.family) && equal(left.given, right.given))) {
        return NameAgreement::Same;
    }
    if (equal(left.given, right.given) || holds(left.whole, right.given, true) ||
        holds(right.whole, left.given, true)) {
        return NameAgreement::SharedGiven;
    }
    if (equal(left.family, right.family) || holds(left.whole, right.family, false) ||
        holds(right.whole, left.family, false)) {
        return NameAgreement::SharedFamily;
    }
    return NameAgreement::Different;
}

Agreement agreementOf(const std::string& left, const std::string& right) {
    return left.empty() || right.empty() ? Agreement::Unknown
           : left == right               ? Agreement::Same
                                         : Agreement::Different;
}

bool isSex(const std::string& text) {
    return text == "M" || text == "F";
}

} // namespace

Comparison compare(const SubjectHint& left, const SubjectHint& right) {
    Comparison out;
    const auto mine = namesOf(left);
    for (const Name& theirs : namesOf(right)) {
        for (const Name& name : mine) {
            out.name = std::max(out.name, agreementOf(name, theirs));
        }
    }
    out.birth = agreementOf(left.birthDate, right.birthDate);
    if (isSex(left.sex) && isSex(right.sex)) {
        out.sex = agreementOf(left.sex, right.sex);
    }
    return out;
}

bool areTwoPeople(const Comparison& comparison, bool stated) {
    const bool otherName =
        comparison.name == NameAgreement::Different || comparison.name == NameAgreement::SharedFamily;
    if (comparison.birth == Agreement::Different) {
        // A wrong date under the same name is a typing error; under another name it is another person.
        return otherName || (!stated && comparison.name != NameAgreement::Same) ||
               (comparison.sex == Agreement::Different && comparison.name != NameAgreement::Same);
    }
    return !stated && comparison.birth == Agreement::Unknown && otherName;
}

bool mayBeMistyped(std::string_view left, std::string_view right) {
    if (left.size() != 8 || right.size() != 8 || left == right) {
        return false;
    }
    const auto [first, other] = std::ranges::mismatch(left, right);
    const auto at = static_cast<std::size_t>(first - left.begin());
    if (left.substr(at + 1) == right.substr(at + 1)) {
        return true;
    }
    if (at + 1 < left.size() && left[at] == right[at + 1] && left[at + 1] == right[at] &&
        left.substr(at + 2) == right.substr(at + 2)) {
        return true;
    }
    return left.substr(0, 4) == right.substr(0, 4) && left.substr(4, 2) == right.substr(6, 2) &&
           left.substr(6, 2) == right.substr(4, 2);
}

std::vector<PlainName> plainNames(const SubjectHint& hint) {
    std::vector<PlainName> out;
    for (const Name& name : namesOf(hint)) {
        out.push_back({japanese::toUtf8(name.whole.text), japanese::toUtf8(name.family.text),
                       japanese::toUtf8(name.given.text)});
    }
    return out;
}

std::string trimmedText(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) {
        return {};
    }
    return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

} // namespace kamei::job
