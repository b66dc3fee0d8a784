#pragma once

#include <QString>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/job/Session.h"
#include "core/risk/Population.h"
#include "core/risk/Risk.h"
#include "core/risk/Trial.h"

namespace kamei::ui::screens {

/// What the risk screen needs to know of a person beside the analysis.
struct Person {
    std::int64_t number = 0;
    std::string reason;
};

struct RiskData {
    risk::Analysis analysis;
    std::map<base::SubjectId, Person> people;
    /// Null in what seen() gives.
    std::shared_ptr<const std::vector<risk::SubjectTraits>> subjects; ///< what the analysis was made of
    risk::PopulationRisk population;
    std::vector<risk::FieldLoss> losses; ///< of the methods that are tried
    std::int64_t recordsDeleted = 0;
};

/// Analysis over all fields, as the gate judges it, with numbers and reasons of the people. Reads all
/// findings: off the GUI thread.
[[nodiscard]] base::Expected<RiskData> readRisk(job::Session& session);
/// The same people seen by some of the fields only, with methods of Guideline 4.7.2 tried on them ("" in
/// `trials` is left out). Artificial people hide others and are not shown themselves.
[[nodiscard]] base::Expected<RiskData> seen(const RiskData& full, const std::vector<std::string>& fields,
                                            const std::vector<std::string>& trials);

/// Methods that can be tried on a field: word for risk::trialFromText and name; the first is "as decided".
struct TrialChoice {
    QString trial;
    QString name;
};
[[nodiscard]] std::vector<TrialChoice> trialsFor(const std::string& field);
/// Methods on whole records.
[[nodiscard]] std::vector<TrialChoice> recordTrials();

} // namespace kamei::ui::screens
