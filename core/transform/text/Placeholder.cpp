#include "core/transform/text/Placeholder.h"

#include <algorithm>
#include <array>

namespace kamei::transform::text {
namespace {

struct Row {
    std::string_view label;
    std::string_view japanese;
    std::string_view english;
};

constexpr std::array kRows{
    Row{"PATIENT_NAME", "氏名", "NAME"},
    Row{"FAMILY_NAME", "氏名", "NAME"},
    Row{"CLINICIAN_NAME", "氏名", "NAME"},
    Row{"OTHER_NAME", "氏名", "NAME"},
    Row{"DATE", "日付", "DATE"},
    Row{"BIRTH_DATE", "生年月日", "BIRTH DATE"},
    Row{"AGE", "年齢", "AGE"},
    Row{"SEX", "性別", "SEX"},
    Row{"OCCUPATION", "職業", "OCCUPATION"},
    Row{"ADDRESS", "住所", "ADDRESS"},
    Row{"MUNICIPALITY", "住所", "ADDRESS"},
    Row{"POSTAL_CODE", "郵便番号", "POSTAL CODE"},
    Row{"FACILITY", "施設", "FACILITY"},
    Row{"ORGANIZATION", "所属", "ORGANIZATION"},
    Row{"PHONE", "電話", "PHONE"},
    Row{"EMAIL", "メール", "E-MAIL"},
    Row{"URL", "URL", "URL"},
    Row{"CHART_NO", "ID", "ID"},
    Row{"EXAM_ID", "検査番号", "EXAM ID"},
    Row{"INSURANCE_NO", "保険番号", "INSURANCE NO"},
    Row{"MY_NUMBER", "個人番号", "NUMBER"},
    Row{"PASSPORT_NO", "旅券番号", "PASSPORT NO"},
    Row{"LICENSE_NO", "免許証番号", "LICENCE NO"},
    Row{"PENSION_NO", "年金番号", "PENSION NO"},
    Row{"RESIDENT_CODE", "住民票コード", "RESIDENT CODE"},
    Row{"CREDIT_CARD", "カード番号", "CARD NO"},
    Row{"OTHER_NO", "番号", "NUMBER"},
    Row{"OTHER", "削除", "DELETED"},
};

struct RoleRow {
    std::string_view role;
    std::string_view label;
};

constexpr std::array kRoles{
    RoleRow{"patient.name", "PATIENT_NAME"},
    RoleRow{"patient.kana", "PATIENT_NAME"},
    RoleRow{"patient.id", "CHART_NO"},
    RoleRow{"patient.birth-date", "BIRTH_DATE"},
    RoleRow{"patient.sex", "SEX"},
    RoleRow{"patient.age", "AGE"},
    RoleRow{"patient.address", "ADDRESS"},
    RoleRow{"patient.phone", "PHONE"},
    RoleRow{"patient.postal-code", "POSTAL_CODE"},
    RoleRow{"patient.email", "EMAIL"},
    RoleRow{"clinician.name", "CLINICIAN_NAME"},
    RoleRow{"clinician.id", "OTHER_NO"},
    RoleRow{"clinician.address", "ADDRESS"},
    RoleRow{"clinician.phone", "PHONE"},
    RoleRow{"facility.name", "FACILITY"},
    RoleRow{"facility.id", "OTHER_NO"},
    RoleRow{"facility.address", "ADDRESS"},
    RoleRow{"facility.phone", "PHONE"},
    RoleRow{"family.name", "FAMILY_NAME"},
    RoleRow{"family.id", "OTHER_NO"},
    RoleRow{"family.address", "ADDRESS"},
    RoleRow{"family.phone", "PHONE"},
    RoleRow{"family.birth-date", "BIRTH_DATE"},
    RoleRow{"document.id", "EXAM_ID"},
    RoleRow{"document.date", "DATE"},
    RoleRow{"insurance.number", "INSURANCE_NO"},
};

const Row& rowOf(std::string_view label) {
    const auto* const found =
        std::find_if(kRows.begin(), kRows.end(), [&](const Row& row) { return row.label == label; });
    return found == kRows.end() ? kRows.back() : *found;
}

} // namespace

std::string_view labelOf(std::string_view findingLabel) {
    const auto* const role = std::find_if(kRoles.begin(), kRoles.end(),
                                          [&](const RoleRow& row) { return row.role == findingLabel; });
    return role == kRoles.end() ? rowOf(findingLabel).label : role->label;
}

std::string placeholder(std::string_view label, bool japanese) {
    const Row& row = rowOf(label);
    return '[' + std::string(japanese ? row.japanese : row.english) + ']';
}

} // namespace kamei::transform::text
