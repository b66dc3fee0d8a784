#include <QtTest>
#include <random>

#include "core/demo/HeadPhantom.h"
#include "core/detect/volume/Face.h"
#include "core/intake/volume/Series.h"

using namespace kamei;
using namespace kamei::detect::volume;
using model::PointMm;

namespace {

constexpr std::int32_t kSize = 128;
constexpr std::int32_t kSlices = 116;

/// A computed head as a CT: x to the left, y to the back, z up.
model::Volume headCt() {
    static const demo::HeadVolume head = demo::computeHead(kSize, kSlices);
    model::Volume out;
    out.modality = "CT";
    out.geometry.size = {kSize, kSize, kSlices};
    const double half = head.spacingMm * kSize / 2;
    out.geometry.origin = {-half, -half, -head.sliceMm * kSlices / 2};
    out.geometry.axes = {PointMm{head.spacingMm, 0, 0}, PointMm{0, head.spacingMm, 0},
                         PointMm{0, 0, head.sliceMm}};
    out.voxels = head.values;
    return out;
}

/// The same as an MR may show it: air dark, bone dark, fat bright, noise everywhere.
model::Volume headMr() {
    model::Volume out = headCt();
    out.modality = "MR";
    std::mt19937 random(5);
    std::normal_distribution<double> noise(0, 12);
    for (std::int16_t& v : out.voxels) {
        const double signal = v < -300 ? 0 : v < 0 ? 420 : v > 300 ? 60 : 260;
        v = static_cast<std::int16_t>(std::lround(std::hypot(signal + noise(random), noise(random))));
    }
    return out;
}

/// Turns how the header says that the patient lies: voxels stay.
void turnHeader(model::Volume& volume, const std::array<PointMm, 3>& to) {
    for (PointMm& axis : volume.geometry.axes) {
        const PointMm was = axis;
        axis = {};
        for (std::size_t i = 0; i < 3; ++i) {
            for (std::size_t k = 0; k < 3; ++k) {
                axis[i] += was[k] * to[k][i];
            }
        }
    }
}

void eachVoxel(model::Volume& volume, const auto& change) {
    std::size_t index = 0;
    for (std::int32_t z = 0; z < volume.geometry.size[2]; ++z) {
        for (std::int32_t y = 0; y < volume.geometry.size[1]; ++y) {
            for (std::int32_t x = 0; x < volume.geometry.size[0]; ++x, ++index) {
                change(volume.geometry.at(x, y, z), volume.voxels[index]);
            }
        }
    }
}

bool has(const std::vector<std::string>& notes, const char* word) {
    return std::ranges::find(notes, word) != notes.end();
}

} // namespace

class TestFaceInVolume : public QObject {
    Q_OBJECT

private slots:
    void faces_data() {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("verdict");
        QTest::addColumn<QString>("note");
        QTest::newRow("CT of a head") << "ct"
                                      << "face"
                                      << "";
        QTest::newRow("MR of a head with noise") << "mr"
                                                 << "face"
                                                 << "";
        QTest::newRow("slices turned round: feet first") << "reversed"
                                                         << "face"
                                                         << "";
        QTest::newRow("header says lying on the side and is wrong") << "decubitus"
                                                                    << "face"
                                                                    << "turned";
        QTest::newRow("no air in the field") << "inside"
                                             << "unclear"
                                             << "no-air";
        QTest::newRow("nothing in the field") << "empty"
                                              << "unclear"
                                              << "no-tissue";
        QTest::newRow("nose cut by the field") << "cut"
                                               << ""
                                               << "nose-outside";
        QTest::newRow("a smooth cylinder") << "cylinder"
                                           << "none"
                                           << "";
        QTest::newRow("face taken off behind the eyes") << "defaced"
                                                        << "none"
                                                        << "";
    }
    void faces() {
        QFETCH(QString, what);
        QFETCH(QString, verdict);
        QFETCH(QString, note);
        const model::Volume volume = made(what);
        const auto found = assessFace(volume);
        QVERIFY(found.has_value());
        if (!verdict.isEmpty()) {
            QCOMPARE(QString::fromUtf8(word(found->verdict)), verdict);
        }
        QVERIFY2(note.isEmpty() || has(found->notes, note.toLatin1()), qPrintable(what));
        if (verdict == "face") {
            QVERIFY(found->score >= kFaceScore);
            QVERIFY(!found->best.empty());
            QVERIFY(found->head && found->head->marks);
            // Wherever the header has the patient lie, the marks lie where the face is in the voxels.
            const auto& marks = *found->head->marks;
            const auto nose = voxelOf(volume.geometry, marks.nose);
            QVERIFY(std::abs(nose[0] - kSize / 2) < 9);
            QVERIFY(nose[1] < kSize * 0.3);
            QVERIFY(found->head->mouthMm < found->head->noseMm);
            QVERIFY(found->head->chinMm < found->head->mouthMm);
        }
    }

    void marks() {
        const auto found = assessFace(headCt());
        QVERIFY(found.has_value() && found->head && found->head->marks);
        const FaceMarks& marks = *found->head->marks;
        // The phantom's own: tip of the nose at (0, -110, -30), the origin between the ears.
        QVERIFY(std::abs(marks.nose[0]) < 12);
        QVERIFY(marks.leftEye[0] > 15 && marks.rightEye[0] < -15);
        QVERIFY(marks.mouth[2] < marks.nose[2] && marks.nose[2] < marks.leftEye[2]);
        QVERIFY(found->head->front[1] < -0.95 && found->head->up[2] > 0.95 && found->head->left[0] > 0.95);
        QVERIFY(found->coverage.eyes > 0.9 && found->coverage.mouth > 0.9);
    }

