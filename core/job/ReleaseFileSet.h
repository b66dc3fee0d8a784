#pragma once

#include <string>
#include <unordered_set>

#include "core/base/Error.h"
#include "core/job/Job.h"
#include "core/job/Session.h"
#include "core/release/ReleaseWriter.h"

namespace kamei::job {

/// Whether the released DICOM files are to be a file-set: as asked, or as a DICOMDIR among the sources says.
[[nodiscard]] base::Expected<bool> wantsFileSet(Session& session, FileSet asked);

/// The residual search over the directory of a file-set, which speaks of everybody: for everything known of
/// everybody but `kept` (values that people decided to leave in one of the files) and the `pseudonyms`. The
/// examination fails with NotPossible (args: "dicomdir") where something is found.
[[nodiscard]] base::Expected<release::ExamineDirectory>
directorySearch(Session& session, const std::unordered_set<std::string>& kept,
                const std::unordered_set<std::string>& pseudonyms);

} // namespace kamei::job
