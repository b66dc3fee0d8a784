#pragma once

#include "ui/shell/ActionRegistry.h"

class QMenuBar;

namespace kamei::ui::shell {

/// Adds the actions of the window itself ("app.*") to the registry, in the order of the menus.
void addStandardActions(ActionRegistry& registry);
/// Gives them their text in the present language.
void retranslateStandardActions(ActionRegistry& registry);
/// Fills the menu bar anew: standard actions, and those of the screens by the first word of their id
/// (decide.* under Decide; view.*, image.*, confirm.* under View; job.* under Jobs). Actions without text are
/// left out.
void fillMenus(QMenuBar& bar, const ActionRegistry& registry);

} // namespace kamei::ui::shell
