#include <algorithm>

#include "core/base/Digest.h"
#include "core/intake/Describe.h"
#include "core/intake/pdf/PdfDocument.h"
#include "core/intake/text/Hints.h"
#include "core/intake/text/TextSource.h"

namespace kamei::intake {
namespace {

/// Whom a document is about stands on its first pages.
model::SubjectHint hintOf(const pdf::PdfDocument& document) {
    constexpr std::int32_t kFirstPages = 3;
    std::string text;
    for (std::int32_t page = 1; page <= std::min(kFirstPages, document.pages()); ++page) {
        if (const auto words = document.words(page)) {
            text += pdf::textOf(*words);
        }
    }
    const auto source = text.empty() ? base::fail(base::ErrorCode::Empty, "intake.pdf.hint")
                                     : text::TextSource::read(std::move(text), "text");
    return source ? text::subjectHint(*source) : model::SubjectHint{};
}

} // namespace

base::Expected<Description> describePdf(const Location&, std::string_view content) {
    const auto document = pdf::PdfDocument::open(std::string(content));
    if (!document) {
        return tl::unexpected(document.error());
    }
    for (std::int32_t page = 1; page <= document->pages(); ++page) {
        if (const auto sound = document->marks(page); !sound) {
            return tl::unexpected(sound.error());
        }
    }
    const pdf::PageSize& first = document->size(1);
    Description out;
    out.kind = model::AssetKind::Pdf;
    out.group = base::sha256(content).hex();
    // Its own title and first line may name a person.
    out.title = "PDF " + std::to_string(document->pages()) + " p.";
    out.frames = document->pages();
    out.facts = "{\"width\":" + std::to_string(first.widthPx) +
                ",\"height\":" + std::to_string(first.heightPx) +
                ",\"pages\":" + std::to_string(document->pages()) + "}";
    out.subject = hintOf(*document);
    return out;
}

} // namespace kamei::intake
