#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Error.h"
#include "core/model/Finding.h"
#include "core/model/Mask.h"

namespace kamei::transform::image {

/// The masks that findings ask for: {"mask":{...}} in their detail, or the rectangle of their place.
[[nodiscard]] base::Expected<std::vector<model::Mask>> masksOf(std::span<const model::Finding> findings);

/// Each writes the source with the masks burned in and without metadata.
[[nodiscard]] base::Expected<std::string> maskJpeg(std::string_view bytes,
                                                   const std::vector<model::Mask>& masks);
[[nodiscard]] base::Expected<std::string> maskPng(std::string_view bytes,
                                                  const std::vector<model::Mask>& masks);
[[nodiscard]] base::Expected<std::string> maskTiff(std::string_view bytes,
                                                   const std::vector<model::Mask>& masks);

[[nodiscard]] base::Expected<std::string> maskBmp(std::string_view bytes,
                                                  const std::vector<model::Mask>& masks);
/// Writes a PNG: Debian's encoders of HEIF would change every pixel, PNG keeps the decoded ones.
[[nodiscard]] base::Expected<std::string> maskHeif(std::string_view bytes,
                                                   const std::vector<model::Mask>& masks);

/// Sets or clears bits first..first+count of a row; bit 0 is the highest of the first byte.
void fillBits(unsigned char* row, std::size_t first, std::size_t count, bool ones);

} // namespace kamei::transform::image
