#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "core/base/Error.h"
#include "core/job/Looking.h"
#include "core/job/Session.h"
#include "core/model/Finding.h"
#include "core/model/Policy.h"

namespace kamei::job {

/// What a policy would make of one DICOM file: every suggestion carried out, nothing decided, nothing kept.
struct PolicyTrial {
    std::vector<AttributeLine> lines;     ///< as attributes() gives them
    std::vector<model::Finding> findings; ///< with ids that hold here only
};

/// Tries a policy on a file, which need not be of the workspace: nothing of it is written anywhere, and
/// nothing of it is learned. UnsupportedFormat when it is not DICOM; NotPossible after the key was destroyed.
[[nodiscard]] base::Expected<PolicyTrial> tryPolicy(Session& session, const model::Policy& policy,
                                                    const std::filesystem::path& file);
/// The same on the first source of an asset, with what is known of its subject.
[[nodiscard]] base::Expected<PolicyTrial> tryPolicy(Session& session, const model::Policy& policy,
                                                    base::AssetId asset);

/// What saving a policy would do to the workspace.
struct PolicyEffect {
    std::int64_t assets = 0;   ///< would be examined again
    std::int64_t staged = 0;   ///< of them, have processed files, which would be outdated
    std::int64_t findings = 0; ///< would be decided by the site's list, or no longer
    std::int64_t waiting = 0;  ///< confirmed data that would wait for a signature or a second person
};
/// Errors: as of decide::SetPolicy. Waits while somebody else changes the workspace.
[[nodiscard]] base::Expected<PolicyEffect> effectOf(Session& session, const model::Policy& policy);

} // namespace kamei::job
