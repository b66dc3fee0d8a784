#pragma once

#include <QDir>
#include <QTemporaryDir>
#include <fstream>
#include <memory>
#include <vector>

#include "core/job/Faces.h"
#include "core/job/Job.h"
#include "tests/support/HeadFiles.h"
#include "tests/support/Heads.h"

namespace kamei::test {

/// One volume of a cohort; those with the same series make one asset.
struct Shown {
    model::Volume volume;
    HeadSeries series;
};

/// A workspace with heads of one person, examined.
struct HeadBed {
    QTemporaryDir folder;
    std::shared_ptr<job::Session> session;
    std::vector<base::AssetId> assets; ///< by volume

    explicit HeadBed(const std::vector<Shown>& shown) {
        QDir(folder.path()).mkdir("in");
        int number = 0; // no two instances have the same
        for (std::size_t k = 0; k < shown.size(); ++k) {
            for (int i = 0; i < shown[k].volume.geometry.size[2]; ++i) {
                std::ofstream(fileOf(k, i), std::ios::binary)
                    << dicomSlice(shown[k].volume, i, shown[k].series, ++number);
            }
        }
        session = *job::Session::create(folder.filePath("ws").toStdString(), {"t", "p", {}});
        base::NoProgress quiet;
        job::ImportSpec import;
        import.paths = {folder.filePath("in").toStdString()};
        static_cast<void>(job::importJob(session, import)->run({}, quiet));
        static_cast<void>(job::detectJob(session, {})->run({}, quiet));
        assets.resize(shown.size());
        const auto rows = session->assets({});
        for (const auto& row : *rows) {
            const auto sources = session->sources(row.asset.id);
            for (const auto& source : *sources) {
                assets[std::stoul(source.path.stem().string())] = row.asset.id;
            }
        }
    }
    [[nodiscard]] std::string fileOf(std::size_t volume, int slice) const {
        return folder.filePath(QStringLiteral("in/%1-%2").arg(volume).arg(slice)).toStdString();
    }
    [[nodiscard]] std::optional<job::FaceRow> rowOf(base::AssetId asset) const {
        const auto rows = job::faces(*session);
        for (const auto& row : *rows) {
            if (row.finding.asset == asset) {
                return row;
            }
        }
        return std::nullopt;
    }
    /// The detector's finding on a face, or the one that a person makes.
    model::Finding faceOf(base::AssetId asset) {
        if (const auto row = rowOf(asset)) {
            return row->finding;
        }
        model::Finding made;
        made.asset = asset;
        made.locator.kind = model::Locator::Kind::Asset;
        made.label = "FaceSurface";
        made.rule = "image-content.facial-surface";
        made.category = model::Category::QuasiIdentifier;
        made.requirement = model::Requirement::Conditional;
        made.suggested = model::Action::Deface;
        made.origin = model::Origin::Person;
        static_cast<void>(session->apply(decide::Add{{made}}, "A"));
        return rowOf(asset)->finding;
    }
    job::Report stage() {
        base::NoProgress quiet;
        return job::stageJob(session, {})->run({}, quiet).value_or(job::Report{});
    }
};

} // namespace kamei::test
