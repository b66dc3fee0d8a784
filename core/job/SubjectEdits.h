#pragma once

#include <set>
#include <string>

#include "core/decide/Edit.h"
#include "core/job/SessionInternals.h"

namespace kamei::job {

/// What an edit of people came to.
struct SubjectsEdited {
    decide::Edit inverse;
    std::set<base::AssetId> moved;
    std::set<base::AssetId> outdated; ///< have to be examined and staged again: theirs and those moved
    base::SubjectId into{};           ///< whose the moved are now, where that is one; none: nobody
};

/// Within a transaction; nothing is logged. `internals` gives the key for the pseudonym of a new person.
/// Every asset of everybody concerned is examined and staged again, since what is searched in it has changed.
/// Errors: NotFound; InvalidArgument (nothing to do, a person into itself); NotPossible (args: "merged" for a
/// person who is another already, "several" for data of several people).
[[nodiscard]] base::Expected<SubjectsEdited> mergeSubjects(store::Writing& writing,
                                                           const decide::MergeSubjects& edit);
[[nodiscard]] base::Expected<SubjectsEdited> assign(const Session::Internals& internals,
                                                    store::Writing& writing, const decide::Assign& edit);
[[nodiscard]] base::Expected<SubjectsEdited> reassign(store::Writing& writing, const decide::Reassign& edit);
[[nodiscard]] base::Expected<decide::SettleSubjects> settleSubjects(store::Writing& writing,
                                                                    const decide::SettleSubjects& edit);

} // namespace kamei::job
