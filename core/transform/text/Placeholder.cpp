#include "core/transform/text/Placeholder.h"

#include <algorithm>
#include <array>

#include "core/intake/text/Roles.h"

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

const Row& rowOf(std::string_view label) {
    const auto* const found =
        std::find_if(kRows.begin(), kRows.end(), [&](const Row& row) { return row.label == label; });
    return found == kRows.end() ? kRows.back() : *found;
}

} // namespace

std::string_view labelOf(std::string_view findingLabel) {
    const std::string_view ofRole = intake::text::labelOfRole(findingLabel);
    return ofRole.empty() ? rowOf(findingLabel).label : ofRole;
}

std::string placeholder(std::string_view label, bool japanese) {
    const Row& row = rowOf(label);
    return '[' + std::string(japanese ? row.japanese : row.english) + ']';
}

} // namespace kamei::transform::text
