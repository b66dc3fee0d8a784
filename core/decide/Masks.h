#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/base/Error.h"
#include "core/model/Finding.h"
#include "core/model/Mask.h"

namespace kamei::decide {

/// The mask that a finding with a place in pixels stands for: "mask" of its `detail`, or absent that the
/// rectangle and frames of its Pixels locator. Malformed: a `detail` that cannot be read;
/// InvalidArgument: neither is there, or the figure is empty.
[[nodiscard]] base::Expected<model::Mask> maskOf(const model::Finding& finding);

/// The `detail` of a finding that carries out a mask: {"mask": ...}, other members of `detail` kept.
[[nodiscard]] std::string detailWithMask(const std::string& detail, const model::Mask& mask);

/// Whether the finding carries a mask of its own, rather than the rectangle of its place.
[[nodiscard]] bool hasMask(const model::Finding& finding);

/// Masks in force on a frame (from 1 over the asset's sources; 0: on any frame): of findings whose
/// effective action is Mask. An unreadable one is an error, never left out: a mask that is not drawn
/// would let through what it covers.
[[nodiscard]] base::Expected<std::vector<model::Mask>> masksOf(std::span<const model::Finding> findings,
                                                               std::int32_t frame);

} // namespace kamei::decide
