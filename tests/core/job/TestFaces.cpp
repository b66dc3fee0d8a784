// A face in a series: judged, taken off when it is staged, measured afterwards, and what stands against
// confirming.

#include <QtTest>

#include "core/job/Faces.h"
#include "core/model/Deface.h"
#include "tests/core/job/HeadBed.h"

using namespace kamei;

namespace {

test::Shown headCt() {
    test::HeadScan scan;
    scan.size = {96, 96, 60};
    scan.spacingMm = {2.4, 2.4, 3.6};
    return {test::scanHead(scan), {}};
}

/// A workspace with a head CT, examined.
struct Bed : test::HeadBed {
    Bed() : HeadBed({headCt()}) { asset = assets.front(); }
    base::AssetId asset;
    model::Finding face() { return faceOf(asset); }
};

} // namespace

class TestFaces : public QObject {
    Q_OBJECT

private slots:
    void aFaceIsTakenOffAndMeasured() {
        Bed bed;
        const model::Finding face = bed.face();
        job::FaceJudgement judgement;
        judgement.action = model::Action::Deface;
        judgement.reason = "shared outside";
        const auto edit = job::judge(*bed.session, face.id, judgement);
        QVERIFY(edit.has_value());
        const auto inverse = bed.session->apply(*edit, "A");
        QVERIFY(inverse.has_value());
        bed.stage();
        const auto rows = *job::faces(*bed.session);
        QCOMPARE(rows.size(), std::size_t{1});
        const auto method = model::defaceFromJson(rows.front().finding.method);
        QVERIFY2(method->problem.empty(), method->problem.c_str());
        QVERIFY(method->mask.has_value() && method->behind.has_value());
        QVERIFY(!(*bed.session->asset(bed.asset))->stale);
        QVERIFY(rows.front().check.has_value());
        const job::FaceCheck& check = *rows.front().check;
        QVERIFY(check.changed > 1000);
        QCOMPARE(check.protectedChanged, std::int64_t{0});
        QCOMPARE(check.outsideChanged, std::int64_t{0});
        QVERIFY(check.meanMm > 3);
        QVERIFY(check.verdict != "face");
        // Taking the judgement back takes the mask along, and the staged files no longer count.
        QVERIFY(bed.session->apply(*inverse, "A").has_value());
        QVERIFY((*bed.session->finding(face.id))->method == face.method);
        QVERIFY((*bed.session->asset(bed.asset))->stale);
    }

    void aPersonsMaskNeverTakesWhatIsBehind() {
        Bed bed;
        const model::Finding face = bed.face();
        const auto volume = job::volumeOf(*bed.session, bed.asset);
        QVERIFY(volume.has_value());
        auto proposed = job::proposeMask(*bed.session, **volume, {});
        QVERIFY(proposed.has_value());
        const auto& size = (*volume)->geometry.size;
        const std::vector<model::PointPx> all{{-1, -1}, {200, -1}, {200, 200}, {-1, 200}};
        proposed->mask.paintPolygon(2, 0, size[2] - 1, all, true); // everything
        job::FaceJudgement judgement;
        judgement.action = model::Action::Deface;
        judgement.reason = "all of it";
        judgement.method = proposed->method;
        judgement.method.edited = true;
        judgement.mask = *proposed;
        const auto edit = job::judge(*bed.session, face.id, judgement);
        QVERIFY(edit.has_value());
        QVERIFY(bed.session->apply(*edit, "A").has_value());
        const auto finding = *bed.session->finding(face.id);
        const auto mask = job::maskOf(*bed.session, *finding);
        const auto behind = job::behindOf(*bed.session, *finding);
        QVERIFY(mask.has_value() && mask->has_value() && behind.has_value() && behind->has_value());
        QCOMPARE(*(*mask)->overlap(**behind), std::size_t{0});
        QVERIFY((*behind)->count() > 10'000);
        QVERIFY(model::defaceFromJson(finding->method)->edited);
    }

    void evidenceStaysInTheWorkspace() {
        Bed bed;
        const model::Finding face = bed.face();
        const std::string png("\x89PNG\r\n\x1a\nview", 12);
        QVERIFY(job::addEvidence(*bed.session, face.id, "front", png, "A").has_value());
        QVERIFY(!job::addEvidence(*bed.session, face.id, "front", "no picture", "A").has_value());
        QVERIFY(QFile::exists(
            bed.folder.filePath("ws/evidence/" + QString::fromStdString(base::sha256(png).hex()) + ".png")));
        const auto log = *bed.session->audit({"face.evidence", true, 0, 10});
        QCOMPARE(log.size(), std::size_t{1});
        QVERIFY(bed.session->verifyAudit().has_value());
    }

    void overrulingNeedsAReason() {
        Bed bed;
        QVERIFY(job::overrule(*bed.session, bed.asset, "  ", "A").error().code ==
                base::ErrorCode::ReasonRequired);
        QVERIFY(job::overrule(*bed.session, bed.asset, "looked at it", "A").error().code ==
                base::ErrorCode::NotFound); // nothing was measured yet
    }
};

QTEST_APPLESS_MAIN(TestFaces)
#include "TestFaces.moc"
