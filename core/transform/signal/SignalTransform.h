#pragma once

#include <memory>
#include <span>

#include "core/base/Error.h"
#include "core/model/Asset.h"
#include "core/model/Finding.h"
#include "core/transform/Transform.h"

namespace kamei::transform::signal {

/// The transform of "edf", "scp-ecg" and "mfer" (Guideline 5.3.3). What findings with a decided action cover
/// is rewritten in its place as in text (transform::text::compileText), within the bytes that it has;
/// everything else, every sample with it, stays byte for byte, and the file keeps its length. Dates stay
/// dates of their form; one that goes is written as the format writes an unknown one, and takes the time of
/// day with it.
///
/// compile: the errors of transform::text::stepsOf. apply: those of intake::readContent and of
/// intake::signal::open and rewrite; NotPossible (args: "place") for a place that is only the page's.
[[nodiscard]] base::Expected<std::unique_ptr<Transform>>
compileSignal(const model::Asset& asset, std::span<const model::Finding> findings, const Context& context);

} // namespace kamei::transform::signal
