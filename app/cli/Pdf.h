#pragma once

#include <string>

#include "core/base/Error.h"

namespace kamei::app::cli {

/// A self-contained HTML page as PDF, A4. NotPossible in a program that was built without Qt.
[[nodiscard]] base::Expected<std::string> pdfFromHtml(const std::string& html);

} // namespace kamei::app::cli
