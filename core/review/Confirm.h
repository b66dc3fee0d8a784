#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "core/base/Digest.h"
#include "core/base/Error.h"
#include "core/model/Review.h"
#include "core/model/Vocabulary.h"

namespace kamei::review {

/// What a person has to have had on screen before an asset can be confirmed (Guideline 5.2.2, 5.4.2:
/// confirmation by eye; product.md, step 5).
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

/// What SHA-256 a confirmation is bound to: the staged file's own when there is one file, else SHA-256 over
/// the 32-byte digests of all files in the order of the asset's sources. Zero when there are none.
[[nodiscard]] base::Sha256 confirmationDigest(std::span<const base::Sha256> staged);

/// How things stand when somebody confirms.
struct Present {
    model::AssetKind kind = model::AssetKind::Unreadable;
    base::Sha256 digest;        ///< confirmationDigest of what is staged now
    bool current = false;       ///< staged files reflect the present decisions
    std::int64_t residuals = 0; ///< matches of the residual search in them
};
/// Whether a confirmation may be recorded. Errors: NotPossible with one argument: "kind" (nothing to look
/// at), "stale" (decisions changed since), "digest" (not the present bytes), "shown" (not everything was on
/// screen), "residual" (an identifier is still in it; sending back is always possible); InvalidArgument
/// ("reviewer") without a name; ReasonRequired when sent back without a note.
[[nodiscard]] base::Expected<void> check(const model::Confirmation& confirmation, const Present& present);

} // namespace kamei::review
