#pragma once

#include <vector>

#include "core/base/Error.h"
#include "core/job/Session.h"

namespace kamei::job {

/// The staged files of an asset's sources, in their order, as sources that readers open; empty when one is
/// missing.
[[nodiscard]] base::Expected<std::vector<model::Source>>
stagedSources(const Session& session, base::AssetId asset, std::vector<model::Source> sources);

} // namespace kamei::job
