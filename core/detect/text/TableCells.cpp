#include "core/detect/text/TableCells.h"

#include <algorithm>
#include <array>

#include "core/detect/text/values/DateForms.h"

namespace kamei::detect::text {

using namespace japanese;
using namespace names;
using namespace values;

namespace {

constexpr std::size_t kLongestCell = 60;
constexpr int kRank = rank::Contact - 2; // a heading says more than the shape of what stands below it

bool letters(std::u32string_view text) {
    return std::all_of(text.begin(), text.end(), [](char32_t c) {
        return isKanji(c) || isHiragana(c) || isKatakana(c) || isLatin(c) || oneOf(U"・ ", c);
    });
}

} // namespace

void CellReader::setColumns(std::span<const Column> columns) {
    m_insurance = std::any_of(columns.begin(), columns.end(), [](const Column& column) {
        return (column.bits & kind::InsuranceLabel) != 0 && (column.bits & kind::ChartLabel) == 0;
    });
    m_patient = std::any_of(columns.begin(), columns.end(),
                            [](const Column& column) { return (column.bits & kind::PatientField) != 0; });
}

void CellReader::add(Stretch cell, Label label, double confidence) {
    m_page.add(cell.start, cell.end, label, confidence, "structure.table", kRank);
}

void CellReader::read(const Column& column, Stretch cell) {
    while (cell.end > cell.start + 1 && oneOf(U"\"「", m_page.at(cell.start)) &&
           oneOf(U"\"」", m_page.before(cell.end))) {
        ++cell.start;
        --cell.end;
    }
    const std::u32string_view text = m_page.slice(cell.start, cell.end);
    const std::uint64_t bits = column.bits;
    if (bits == 0 || text.empty() || text.size() > kLongestCell || isNothing(text)) {
        return;
    }
    const auto digits = static_cast<std::size_t>(std::count_if(text.begin(), text.end(), isDigit));
    if ((bits & kind::NumberLabel) != 0) {
        number(column, cell, digits);
    } else if ((bits & (kind::BirthLabel | kind::DateLabel)) != 0) {
        day(bits, cell, digits);
    } else if ((bits & kind::AgeLabel) != 0) {
        const std::size_t unit = text.size() - digits;
        if (digits >= 1 && digits <= 3 && (unit == 0 || (unit == 1 && oneOf(U"歳才yY", text.back())))) {
            add(cell, Label::Age, 0.85);
        }
    } else if ((bits & kind::SexLabel) != 0) {
        sex(cell);
    } else if ((bits & kind::PhoneLabel) != 0) {
        if (digits >= 6 && digits + 6 >= text.size()) {
            add(cell, Label::Phone, 0.85);
        }
    } else if ((bits & kind::PostalLabel) != 0) {
        if (digits == 7 && text.size() <= 9) {
            add(cell, Label::PostalCode, 0.9);
        }
    } else if ((bits & kind::AddressLabel) != 0) {
        address(cell, digits);
    } else if ((bits & kind::JobLabel) != 0) {
        if (text.size() >= 2 && text.size() <= 12 && letters(text)) {
            add(cell, Label::Occupation, 0.6);
        }
    } else if ((bits & kind::NameCue) != 0) {
        person(column, cell);
    } else if ((bits & (kind::OrgLabel | kind::FacilityLabel)) != 0) {
        body(bits, cell);
    }
}

// "—", "なし", "同上", a word of the list: no value.
bool CellReader::isNothing(std::u32string_view text) const {
    static constexpr std::array<std::u32string_view, 20> kNothing{
        U"なし", U"無し",   U"無",     U"有",   U"あり", U"未", U"不明",     U"同上", U"同",     U"済",
        U"未定", U"未記入", U"未入力", U"空床", U"空",   U"欠", U"該当なし", U"不詳", U"非公開", U"N/A"};
    return std::none_of(text.begin(), text.end(), isWord) ||
           std::find(kNothing.begin(), kNothing.end(), text) != kNothing.end() ||
           m_page.lexicon.is(text, kind::AnyLabel | kind::NotName | kind::Decoy);
}

void CellReader::number(const Column& column, Stretch cell, std::size_t digits) {
    if (const Cue* const inner = m_page.cueFrom(cell.start, kind::NumberLabel);
        inner != nullptr && isBlank(m_page.at(inner->end))) {
        cell.start = m_page.skipBlanks(inner->end); // | 被保険者証 | 記号 42 |
    }
    const std::u32string_view text = m_page.slice(cell.start, cell.end);
    const std::uint64_t bits = column.bits;
    const bool plain =
        std::all_of(text.begin(), text.end(), [](char32_t c) { return isWord(c) || oneOf(U"-・._ ー/", c); });
    if (!plain || text.size() > 24 || oneOf(U"年月日歳才割%円名件本", text.back())) {
        return;
    }
    const bool insurance =
        (bits & kind::InsuranceLabel) != 0 && ((bits & kind::ChartLabel) == 0 || m_insurance);
    if (insurance) {
        const bool kanji = std::all_of(text.begin(), text.end(), isKanji);
        if (text.size() <= 14 && (digits > 0 || (column.sign && kanji && text.size() <= 4))) {
            add(cell, Label::InsuranceNo, 0.9);
        }
        return;
    }
    if (digits * 2 < text.size() || (column.counts && digits == text.size() && digits < 4)) {
        return; // words, or the count of the rows
    }
    if (const auto date = readDate(m_page.text, cell.start);
        date && date->certain && cell.start + date->length >= cell.end) {
        return;
    }
    struct Row {
        std::uint64_t bits;
        Label label;
        std::size_t fewest;
    };
    static constexpr std::array<Row, 9> kRows{{{kind::MyNumberLabel, Label::MyNumber, 10},
                                               {kind::ResidentLabel, Label::ResidentCode, 9},
                                               {kind::PensionLabel, Label::PensionNo, 6},
                                               {kind::LicenceLabel, Label::LicenseNo, 8},
                                               {kind::PassportLabel, Label::PassportNo, 6},
                                               {kind::CardLabel, Label::CreditCard, 12},
                                               {kind::OtherNumberLabel, Label::OtherNo, 4},
                                               {kind::ExamLabel, Label::ExamId, 2},
                                               {kind::ChartLabel, Label::ChartNo, 2}}};
    for (const Row& row : kRows) {
        if ((bits & row.bits) != 0 && digits >= row.fewest) {
            add(cell, row.label, 0.85);
            return;
        }
    }
}

void CellReader::sex(Stretch cell) {
    static constexpr std::array<std::u32string_view, 14> kWords{U"男",   U"女", U"男性", U"女性",  U"男児",
                                                                U"女児", U"M",  U"F",    U"m",     U"f",
                                                                U"♂",    U"♀",  U"Male", U"Female"};
    if (std::find(kWords.begin(), kWords.end(), m_page.slice(cell.start, cell.end)) != kWords.end()) {
        add(cell, Label::Sex, 0.9);
    }
}

void CellReader::person(const Column& column, Stretch cell) {
    const std::uint64_t bits = column.bits;
    std::size_t start = cell.start;
    if (const Cue* const role = m_page.cueFrom(start, kind::NameCue);
        role != nullptr && isBlank(m_page.at(role->end))) {
        start = m_page.skipBlanks(role->end); // 医師 山田
    }
    std::size_t end = start;
    while (end < cell.end && (isNameCharacter(m_page.at(end)) || isLatin(m_page.at(end)) ||
                              oneOf(U" ・.,/'-^=", m_page.at(end)))) {
        ++end;
    }
    end = m_page.skipBlanksBack(end);
    if (const Cue* const title = m_page.cueTo(end, kind::NameEnd); title != nullptr && title->start > start) {
        end = m_page.skipBlanksBack(title->start);
    }
    const std::u32string_view text = m_page.slice(start, end);
    const char32_t next = m_page.at(end);
    const bool goesOn = end < cell.end && !oneOf(U"(×[様さちく殿先 ", next);
    if (text.empty() || text.size() > 32 || goesOn || isNothing(text)) {
        return;
    }
    const bool listed = m_page.lexicon.isSurname(text) || m_page.lexicon.isGiven(text);
    if (!listed && (m_page.lexicon.is(text, ~0ULL) || endsLikeBody(text) ||
                    m_page.cueTo(end, kind::FacilitySuffix | kind::OrgSuffix) != nullptr)) {
        return;
    }
    const bool latin = isLatin(text.front());
    const bool clinician = (bits & kind::ClinicianCue) != 0 && (bits & kind::PatientField) == 0;
    const std::u32string_view first = text.substr(0, text.find_first_of(U" ・,^"));
    const bool likely = latin ? isUpper(text.front()) && text.size() > 2
                              : m_page.lexicon.isSurname(first) || m_page.lexicon.isGiven(first) ||
                                    first.size() < text.size() ||
                                    m_parser.nameLike(start, start + first.size());
    // Below 氏名 beside other fields of a person everything is a name; roles head other things too.
    const bool kana = column.kana && std::all_of(text.begin(), text.end(),
                                                 [](char32_t c) { return isHiragana(c) || isKatakana(c); });
    if (!likely && !kana && !(m_patient && text.size() <= 12 && isKanji(text.front()))) {
        return;
    }
    const Label label = clinician                          ? Label::ClinicianName
                        : (bits & kind::PatientField) != 0 ? Label::PatientName
                        : (bits & kind::Kin) != 0          ? Label::FamilyName
                                                           : Label::OtherName;
    add({start, end}, label, likely ? 0.85 : 0.6);
}

void CellReader::body(std::uint64_t bits, Stretch cell) {
    const std::u32string_view text = m_page.slice(cell.start, cell.end);
    const bool own = text.front() == U'当' || text.front() == U'自';
    // "鏡川ファミリー診療所 依光先生" holds a person as well, whom other rules read.
    if (m_page.cueTo(cell.end, kind::NameEnd) != nullptr || text.size() < 3 || text.size() > 24 || own ||
        !letters(text) || oneOf(U"科部課室棟係", text.back()) || m_page.lexicon.is(text, ~0ULL)) {
        return;
    }
    add(cell, (bits & kind::FacilityLabel) != 0 ? Label::Facility : Label::Organization, 0.6);
}

void CellReader::day(std::uint64_t bits, Stretch cell, std::size_t digits) {
    const auto date = readDate(m_page.text, cell.start);
    if (date && cell.start + date->length >= cell.end) {
        add(cell, (bits & kind::BirthLabel) != 0 ? Label::BirthDate : Label::Date, 0.9);
    } else if ((bits & kind::BirthLabel) != 0 && digits >= 4 && cell.end - cell.start <= 16) {
        add(cell, Label::BirthDate, 0.7);
    }
}

void CellReader::address(Stretch cell, std::size_t digits) {
    const std::u32string_view text = m_page.slice(cell.start, cell.end);
    const bool place = m_page.lexicon.places().longest(m_page.text, cell.start).length > 1;
    if (text.size() >= 3 && isWord(text.front()) && (place || digits > 0)) {
        add(cell, Label::Address, 0.8);
    }
}

} // namespace kamei::detect::text
