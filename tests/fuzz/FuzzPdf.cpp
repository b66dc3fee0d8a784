#include <cstdint>
#include <cstdlib>
#include <string>

#include "core/intake/pdf/PdfDocument.h"
#include "core/intake/pdf/Statements.h"
#include "core/transform/pdf/Writing.h"

using namespace kamei;

/// A document that opens can be read to the end, and what is written of it says nothing beside its pages.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    const auto document = intake::pdf::PdfDocument::open(bytes);
    if (!document || document->pages() > 4) {
        return 0;
    }
    for (std::int32_t page = 1; page <= document->pages(); ++page) {
        const auto& length = document->size(page);
        if (std::int64_t(length.widthPx) * length.heightPx > 1 << 22) {
            return 0;
        }
        static_cast<void>(document->marks(page));
        static_cast<void>(document->words(page, true));
    }
    static_cast<void>(intake::pdf::readStatements(bytes));
    const auto clean = transform::pdf::cleaned(bytes);
    const auto pictures = transform::pdf::pictured(bytes, {}, 1);
    for (const std::string& out :
         {clean && *clean ? **clean : std::string(), pictures.value_or(std::string())}) {
        for (const auto& statement :
             out.empty() ? std::vector<intake::pdf::Statement>() : intake::pdf::readStatements(out)) {
            if (statement.key != "Pdf.DocumentId") {
                std::abort();
            }
        }
    }
    return 0;
}
