#pragma once
// Private to core/intake/pdf: shows poppler.

#include <memory>
#include <poppler-document.h>
#include <poppler-page.h>
#include <string_view>
#include <vector>

#include "core/intake/pdf/PdfDocument.h"

namespace kamei::intake::pdf {

/// The words of a page in the order of reading.
[[nodiscard]] std::vector<Word> wordsOf(const poppler::page& page, const PageSize& size);

/// The document with pages of the largest size: poppler reads no text that lies outside of a page. Null when
/// it cannot be written.
[[nodiscard]] std::unique_ptr<poppler::document> openWidened(std::string_view bytes);

} // namespace kamei::intake::pdf
