#pragma once

#include <vector>

#include "ui/models/WorkTreeModel.h"

namespace kamei::ui::models {

/// The assets of one of the lists beside subjects and kinds, in the order of the workspace. What was taken
/// out of the release is left out, as the gate does; among unreadable ones it comes last, so that it can be
/// taken back. Reads the stamps of all sources for Group::Changed: any thread but the GUI's.
[[nodiscard]] base::Expected<std::vector<job::AssetRow>> listed(const job::Session& session,
                                                                TreeQuery::Group group);

} // namespace kamei::ui::models
