#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/Error.h"
#include "core/decide/Edit.h"
#include "core/guideline/Steps.h"
#include "core/model/Asset.h"
#include "core/model/Finding.h"
#include "core/model/Policy.h"

namespace kamei::decide {

/// The step 4..8 of Guideline 4.9 that a finding belongs to, 0 for none; see guideline::stepOf.
[[nodiscard]] int stepOf(const model::Finding& finding);

/// Actions that can be carried out on a finding, in the order of Guideline 4.7, `suggested` among them:
/// what a locator of that kind allows and the transforms of that kind of asset do.
[[nodiscard]] std::vector<model::Action> possibleActions(const model::Finding& finding,
                                                         model::AssetKind kind);

/// Whether the finding is on the surface of a face in CT or MR, which stays or goes by a person's judgement
/// (Guideline 5.4.4).
[[nodiscard]] bool isFaceSurface(const model::Finding& finding);

/// Whether the finding is a stream of sound beside pictures: removed, kept for a reason, or silent in parts
/// (model::Mute; Guideline 4.4).
[[nodiscard]] bool isSound(const model::Finding& finding);

/// Whether leaving this finding as it is needs a written reason: a required one (Guideline 5.2.3,
/// rejecting it leaves a name in the data), and the surface of a face whatever its requirement, however it
/// comes to stay (Guideline 5.4.4).
[[nodiscard]] bool needsReason(const model::Finding& finding, model::DecisionState state,
                               model::Action action);

/// Whether decided() refuses the decision for want of a reason: neither it nor the policy gives one.
[[nodiscard]] bool lacksReason(const model::Finding& finding, const Decide& decision,
                               const model::Policy& policy);

/// Whether a person, or the site's own rule, left this finding as it is and wrote why. What was merely not
/// asked about (undecided, or kept as suggested without a word) is not left in with a reason.
[[nodiscard]] bool leftInWithReason(const model::Finding& finding);

/// A finding as it is after the decision. Errors: ReasonRequired (a blank reason does not count; that of
/// the policy's override for the rule does), NotPossible (args: word of the action) for an action that
/// cannot be carried out on it. The place of the error is "decide.rules".
[[nodiscard]] base::Expected<model::Finding> decided(const model::Finding& finding, model::AssetKind kind,
                                                     const Decide& decision, const model::Policy& policy,
                                                     const std::string& by, base::TimeMs at);

/// A finding of a person as it enters the workspace: origin and author set, its decision checked as
/// by decided(). Errors: InvalidArgument (unknown mask, empty or inverted place), ReasonRequired,
/// NotPossible.
[[nodiscard]] base::Expected<model::Finding> added(const model::Finding& finding, model::AssetKind kind,
                                                   const std::string& by, base::TimeMs at);

/// Whether the finding asks a person to look at the pictures of an asset, and is no mask itself: a detector's
/// finding over all of their area, without a drawn mask ("does it show a face, or letters?",
/// Guideline 5.4.3). Undecided or accepted it blackens the pictures as a whole; drawing masks and keeping the
/// rest answers it.
[[nodiscard]] bool asksToLook(const model::Finding& finding);
/// Whether a mask that a detector proposes for a face or letters takes most of the pictures that `question`
/// asks to look at (asksToLook): then texture, as mucosa in endoscopy, is a likelier cause than a face, and
/// accepting it destroys the pictures. A person has to mean that.
[[nodiscard]] bool hidesMost(const model::Finding& finding, const model::Finding& question);
/// Whether a person may take the finding away again (Remove): only what a person made.
[[nodiscard]] bool removable(const model::Finding& finding);
/// Whether place and detail may change (Reshape): what a person made, and drawn masks.
[[nodiscard]] bool reshapable(const model::Finding& finding);

} // namespace kamei::decide
