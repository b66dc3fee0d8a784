#pragma once

#include <optional>

#include "core/base/Redacted.h"

namespace kamei::app::cli {

/// The passphrase of sealed deleted information: one line of standard input when asked for, else
/// KAMEI_PASSPHRASE; nothing when that is empty. Never from the command line, which other users of the
/// machine can read.
[[nodiscard]] std::optional<base::Redacted> readPassphrase(bool fromInput);

} // namespace kamei::app::cli
