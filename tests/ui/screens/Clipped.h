#pragma once

#include <QStringList>
#include <QWidget>

namespace kamei::tests {

/// Texts below `root` that do not fit their label or button, and widgets that stick out of their parent;
/// one line each. Labels made to elide are left out: they show "…" and the whole text as tool tip.
[[nodiscard]] QStringList clipped(const QWidget& root);

} // namespace kamei::tests
