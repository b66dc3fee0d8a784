#pragma once

#include <span>
#include <vector>

#include "core/model/Asset.h"
#include "core/model/Finding.h"
#include "core/stage/ResidualSearch.h"

namespace kamei::job {

/// What the residual search has to expect in each staged file of an asset: what was left in with a reason
/// (decide::leftInWithReason), where it was left. `findings` as staging carries them out, see asStaged().
///
/// - An attribute stands once in each instance with the value that was on the screen when it was decided;
/// other
///   values of a series, and further items where a sequence has so many that one finding stands for all of
///   them, are not expected.
/// - A place in text, or a cell, stands once in the only source of its asset; the cells of a column are
/// counted
///   there. Text of a page of PDF, whose place is a rectangle, stands once as well.
/// - What goes all the same (metadata of pictures, names of files), what stands in pictures, places that
/// another
///   decision takes away, and columns that cannot be read are not expected anywhere.
[[nodiscard]] std::vector<stage::ResidualSearch::Kept> keptInFile(std::span<const model::Finding> findings,
                                                                  std::span<const model::Source> sources);

/// The same for what an asset gives to the directory of a file-set: attributes of its data set, each once.
[[nodiscard]] std::vector<stage::ResidualSearch::Kept>
keptInDirectory(std::span<const model::Finding> findings);

} // namespace kamei::job
