#pragma once

#include <vector>

#include "core/base/Error.h"
#include "core/job/Session.h"
#include "core/release/Papers.h"

namespace kamei::job {

/// What is kept of persons, one line a label and section (Guideline 4.9(8)): everything that a category of
/// the guideline names and whose present decision leaves a value or a coarser one, attributes, columns and
/// text alike, with the purpose that needs it (PurposeSheet::notes "need.<label>"). No values.
[[nodiscard]] base::Expected<std::vector<release::KeptItem>> keptItems(const Session& session);

} // namespace kamei::job
