#pragma once

#include <QString>

namespace kamei::ui::style {

class Theme;

/// The application's style sheet for a theme. What widgets say through dynamic properties:
/// - QPushButton, QToolButton `kind`: "primary", "small", "flat", "link", "final" (36 px)
/// - QLabel `role`: "page", "heading", "section", "note", "small", "muted", "bad", "warn", "ok", "number",
/// "strong", "mono"
/// - QFrame, QWidget `surface`: "panel", "card", "header", "section", "window", "viewer", "viewerbar",
/// "warn", "bad"
/// - QToolButton `segment`: "first", "middle", "last" (made by Segments in Widgets.h)
[[nodiscard]] QString styleSheet(const Theme& theme);

} // namespace kamei::ui::style
