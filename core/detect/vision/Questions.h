#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/detect/Detector.h"

namespace kamei::detect::vision {

/// Whether pictures show a face or letters nobody but a person can say; until then it is open (Guideline
/// 5.4.3). The suggestion covers `extent`, all of the picture: accepting it without a look destroys
/// everything rather than nothing. `rule` names what is asked ("image-content.burned-in-text"), `pictures`
/// how many.
[[nodiscard]] model::Finding question(std::string_view rule, std::string_view label,
                                      const model::RectPx& extent, std::int64_t pictures,
                                      const Context& context);

/// The masks that were drawn for the asset's device before, as proposals.
[[nodiscard]] std::vector<model::Finding> ofTemplates(const model::Asset& asset, std::int64_t pictures,
                                                      const Context& context);

} // namespace kamei::detect::vision
