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
    const auto* const row = std::find_if(kNumbers.begin(), kNumbers.end(), [&](const NumberKind& number) {
        // 番号 is what an insurance card calls its number, and what everything else does.
        const bool either = number.label == Label::InsuranceNo && (field.key.bits & kind::ChartLabel) != 0;
        return (number.bits & field.key.bits) != 0 && !either;
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
        const char32_t next = page.at(page.skipBlanks(i + 1));
        if (isDigit(c) || letter) {
            end = i + 1;
        } else if (c == U'/' && !isDigit(next) && !isLatin(next)) {
            break; // the next field
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
    for (; end < field.end; ++end) {
        const char32_t c = page.text[end];
        if (isOpen(c)) { // "1942年(昭和17年)6月25日", but not "昭和17年6月25日(82歳)"
            const std::size_t close = page.slice(0, field.end).find(U')', end);
            if (close == std::u32string_view::npos || !isDigit(page.at(close + 1))) {
                break;
            }
        }
        if (isHiragana(c) || oneOf(U"歳才週回", c)) {
            return;
        }
        last = isWord(c) ? end + 1 : last;
    }
    const std::size_t digits = digitsIn(page, field.start, last);
    if (digits >= 4 && digits <= 10 && last - field.start <= 24) {
        // "平 7. 10. 2": the era alone was taken for a name.
        const Covered covered = form.covered(field.start, last);
        const bool era = !covered.inside.empty() && covered.inside.front().end == field.start + 1 &&
                         oneOf(U"明大昭平令", page.text[field.start]);
        if (era) {
            form.add(field.start, last, Label::BirthDate, covered.rank(rank::Number));
            return;
        }
        take(form, field.start, last, Label::BirthDate, Told::Code, [](Label label) {
            return label == Label::Date || label == Label::BirthDate || label >= Label::ChartNo;
        });
    }
}

// "5-06.05.30", "6・8・21", "2024 / 07 / 19": a day in three numbers, before which the number of its era may
// stand.
void addDay(Form& form, const Field& field) {
    const Page& page = form.page();
    std::array<std::size_t, 4> numbers{};
    std::size_t count = 0;
    std::size_t i = field.start;
    std::size_t end = i;
    while (i < field.end && count < numbers.size() && isDigit(page.text[i])) {
        std::size_t value = 0;
        const std::size_t from = i;
        for (; i < field.end && isDigit(page.text[i]) && i - from < 4; ++i) {
            value = value * 10 + static_cast<std::size_t>(page.text[i] - U'0');
        }
        numbers[count++] = value;
        end = i;
        const std::size_t mark = page.skipBlanks(i);
        if (!oneOf(U"-./・", page.at(mark))) {
            break;
        }
        i = page.skipBlanks(mark + 1);
    }
    const bool era = count == 4 && numbers[0] >= 1 && numbers[0] <= 5;
    if ((count != 3 && !era) || isWord(page.at(end)) || numbers[count - 2] < 1 || numbers[count - 2] > 12 ||
        numbers[count - 1] < 1 || numbers[count - 1] > 31) {
        return;
    }
    take(form, field.start, end, Label::Date, Told::Code,
         [](Label label) { return label == Label::Date || label >= Label::ChartNo; });
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
        if ((bits & kind::BirthLabel) != 0) {
            addBirth(form, field);
        } else if ((bits & kind::DateLabel) != 0) {
            addDay(form, field);
        } else if ((bits & kind::SexLabel) != 0) {
            addSex(form, field);
        } else if ((bits & kind::AgeLabel) != 0) {
            addAge(form, field);
        } else if ((bits & kind::AddressLabel) != 0) {
            addPieces(form, field, Label::Address, 60);
        } else if ((bits & kind::JobLabel) != 0) {
            addPieces(form, field, Label::Occupation, 24);
        } else if ((bits & kind::OrgLabel) != 0) {
            addPieces(form, field, Label::Organization, 24);
        } else if ((bits & kind::FacilityLabel) != 0) {
            addPieces(form, field, Label::Facility, 24);
        } else if ((bits & (kind::NumberLabel | kind::PhoneLabel | kind::PostalLabel)) != 0) {
            addNumber(form, field);
        }
        if ((bits & kind::NameCue) != 0) {
            addName(form, field);
        }
    }
    addChoices(form);
    form.finish();
}

} // namespace kamei::detect::text::fields
