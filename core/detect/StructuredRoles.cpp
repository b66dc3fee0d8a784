#include "core/detect/StructuredRoles.h"

#include <algorithm>
#include <array>

namespace kamei::detect {
namespace {

using model::Action;
using text::Label;

struct Row {
    std::string_view role;
    Label label;
    std::string_view rule; ///< empty: that of the label
    Action action;
    std::string_view known;
};

// Guideline 5.2.3, rows of the header. Addresses are generalised to the municipality (4.8.3), dates shifted,
// identifiers of the patient replaced by a pseudonymous one (4.2.2), everything else deleted.
constexpr std::array kRows{
    Row{"patient.name", Label::PatientName, "clinical-text.patient-name", Action::Delete, "patient-name"},
    Row{"patient.kana", Label::PatientName, "clinical-text.patient-name", Action::Delete, "patient-name"},
    Row{"patient.id", Label::ChartNo, "clinical-text.chart-number", Action::Replace, "patient-id"},
    Row{"patient.birth-date", Label::BirthDate, "clinical-text.birth-date", Action::Generalise, "birth-date"},
    Row{"patient.sex", Label::Sex, "clinical-text.sex", Action::Keep, ""},
    Row{"patient.age", Label::Age, "physiology.age", Action::Keep, ""},
    Row{"patient.address", Label::Address, "clinical-text.address", Action::Generalise, "address"},
    Row{"patient.phone", Label::Phone, "clinical-text.telephone-number", Action::Delete, "phone"},
    Row{"patient.email", Label::Email, "any.email", Action::Delete, "other"},
    Row{"patient.postal-code", Label::PostalCode, "clinical-text.postal-code", Action::Delete, ""},
    Row{"clinician.name", Label::ClinicianName, "clinical-text.author", Action::Delete, "clinician"},
    Row{"clinician.id", Label::OtherNo, "clinical-text.author", Action::Delete, ""},
    Row{"clinician.address", Label::Address, "clinical-text.address", Action::Generalise, ""},
    Row{"clinician.phone", Label::Phone, "clinical-text.telephone-number", Action::Delete, "phone"},
    Row{"facility.name", Label::Facility, "clinical-text.facility-name", Action::Delete, "facility"},
    Row{"facility.id", Label::OtherNo, "clinical-text.facility-name", Action::Delete, ""},
    Row{"facility.address", Label::Address, "clinical-text.address", Action::Generalise, ""},
    Row{"facility.phone", Label::Phone, "clinical-text.telephone-number", Action::Delete, "phone"},
    Row{"family.name", Label::FamilyName, "clinical-text.family-information", Action::Delete, "other"},
    Row{"family.id", Label::OtherNo, "clinical-text.family-information", Action::Delete, ""},
    Row{"family.address", Label::Address, "clinical-text.address", Action::Generalise, "address"},
    Row{"family.phone", Label::Phone, "clinical-text.telephone-number", Action::Delete, "phone"},
    Row{"family.birth-date", Label::BirthDate, "clinical-text.family-information", Action::Delete, ""},
    Row{"document.id", Label::ExamId, "clinical-text.document-uid", Action::Replace, ""},
    Row{"document.date", Label::Date, "clinical-text.creation-date", Action::Shift, ""},
    Row{"insurance.number", Label::InsuranceNo, "clinical-text.insured-number", Action::Delete, "other"},
};

} // namespace

std::optional<RoleMeaning> meaningOf(std::string_view role, std::string_view path) {
    const auto* const row =
        std::find_if(kRows.begin(), kRows.end(), [role](const Row& r) { return r.role == role; });
    if (row == kRows.end()) {
        return std::nullopt;
    }
    RoleMeaning out{row->label, text::ruleFor(row->label), row->known};
    out.rule.rule = row->rule;
    out.rule.action = row->action;
    const bool signs = path.find("uthenticator") != std::string_view::npos;
    if (signs && (row->role == "clinician.name" || row->role == "clinician.id")) {
        out.rule.rule = "clinical-text.approver";
    }
    return out;
}

} // namespace kamei::detect
