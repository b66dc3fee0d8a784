#include "core/detect/StructuredRoles.h"

#include <algorithm>
#include <array>

#include "core/intake/text/Roles.h"

namespace kamei::detect {
namespace {

using model::Action;

struct Row {
    std::string_view role;
    std::string_view rule;
    Action action;
    std::string_view known;
};

// Guideline 5.2.3, rows of the header. Addresses are generalised to the municipality (4.8.3), dates shifted,
// identifiers of the patient replaced by a pseudonymous one (4.2.2), everything else deleted.
constexpr std::array kRows{
    Row{"patient.name", "clinical-text.patient-name", Action::Delete, "patient-name"},
    Row{"patient.kana", "clinical-text.patient-name", Action::Delete, "patient-name"},
    Row{"patient.id", "clinical-text.chart-number", Action::Replace, "patient-id"},
    Row{"patient.birth-date", "clinical-text.birth-date", Action::Generalise, "birth-date"},
    Row{"patient.sex", "clinical-text.sex", Action::Keep, ""},
    Row{"patient.age", "physiology.age", Action::Keep, ""},
    Row{"patient.address", "clinical-text.address", Action::Generalise, "address"},
    Row{"patient.phone", "clinical-text.telephone-number", Action::Delete, "phone"},
    Row{"patient.email", "any.email", Action::Delete, "other"},
    Row{"patient.postal-code", "clinical-text.postal-code", Action::Delete, ""},
    Row{"clinician.name", "clinical-text.author", Action::Delete, "clinician"},
    Row{"clinician.id", "clinical-text.author", Action::Delete, ""},
    Row{"clinician.address", "clinical-text.address", Action::Generalise, ""},
    Row{"clinician.phone", "clinical-text.telephone-number", Action::Delete, "phone"},
    Row{"facility.name", "clinical-text.facility-name", Action::Delete, "facility"},
    Row{"facility.id", "clinical-text.facility-name", Action::Delete, ""},
    Row{"facility.address", "clinical-text.address", Action::Generalise, ""},
    Row{"facility.phone", "clinical-text.telephone-number", Action::Delete, "phone"},
    Row{"family.name", "clinical-text.family-information", Action::Delete, "other"},
    Row{"family.id", "clinical-text.family-information", Action::Delete, ""},
    Row{"family.address", "clinical-text.address", Action::Generalise, "address"},
    Row{"family.phone", "clinical-text.telephone-number", Action::Delete, "phone"},
    Row{"family.birth-date", "clinical-text.family-information", Action::Delete, ""},
    Row{"document.id", "clinical-text.document-uid", Action::Replace, ""},
    Row{"document.date", "clinical-text.creation-date", Action::Shift, ""},
    Row{"insurance.number", "clinical-text.insured-number", Action::Delete, "other"},
    // Messages: HL7 v2.5 PID, NK1, PV1, ORC, OBR; FHIR R4 Patient, Resource.id, Reference, Attachment,
    // Extension.
    Row{"patient.trait", "messages.trait", Action::Delete, ""},
    Row{"patient.marital", "clinical-text.marital-history", Action::Delete, ""},
    Row{"patient.national-id", "any.my-number", Action::Delete, "other"},
    Row{"patient.licence", "any.driver-licence", Action::Delete, "other"},
    Row{"patient.passport", "any.passport", Action::Delete, "other"},
    Row{"family.other", "clinical-text.family-information", Action::Delete, ""},
    Row{"order.id", "messages.order-number", Action::Replace, ""},
    Row{"resource.id", "messages.resource-id", Action::Replace, ""},
    Row{"resource.reference", "messages.resource-id", Action::Replace, ""},
    Row{"location", "messages.location", Action::Delete, ""},
    Row{"local", "messages.local-part", Action::Delete, ""},
    Row{"attachment", "messages.attachment", Action::Delete, ""},
};

} // namespace

std::optional<RoleMeaning> meaningOf(std::string_view role, std::string_view path) {
    const auto* const row =
        std::find_if(kRows.begin(), kRows.end(), [role](const Row& r) { return r.role == role; });
    if (row == kRows.end()) {
        return std::nullopt;
    }
    const text::Label label = text::labelOfWord(intake::text::labelOfRole(role));
    RoleMeaning out{label, text::ruleFor(label), row->known};
    out.rule.rule = row->rule;
    out.rule.action = row->action;
    const bool signs = path.find("uthenticator") != std::string_view::npos;
    if (signs && (row->role == "clinician.name" || row->role == "clinician.id")) {
        out.rule.rule = "clinical-text.approver";
    }
    return out;
}

} // namespace kamei::detect
