#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kamei::transform::pdf {

/// A JPEG without comments and without application segments but those of JFIF and Adobe (which tell how to
/// read its colours) and without what stands behind its end; all coded data as they are. Nothing when its
/// segments do not lead to the end of the picture (ITU T.81, B.1).
[[nodiscard]] std::optional<std::string> plainJpeg(std::string_view jpeg);

} // namespace kamei::transform::pdf
