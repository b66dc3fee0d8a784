// One judgement for a frame of reference, and every volume of what was processed measured.

#include <QtTest>

#include "core/intake/volume/Series.h"
#include "core/job/FacesInternals.h"
#include "tests/core/job/HeadBed.h"

using namespace kamei;
using test::HeadBed;
using test::HeadScan;
using test::Shown;

namespace {

Shown scanned(const std::string& modality, int side, double mm, int slices, double sliceMm, double lowest,
              const std::string& series, double thickness = 0) {
    HeadScan scan;
    scan.modality = modality == "PT" ? "CT" : modality;
    scan.size = {side, side, slices};
    scan.spacingMm = {mm, mm, sliceMm};
    scan.lowestMm = lowest;
    Shown out{test::scanHead(scan), {}};
    out.volume.modality = modality;
    out.series.series = "1.2.392.999.8." + series;
    out.series.thicknessMm = thickness;
    return out;
}

Shown ct() {
    return scanned("CT", 96, 2.4, 60, 3.6, -108, "1");
}

decide::Decide takenOff(const model::Finding& face) {
    decide::Decide out;
    out.findings = {face.id};
    out.state = model::DecisionState::Changed;
    out.action = model::Action::Deface;
    out.reason = "shared outside";
    return out;
}

} // namespace

class TestFaceFrames : public QObject {
    Q_OBJECT

private slots:
    void oneJudgementForAFrameOfReference_data() {
        QTest::addColumn<bool>("mr");
        QTest::addColumn<double>("mm");
        QTest::addColumn<double>("sliceMm");
        QTest::addColumn<double>("thickness");
        QTest::addColumn<bool>("plainly");
        QTest::newRow("PET beside its CT") << false << 4.1 << 5.3 << 0.0 << false;
        QTest::newRow("PET that nobody judged") << false << 6.0 << 9.0 << 0.0 << true;
        QTest::newRow("slices thicker than their steps") << false << 4.1 << 4.4 << 7.0 << false;
        QTest::newRow("two MR series") << true << 3.1 << 4.4 << 0.0 << false;
    }
    void oneJudgementForAFrameOfReference() {
        QFETCH(bool, mr);
        QFETCH(double, mm);
        QFETCH(double, sliceMm);
        QFETCH(double, thickness);
        QFETCH(bool, plainly);
        Shown first = ct();
        if (mr) {
            first = scanned("MR", 96, 2.4, 60, 3.6, -108, "1");
        }
        Shown second = scanned(mr ? "MR" : "PT", static_cast<int>(240 / mm), mm,
                               static_cast<int>(220 / sliceMm), sliceMm, -106.3, "2", thickness);
        second.series.bodyPart = plainly ? "CHEST" : ""; // what the header says is believed of coarse slices
        HeadBed bed({first, second});
        QVERIFY(bed.assets[0].value != bed.assets[1].value);
        const model::Finding face = bed.faceOf(bed.assets[0]);
        if (plainly) { // a decision on one finding, as from a file of decisions: the other goes along at
                       // staging
            QVERIFY(!bed.rowOf(bed.assets[1]));
            QVERIFY(bed.session->apply(takenOff(face), "A").has_value());
        } else {
            job::FaceJudgement judgement;
            judgement.action = model::Action::Deface;
            judgement.reason = "both";
            QCOMPARE(*job::scopeOf(*bed.session, face.id, false), std::int64_t{2});
            QVERIFY(bed.session->apply(*job::judge(*bed.session, face.id, judgement), "A").has_value());
        }
        bed.stage();
        for (std::size_t k = 0; k < 2; ++k) {
            const auto row = bed.rowOf(bed.assets[k]);
            QVERIFY(row.has_value());
            QVERIFY(row->finding.effective() == model::Action::Deface);
            QVERIFY2(row->check.has_value(), row->asset.modality.c_str());
            const job::FaceCheck& check = *row->check;
            QVERIFY(check.changed > 20);
            QCOMPARE(check.outsideChanged, std::int64_t{0});
            QCOMPARE(check.protectedChanged, std::int64_t{0});
            QCOMPARE(check.left, std::int64_t{0});
            QVERIFY2(check.verdict != "face", row->asset.modality.c_str());
            const auto method = model::defaceFromJson(row->finding.method);
            QVERIFY(method->cover.has_value() || row->asset.modality == "PT"); // of PET it may lie outside
            QCOMPARE(method->coverValue.has_value(), method->cover.has_value());
        }
    }

