#pragma once

#include <optional>
#include <string_view>

#include "core/detect/text/values/NumberShapes.h"
#include "core/detect/text/values/Units.h"

namespace kamei::detect::text::values {

/// What a number is taken for.
struct NumberVerdict {
    Label label = Label::OtherNo;
    double confidence = 0;
    std::string_view source;
};

/// What a number is behind a key word of numbers; empty where the word asks for another kind of number.
[[nodiscard]] std::optional<NumberVerdict> numberByLabel(const Page& page, const Cue& label,
                                                         const NumberShape& shape);

} // namespace kamei::detect::text::values
