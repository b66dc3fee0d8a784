#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/base/Digest.h"
#include "core/base/Error.h"
#include "core/model/Review.h"
#include "core/model/Vocabulary.h"

namespace kamei::review {

/// What a person has to have had on screen before an asset can be confirmed (Guideline 5.2.2, 5.4.2:
/// confirmation by eye).
enum class Unit {
    Pages,  ///< every screenful of a text, document or table
    Frames, ///< every picture
    Whole,  ///< one view of the whole (a slide's overview with label and macro, a surface)
};

/// The rule of one kind of asset.
struct LookRule {
    model::AssetKind kind;
    Unit unit;
    /// The overview of all frames (minimum, maximum, variation) may be looked at instead of each frame.
    bool overviewSuffices;
};
/// Empty for kinds that cannot be confirmed (unreadable).
[[nodiscard]] std::optional<LookRule> lookRuleFor(model::AssetKind kind);

/// How things stand when somebody confirms.
struct Present {
    model::AssetKind kind = model::AssetKind::Unreadable;
    base::Sha256 digest;        ///< over what is staged now; zero when nothing is
    bool current = false;       ///< staged files reflect the present decisions
    std::int64_t residuals = 0; ///< matches of the residual search in them
};
/// Whether a confirmation may be recorded. Errors: NotPossible with one argument: "kind" (nothing to look
/// at), "stale" (decisions changed since), "digest" (not the present bytes), "shown" (not everything was on
/// screen), "residual" (an identifier is still in it; sending back is always possible); InvalidArgument
/// ("reviewer") without a name; ReasonRequired when sent back without a note.
[[nodiscard]] base::Expected<void> check(const model::Confirmation& confirmation, const Present& present);

} // namespace kamei::review
