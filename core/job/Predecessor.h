#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/base/Digest.h"
#include "core/base/Error.h"
#include "core/base/Redacted.h"
#include "core/job/Session.h"
#include "core/model/Subject.h"

namespace kamei::job {

/// What a new workspace takes over from the kept deleted information of a released one (Guideline 3.8: kept
/// only with a reason and until a day), so that the same people get the same pseudonymous IDs, UIDs and date
/// shifts when data are added later. It holds the key and identifiers: never printed.
struct Predecessor {
    base::SecretBytes key;
    std::vector<model::Subject> subjects;      ///< with the ids that they had
    std::vector<model::KnownIdentifier> known; ///< subject: with the ids that they had; none: of the cohort
    /// Judged to be two people, or one in spite of what is stated; with the reason.
    std::map<std::pair<base::SubjectId, base::SubjectId>, std::string> settled;
    base::Sha256 sealed;   ///< of the file
    std::string keepUntil; ///< YYYY-MM-DD
    std::string openedBy;
    std::string reason; ///< why it was opened
};

/// Opens kept deleted information to go on from it. `from`: the sealed file, or the folder of the released
/// workspace beside which it lies. That it was opened, or that somebody tried, is put down as by openSealed()
/// before anything is handed out. Nothing of it is written anywhere here.
/// Errors: those of openSealed(); ReasonRequired without a reason; NotPossible with one argument:
/// "continue-destroyed" (the key was destroyed at release and nothing was kept: consistency with what was
/// released is impossible), "continue-unreleased" (that workspace still has its key: go on in it),
/// "continue-past" (the day until which it may be kept is over); Malformed when what is sealed is not whole.
[[nodiscard]] base::Expected<std::shared_ptr<const Predecessor>>
openPredecessor(const std::filesystem::path& from, const base::Redacted& passphrase, const std::string& by,
                const std::string& reason);

/// Makes a workspace that goes on from what was kept: with its key, its people and what is known of them, so
/// that the same people get the same pseudonymous IDs. That it was taken over is an entry of the log. Errors:
/// those of Session::create; after one nothing stays in the folder.
[[nodiscard]] base::Expected<std::shared_ptr<Session>>
createFrom(const std::filesystem::path& folder, const NewWorkspace& what, const Predecessor& from);

/// Until when (YYYY-MM-DD) that from which a workspace goes on may be kept; empty when it goes on from
/// nothing.
[[nodiscard]] base::Expected<std::string> continuesUntil(Session& session);

} // namespace kamei::job
