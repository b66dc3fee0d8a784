#include <algorithm>
#include <array>

#include "core/detect/text/fields/Field.h"

namespace kamei::detect::text::fields {
namespace {

using namespace japanese;

constexpr std::size_t kLongest = 30;    // characters of a name
constexpr std::size_t kLongestRest = 6; // of what was left of a name that was found in part
constexpr std::size_t kLongestLatinRest = 12;

bool isNameLetter(char32_t c) {
    return isKanji(c) || isHiragana(c) || isKatakana(c) || isLatin(c) || oneOf(U"々〆ヶノー", c);
}

// Where a name that begins a value ends: at its title, at a remark, at a mark, behind a family name and a
// given name in Japanese letters. One word has letters of one kind: 胸部CT is none of a name.
std::size_t nameEnd(const Page& page, std::size_t start, std::size_t limit) {
    std::size_t last = start;
    int words = 0;
    bool mixed = false;
    for (std::size_t i = start; i < limit; ++i) {
        const char32_t c = page.text[i];
        if (i > start && page.cueFrom(i, kind::NameEnd) != nullptr && !isLatin(c)) {
            break;
        }
        if (isNameLetter(c)) {
            const bool begins = i == start || isBlank(page.before(i));
            words += begins && !isLatin(c) ? 1 : 0;
            const bool foreign = begins && isUpper(c) && isLower(page.at(i + 1)); // 加賀美 Daniel
            mixed = mixed || foreign;
            if (words > 2 || (!mixed && isLatin(c) != isLatin(page.text[start]))) {
                break;
            }
            last = i + 1;
        } else if (!oneOf(U" ・=＝'.-‐,", c)) {
            break;
        }
    }
    // "奥田志奈 腹部超音波": no given name is that long.
    constexpr std::size_t kLongestGiven = 4;
    const std::size_t blank = page.slice(start, last).find(U' ');
    const std::size_t given = start + blank + 1;
    const bool tooLong = blank != std::u32string_view::npos && last - given > kLongestGiven &&
                         std::all_of(page.text.begin() + static_cast<std::ptrdiff_t>(given),
                                     page.text.begin() + static_cast<std::ptrdiff_t>(last), isKanji);
    return tooLong ? start + blank : last;
}

// Keys that lead to a name and to nothing else: 氏名, フリガナ, 旧姓; not 患者, 本人, 児.
bool isNameField(const Page& page, const Cue& key) {
    static constexpr std::array<std::u32string_view, 10> kEnds{
        U"名", U"名前", U"なまえ", U"しめい", U"シメイ", U"カナ", U"ガナ", U"がな", U"旧姓", U"Name"};
    return (key.bits & kind::PatientField) != 0 &&
           std::any_of(kEnds.begin(), kEnds.end(),
                       [&](std::u32string_view word) { return page.endsWith(key.end, word); });
}

// Keys of somebody's part in it: 同席者, 紹介医, 保証人.
bool isRole(const Page& page, const Cue& key) {
    // 緊急連絡先氏名, キーパーソン; a short one, as 長男, heads what is said of him.
    constexpr std::size_t kLongKin = 4;
    return key.end - key.start > 1 && !page.endsWith(key.end, U"本人") &&
           (oneOf(U"者医人師士員婦長", page.before(key.end)) || page.endsWith(key.end, U"氏名") ||
            ((key.bits & kind::Kin) != 0 && key.end - key.start >= kLongKin));
}

// Departments, shifts and the like stand behind a role as well: "担当者: 夜勤".
bool isPlainWord(const Page& page, std::size_t start, std::size_t end) {
    static constexpr std::array<std::u32string_view, 22> kEnds{
        U"科", U"室", U"部", U"課", U"係", U"病棟", U"チーム", U"センター", U"病院", U"会", U"外来",
        U"帯", U"番", U"勤", U"回", U"中", U"後",   U"前",     U"時",       U"側",   U"的", U"等"};
    const bool ends = std::any_of(kEnds.begin(), kEnds.end(),
                                  [&](std::u32string_view word) { return page.endsWith(end, word); });
    const Morpheme* const first = page.morphemeAt(start);
    const bool one =
        first != nullptr && first->start == start && first->end >= end && !first->unknown &&
        (first->pos == Pos::Noun || first->pos == Pos::ActionNoun || first->pos == Pos::Adverbial);
    return ends || one || page.lexicon.is(page.slice(start, end), ~0ULL);
}

Label labelOf(const Cue& key) {
    return (key.bits & kind::PatientField) != 0   ? Label::PatientName
           : (key.bits & kind::Kin) != 0          ? Label::FamilyName
           : (key.bits & kind::ClinicianCue) != 0 ? Label::ClinicianName
                                                  : Label::OtherName;
}

bool isName(Label label) {
    return label <= Label::OtherName;
}

// A sentence, or what was done: no name. In a field of names what was done may be a name as well (建国).
bool tells(const Page& page, std::size_t start, std::size_t end, bool nameExpected) {
    return anyWord(page, start, end, [&](const Morpheme& word) {
        const bool done = word.pos == Pos::ActionNoun && (word.start == start || !nameExpected);
        const bool counts = !nameExpected && (word.pos == Pos::Number || word.pos == Pos::Counter);
        const Morpheme* const next = page.morphemeAt(word.end);
        const bool acts = word.pos == Pos::Verb && next != nullptr && next->pos == Pos::Auxiliary; // 帰りたい
        const bool joins = word.pos == Pos::Particle && word.start > start && word.end < end &&
                           oneOf(U"はがを", page.text[word.start]);
        return !word.unknown && (done || counts || acts || joins);
    });
}

// 八月朔日あおい begins like a month.
bool mayBeNamePart(const Page& page, const Candidate& c) {
    const std::u32string_view text = page.slice(c.start, c.end);
    return isName(c.label) || (c.label == Label::Date && std::all_of(text.begin(), text.end(), isKanji));
}

// Whether nothing but a title and a remark follows a name in its field.
bool ends(const Page& page, const Field& field, std::size_t end) {
    std::size_t i = page.skipBlanks(end);
    if (const Cue* const title = page.cueFrom(i, kind::NameEnd); title != nullptr) {
        i = page.skipBlanks(title->end);
    }
    return i >= field.end || isOpen(page.at(i));
}

} // namespace

void addName(Form& form, const Field& field) {
    const Page& page = form.page();
    std::size_t start = field.start;
    if (const Cue* const kin = page.cueFrom(start, kind::Kin); kin != nullptr && isBlank(page.at(kin->end))) {
        start = page.skipBlanks(kin->end); // "同意者: 妹 山田 花子"
    }
    const std::size_t end = nameEnd(page, start, field.end);
    if (end <= start || end - start > kLongest) {
        return;
    }
    const Covered covered = form.covered(start, end);
    std::size_t found = start;        // up to which names were found
    const Candidate* first = nullptr; // the name that begins the value
    for (const Candidate& c : covered.inside) {
        if (!mayBeNamePart(page, c) || c.rank >= rank::Known || c.end > end) {
            return;
        }
        found = isName(c.label) ? std::max(found, c.end) : found;
        first = isName(c.label) && c.start == start ? &c : first;
    }
    if (found >= end && first != nullptr && !form.leaves(start, end, Told::Letters)) {
        return;
    }
    // 小鳥遊|ひより: the rest of a name is part of it. 王 建国 has to have a given name, 佐藤 訪問 has not.
    const bool oneLetter = found - start == 1 && end - found <= 3 && isBlank(page.at(found));
    const bool rest = first != nullptr && (oneLetter || field.mark != Mark::Blank) &&
                      end - found <= (isLatin(page.before(end)) ? kLongestLatinRest : kLongestRest) &&
                      (oneLetter || !tells(page, found, end, false));
    constexpr std::size_t kLongestOfRole = 14;
    const bool letter =
        end - start > 1 || (end == field.end && page.lexicon.isSurname(page.slice(start, end)));
    const bool role = field.mark != Mark::Blank && letter && isRole(page, field.key) &&
                      end - start <= kLongestOfRole && !isPlainWord(page, start, end);
    // "氏名 山田太郎 胸部": behind a name that was found and a blank something else stands.
    const bool holes = found >= end; // たか|なし|ふさ
    const bool open = (first == nullptr || holes || !isBlank(page.at(found))) &&
                      (field.mark != Mark::Blank || ends(page, field, end));
    const std::size_t family = start + page.slice(start, end).find(U' ');
    const bool named =
        isNameField(page, field.key) || (family < end && page.lexicon.isSurname(page.slice(start, family)));
    const bool whole = open && (isNameField(page, field.key) || role) && !tells(page, start, end, named);
    // "麻酔 申 東赫": the given name was found, the family name of one letter before it was not.
    const bool before = first == nullptr && !covered.inside.empty() && isName(covered.inside.front().label) &&
                        covered.inside.front().start == start + 2 && isBlank(page.at(start + 1)) &&
                        found >= end && page.lexicon.isSurname(page.slice(start, start + 1));
    if (rest || whole || before) {
        const bool listed = (field.key.bits & (kind::PatientField | kind::Kin | kind::ClinicianCue)) != 0;
        const Label label = start > field.start           ? Label::FamilyName
                            : first != nullptr && !listed ? first->label
                                                          : labelOf(field.key);
        form.add(start, end, label, covered.rank(rank::Cued));
    }
}

} // namespace kamei::detect::text::fields
