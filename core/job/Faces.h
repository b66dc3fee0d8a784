#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/Progress.h"
#include "core/detect/volume/Head.h"
#include "core/job/Session.h"
#include "core/model/Deface.h"
#include "core/model/Volume.h"
#include "core/model/VolumeMask.h"

namespace kamei::job {

/// What was measured on the staged files of a defaced asset; bound to their digest.
struct FaceCheck {
    base::Sha256 staged;
    /// detect::volume::FaceVerdict: "face" "unclear" "none". Where parts of the head were not imaged it is
    /// "none" only of a face that was seen before, whose nose and mouth lie deeper now (note
    /// "seen-before-and-gone").
    std::string verdict;
    double score = 0; ///< of the best view over the sphere of views and thresholds
    std::int32_t views = 0;
    std::int32_t found = 0; ///< views in which a face was seen
    double meanMm = 0;      ///< from the old surface of the face to the new one
    double mostMm = 0;
    std::int64_t changed = 0;          ///< voxels
    std::int64_t protectedChanged = 0; ///< of them behind the safety margin: must be 0
    std::int64_t outsideChanged = 0;   ///< of them outside the mask: must be 0
    std::int64_t left = 0;             ///< voxels of the mask that do not hold the fill: must be 0
    std::int32_t volumes = 1;          ///< measured: all that the asset holds
    std::int32_t judged = 1; ///< of them looked at for a face: all that are large enough to show one
    std::vector<std::string> notes;
    base::TimeMs at = 0;
    std::string overruledBy;
    std::string overruleReason;
    /// Whether it stands against confirming.
    [[nodiscard]] bool blocks() const {
        return protectedChanged > 0 || outsideChanged > 0 || left > 0 ||
               (verdict != "none" && overruledBy.empty());
    }
};

/// One head on the list of faces.
struct FaceRow {
    model::Finding finding; ///< label "FaceSurface": decision, reason, who, when; method: model::Deface
    model::Asset asset;
    std::int64_t subjectNumber = 0;
    std::string verdict; ///< of the detector: "face" "unclear" "none"
    double score = 0;
    double threshold = 0;
    std::string detail; ///< the detector's JSON: coverage of the parts of the face, notes, views
    bool excluded = false;
    std::optional<FaceCheck> check; ///< of the present staged files
};
/// All heads of the workspace, in the order of subjects and assets.
[[nodiscard]] base::Expected<std::vector<FaceRow>> faces(Session& session);

/// The volume of an asset that its face was found on (without a face the largest), from its sources or from
/// its staged files (NotPossible "not-staged" without any). Takes seconds: off the GUI thread.
[[nodiscard]] base::Expected<std::shared_ptr<const model::Volume>>
volumeOf(Session& session, base::AssetId asset, std::stop_token stop = {});
[[nodiscard]] base::Expected<std::shared_ptr<const model::Volume>>
stagedVolumeOf(Session& session, base::AssetId asset, std::stop_token stop = {});

/// A mask as it is proposed, with what it must not touch; nothing is stored.
struct ProposedMask {
    model::VolumeMask mask;
    model::VolumeMask behind;
    model::VolumeMask cover; ///< of no volume: nothing is covered
    model::Deface method;    ///< as asked, with values and notes; its digests are those of the masks
};
[[nodiscard]] base::Expected<ProposedMask> proposeMask(Session& session, const model::Volume& volume,
                                                       const model::Deface& wanted,
                                                       std::stop_token stop = {});

/// The mask that a finding's method names; nothing where there is none yet.
[[nodiscard]] base::Expected<std::optional<model::VolumeMask>> maskOf(Session& session,
                                                                      const model::Finding& finding);
/// The protected region beside it.
[[nodiscard]] base::Expected<std::optional<model::VolumeMask>> behindOf(Session& session,
                                                                        const model::Finding& finding);
/// What of the mask becomes a new surface.
[[nodiscard]] base::Expected<std::optional<model::VolumeMask>> coverOf(Session& session,
                                                                       const model::Finding& finding);

/// The volume as staging would leave it: voxels of the mask get the fill, those of the cover among them its
/// value. A cover of no volume covers nothing.
[[nodiscard]] model::Volume defaced(const model::Volume& volume, const model::VolumeMask& mask,
                                    const model::VolumeMask& cover, const model::Deface& method);

/// What a person says of a face.
struct FaceJudgement {
    model::Action action = model::Action::Keep; ///< Keep or Deface
    std::string reason;
    /// Deface: how, and the mask where it was edited (what it shares with the protected region is given
    /// back); without one the mask is proposed when it is staged.
    model::Deface method{};
    std::optional<ProposedMask> mask{};
    bool wholeSubject = false; ///< else the series of its frame of reference
};
/// The edit that puts a judgement into effect on the asset and on all series of its frame of reference (of
/// the whole subject where asked); for Session::apply, which gives the edit that takes it back. Masks are put
/// into the workspace first: they are named by their digests, and what no finding names is nobody's decision.
[[nodiscard]] base::Expected<decide::Edit> judge(Session& session, base::FindingId finding,
                                                 const FaceJudgement& judgement);
/// How many assets that concerns.
[[nodiscard]] base::Expected<std::int64_t> scopeOf(Session& session, base::FindingId finding,
                                                   bool wholeSubject);

/// A view on which a judgement was made: a PNG in the workspace folder, never released.
[[nodiscard]] base::Expected<void> addEvidence(Session& session, base::FindingId finding,
                                               const std::string& view, const std::string& png,
                                               const std::string& by);

/// Masks for every face that is to be removed and has none yet, and the removal of what shows the same head
/// in series of its frame of reference on which nobody found a face of its own (PET beside its CT), however
/// the removal was decided. What cannot be judged is left without, with the reason in the finding's method:
/// such an asset is refused at staging. Run by staging and after `decide`.
[[nodiscard]] base::Expected<std::int64_t> proposeMissing(Session& session, const std::string& by,
                                                          std::stop_token stop = {});

/// Measures the staged files of a defaced asset, every volume that they hold, and stores the result: the
/// verdict and score of the one on which most of a face is seen.
[[nodiscard]] base::Expected<FaceCheck> checkAfter(Session& session, base::AssetId asset,
                                                   std::stop_token stop = {});
/// A person says why a face that the check still finds may stay; ReasonRequired.
[[nodiscard]] base::Expected<void> overrule(Session& session, base::AssetId asset, const std::string& reason,
                                            const std::string& by);

} // namespace kamei::job
