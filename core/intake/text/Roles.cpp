#include "core/intake/text/Roles.h"

#include <algorithm>
#include <array>

namespace kamei::intake::text {
namespace {

constexpr std::array kRoles{
    Role{"patient.name", "PATIENT_NAME"},
    Role{"patient.kana", "PATIENT_NAME"},
    Role{"patient.id", "CHART_NO"},
    Role{"patient.birth-date", "BIRTH_DATE"},
    Role{"patient.sex", "SEX"},
    Role{"patient.age", "AGE"},
    Role{"patient.address", "ADDRESS"},
    Role{"patient.phone", "PHONE"},
    Role{"patient.email", "EMAIL"},
    Role{"patient.postal-code", "POSTAL_CODE"},
    Role{"clinician.name", "CLINICIAN_NAME"},
    Role{"clinician.id", "OTHER_NO"},
    Role{"clinician.address", "ADDRESS"},
    Role{"clinician.phone", "PHONE"},
    Role{"facility.name", "FACILITY"},
    Role{"facility.id", "FACILITY"},
    Role{"facility.address", "ADDRESS"},
    Role{"facility.phone", "PHONE"},
    Role{"family.name", "FAMILY_NAME"},
    Role{"family.id", "OTHER_NO"},
    Role{"family.address", "ADDRESS"},
    Role{"family.phone", "PHONE"},
    Role{"family.birth-date", "BIRTH_DATE"},
    Role{"document.id", "EXAM_ID"},
    Role{"document.date", "DATE"},
    Role{"insurance.number", "INSURANCE_NO"},
    Role{"patient.trait", "OTHER"},
    Role{"patient.marital", "OTHER"},
    Role{"patient.national-id", "MY_NUMBER"},
    Role{"patient.licence", "LICENSE_NO"},
    Role{"patient.passport", "PASSPORT_NO"},
    Role{"family.other", "OTHER"},
    Role{"order.id", "EXAM_ID"},
    Role{"resource.id", "OTHER"},
    Role{"resource.reference", "OTHER"},
    Role{"location", "OTHER"},
    Role{"local", "OTHER"},
    Role{"attachment", "OTHER"},
};

} // namespace

std::span<const Role> roles() {
    return kRoles;
}

std::string_view labelOfRole(std::string_view role) {
    const auto* const found = std::ranges::find(kRoles, role, &Role::role);
    return found == kRoles.end() ? std::string_view{} : found->label;
}

} // namespace kamei::intake::text
