#include <algorithm>
#include <array>

#include "core/detect/japanese/Numerals.h"
#include "core/detect/text/fields/Field.h"
#include "core/detect/text/fields/Units.h"

namespace kamei::detect::text::fields {
namespace {

using namespace japanese;

// Numbers of a key word: what they are, and the fewest digits that make one.
struct NumberKind {
    std::uint64_t bits = 0;
    Label label = Label::OtherNo;
    std::size_t fewest = 4;
};
constexpr std::array<NumberKind, 12> kNumbers{{
    {kind::MyNumberLabel, Label::MyNumber},
    {kind::ResidentLabel, Label::ResidentCode},
    {kind::PensionLabel, Label::PensionNo},
    {kind::LicenceLabel, Label::LicenseNo},
    {kind::PassportLabel, Label::PassportNo},
    {kind::CardLabel, Label::CreditCard},
    {kind::OtherNumberLabel, Label::OtherNo},
    {kind::InsuranceLabel, Label::InsuranceNo, 2},
    {kind::PhoneLabel, Label::Phone},
    {kind::PostalLabel, Label::PostalCode, 7},
    {kind::ExamLabel, Label::ExamId, 3},
    {kind::ChartLabel, Label::ChartNo, 2},
}};

std::size_t digitsIn(const Page& page, std::size_t start, std::size_t end) {
    return static_cast<std::size_t>(std::count_if(page.text.begin() + static_cast<std::ptrdiff_t>(start),
                                                  page.text.begin() + static_cast<std::ptrdiff_t>(end),
                                                  isDigit));
}

// What a value is told by: of a day and a number the digits and Latin letters, of all else every letter.
enum class Told { Letters, Code };

bool isUncovered(const Page& page, const Covered& covered, std::size_t start, std::size_t end, Told told) {
    for (std::size_t i = start; i < end; ++i) {
        const char32_t c = page.text[i];
        const bool tells = told == Told::Code ? isDigit(c) || isLatin(c) : isWord(c);
        if (tells && !covered.has(i)) {
            return true;
        }
    }
    return false;
}

// Takes a range whole, unless something else was found in it.
template <class Alike>
void take(Form& form, std::size_t start, std::size_t end, Label label, Told told, const Alike& alike) {
    const Page& page = form.page();
    const Covered covered = form.covered(start, end);
    const bool other = std::any_of(covered.inside.begin(), covered.inside.end(), [&](const Candidate& c) {
        return c.rank >= rank::Known || c.start < start || c.end > end || !alike(c.label);
    });
    if (!other && isUncovered(page, covered, start, end, told)) {
        form.add(start, end, label, covered.rank(rank::Number));
    }
}

// 検体, 画像, 病理 head what was found as often as a number: only 検体番号, 標本No and their like are asked.
bool namesNumber(const Page& page, const Cue& key) {
    static constexpr std::array<std::u32string_view, 11> kEnds{
        U"番号", U"No", U"No.", U"NO", U"ID", U"UID", U"コード", U"券", U"Number", U"SN", U"S/N"};
    return std::any_of(kEnds.begin(), kEnds.end(),
                       [&](std::u32string_view word) { return page.endsWith(key.end, word); });
}

bool isCounter(char32_t c) {
    return oneOf(U"年月日歳才回人件分時名枚本例点円%℃割度代型種個錠", c);
}

// "12 34 567", "1234/567", "あいう・123": the characters of numbers and nothing else.
void addNumber(Form& form, const Field& field) {
    const Page& page = form.page();
    const auto* const row = std::find_if(kNumbers.begin(), kNumbers.end(), [&](const NumberKind& kind) {
        return (kind.bits & field.key.bits) != 0;
    });
    if (row == kNumbers.end() || (row->label == Label::ExamId && !namesNumber(page, field.key))) {
        return;
    }
    // The word leads to much else where no sign says that it is a field, or as part of a longer one: "No. 3
    // 胃角", 投与番号.
    const bool general = field.key.end - field.key.start <= 3 &&
                         (field.mark == Mark::Blank || isWord(page.before(field.key.start)));
    std::size_t start = field.start;
    while (start < field.end && !isDigit(page.text[start]) && !isLatin(page.text[start]) &&
           !(row->label == Label::InsuranceNo && isHiragana(page.text[start]))) {
        ++start;
    }
    if (start > field.start + 2) {
        return;
    }
    std::size_t end = start;
    std::size_t letters = 0;
    for (std::size_t i = start; i < field.end; ++i) {
        const char32_t c = page.text[i];
        const bool letter = isLatin(c) || (row->label == Label::InsuranceNo && isHiragana(c));
        letters += isLatin(c) ? 1 : 0;
        if (isDigit(c) || letter) {
            end = i + 1;
        } else if (!oneOf(U" -/.#・+()_:", c)) {
            if (isWord(c) && c != U'番' && c != U'号') {
                return; // words: something is told here
            }
            break;
        }
    }
    if (start > field.start && isOpen(page.before(start)) && !isClose(page.at(end))) {
        return; // (0010,0020): the number of an attribute
    }
    const std::size_t digits = digitsIn(page, start, end);
    const bool clock = page.slice(start, end).find(U':') != std::u32string_view::npos;
    if (digits < std::max<std::size_t>(row->fewest, general ? 4 : 0) || letters > digits || clock ||
        isCounter(page.at(end))) {
        return;
    }
    take(form, start, end, row->label, row->label == Label::InsuranceNo ? Told::Letters : Told::Code,
         [](Label label) { return label == Label::Phone || label >= Label::ChartNo; });
}

// "3-45.02.01", "S450201", "1970 02 01": whatever way a day is written in.
void addBirth(Form& form, const Field& field) {
    const Page& page = form.page();
    std::size_t end = field.start;
    std::size_t last = end;
    for (; end < field.end && !isOpen(page.text[end]); ++end) {
        const char32_t c = page.text[end];
        if (isHiragana(c) || oneOf(U"歳才週回", c)) {
            return;
        }
        last = isWord(c) ? end + 1 : last;
    }
    const std::size_t digits = digitsIn(page, field.start, last);
    if (digits >= 4 && digits <= 8 && last - field.start <= 20) {
        take(form, field.start, last, Label::BirthDate, Told::Code, [](Label label) {
            return label == Label::Date || label == Label::BirthDate || label >= Label::ChartNo;
        });
    }
}

// "1.男", "■女", "男・(女)", and the codes of forms. Of a printed choice that shows no mark nothing is known.
void addSex(Form& form, const Field& field) {
    const Page& page = form.page();
    const std::u32string_view value = page.slice(field.start, field.end);
    constexpr std::size_t kLongest = 12;
    if (value.size() > kLongest) {
        return;
    }
    if (value == U"1" || value == U"2") {
        take(form, field.start, field.end, Label::Sex, Told::Letters, [](Label) { return true; });
        return;
    }
    const bool both = value.find(U'男') != value.npos && value.find(U'女') != value.npos;
    const bool marked = std::any_of(value.begin(), value.end(),
                                    [](char32_t c) { return isOpen(c) || oneOf(U"■☑✓✔●◉レ×○", c); });
    if (both && !marked) {
        return;
    }
    for (std::size_t i = field.start; i < field.end; ++i) {
        if (oneOf(U"男女", page.text[i])) {
            const std::size_t end = i + (oneOf(U"性児子", page.at(i + 1)) ? 2 : 1);
            take(form, i, std::min(end, field.end), Label::Sex, Told::Letters,
                 [](Label label) { return label == Label::Sex; });
        }
    }
    for (const std::u32string_view word : {std::u32string_view(U"M"), std::u32string_view(U"F"),
                                           std::u32string_view(U"Male"), std::u32string_view(U"Female")}) {
        if (value == word) {
            take(form, field.start, field.end, Label::Sex, Told::Letters, [](Label) { return true; });
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

// Whether a value tells something rather than naming it: "職場 復帰を検討".
bool tells(const Page& page, std::size_t start, std::size_t end) {
    static constexpr std::array<std::u32string_view, 14> kWords{U"予定", U"希望", U"検討", U"調整", U"確認",
                                                                U"連絡", U"相談", U"復帰", U"休職", U"退職",
                                                                U"可",   U"否",   U"待ち", U"説明"};
    const bool sentence = anyWord(page, start, end, [&](const Morpheme& word) {
        return word.pos == Pos::Verb || word.pos == Pos::Auxiliary || word.pos == Pos::Adjective ||
               (word.pos == Pos::Particle && word.end - word.start == 1 &&
                oneOf(U"はがをにでへともや", page.text[word.start]));
    });
    return sentence || std::any_of(kWords.begin(), kWords.end(), [&](std::u32string_view word) {
               return page.endsWith(end, word) || page.startsWith(start, word);
           });
}

// Whether a value of which nothing was found may be a proper name: not 県外, 一人暮らし, 抗菌薬投与, 高校卒.
bool mayBeProper(const Page& page, const Field& field, Label label) {
    const std::u32string_view value = page.slice(field.start, field.end);
    if (label == Label::Address) {
        return digitsIn(page, field.start, field.end) > 0 ||
               (value.size() > 2 && std::none_of(value.begin(), value.end(), isHiragana));
    }
    const Morpheme* const last = page.morphemeAt(field.end - 1);
    return label == Label::Occupation ||
           (!oneOf(U"卒中等科部課室棟係", value.back()) && (last == nullptr || last->pos != Pos::ActionNoun));
}

// What stands in a field of an address, of a place of work or of a job and was not found: each piece for
// itself, beside what was found.
void addPieces(Form& form, const Field& field, Label label, std::size_t longest) {
    const Page& page = form.page();
    const std::size_t end = field.end;
    if (end - field.start > longest || tells(page, field.start, end)) {
        return;
    }
    const Covered covered = form.covered(field.start, end);
    if (covered.inside.empty() && !mayBeProper(page, field, label)) {
        return;
    }
    for (std::size_t i = field.start; i < end;) {
        if (!isWord(page.text[i]) || covered.has(i)) {
            ++i;
            continue;
        }
        std::size_t to = i;
        for (std::size_t k = i; k < end && !covered.has(k) && !isOpen(page.text[k]); ++k) {
            to = isWord(page.text[k]) ? k + 1 : to;
        }
        const auto same = std::find_if(covered.inside.begin(), covered.inside.end(), [&](const Candidate& c) {
            return c.end == i && c.rank < rank::Known && (c.label == label || c.label == Label::Municipality);
        });
        const bool joined = same != covered.inside.end() && same->start >= field.start;
        const bool beside =
            to < end && covered.has(to); // ア|パート: what was found there is no more than a part
        const Morpheme* const last = page.morphemeAt(to - 1);
        const bool done =
            label != Label::Address && last != nullptr && last->pos == Pos::ActionNoun; // みちのく寮 体験
        if (!done && (joined || beside || to - i > 1)) {
            form.add(joined ? same->start : i, to, label, joined ? same->rank : rank::Guess);
        }
        i = to;
    }
}

// "住所 松本市大手": what follows a place that was found belongs to it, though no sign leads to the field.
bool beginsFound(const Form& form, const Field& field) {
    const Covered covered = form.covered(field.start, field.end);
    return !covered.inside.empty() && covered.inside.front().start == field.start;
}

// The model takes 和暦 behind 生年月日 for what is filled in.
void forgetInstructions(Page& page, const std::vector<Field>& fields) {
    for (const Field& field : fields) {
        const Stretch& at = field.instruction;
        const auto within = [&at](const Candidate& c) {
            return c.rank == rank::Model && c.start >= at.start && c.end <= at.end;
        };
        if (at.start < at.end && std::any_of(page.found.begin(), page.found.end(), within)) {
            page.remove(0, within);
        }
    }
}

} // namespace

void findFieldValues(Page& page) {
    const std::vector<Field> fields = readFields(page);
    forgetInstructions(page, fields);
    Form form(page);
    for (const Field& field : fields) {
        const std::uint64_t bits = field.key.bits;
        const bool clear = field.mark != Mark::Blank;
        if ((bits & kind::BirthLabel) != 0) {
            addBirth(form, field);
        } else if ((bits & kind::SexLabel) != 0) {
            addSex(form, field);
        } else if ((bits & kind::AgeLabel) != 0) {
            addAge(form, field);
        } else if ((bits & kind::AddressLabel) != 0 && (clear || beginsFound(form, field))) {
            addPieces(form, field, Label::Address, 60);
        } else if ((bits & kind::JobLabel) != 0 && clear) {
            addPieces(form, field, Label::Occupation, 14);
        } else if ((bits & kind::OrgLabel) != 0 && clear) {
            addPieces(form, field, Label::Organization, 24);
        } else if ((bits & kind::FacilityLabel) != 0 && clear) {
            addPieces(form, field, Label::Facility, 24);
        } else if ((bits & (kind::NumberLabel | kind::PhoneLabel | kind::PostalLabel)) != 0) {
            addNumber(form, field);
        }
        if ((bits & kind::NameCue) != 0) {
            addName(form, field);
        }
    }
    form.finish();
}

} // namespace kamei::detect::text::fields
