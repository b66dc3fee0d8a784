#pragma once

#include <stop_token>

#include "core/base/Error.h"
#include "core/job/Session.h"
#include "core/release/Report.h"
#include "core/risk/Population.h"
#include "core/risk/Risk.h"

namespace kamei::job {

/// Who is singled out by what the processed data still says, over all data types (Guideline 5.6): traits of
/// every asset that is not excluded and belongs to one person, and of the rows of tables, under the present
/// decisions. Reads all
/// findings: run off the GUI thread.
[[nodiscard]] base::Expected<risk::Analysis> analyseRisk(const Session& session, std::stop_token stop = {});

/// What that is computed from, for trying methods on it (risk::tried).
[[nodiscard]] base::Expected<std::vector<risk::SubjectTraits>> cohortTraits(const Session& session,
                                                                            std::stop_token stop = {});
/// Population uniqueness of the cohort (risk::populationRisk); `population` 0: by the municipalities it
/// names.
[[nodiscard]] base::Expected<risk::PopulationRisk> analysePopulation(const risk::Analysis& analysis,
                                                                     std::int64_t population = 0);

/// What the report says of the workspace as it stands now, released or not (Guideline 4.9, figure 8). Reads
/// all findings: run off the GUI thread.
[[nodiscard]] base::Expected<release::ReportData> reportData(Session& session, std::stop_token stop = {});

} // namespace kamei::job
