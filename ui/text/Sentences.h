#pragma once

#include <QString>

#include "core/base/Error.h"

namespace kamei::ui::text {

/// An error in three parts: what happened, what was not lost, what to do. Complete sentences without
/// identifiers, paths or internals.
struct ErrorSentence {
    QString what;
    QString safe;
    QString todo;
};

[[nodiscard]] ErrorSentence sentence(const base::Error& error);
/// Only what happened, for rows of unreadable files.
[[nodiscard]] QString reason(const base::Error& error);

} // namespace kamei::ui::text
