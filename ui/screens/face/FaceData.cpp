#include "ui/screens/face/FaceData.h"

#include <QCoreApplication>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/Blank.h"
#include "core/detect/volume/Face.h"
#include "ui/text/TitleWords.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens::face {
namespace {

struct Names {
    Q_DECLARE_TR_FUNCTIONS(Face)
};

Standing standingOf(const job::FaceRow& row) {
    if (row.excluded) {
        return Standing::Excluded;
    }
    if (row.finding.state == model::DecisionState::Open) {
        return row.verdict == "none" ? Standing::NoFace : Standing::Open;
    }
    if (row.finding.effective() != model::Action::Deface) {
        // Decided before a reason was asked for: the gate waits for one.
        return base::isBlank(row.finding.reason) ? Standing::Open : Standing::Kept;
    }
    return row.check && row.check->blocks() ? Standing::StillSeen : Standing::Removed;
}

void readDetail(FaceRow& out) {
    const auto detail = nlohmann::json::parse(out.row.detail, nullptr, false);
    if (!detail.is_object()) {
        return;
    }
    out.views = detail.value("views", 0);
    if (const auto parts = detail.find("coverage"); parts != detail.end() && parts->is_object()) {
        for (const auto& [part, share] : parts->items()) {
            if (share.is_number()) {
                (share.get<double>() >= detect::volume::kPartImaged ? out.seen : out.missing)
                    .append(QString::fromStdString(part));
            }
        }
    }
    if (const auto notes = detail.find("notes"); notes != detail.end() && notes->is_array()) {
        for (const auto& note : *notes) {
            if (note.is_string()) {
                out.notes.append(QString::fromStdString(note.get<std::string>()));
            }
        }
    }
}

} // namespace

base::Expected<std::vector<FaceRow>> readFaces(job::Session& session) {
    auto rows = job::faces(session);
    if (!rows) {
        return tl::unexpected(rows.error());
    }
    std::vector<FaceRow> out;
    for (job::FaceRow& row : *rows) {
        FaceRow next;
        next.row = std::move(row);
        next.standing = standingOf(next.row);
        readDetail(next);
        out.push_back(std::move(next));
    }
    return out;
}

QString titleOf(const FaceRow& row) {
    const QString title = text::assetTitle(row.row.asset);
    const QString pictures =
        row.row.asset.frames > 0
            ? QStringLiteral(" ") + Names::tr("%n pictures", nullptr, static_cast<int>(row.row.asset.frames))
            : QString();
    return (row.row.subjectNumber > 0 ? text::subjectName(row.row.subjectNumber) + QStringLiteral("　")
                                      : QString()) +
           title + pictures;
}

QString factsOf(const model::Volume& volume) {
    const auto& geometry = volume.geometry;
    QStringList steps;
    for (const auto& axis : geometry.axes) {
        steps << QString::number(std::hypot(axis[0], axis[1], axis[2]), 'f', 2);
    }
    return QStringLiteral("%1×%2×%3・%4 mm")
        .arg(geometry.size[0])
        .arg(geometry.size[1])
        .arg(geometry.size[2])
        .arg(steps.join(QStringLiteral("×")));
}

QString noteOf(const FaceRow& row) {
    const QString who = text::fromUtf8(row.row.finding.decidedBy);
    switch (row.standing) {
    case Standing::Excluded:
        return Names::tr("Taken out of the release");
    case Standing::Kept:
        return Names::tr("Kept with a reason, %1").arg(who);
    case Standing::Removed:
        return row.row.check ? Names::tr("Removed and checked, %1").arg(who)
                             : Names::tr("Removed, %1").arg(who);
    case Standing::StillSeen:
        return Names::tr("Removed, but the check after processing speaks against it");
    case Standing::NoFace:
        return Names::tr("No face seen");
    case Standing::Open:
        break;
    }
    if (row.views == 0) {
        return Names::tr("Not judged by views: look yourself");
    }
    const QString score = QString::number(row.row.score, 'f', 2);
    if (row.row.verdict == "unclear") {
        return Names::tr("Detected %1, unclear").arg(score);
    }
    return row.missing.isEmpty() ? Names::tr("Detected %1, the whole face").arg(score)
                                 : Names::tr("Detected %1, part of the face").arg(score);
}

QString standingName(Standing standing) {
    switch (standing) {
    case Standing::Open:
        return Names::tr("To be judged");
    case Standing::Kept:
        return Names::tr("Kept");
    case Standing::Removed:
        return Names::tr("Removed");
    case Standing::StillSeen:
        return Names::tr("Still seen");
    case Standing::Excluded:
        return Names::tr("Taken out");
    case Standing::NoFace:
        return Names::tr("No face seen");
    }
    return {};
}

base::Expected<Region> readRegion(job::Session& session, const model::Finding& finding,
                                  const model::Volume& volume, const model::Deface& wanted, bool stored,
                                  std::stop_token stop) {
    if (stored) {
        auto mask = job::maskOf(session, finding);
        auto behind = job::behindOf(session, finding);
        auto cover = job::coverOf(session, finding);
        const auto method = model::defaceFromJson(finding.method);
        // A mask of another series of the frame of reference is brought onto this one at staging.
        if (mask && *mask && method && (*mask)->geometry() == volume.geometry) {
            Region out{std::make_shared<model::VolumeMask>(std::move(**mask)), nullptr,
                       std::make_shared<model::VolumeMask>(), *method};
            if (cover && *cover) {
                out.cover = std::make_shared<model::VolumeMask>(std::move(**cover));
            }
            if (behind && *behind) {
                out.behind = std::make_shared<model::VolumeMask>(std::move(**behind));
            }
            return out;
        }
    }
    auto proposed = job::proposeMask(session, volume, wanted, stop);
    if (!proposed) {
        return tl::unexpected(proposed.error());
    }
    return Region{std::make_shared<model::VolumeMask>(std::move(proposed->mask)),
                  std::make_shared<model::VolumeMask>(std::move(proposed->behind)),
                  std::make_shared<model::VolumeMask>(std::move(proposed->cover)), proposed->method};
}

} // namespace kamei::ui::screens::face
