#pragma once

#include <cstdint>
#include <stop_token>
#include <vector>

#include "core/base/Error.h"
#include "core/job/Session.h"

namespace kamei::job {

/// When each frame of a clip is shown, in microseconds from the first one; empty for pictures without times
/// of their own. NotPossible ("sources") when the asset has several sources.
[[nodiscard]] base::Expected<std::vector<std::int64_t>> frameTimesUs(Session& session, base::AssetId asset);

/// Frames with which a new scene of a clip begins, rising: as detection found them, or found now, which means
/// decoding every frame, once a run. Frames that cannot be decoded begin none. Cancelled.
[[nodiscard]] base::Expected<std::vector<std::int32_t>> sceneCutsOf(Session& session, base::AssetId asset,
                                                                    std::stop_token stop);

} // namespace kamei::job
