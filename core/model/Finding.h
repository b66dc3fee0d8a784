#pragma once

#include <cstdint>
#include <string>

#include "core/base/Clock.h"
#include "core/base/Ids.h"
#include "core/model/Locator.h"
#include "core/model/Vocabulary.h"

namespace kamei::model {

/// A candidate: something in an asset that may identify a person, and what is to be done with it.
///
/// In a DICOM series one finding stands for one attribute path over all instances; `text` is the
/// first value, `distinctValues` says how many there are.
struct Finding {
    base::FindingId id;
    base::AssetId asset;
    base::SubjectId subject;
    Locator locator;
    std::string text;  ///< the original, UTF-8; for long values the first 2,000 code points
    std::string label; ///< keyword of the attribute ("PatientName"), label of the text detector ("PATIENT_NAME"), column role
    std::string rule;  ///< id of a row of the rule table, see guideline::RuleTable, or "PS3.15 E.1-1 (gggg,eeee)"
    std::string detector; ///< which part found it: "attribute", "text.phone", "text.mecab", "known:patient-name", "mask.template"
    Category category = Category::None;
    Requirement requirement = Requirement::None;
    Action suggested = Action::Keep;
    /// Result that the suggestion would write, where it does not depend on the key; else empty.
    std::string replacement;
    double confidence = 1.0; ///< 0..1
    Origin origin = Origin::Rule;
    std::int64_t instances = 1;      ///< sources of the asset that hold it
    std::int64_t distinctValues = 1; ///< different values over those sources
    /// JSON with what the transform needs beyond the action. For free text in attributes:
    /// {"clean":[{"value":"...","spans":[{"start":0,"end":4,"label":"PATIENT_NAME"}]}]}. On private elements
    /// also what a person needs to decide for a device, see detect::attribute::PrivateFacts.
    std::string detail;

    DecisionState state = DecisionState::Open;
    Action action = Action::Keep; ///< what is done once decided; equals `suggested` when accepted
    std::string method;           ///< how, where a person chose more than the action: JSON, see model::Method
    std::string reason;           ///< why a person rejected or changed it
    std::string decidedBy;
    base::TimeMs decidedAt = 0;

    /// What staging does with it now: nothing while open or rejected, else the decided action.
    [[nodiscard]] Action effective() const {
        return state == DecisionState::Accepted || state == DecisionState::Changed ? action : Action::Keep;
    }
};

} // namespace kamei::model