    /// Table and headrest are no part of the head, the air ways are.
    void headWithoutTable() {
        model::Volume volume = headCt();
        eachVoxel(volume, [](const PointMm& at, std::int16_t& value) {
            if (at[1] > 106 && at[1] < 110) {
                value = 200; // a table across the field, a little behind the head
            }
        });
        const auto head = findHead(volume);
        QVERIFY(head.has_value());
        QVERIFY(!head->contains({80, 108, 0}));
        QVERIFY(!head->contains({-80, 108, 60}));
        QVERIFY(head->contains({0, 0, 20}));
        QVERIFY(head->contains({0, -60, -30}));
        QVERIFY(!head->contains({0, -113, 60}));
        QVERIFY(hasHeadSize(*head));
        QCOMPARE(head->skinThreshold, -300.0);
    }

    /// Same input, same bytes; the surface lies where the voxels cross the threshold.
    void rendering() {
        model::Volume ball;
        ball.geometry.size = {60, 50, 40};
        ball.geometry.origin = {-30, -25, -20};
        ball.geometry.axes = {PointMm{1, 0, 0}, PointMm{0, 1, 0}, PointMm{0, 0, 1}};
        ball.voxels.resize(ball.geometry.voxels());
        eachVoxel(ball, [](const PointMm& at, std::int16_t& value) {
            value = static_cast<std::int16_t>(1000 - 50 * intake::volume::norm(at));
        });
        SurfaceView view;
        view.threshold = 300; // at 14 mm
        view.sideMm = 60;
        view.sizePx = 120;
        const SurfacePicture seen = look(ball, view);
        QCOMPARE(seen.picture.width, 120);
        const float middle = seen.depthMm[60 * 120 + 60];
        QVERIFY(std::abs(middle + 14) < 0.2);
        QVERIFY(std::isinf(seen.depthMm[0]));
        QCOMPARE(seen.picture.samples[0], std::byte{0});
        int hit = 0;
        for (const float depth : seen.depthMm) {
            hit += std::isfinite(depth) ? 1 : 0;
        }
        const double area = hit * 0.25;
        QVERIFY(std::abs(area - 3.14159 * 14 * 14) < 20);
        QVERIFY(look(ball, view).picture.samples == seen.picture.samples);
        const PointMm place = seen.placeOf(view, 60, 60, middle);
        QVERIFY(std::abs(place[1] + 14) < 0.3 && std::abs(place[0]) < 0.5 && std::abs(place[2]) < 0.5);
        // The picture is not mirrored: what is at the patient's left is at the right, looked at from the
        // front.
        eachVoxel(ball, [](const PointMm& at, std::int16_t& value) { value = at[0] > 5 ? 500 : 0; });
        const SurfacePicture half = look(ball, view);
        QVERIFY(std::isinf(half.depthMm[60 * 120 + 40]) && std::isfinite(half.depthMm[60 * 120 + 80]));
    }

    void cancelled() {
        std::stop_source stop;
        stop.request_stop();
        const auto found =
            assessFace(headCt(), {.thorough = false, .asStated = false, .stop = stop.get_token()});
        QVERIFY(!found);
        QCOMPARE(found.error().code, base::ErrorCode::Cancelled);
    }

private:
    static model::Volume made(const QString& what) {
        model::Volume out = what == "mr" ? headMr() : headCt();
        if (what == "reversed") {
            const std::size_t plane = std::size_t{kSize} * kSize;
            for (std::size_t z = 0; z < kSlices / 2; ++z) {
                std::swap_ranges(out.voxels.begin() + static_cast<std::ptrdiff_t>(z * plane),
                                 out.voxels.begin() + static_cast<std::ptrdiff_t>((z + 1) * plane),
                                 out.voxels.begin() + static_cast<std::ptrdiff_t>((kSlices - 1 - z) * plane));
            }
            out.geometry.origin = out.geometry.at(0, 0, kSlices - 1);
            out.geometry.axes[2][2] *= -1;
        } else if (what == "decubitus") {
            turnHeader(out, {PointMm{0, 1, 0}, PointMm{-1, 0, 0}, PointMm{0, 0, 1}});
        } else if (what == "inside") {
            std::ranges::fill(out.voxels, 40);
        } else if (what == "empty") {
            std::ranges::fill(out.voxels, -1000);
        } else if (what == "cut") {
            model::Volume cut = out;
            cut.voxels.clear();
            constexpr std::int32_t kFrom = 12;
            for (std::size_t i = 0; i < out.voxels.size(); ++i) {
                if (i / kSize % kSize >= kFrom) {
                    cut.voxels.push_back(out.voxels[i]);
                }
            }
            cut.geometry.size[1] -= kFrom;
            cut.geometry.origin = out.geometry.at(0, kFrom, 0);
            return cut;
        } else if (what == "cylinder") {
            eachVoxel(out, [](const PointMm& at, std::int16_t& value) {
                value = std::hypot(at[0] / 75, at[1] / 90) < 1 && std::abs(at[2]) < 100 ? 40 : -1000;
            });
        } else if (what == "defaced") {
            eachVoxel(out, [](const PointMm& at, std::int16_t& value) {
                value = at[1] < -30 - at[2] * 0.6 && at[2] < 60 ? -1000 : value;
            });
        }
        return out;
    }
};

QTEST_GUILESS_MAIN(TestFaceInVolume)
#include "TestFaceInVolume.moc"
