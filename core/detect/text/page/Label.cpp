#include <algorithm>
#include <array>

#include "core/detect/text/page/Label.h"

namespace kamei::detect::text::page {
namespace {

using model::Action;
using model::Category;
using model::Requirement;

struct Row {
    Label label;
    std::string_view word;
    LabelRule rule;
};

// Rules and categories: resources/guideline/rules.tsv; a test compares. Actions: Guideline 5.2.3 in the
// form that the policy guideline-2024 takes (dates shifted, birth dates to the month, address to
// municipality).
constexpr std::array<Row, 27> kRows{{
    {Label::PatientName,
     "PATIENT_NAME",
     {"clinical-text.patient-name", Category::Identifier, Requirement::Required, Action::Delete}},
    {Label::FamilyName,
     "FAMILY_NAME",
     {"clinical-text.family-information", Category::Identifier, Requirement::Required, Action::Delete}},
    {Label::ClinicianName,
     "CLINICIAN_NAME",
     {"clinical-text.author", Category::Identifier, Requirement::Required, Action::Delete}},
    {Label::OtherName,
     "OTHER_NAME",
     {"clinical-text.family-information", Category::Identifier, Requirement::Required, Action::Delete}},
    {Label::Date, "DATE", {"any.dates", Category::QuasiIdentifier, Requirement::Recommended, Action::Shift}},
    {Label::BirthDate,
     "BIRTH_DATE",
     {"clinical-text.birth-date", Category::QuasiIdentifier, Requirement::Recommended, Action::Generalise}},
    {Label::Age, "AGE", {"physiology.age", Category::QuasiIdentifier, Requirement::None, Action::Keep}},
    {Label::Sex, "SEX", {"clinical-text.sex", Category::QuasiIdentifier, Requirement::None, Action::Keep}},
    {Label::Occupation,
     "OCCUPATION",
     {"any.affiliation", Category::QuasiIdentifier, Requirement::Recommended, Action::Delete}},
    {Label::Address,
     "ADDRESS",
     {"any.address-lot", Category::QuasiIdentifier, Requirement::Required, Action::Generalise}},
    {Label::Municipality,
     "MUNICIPALITY",
     {"any.address-municipality", Category::QuasiIdentifier, Requirement::None, Action::Keep}},
    {Label::PostalCode,
     "POSTAL_CODE",
     {"clinical-text.postal-code", Category::QuasiIdentifier, Requirement::Recommended, Action::Delete}},
    {Label::Facility,
     "FACILITY",
     {"clinical-text.facility-name", Category::QuasiIdentifier, Requirement::Recommended, Action::Delete}},
    {Label::Organization,
     "ORGANIZATION",
     {"any.affiliation", Category::QuasiIdentifier, Requirement::Recommended, Action::Delete}},
    {Label::Phone,
     "PHONE",
     {"clinical-text.telephone-number", Category::Contact, Requirement::Recommended, Action::Delete}},
    {Label::Email, "EMAIL", {"any.email", Category::Identifier, Requirement::Required, Action::Delete}},
    {Label::Url,
     "URL",
     {"clinical-text.document-uid", Category::LinkingCode, Requirement::Conditional, Action::Delete}},
    {Label::ChartNo,
     "CHART_NO",
     {"clinical-text.chart-number", Category::LinkingCode, Requirement::Recommended, Action::Replace}},
    {Label::ExamId,
     "EXAM_ID",
     {"physiology.device-id", Category::LinkingCode, Requirement::Conditional, Action::Delete}},
    {Label::InsuranceNo,
     "INSURANCE_NO",
     {"clinical-text.insured-number", Category::Code2, Requirement::Required, Action::Delete}},
    {Label::MyNumber, "MY_NUMBER", {"any.my-number", Category::Code2, Requirement::Required, Action::Delete}},
    {Label::PassportNo,
     "PASSPORT_NO",
     {"any.passport", Category::Code2, Requirement::Required, Action::Delete}},
    {Label::LicenseNo,
     "LICENSE_NO",
     {"any.driver-licence", Category::Code2, Requirement::Required, Action::Delete}},
    {Label::PensionNo,
     "PENSION_NO",
     {"any.pension-number", Category::Code2, Requirement::Required, Action::Delete}},
    {Label::ResidentCode,
     "RESIDENT_CODE",
     {"any.resident-code", Category::Code2, Requirement::Required, Action::Delete}},
    {Label::CreditCard,
     "CREDIT_CARD",
     {"any.credit-card", Category::Financial, Requirement::Required, Action::Delete}},
    {Label::OtherNo,
     "OTHER_NO",
     {"clinical-text.insured-number", Category::Code2, Requirement::Required, Action::Delete}},
}};

constexpr std::array<KnownKind, 11> kKnown{{
    {"patient-name", Label::PatientName, "known.patient-name"},
    {"patient-id", Label::ChartNo, "known.patient-id"},
    {"birth-date", Label::BirthDate, "known.birth-date"},
    {"address", Label::Address, "known.address"},
    {"phone", Label::Phone, "known.phone"},
    {"clinician", Label::ClinicianName, "known.clinician"},
    {"family", Label::FamilyName, "known.family"},
    {"facility", Label::Facility, "known.facility"},
    {"accession", Label::ExamId, "known.accession"},
    {"uid", Label::ExamId, "known.uid"},
    {"other", Label::OtherNo, "known.other"},
}};

} // namespace

Label labelOfWord(std::string_view word) {
    const auto* const row = std::ranges::find(kRows, word, &Row::word);
    return row == kRows.end() ? Label::OtherNo : row->label;
}

std::string_view labelWord(Label label) {
    return kRows[static_cast<std::size_t>(label)].word;
}

LabelRule ruleFor(Label label) {
    return kRows[static_cast<std::size_t>(label)].rule;
}

const KnownKind& knownKind(std::string_view kind) {
    const auto found =
        std::find_if(kKnown.begin(), kKnown.end(), [kind](const KnownKind& row) { return row.kind == kind; });
    return found == kKnown.end() ? kKnown.back() : *found;
}

} // namespace kamei::detect::text::page
