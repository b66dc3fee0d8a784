#include <QTest>
#include <cmath>
#include <string>

#include "core/detect/volume/Face.h"
#include "core/transform/volume/Propose.h"
#include "tests/support/Heads.h"

using namespace kamei;
using namespace kamei::test;
using transform::volume::PlaneOptions;
using transform::volume::proposePlane;
using transform::volume::proposeShell;
using transform::volume::ShellOptions;

namespace {

HeadScan scan(const char* modality, double turn = 0, double nod = 0, double gantry = 0) {
    HeadScan out;
    out.modality = modality;
    out.turnDegrees = turn;
    out.nodDegrees = nod;
    out.gantryDegrees = gantry;
    return out;
}

HeadScan sagittalMr() {
    HeadScan out;
    out.modality = "MR";
    out.sagittal = true;
    out.size = {90, 90, 66};
    out.spacingMm = {2.5, 2.5, 2.8};
    return out;
}

HeadScan child() {
    HeadScan out;
    out.scale = 0.72;
    out.spacingMm = {1.9, 1.9, 2.8};
    return out;
}

HeadScan cut() { // the field of view begins at the mouth
    HeadScan out;
    out.lowestMm = -55;
    out.size[2] = 46;
    return out;
}

/// Whether the skin of the face can be seen through the mask at a place in the head's own axes.
bool isTaken(const HeadScan& how, const model::VolumeMask& mask, const model::PointMm& own) {
    const model::PointMm scaled{own[0] * how.scale, own[1] * how.scale, own[2] * how.scale};
    const auto frame = model::VoxelFrame::of(mask.geometry());
    const model::PointMm at = frame->index(patientWay(how, scaled));
    std::array<std::int32_t, 3> v{};
    for (std::size_t k = 0; k < 3; ++k) {
        v[k] = static_cast<std::int32_t>(std::lround(at[k]));
        if (v[k] < 0 || v[k] >= mask.geometry().size[k]) {
            return true; // not imaged
        }
    }
    return mask.test(mask.indexOf(v[0], v[1], v[2]));
}

} // namespace

Q_DECLARE_METATYPE(kamei::test::HeadScan)

