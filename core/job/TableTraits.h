#pragma once

#include <vector>

#include "core/base/Error.h"
#include "core/job/Session.h"
#include "core/risk/Risk.h"

namespace kamei::job {

/// What a table still says of each of its people after processing (Guideline 5.6): the cells of columns with
/// a meaning, row by row, as staging would write them. A row belongs to the person whose number stands in it,
/// else to whom the table is about; rows of nobody known say nothing of anybody in the workspace. Kept by
/// revision. NotPossible after the key was destroyed.
[[nodiscard]] base::Expected<std::vector<risk::SubjectTraits>> tableTraits(Session& session,
                                                                           const AssetRow& row);

} // namespace kamei::job
