#pragma once

#include <span>

#include "core/detect/Detector.h"

namespace kamei::detect {

/// CSV and TSV. A column with a role is one finding; so is a column without one most of whose cells are
/// wholly identifiers of one kind. The other cells are read as text, with what the columns of the same row
/// say of the person as known identifiers.
[[nodiscard]] base::Expected<Detection>
detectTable(const model::Asset& asset, std::span<const model::Source> sources, const Context& context);

} // namespace kamei::detect
