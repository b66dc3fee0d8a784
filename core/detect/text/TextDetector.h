#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Error.h"
#include "core/model/Subject.h"
#include "core/model/Vocabulary.h"

namespace kamei::detect::text {

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
/// What a known identifier of this kind (model::KnownIdentifier::kind) is; OtherNo for kinds that are none.
[[nodiscard]] Label labelOfKnown(std::string_view kind);

/// A candidate: code points start..end (end exclusive) of the text given to detect().
struct Span {
    std::int64_t start = 0;
    std::int64_t end = 0;
    Label label = Label::OtherName;
    double confidence = 0; ///< 0..1; below 0.5 is shown in second strength
    std::string source;    ///< which rule or model: "rule.phone", "mecab.person", "known.patient-name"
};

/// How a label maps onto the guideline: rule id, category, requirement, and the default action.
struct LabelRule {
    std::string_view rule; ///< guideline::Rule::id, for example "clinical-text.patient-name"
    model::Category category = model::Category::None;
    model::Requirement requirement = model::Requirement::None;
    model::Action action = model::Action::Keep;
};
[[nodiscard]] LabelRule ruleFor(Label label);

/// Known identifiers made ready for searching in many texts. Immutable, thread-safe.
struct PreparedKnown;

/// Finds identifiers in Japanese clinical text (Guideline 5.2). Loading reads gazetteers and MeCab's
/// dictionary once; detect() is const and thread-safe.
class TextDetector {
public:
    ~TextDetector();
    /// The shared instance; the first call loads it. Fails when the dictionary is not installed.
    [[nodiscard]] static base::Expected<std::shared_ptr<const TextDetector>> shared();

    /// Makes identifiers ready once for many calls of detectPrepared().
    [[nodiscard]] std::shared_ptr<const PreparedKnown>
    prepare(std::span<const model::KnownIdentifier> known) const;
    [[nodiscard]] std::vector<Span> detectPrepared(std::string_view utf8, const PreparedKnown& known,
                                                   std::string_view role = {}) const;

    /// Non-overlapping spans in order. `known` is what is known of the subject; `role` is what the
    /// structure says the text is (intake::text::Segment::role), empty for free text.
    [[nodiscard]] std::vector<Span> detect(std::string_view utf8,
                                           std::span<const model::KnownIdentifier> known,
                                           std::string_view role = {}) const;

private:
    TextDetector();
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace kamei::detect::text
