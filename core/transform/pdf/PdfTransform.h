#pragma once

#include <memory>
#include <span>

#include "core/base/Error.h"
#include "core/model/Asset.h"
#include "core/model/Finding.h"
#include "core/transform/Transform.h"

namespace kamei::transform::pdf {

/// The transform of "pdf" (Guideline 4.7.1, 5.2.2, 5.4.3). The output is a document of its own in one
/// revision; what the source says beside its pages does not come along, decided on or not.
///
/// - With a mask in force: every page becomes a picture of 150 dots an inch (intake::pdf::PageSize) with the
/// masks
///   burned in, so that no text, font or hidden layer is left. Annotations but form fields are not drawn.
/// - Without one: the content of the pages as it is, with their fonts and pictures, where that content holds
///   nothing but what is seen (see cleaned()); else pictures as above.
///
/// compile: NotPossible (args: action) for other actions on a page, Malformed for a mask that cannot be read.
/// apply: the errors of intake::readContent and intake::pdf::PdfDocument; TooLarge above 1 GiB.
[[nodiscard]] base::Expected<std::unique_ptr<Transform>>
compilePdf(const model::Asset& asset, std::span<const model::Finding> findings, const Context& context);

} // namespace kamei::transform::pdf
