#pragma once

#include <memory>
#include <span>

#include "core/base/Error.h"
#include "core/model/Asset.h"
#include "core/model/Finding.h"
#include "core/transform/Transform.h"

namespace kamei::transform::genome {

/// The transform of "vcf" and "bcf" (Guideline 5.5: what is no class 1 code is processed as
/// physiology, 5.3.3). What findings with a decided action cover is rewritten as in text
/// (transform::text::compileText); names of samples by SampleNames; a header value that goes is written ".".
/// Everything else of the text stays byte for byte; see intake::genome::rewrite for the containers.
///
/// compile: the errors of transform::text::stepsOf. apply: those of intake::readContent and of
/// intake::genome::open and rewrite.
[[nodiscard]] base::Expected<std::unique_ptr<Transform>>
compileVariants(const model::Asset& asset, std::span<const model::Finding> findings, const Context& context);

} // namespace kamei::transform::genome
