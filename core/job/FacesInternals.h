#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/job/Faces.h"
#include "core/job/SessionInternals.h"

// Shared by the files of job/ that judge faces.
namespace kamei::job {

inline constexpr std::string_view kFaceLabel = "FaceSurface";
inline constexpr std::string_view kFaceRule = "image-content.facial-surface";

[[nodiscard]] std::string toJson(const FaceCheck& check);
/// The check of an asset as it is stored, whatever it was measured on.
[[nodiscard]] base::Expected<std::optional<FaceCheck>> storedCheck(const store::Repositories& stores,
                                                                   base::AssetId asset);

/// Findings on faces of the surface, of one asset or of all.
[[nodiscard]] base::Expected<std::vector<model::Finding>>
faceFindings(Session& session, std::optional<base::AssetId> asset = {});
/// Whether staging takes the face off, decided or not.
[[nodiscard]] bool willDeface(const model::Finding& finding);
/// Frame of Reference UIDs of the volumes in assets; headers of each are read once.
class FramesOfReference {
public:
    explicit FramesOfReference(Session& session) : m_session(session) {}
    /// Whether two assets have a frame of reference in common.
    [[nodiscard]] base::Expected<bool> shared(base::AssetId one, base::AssetId other);

private:
    [[nodiscard]] base::Expected<std::vector<std::string>> of(base::AssetId asset);
    Session& m_session;
    std::map<std::int64_t, std::vector<std::string>> m_known;
};
/// Findings of faces that a judgement is on too, the finding itself first.
[[nodiscard]] base::Expected<std::vector<model::Finding>>
concerned(Session& session, const model::Finding& finding, bool wholeSubject, FramesOfReference& frames);
/// Findings to be made for series of the same frame of reference on which no detector found a face of its own
/// (PET beside its CT): the same head lies in them all the same.
[[nodiscard]] base::Expected<std::vector<model::Finding>>
companions(Session& session, const model::Finding& finding, FramesOfReference& frames);
/// Index of the volume that the finding on an asset's face was made on; 0 without one.
[[nodiscard]] base::Expected<std::size_t> judgedVolume(Session& session, base::AssetId asset);
/// What a defaced asset is made of, and what was to become of it.
struct FaceMeasure {
    model::Asset asset;
    std::vector<model::Source> before;
    std::vector<model::Source> after; ///< the staged files of the same sources
    std::size_t judged = 0;           ///< volume that the mask was made on
    const model::VolumeMask& mask;
    const std::optional<model::VolumeMask>& behind;
    const std::optional<model::VolumeMask>& cover;
};
/// Reads, renders and compares; stores nothing. NotPossible ("geometry": the staged slices lie elsewhere; a
/// word of intake::volume::Listing::problems).
[[nodiscard]] base::Expected<FaceCheck> measureFaces(const FaceMeasure& what, const std::stop_token& stop);
/// Puts a mask under its digest.
[[nodiscard]] base::Expected<base::Sha256> putMask(Session& session, const model::VolumeMask& mask);
[[nodiscard]] base::Expected<model::VolumeMask> loadMask(Session& session, const base::Sha256& digest);
/// The masks of the workspace, for transform::Context.
[[nodiscard]] std::function<base::Expected<model::VolumeMask>(const base::Sha256&)>
volumeMasksOf(Session& session);
/// Checks of defaced assets that are staged and were not measured as they are; how many were made.
[[nodiscard]] base::Expected<std::int64_t> checkStaged(Session& session, std::optional<base::AssetId> only,
                                                       const std::stop_token& stop);
/// Whether an asset may be confirmed as far as its face goes: "face" where the check found one and nobody
/// overruled it, "face-unchecked" where it was not measured as it is staged; empty where nothing stands
/// against it.
[[nodiscard]] base::Expected<std::string> faceOpen(const store::Repositories& stores, base::AssetId asset,
                                                   const base::Sha256& staged);

} // namespace kamei::job