    void everyVolumeOfASeriesIsMeasured() {
        // A second acquisition of the same head in coarser slices, in the same series.
        HeadBed bed({ct(), scanned("CT", 70, 3.3, 48, 4.5, -107, "1")});
        QVERIFY(bed.assets[0].value == bed.assets[1].value);
        const auto row = bed.rowOf(bed.assets[0]);
        QVERIFY(row && row->verdict == "face");
        QVERIFY(bed.session->apply(takenOff(row->finding), "A").has_value());
        bed.stage();
        const auto done = bed.rowOf(bed.assets[0]);
        QVERIFY(done->check.has_value());
        QCOMPARE(done->check->volumes, 2);
        QCOMPARE(done->check->judged, 2);
        QCOMPARE(done->check->outsideChanged, std::int64_t{0});
        QCOMPARE(done->check->left, std::int64_t{0});
        QVERIFY(done->check->verdict != "face");
        // Were the second one to keep its face, it would be told of.
        const auto before = *bed.session->sources(bed.assets[0]);
        auto after = before;
        for (std::size_t i = 0; i < before.size(); ++i) {
            const auto file = (*bed.session->staged(bed.assets[0]))[i];
            if (before[i].path.stem().string().starts_with("0-")) {
                after[i].path = bed.session->folder() / file.path;
                after[i].stamp = {};
            }
        }
        const auto mask = job::maskOf(*bed.session, done->finding);
        const auto behind = job::behindOf(*bed.session, done->finding);
        QVERIFY(mask && *mask && behind);
        const auto cover = job::coverOf(*bed.session, done->finding);
        QVERIFY(cover && *cover);
        const auto half = job::measureFaces({done->asset, before, after, 0, **mask, *behind, *cover}, {});
        QVERIFY(half.has_value());
        QVERIFY(half->left > 100);
        QCOMPARE(half->verdict, std::string("face"));
        QVERIFY(half->blocks());
    }

    void aMaskSaysNothingBesideItsFrameOfReference() {
        Shown other = scanned("CT", 70, 3.3, 48, 4.5, -107, "1");
        other.series.frameOfReference = "1.2.392.999.8.10";
        HeadBed bed({ct(), other});
        QVERIFY(bed.assets[0].value == bed.assets[1].value);
        QVERIFY(bed.session->apply(takenOff(bed.faceOf(bed.assets[0])), "A").has_value());
        bed.stage();
        QVERIFY(bed.session->staged(bed.assets[0])->empty()); // refused, not half of it defaced
    }

