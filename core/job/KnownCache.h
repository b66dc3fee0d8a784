#pragma once

#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "core/base/Digest.h"
#include "core/job/SessionInternals.h"
#include "core/model/Asset.h"
#include "core/model/Subject.h"

namespace kamei::job {

/// What is known of a subject and of the cohort, read once a pass. Thread-safe.
///
/// Of an asset without subject (nobody, or several people) everything known of everybody is meant: it may
/// hold anyone's name, so it is searched for everyone's. So is one that a person assigned by hand: nothing in
/// it told whose it is, and a slip of the hand must not leave somebody else's name in it.
class KnownCache {
public:
    struct Known {
        std::vector<model::KnownIdentifier> identifiers; ///< each kind and value once, sorted
        base::Sha256 digest;                             ///< over kinds and values
    };

    [[nodiscard]] base::Expected<std::shared_ptr<const Known>> of(const Session::Internals& internals,
                                                                  base::SubjectId subject);
    [[nodiscard]] base::Expected<std::shared_ptr<const Known>> of(const Session::Internals& internals,
                                                                  const model::Asset& asset) {
        return of(internals, asset.assignedByHand ? base::SubjectId{} : asset.subject);
    }
    /// What follows is read anew.
    void forget();

private:
    std::mutex m_mutex;
    std::unordered_map<std::int64_t, std::shared_ptr<const Known>> m_known;
};

} // namespace kamei::job
