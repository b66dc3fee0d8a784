#pragma once

#include <QString>
#include <map>
#include <string>
#include <vector>

#include "core/job/Session.h"
#include "core/risk/Risk.h"

namespace kamei::ui::screens {

/// What the risk screen needs to know of a person beside the analysis.
struct Person {
    std::int64_t number = 0;
    std::string reason;
};

struct RiskData {
    risk::Analysis analysis;
    std::map<base::SubjectId, Person> people;
};

/// Analysis over all fields, as the gate judges it, with numbers and reasons of the people. Reads all
/// findings: off the GUI thread.
[[nodiscard]] base::Expected<RiskData> readRisk(job::Session& session);
/// The same people seen by some of the fields only; from the classes of a full analysis.
[[nodiscard]] base::Expected<risk::Analysis> narrowed(const risk::Analysis& full,
                                                      const std::vector<std::string>& fields);

/// Name of a field in the reader's language.
[[nodiscard]] QString fieldName(const std::string& field);
/// A value as it is shown ("F" -> female).
[[nodiscard]] QString valueName(const risk::FieldValue& value);

} // namespace kamei::ui::screens
