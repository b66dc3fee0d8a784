#pragma once

#include <QString>
#include <QStringList>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

#include "core/job/Faces.h"
#include "ui/views/surface/HeadData.h"

namespace kamei::ui::screens::face {

using views::surface::HeadData;

/// Where the judgement of a face stands. StillSeen: removed, and the check after processing speaks against
/// it.
/// NoFace: the detector looked from all sides and saw none; a person still has to say so.
enum class Standing { Open, Kept, Removed, StillSeen, Excluded, NoFace };
[[nodiscard]] inline bool isOpen(Standing standing) {
    return standing == Standing::Open || standing == Standing::NoFace || standing == Standing::StillSeen;
}

/// What a person can say of a face (Guideline 5.4.4).
enum class Choice { Keep, Remove, Exclude };

/// A line of the list, with what the detector says of the head.
struct FaceRow {
    job::FaceRow row;
    Standing standing = Standing::Open;
    QStringList seen;    ///< words of the parts of a face that lie in the imaged field
    QStringList missing; ///< and of those that do not
    QStringList notes;   ///< stable words of what could not be judged
    int views = 0;       ///< looked at; 0: never judged by views
};
/// Heads with a finding of their surface. Reads the workspace: off the GUI thread.
[[nodiscard]] base::Expected<std::vector<FaceRow>> readFaces(job::Session& session);

[[nodiscard]] QString titleOf(const FaceRow& row);
[[nodiscard]] QString noteOf(const FaceRow& row);           ///< what was found, or decided by whom
[[nodiscard]] QString factsOf(const model::Volume& volume); ///< size and spacing
[[nodiscard]] QString standingName(Standing standing);

/// What a removal takes, shared with the views that show it.
struct Region {
    std::shared_ptr<const model::VolumeMask> mask;
    std::shared_ptr<const model::VolumeMask> behind; ///< the brain with its margin; never in the mask
    std::shared_ptr<const model::VolumeMask> cover;  ///< of the mask: a new surface; of no volume: none
    model::Deface method;
};
/// The region of the finding's method where there is one that belongs to it, else what is proposed for it.
[[nodiscard]] base::Expected<Region> readRegion(job::Session& session, const model::Finding& finding,
                                                const model::Volume& volume, const model::Deface& wanted,
                                                bool stored, std::stop_token stop);

} // namespace kamei::ui::screens::face
