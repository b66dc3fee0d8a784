#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "core/base/Digest.h"
#include "core/base/Error.h"
#include "core/model/Policy.h"
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
    /// A frame counts as seen on the sheet of all frames too, where its tile is large enough.
    bool overviewSuffices;
};
/// Empty for kinds that cannot be confirmed (unreadable).
[[nodiscard]] std::optional<LookRule> lookRuleFor(model::AssetKind kind);

/// How things stand when somebody confirms.
struct Present {
    model::AssetKind kind = model::AssetKind::Unreadable;
    base::Sha256 digest;        ///< over what is staged now; zero when nothing is
    bool current = false;       ///< staged files reflect the present decisions
    std::int64_t frames = 0;    ///< pictures that there are; 0: not counted
    std::int64_t residuals = 0; ///< matches of the residual search in them
    /// Why the face that is taken off stands against it: "face" (it is still found, or voxels changed that
    /// must not, and nobody overruled that with a reason), "face-unchecked"; empty for nothing.
    std::string face{};
};
/// Whether a confirmation may be recorded. Errors: NotPossible with one argument: "kind" (nothing to look
/// at), "stale" (decisions changed since), "digest" (not the present bytes), "shown" (not everything was on
/// screen), "face" and "face-unchecked" (Guideline 5.4.4), "residual" (an identifier is still in it; sending
/// back is always possible); InvalidArgument
/// ("reviewer") without a name; ReasonRequired when sent back without a note.
[[nodiscard]] base::Expected<void> check(const model::Confirmation& confirmation, const Present& present);

/// Whose confirmations of an asset count, and what the policy still asks for beyond that there is one.
struct Standing {
    std::set<std::string> people;   ///< whose confirmation of the present bytes counts
    bool lacksSignature = false;    ///< somebody confirmed, but nobody with a key, and the policy asks for it
    bool lacksSecondPerson = false; ///< the policy asks for a second, different person
    [[nodiscard]] bool complete() const { return !lacksSignature && !lacksSecondPerson; }
};
/// `all`: what was said of the asset, oldest first; `present`: the digest over what is staged now. What was
/// sent back has to be looked at by everybody again.
[[nodiscard]] Standing standingOf(std::span<const model::Confirmation> all, const base::Sha256& present,
                                  model::AssetKind kind, const model::Policy& policy);

} // namespace kamei::review
