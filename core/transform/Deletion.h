#pragma once

#include <memory>
#include <span>

#include "core/base/Error.h"
#include "core/model/Asset.h"
#include "core/model/Finding.h"
#include "core/transform/Transform.h"

namespace kamei::transform {

/// The finding under which an asset is deleted as a whole: on the asset, action delete (Guideline 5.5:
/// genetic data that are a class 1 code are deleted). Null when there is none.
[[nodiscard]] const model::Finding* wholeDeletion(std::span<const model::Finding> findings);

/// Writes, in place of each source, a record that something was there and was deleted, and why: kind, format,
/// rule, and what was counted for the judgement; nothing of the source itself. It is looked at, confirmed and
/// released like any processed file. `finding` is wholeDeletion() of the asset.
[[nodiscard]] std::unique_ptr<Transform>
deletionRecord(const model::Asset& asset, const model::Finding& finding, const Context& context);

/// For formats that cannot be rewritten, only deleted: NotPossible (args: format).
[[nodiscard]] base::Expected<std::unique_ptr<Transform>>
compileDeletedOnly(const model::Asset& asset, std::span<const model::Finding> findings,
                   const Context& context);

} // namespace kamei::transform
