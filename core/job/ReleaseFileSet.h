#pragma once

#include <span>
#include <string>
#include <unordered_set>

#include "core/base/Error.h"
#include "core/job/Job.h"
#include "core/job/Session.h"
#include "core/release/ReleaseWriter.h"
#include "core/stage/ResidualSearch.h"

namespace kamei::job {

/// Whether the released DICOM files are to be a file-set: as asked, or as a DICOMDIR among the sources says.
[[nodiscard]] base::Expected<bool> wantsFileSet(Session& session, FileSet asked);

/// The residual search over the directory of a file-set, which speaks of everybody: for everything known of
/// everybody, but for the `pseudonyms` and for as many places as the assets give to it of what was left in
/// with a reason (`kept`, see keptInDirectory(); of all assets one after the other). The examination fails
/// with NotPossible (args: "dicomdir") where something is found.
[[nodiscard]] base::Expected<release::ExamineDirectory>
directorySearch(Session& session, std::span<const stage::ResidualSearch::Kept> kept,
                const std::unordered_set<std::string>& pseudonyms);

} // namespace kamei::job
