#pragma once

#include <QString>

#include "ui/style/Theme.h"

class QApplication;

namespace kamei::ui::screens {

/// What a person chose for the window on this machine; kept in QSettings. No data of workspaces.
struct Preferences {
    QString language; ///< "ja", "en"; empty: the system's
    style::Mode theme = style::Mode::System;
    int basePx = 13; ///< font size, 11..20

    [[nodiscard]] static Preferences load();
    void save() const;
    /// Installs translations and look; open windows follow at once.
    void apply(QApplication& application) const;
};

} // namespace kamei::ui::screens
