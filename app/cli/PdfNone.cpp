#include "app/cli/Pdf.h"

namespace kamei::app::cli {

base::Expected<std::string> pdfFromHtml(const std::string&) {
    return base::fail(base::ErrorCode::NotPossible, "cli.pdf", {"pdf"});
}

} // namespace kamei::app::cli
