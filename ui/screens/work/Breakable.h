#pragma once

#include <QString>

namespace kamei::ui::screens::work {

/// The same words with places to break at inside long ones (UIDs, paths, long English words): a label that
/// wraps is as wide as its longest word, and the panels are narrower. `longest`: characters of a word that
/// stay together.
[[nodiscard]] QString breakable(const QString& words, int longest = 18);

} // namespace kamei::ui::screens::work
