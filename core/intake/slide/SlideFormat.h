#pragma once

#include <string_view>

#include "core/intake/Format.h"

namespace kamei::intake::slide {

/// Whether a file that looks like a TIFF is a slide (isSlide()): reads its directories only. `content` is
/// what is held of a member of an archive; a plain file is opened.
[[nodiscard]] bool isSlideFile(const Location& location, std::string_view content);

/// Format::describe of "slide": kind Slide, one frame a picture (see Picture). A plain file is opened at its
/// directories, whatever `content` holds of it.
[[nodiscard]] base::Expected<Description> describeSlide(const Location& location, std::string_view content);
/// What is shown in place of a picture that processing left out: an empty field with a cross.
[[nodiscard]] model::Raster leftOutPicture();
/// For sources and staged files; see intake::decodePicture. Frames are those that the source's facts name, so
/// that label and scan stay where they were when a picture between them was left out.
[[nodiscard]] base::Expected<model::Raster> decodeSlidePicture(const model::Source& source,
                                                               std::int32_t frame);

} // namespace kamei::intake::slide
