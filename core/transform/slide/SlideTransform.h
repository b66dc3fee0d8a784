#pragma once

#include <memory>
#include <span>

#include "core/base/Error.h"
#include "core/model/Asset.h"
#include "core/model/Finding.h"
#include "core/transform/Transform.h"

namespace kamei::transform::slide {

/// The transform of "slide" (Guideline 4.7.1, 5.4.3). The copy holds the pages that stay, tiles that no mask
/// touches byte for byte, and of everything else that the source said only what readers need to find its
/// pixels; see SlideWriter.
///
/// - A mask on a frame of the scan is in pixels of its base level, and falls on every level and on
/// thumbnails.
/// - On a label, macro or other picture: Delete leaves it out, Replace draws a label with the pseudonymous
/// ID, Mask
///   blackens.
/// - Metadata and names are left behind in any case.
///
/// compile: NotPossible (args: action) for other actions on pixels, Malformed for a mask that cannot be read.
/// apply: the errors of intake::slide::Slide, destroyed() and clean(); SourceChanged, SourceMissing.
[[nodiscard]] base::Expected<std::unique_ptr<Transform>>
compileSlide(const model::Asset& asset, std::span<const model::Finding> findings, const Context& context);

} // namespace kamei::transform::slide
