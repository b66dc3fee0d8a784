#pragma once

#include <string_view>

#include "core/model/Vocabulary.h"

namespace kamei::detect::text::page {

/// Labels of the annotation guide for Japanese clinical text; labelWord gives the exact spelling.
enum class Label {
    PatientName,
    FamilyName,
    ClinicianName,
    OtherName,
    Date,
    BirthDate,
    Age,
    Sex,
    Occupation,
    Address,
    Municipality,
    PostalCode,
    Facility,
    Organization,
    Phone,
    Email,
    Url,
    ChartNo,
    ExamId,
    InsuranceNo,
    MyNumber,
    PassportNo,
    LicenseNo,
    PensionNo,
    ResidentCode,
    CreditCard,
    OtherNo,
};

[[nodiscard]] std::string_view labelWord(Label label); ///< "PATIENT_NAME"
/// OtherNo for a word that is no label.
[[nodiscard]] Label labelOfWord(std::string_view word);
/// What a known identifier of a kind is.
struct KnownKind {
    std::string_view kind; ///< model::KnownIdentifier::kind
    Label label = Label::OtherNo;
    std::string_view source; ///< of candidates for it: "known.patient-name"
};
/// The row of a kind; that of "other" for kinds that are none.
[[nodiscard]] const KnownKind& knownKind(std::string_view kind);
[[nodiscard]] inline Label labelOfKnown(std::string_view kind) {
    return knownKind(kind).label;
}

/// How a label maps onto the guideline: rule id, category, requirement, and the default action.
struct LabelRule {
    std::string_view rule; ///< guideline::Rule::id, for example "clinical-text.patient-name"
    model::Category category = model::Category::None;
    model::Requirement requirement = model::Requirement::None;
    model::Action action = model::Action::Keep;
};
[[nodiscard]] LabelRule ruleFor(Label label);

} // namespace kamei::detect::text::page
