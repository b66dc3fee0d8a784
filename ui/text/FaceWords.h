#pragma once

#include <QString>

#include "core/base/Error.h"

namespace kamei::ui::text {

/// "eyes" of "eyes", parts of a face as the detector names them; words that are not known come back as they
/// are.
[[nodiscard]] QString facePartName(const QString& part);
/// A sentence for a word of what of a volume could not be judged, or not be taken as asked; unknown words
/// come back as they are.
[[nodiscard]] QString volumeNoteName(const QString& word);
/// Why something of a volume could not be done, in a sentence.
[[nodiscard]] QString volumeReason(const base::Error& error);

} // namespace kamei::ui::text
