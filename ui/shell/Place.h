#pragma once

#include <QWidget>
#include <functional>

#include "ui/shell/AppContext.h"

namespace kamei::ui::shell {

/// A screen as the main window knows it: a widget and how to enter it.
struct Place {
    QWidget* widget = nullptr; ///< null: this screen does not exist
    std::function<void(const Route&)> enter;
};

/// Makes a screen when it is first entered; app/ hands it to the main window.
using PlaceFactory = std::function<Place(ScreenId, AppContext&)>;

} // namespace kamei::ui::shell