    /// The field of view ends above the chin: of such a head nobody says that it has no face, unless it was
    /// seen and is gone.
    void aFaceThatWasSeenIsKnownToBeGone_data() {
        QTest::addColumn<QString>("modality");
        QTest::addColumn<double>("lowest");
        QTest::addColumn<double>("turn");
        QTest::newRow("CT cut at the mouth") << "CT" << -74.0 << 0.0;
        QTest::newRow("MR cut at the chin") << "MR" << -90.0 << 0.0;
        QTest::newRow("CT on its side") << "CT" << -108.0 << 90.0;
    }
    void aFaceThatWasSeenIsKnownToBeGone() {
        QFETCH(QString, modality);
        QFETCH(double, lowest);
        QFETCH(double, turn);
        HeadScan scan;
        scan.modality = modality.toStdString();
        scan.size = {96, 96, 60};
        scan.spacingMm = {2.4, 2.4, 3.6};
        scan.lowestMm = lowest;
        scan.turnDegrees = turn;
        const model::Volume head = test::scanHead(scan);
        QTemporaryDir folder;
        const auto session = job::Session::create(folder.filePath("ws").toStdString(), {"t", "p", {}});
        const auto proposed = job::proposeMask(**session, head, {});
        QVERIFY(proposed.has_value());
        model::Volume bare = job::defaced(head, proposed->mask, proposed->cover, proposed->method);
        const auto source = [&](const char* name, const model::Volume& volume) {
            return std::vector{
                test::saved(folder.filePath(name).toStdString(), test::niftiOf({&volume}, {}), "nifti")};
        };
        model::Asset asset;
        asset.kind = model::AssetKind::Volume;
        const std::optional<model::VolumeMask> behind = proposed->behind;
        const std::optional<model::VolumeMask> cover = proposed->cover;
        const auto before = source("a.nii", head);
        const auto good =
            job::measureFaces({asset, before, source("b.nii", bare), 0, proposed->mask, behind, cover}, {});
        QVERIFY(good.has_value());
        QVERIFY2(good->verdict == "none", (good->verdict + std::to_string(good->score)).c_str());
        QVERIFY(!good->blocks());
        // With a hole beside the face instead, it is still there.
        model::VolumeMask beside(head.geometry);
        beside.paintSphere(head.geometry.at(48, 48, 50), 20, true);
        bare = job::defaced(head, beside, {}, proposed->method);
        const auto bad = job::measureFaces({asset, before, source("c.nii", bare), 0, beside, {}, {}}, {});
        QVERIFY(bad.has_value());
        QVERIFY2(bad->verdict != "none", std::to_string(bad->score).c_str());
        QVERIFY(bad->blocks());
    }

    void repetitionsAreMeasuredTogether() {
        HeadScan scan;
        scan.modality = "MR";
        scan.size = {80, 80, 54};
        scan.spacingMm = {2.9, 2.9, 4.0};
        const model::Volume head = test::scanHead(scan);
        QTemporaryDir folder;
        const auto session = job::Session::create(folder.filePath("ws").toStdString(), {"t", "p", {}});
        const auto proposed = job::proposeMask(**session, head, {});
        QVERIFY(proposed.has_value());
        const model::Volume bare = job::defaced(head, proposed->mask, proposed->cover, proposed->method);
        const auto source = [&](const char* name, const std::vector<const model::Volume*>& volumes) {
            return std::vector{
                test::saved(folder.filePath(name).toStdString(), test::niftiOf(volumes, {}), "nifti")};
        };
        const auto before = source("a.nii", {&head, &head, &head, &head, &head});
        const auto all = source("b.nii", {&bare, &bare, &bare, &bare, &bare});
        const auto butOne = source("c.nii", {&bare, &bare, &bare, &bare, &head});
        model::Asset asset;
        asset.kind = model::AssetKind::Volume;
        const std::optional<model::VolumeMask> behind = proposed->behind;
        const std::optional<model::VolumeMask> cover = proposed->cover;
        const auto good = job::measureFaces({asset, before, all, 0, proposed->mask, behind, cover}, {});
        QVERIFY(good.has_value());
        QCOMPARE(good->volumes, 5);
        QCOMPARE(good->judged, 5);
        QCOMPARE(good->left, std::int64_t{0});
        QCOMPARE(good->outsideChanged, std::int64_t{0});
        QVERIFY(good->verdict != "face");
        const auto bad = job::measureFaces({asset, before, butOne, 0, proposed->mask, behind, cover}, {});
        QVERIFY(bad.has_value());
        QVERIFY(bad->left > 1000);
        QCOMPARE(bad->verdict, std::string("face"));
    }
};

QTEST_APPLESS_MAIN(TestFaceFrames)
#include "TestFaceFrames.moc"
