#pragma once

#include <cstdint>
#include <set>
#include <string>

#include "core/decide/Edit.h"
#include "core/job/SessionInternals.h"

namespace kamei::job {

/// What replacing the policy came to.
struct PolicyEdited {
    decide::SetPolicy inverse;
    std::set<base::AssetId> assets; ///< have to be examined again
    std::int64_t findings = 0;      ///< decided by the site's list, or no longer
};

/// Carries out the edit within the transaction. Errors: those of decide::policyFromJson.
[[nodiscard]] base::Expected<PolicyEdited> editPolicy(store::Writing& writing, const decide::SetPolicy& edit,
                                                      const std::string& by);

} // namespace kamei::job