class TestPropose : public QObject {
    Q_OBJECT

private slots:
    void theFaceGoesAndTheBrainStays_data() {
        QTest::addColumn<HeadScan>("how");
        QTest::addColumn<bool>("plane");
        for (const bool plane : {false, true}) {
            const std::string way = plane ? "plane: " : "shell: ";
            const auto row = [&](const char* name, const HeadScan& how) {
                QTest::newRow((way + name).c_str()) << how << plane;
            };
            // A plane stays in front of whole voxels that are protected: coarse ones leave the ends of the
            // brows.
            HeadScan ct = scan("CT");
            HeadScan mr = scan("MR");
            if (plane) {
                ct.size = mr.size = {110, 110, 72};
                ct.spacingMm = mr.spacingMm = {2.1, 2.1, 2.6};
            }
            row("CT", ct);
            row("MR", mr);
            row("child", child());
            if (plane) {
                continue; // turns of the patient are told by the shell
            }
            row("CT under a tilted gantry", scan("CT", 0, 0, 18));
            row("lying on the side", scan("CT", 90));
            row("lying on the face", scan("CT", 180));
            row("chin to the chest", scan("MR", 12, 20));
            row("sagittal MR", sagittalMr());
            row("field of view without the chin", cut());
        }
    }
    void theFaceGoesAndTheBrainStays() {
        QFETCH(HeadScan, how);
        QFETCH(bool, plane);
        const model::Volume volume = scanHead(how);
        const detect::volume::Head head = trueHead(how, volume);
        const auto out = plane ? proposePlane(volume, head, {}) : proposeShell(volume, head, {});
        QVERIFY2(out.has_value(), out ? "" : out.error().args.front().c_str());
        // Guideline 5.4.4: the surface goes. Tip of the nose, lips, chin, brows, cheeks, and air before them.
        for (const model::PointMm& own : {model::PointMm{0, -104, -30},
                                          {0, -88, -57},
                                          {0, -86, -86},
                                          {30, -80, 18},
                                          {-30, -80, 18},
                                          {0, -125, -30},
                                          {0, -112, -57}}) {
            QVERIFY2(isTaken(how, out->mask, own), std::to_string(own[1]).c_str());
        }
        QCOMPARE(*out->mask.overlap(out->behind), std::size_t{0});
        std::size_t brain = 0;
        std::size_t unprotected = 0;
        std::size_t destroyed = 0;
        const auto n = static_cast<std::size_t>(how.size[0]);
        const auto m = static_cast<std::size_t>(how.size[1]);
        for (std::size_t i = 0; i < volume.voxels.size(); ++i) {
            const bool in =
                inBrain(how, volume.geometry.at(static_cast<double>(i % n), static_cast<double>(i / n % m),
                                                static_cast<double>(i / n / m)));
            brain += in ? 1 : 0;
            unprotected += in && !out->behind.test(i) ? 1 : 0;
            destroyed += in && out->mask.test(i) ? 1 : 0;
        }
        QVERIFY(brain > 10'000);
        QCOMPARE(destroyed, std::size_t{0});
        // Cells of 2 mm round its border; what they miss is behind the shell all the same.
        QVERIFY2(unprotected * 10'000 <= brain, std::to_string(unprotected).c_str());
        QCOMPARE(*out->mask.overlap(out->cover), out->cover.count());
    }

    /// Nasal cavity, mouth and orbits look like a face again where they lie open.
    void noFaceIsSeenOnWhatIsLeft_data() {
        QTest::addColumn<HeadScan>("how");
        QTest::addColumn<bool>("plane");
        const auto row = [](const char* name, HeadScan how, std::array<std::int32_t, 3> size,
                            std::array<double, 3> spacingMm, bool plane = false) {
            how.size = size;
            how.spacingMm = spacingMm;
            QTest::newRow(name) << how << plane;
        };
        row("CT", scan("CT"), {130, 130, 80}, {1.9, 1.9, 2.7});
        row("CT under a tilted gantry", scan("CT", 0, 0, 18), {130, 130, 80}, {1.9, 1.9, 2.7});
        row("lying on the side", scan("CT", 90), {130, 130, 80}, {1.9, 1.9, 2.7});
        row("child", child(), {130, 130, 80}, {1.4, 1.4, 1.95});
        row("MR", scan("MR"), {130, 130, 80}, {1.9, 1.9, 2.7});
        row("sagittal MR", sagittalMr(), {130, 130, 100}, {1.9, 1.9, 1.9});
        row("plane: CT", scan("CT"), {130, 130, 80}, {1.9, 1.9, 2.7}, true);
        row("plane: child", child(), {130, 130, 80}, {1.4, 1.4, 1.95}, true);
    }
    void noFaceIsSeenOnWhatIsLeft() {
        QFETCH(HeadScan, how);
        QFETCH(bool, plane);
        model::Volume volume = scanHead(how);
        const auto before = detect::volume::assessFace(volume);
        QVERIFY(before.has_value());
        QVERIFY(before->verdict == detect::volume::FaceVerdict::Face);
        const auto out =
            plane ? proposePlane(volume, *before->head, {}) : proposeShell(volume, *before->head, {});
        QVERIFY(out.has_value());
        const auto stored = [&volume](double value) {
            return static_cast<std::int16_t>(std::lround((value - volume.intercept) / volume.slope));
        };
        for (std::size_t i = 0; i < volume.voxels.size(); ++i) {
            if (out->mask.test(i)) {
                volume.voxels[i] = stored(out->cover.test(i) ? out->coverValue : out->fill);
            }
        }
        const auto after = detect::volume::assessFace(volume, {.thorough = true, .stop = {}});
        QVERIFY(after.has_value());
        QVERIFY2(after->score < detect::volume::kFaceDoubt, std::to_string(after->score).c_str());
    }
};

QTEST_APPLESS_MAIN(TestPropose)
#include "TestPropose.moc"
