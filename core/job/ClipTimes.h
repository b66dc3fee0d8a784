#pragma once

#include <cstdint>
#include <vector>

#include "core/base/Error.h"
#include "core/job/Session.h"

namespace kamei::job {

/// When each frame of a clip is shown, in microseconds from the first one; empty for pictures without times
/// of their own. NotPossible ("sources") when the asset has several sources.
[[nodiscard]] base::Expected<std::vector<std::int64_t>> frameTimesUs(Session& session, base::AssetId asset);

} // namespace kamei::job
