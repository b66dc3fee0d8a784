#pragma once

#include "ui/shell/Place.h"

namespace kamei::ui::screens {

/// Makes the screens of the window; null for a place that does not exist.
[[nodiscard]] shell::Place makePlace(shell::ScreenId screen, shell::AppContext& context);

} // namespace kamei::ui::screens
