#include <QAccessible>
#include <QApplication>
#include <QSignalSpy>
#include <QTest>

#include <cmath>

#include "tests/ui/surface/Heads.h"
#include "ui/tasks/TaskRunner.h"
#include "ui/views/surface/Renderer.h"
#include "ui/views/surface/SurfaceView.h"

using namespace kamei;
using namespace kamei::ui::views::surface;

namespace {

constexpr double kSkin = -300;
constexpr int kLong = 20000; // ms; machines that test are slow and shared

/// A ball of 30 mm around the origin in a volume whose columns, rows and slices run along `axes`.
std::shared_ptr<model::Volume> ball(const std::array<PointMm, 3>& axes) {
    auto out = std::make_shared<model::Volume>();
    out->geometry.size = {61, 57, 49};
    out->geometry.axes = axes;
    const PointMm middle = out->geometry.at(30, 28, 24);
    out->geometry.origin = {-middle[0], -middle[1], -middle[2]};
    out->voxels.resize(out->geometry.voxels());
    std::size_t index = 0;
    for (int z = 0; z < 49; ++z) {
        for (int y = 0; y < 57; ++y) {
            for (int x = 0; x < 61; ++x, ++index) {
                const PointMm p = out->geometry.at(x, y, z);
                const double away = std::sqrt(p[0] * p[0] + p[1] * p[1] + p[2] * p[2]);
                out->voxels[index] =
                    static_cast<std::int16_t>(std::clamp((30 - away) * 100, -1000.0, 1000.0));
            }
        }
    }
    return out;
}

Stance stanceOf(const model::Volume& volume) {
    const auto& size = volume.geometry.size;
    return {volume.geometry.origin, volume.geometry.at(size[0], size[1], size[2])};
}

int amberPixels(const QImage& image) {
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QColor c = image.pixelColor(x, y);
            count += c.red() > 90 && c.red() > c.blue() * 2 ? 1 : 0;
        }
    }
    return count;
}

} // namespace

/// The surface as a person sees and turns it, drawn without a display.
class TestSurfaceView : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void surfaceLiesInThePatient_data();
    void surfaceLiesInThePatient();
    void thresholdOutsideTheValuesShowsNothing();
    void headFillsThePictureAndIsLit();
    void standardViewsByKey_data();
    void standardViewsByKey();
    void arrowsTurnByFifteenDegrees();
    void dragTurnsAndWheelZooms();
    void turntableTurnsUntilStopped();
    void restIsDrawnInFullDetail();
    void thresholdKeysAreReported();
    void frontIsTheNose();
    void touchReportsThePlaceUnderThePointer();
    void enterTouchesTheMiddle();
    void maskIsShownInColour();
    void distanceIsMeasuredBetweenSurfaces();
    void whatIsNotKeptIsLeftOut();
    void insideShowsThroughTheSkin();
    void withoutOpenGlRaysAreCast();
    void camerasOfTwoViewsAreLinked();
    void screenReadersHearTheDirection();

private:
    std::shared_ptr<model::Volume> m_head;
    std::shared_ptr<const SurfaceSource> m_source;
    std::unique_ptr<ui::tasks::TaskRunner> m_runner;
    std::unique_ptr<SurfaceModel> m_model;
    std::unique_ptr<SurfaceView> m_view;
};

void TestSurfaceView::initTestCase() {
    m_head = test::headVolume(112, 96);
    m_source = std::make_shared<SurfaceSource>(m_head);
}

void TestSurfaceView::init() {
    m_runner = std::make_unique<ui::tasks::TaskRunner>();
    m_model = std::make_unique<SurfaceModel>(*m_runner);
    m_model->setThreshold(kSkin);
    m_model->setSource(m_source);
    m_view = std::make_unique<SurfaceView>();
    m_view->resize(320, 320);
    m_view->setStance(stanceOf(*m_head));
    m_view->setModel(m_model.get());
    m_view->show();
    m_view->setFocus();
    QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
    QTRY_VERIFY_WITH_TIMEOUT(m_view->isSettled(), kLong);
}

void TestSurfaceView::cleanup() {
    m_view.reset();
    m_model.reset();
    m_runner.reset();
}

void TestSurfaceView::surfaceLiesInThePatient_data() {
    QTest::addColumn<QList<double>>("axes");
    QTest::newRow("upright") << QList<double>{1.2, 0, 0, 0, 1.3, 0, 0, 0, 1.5};
    QTest::newRow("non-square pixels, thick slices") << QList<double>{1.1, 0, 0, 0, 1.4, 0, 0, 0, 2.5};
    QTest::newRow("feet first: slices run down") << QList<double>{1.2, 0, 0, 0, 1.3, 0, 0, 0, -1.5};
    QTest::newRow("sagittal slices") << QList<double>{0, 1.2, 0, 0, 0, -1.3, 1.5, 0, 0};
    QTest::newRow("tilted gantry shears the stack") << QList<double>{1.2, 0, 0, 0, 1.2, 0.4, 0, 0, 1.6};
}

void TestSurfaceView::surfaceLiesInThePatient() {
    QFETCH(QList<double>, axes);
    std::array<PointMm, 3> steps{};
    for (std::size_t i = 0; i < 9; ++i) {
        steps.at(i / 3).at(i % 3) = axes.at(static_cast<int>(i));
    }
    const SurfaceSource source(ball(steps));
    for (const Detail detail : {Detail::Coarse, Detail::Full}) {
        const auto surface = source.surface(0, detail);
        QVERIFY(surface && surface->triangles() > 1000);
        const auto points = surface->pointsMm();
        double worst = 0;
        for (std::size_t i = 0; i < points.size(); i += 3) {
            const double away = std::hypot(points[i], points[i + 1], points[i + 2]);
            worst = std::max(worst, std::abs(away - 30));
        }
        QVERIFY2(worst < 0.2, qPrintable(QString::number(worst)));
    }
}

void TestSurfaceView::thresholdOutsideTheValuesShowsNothing() {
    const auto none = m_source->surface(30000, Detail::Full);
    QVERIFY(none);
    QCOMPARE(none->triangles(), std::int64_t{0});
    QVERIFY(none->pointsMm().empty());
}

void TestSurfaceView::headFillsThePictureAndIsLit() {
    const QImage picture = m_view->picture();
    QCOMPARE(picture.size(), QSize(320, 320));
    int bright = 0;
    int left = picture.width();
    int right = 0;
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x) {
            if (qGray(picture.pixel(x, y)) > 60) {
                ++bright;
                left = std::min(left, x);
                right = std::max(right, x);
            }
        }
    }
    const int all = picture.width() * picture.height();
    QVERIFY2(bright > all / 5 && bright < all * 4 / 5, qPrintable(QString::number(bright)));
    QVERIFY(left > 0 && right < picture.width() - 1); // nothing is cut off
}

void TestSurfaceView::standardViewsByKey_data() {
    QTest::addColumn<int>("key");
    QTest::addColumn<double>("azimuth");
    QTest::addColumn<double>("elevation");
    QTest::newRow("1: front") << int(Qt::Key_1) << 0.0 << 0.0;
    QTest::newRow("2: right oblique") << int(Qt::Key_2) << -45.0 << 0.0;
    QTest::newRow("3: right profile") << int(Qt::Key_3) << -90.0 << 0.0;
    QTest::newRow("4: left oblique") << int(Qt::Key_4) << 45.0 << 0.0;
    QTest::newRow("5: left profile") << int(Qt::Key_5) << 90.0 << 0.0;
    QTest::newRow("6: from below") << int(Qt::Key_6) << 0.0 << -50.0;
}

void TestSurfaceView::standardViewsByKey() {
    QFETCH(int, key);
    QFETCH(double, azimuth);
    QFETCH(double, elevation);
    m_view->setCamera({10, 10, 2, 0, 0});
    QTest::keyClick(m_view.get(), static_cast<Qt::Key>(key));
    QCOMPARE(m_view->camera().azimuthDeg, azimuth);
    QCOMPARE(m_view->camera().elevationDeg, elevation);
    QVERIFY(standardViewOf(m_view->camera()).has_value());
}

void TestSurfaceView::arrowsTurnByFifteenDegrees() {
    QTest::keyClick(m_view.get(), Qt::Key_Right);
    QCOMPARE(m_view->camera().azimuthDeg, 15.0);
    QTest::keyClick(m_view.get(), Qt::Key_Left);
    QTest::keyClick(m_view.get(), Qt::Key_Left);
    QCOMPARE(m_view->camera().azimuthDeg, -15.0);
    QTest::keyClick(m_view.get(), Qt::Key_Up);
    QCOMPARE(m_view->camera().elevationDeg, 15.0);
}

void TestSurfaceView::dragTurnsAndWheelZooms() {
    const QImage before = m_view->picture();
    QTest::mousePress(m_view.get(), Qt::LeftButton, {}, {100, 160});
    QTest::mouseMove(m_view.get(), {140, 160});
    QTest::mouseMove(m_view.get(), {200, 160});
    QTest::mouseRelease(m_view.get(), Qt::LeftButton, {}, {200, 160});
    QVERIFY(m_view->camera().azimuthDeg < -30);
    QTRY_VERIFY_WITH_TIMEOUT(m_view->isSettled(), kLong);
    QVERIFY(m_view->picture() != before);
    QTest::keyClick(m_view.get(), Qt::Key_Plus);
    QVERIFY(m_view->camera().zoom > 1.1);
    QTest::keyClick(m_view.get(), Qt::Key_0);
    QCOMPARE(m_view->camera().zoom, 1.0);
}

void TestSurfaceView::turntableTurnsUntilStopped() {
    QSignalSpy turning(m_view.get(), &SurfaceView::turningChanged);
    QTest::keyClick(m_view.get(), Qt::Key_R);
    QTRY_VERIFY_WITH_TIMEOUT(std::abs(m_view->camera().azimuthDeg) > 5, kLong);
    QTest::keyClick(m_view.get(), Qt::Key_R);
    QVERIFY(!m_view->turning());
    QCOMPARE(turning.size(), 2);
}

void TestSurfaceView::restIsDrawnInFullDetail() {
    const auto full = m_model->shown(Detail::Full);
    QCOMPARE(full.detail, Detail::Full);
    m_view->setCamera({30, 0, 1, 0, 0});
    QVERIFY(!m_view->isSettled());
    QTRY_VERIFY_WITH_TIMEOUT(m_view->isSettled(), kLong);
    QCOMPARE(m_view->picture().size(), m_view->size() * m_view->devicePixelRatioF());
}

void TestSurfaceView::thresholdKeysAreReported() {
    QSignalSpy stepped(m_view.get(), &SurfaceView::thresholdStepped);
    QTest::keyClick(m_view.get(), Qt::Key_BracketRight);
    QTest::keyClick(m_view.get(), Qt::Key_BracketLeft);
    QCOMPARE(stepped.size(), 2);
    QCOMPARE(stepped.at(0).at(0).toInt(), 1);
    QCOMPARE(stepped.at(1).at(0).toInt(), -1);
    const auto before = m_model->shown(Detail::Coarse).surface;
    m_model->setThreshold(200);
    QTRY_VERIFY_WITH_TIMEOUT(m_model->shown(Detail::Coarse).surface != before && m_model->settled(), kLong);
}

void TestSurfaceView::frontIsTheNose() {
    // The most forward place of the surface is the tip of the nose; seen from the front it lies in the
    // middle.
    const auto points = m_model->shown(Detail::Full).surface->pointsMm();
    PointMm tip{0, 1e9, 0};
    for (std::size_t i = 0; i < points.size(); i += 3) {
        if (points[i + 1] < tip[1]) {
            tip = {points[i], points[i + 1], points[i + 2]};
        }
    }
    QVERIFY(std::abs(tip[0]) < 4);
    std::optional<PointMm> most;
    for (int y = 40; y < 280; y += 2) {
        const auto place = m_view->placeAt(QPointF(160, y));
        if (place && (!most || (*place)[1] < (*most)[1])) {
            most = place;
        }
    }
    QVERIFY(most);
    const QString seen = QString("%1 %2, tip %3 %4").arg((*most)[1]).arg((*most)[2]).arg(tip[1]).arg(tip[2]);
    QVERIFY2(std::abs((*most)[1] - tip[1]) < 4 && std::abs((*most)[2] - tip[2]) < 14, qPrintable(seen));
}

void TestSurfaceView::touchReportsThePlaceUnderThePointer() {
    m_view->setTool(SurfaceTool::Add);
    QSignalSpy touched(m_view.get(), &SurfaceView::touched);
    QSignalSpy ended(m_view.get(), &SurfaceView::touchEnded);
    const Camera camera = m_view->camera();
    QTest::mousePress(m_view.get(), Qt::LeftButton, {}, {160, 150});
    QTest::mouseMove(m_view.get(), {200, 150});
    QTest::mouseRelease(m_view.get(), Qt::LeftButton, {}, {200, 150});
    QCOMPARE(touched.size(), 2);
    QVERIFY(touched.at(0).at(1).toBool() && !touched.at(1).at(1).toBool());
    QCOMPARE(ended.size(), 1);
    QVERIFY(m_view->camera() == camera);
    const auto place = touched.at(0).at(0).value<PointMm>();
    QVERIFY2(place[1] < -50 && std::abs(place[0]) < 5, "the face is not where it was touched");
    // Beside the head there is nothing to touch.
    QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, {3, 3});
    QCOMPARE(touched.size(), 2);
}

void TestSurfaceView::enterTouchesTheMiddle() {
    QSignalSpy touched(m_view.get(), &SurfaceView::touched);
    QTest::keyClick(m_view.get(), Qt::Key_Return);
    QCOMPARE(touched.size(), 0); // turning touches nothing
    m_view->setTool(SurfaceTool::Cut);
    QTest::keyClick(m_view.get(), Qt::Key_Return);
    QCOMPARE(touched.size(), 1);
}

void TestSurfaceView::maskIsShownInColour() {
    QVERIFY(amberPixels(m_view->picture()) < 20);
    auto mask = std::make_shared<model::VolumeMask>(m_head->geometry);
    mask->paintSphere({0, -80, -30}, 40, true);
    m_model->setPaint({mask});
    QTRY_VERIFY_WITH_TIMEOUT(m_view->isSettled(), kLong);
    QVERIFY2(amberPixels(m_view->picture()) > 2000,
             qPrintable(QString::number(amberPixels(m_view->picture()))));
    // From behind nothing of it is seen.
    m_view->setCamera({180, 0, 1, 0, 0});
    QTRY_VERIFY_WITH_TIMEOUT(m_view->isSettled(), kLong);
    QVERIFY(amberPixels(m_view->picture()) < 20);
    m_model->setPaint({});
    m_view->setCamera({});
    QTRY_VERIFY_WITH_TIMEOUT(m_view->isSettled(), kLong);
    QVERIFY(amberPixels(m_view->picture()) < 20);
}

void TestSurfaceView::distanceIsMeasuredBetweenSurfaces() {
    constexpr std::array<PointMm, 3> kAxes{PointMm{1.2, 0, 0}, {0, 1.3, 0}, {0, 0, 1.5}};
    const SurfaceSource source(ball(kAxes));
    const auto outer = source.surface(0, Detail::Full);
    const auto inner = source.surface(500, Detail::Full); // 5 mm deeper
    const auto away = distancesMm(*inner, *outer);
    QCOMPARE(away.size(), static_cast<std::size_t>(inner->points()));
    const auto [least, most] = std::ranges::minmax(away);
    QVERIFY2(least > 4.5 && most < 5.8, qPrintable(QString("%1 %2").arg(least).arg(most)));
    QVERIFY(distancesMm(*inner, *source.surface(30000, Detail::Full)).empty());
    QVERIFY(distanceColour(0) != distanceColour(1));
    QCOMPARE(distanceColour(5), distanceColour(1)); // beyond the scale is its end
}

void TestSurfaceView::whatIsNotKeptIsLeftOut() {
    Keep front;
    front.grid = m_head->geometry;
    front.cells.resize(front.grid.voxels());
    const auto& size = front.grid.size;
    for (std::size_t i = 0; i < front.cells.size(); ++i) {
        const auto row = static_cast<std::int32_t>(i / static_cast<std::size_t>(size[0])) % size[1];
        front.cells[i] = row < size[1] / 2 ? 1 : 0;
    }
    const SurfaceSource source(m_head, front);
    const auto half = source.surface(kSkin, Detail::Full);
    const auto whole = m_source->surface(kSkin, Detail::Full);
    QVERIFY(half->triangles() > 0 && half->triangles() < whole->triangles());
    QVERIFY(whole->high()[1] > 80); // the headrest
    QVERIFY(half->high()[1] < 3);
}

void TestSurfaceView::insideShowsThroughTheSkin() {
    const QImage closed = m_view->picture();
    SurfaceModel bone(*m_runner);
    bone.setThreshold(400);
    bone.setSource(m_source);
    m_view->setInside(true, &bone);
    QTRY_VERIFY_WITH_TIMEOUT(bone.settled() && m_view->isSettled(), kLong);
    const QImage open = m_view->picture();
    QVERIFY(open != closed);
    m_view->setInside(false);
    QTRY_VERIFY_WITH_TIMEOUT(m_view->isSettled(), kLong);
    QCOMPARE(m_view->picture(), closed);
}

void TestSurfaceView::withoutOpenGlRaysAreCast() {
    // The same head from the same place: what is bright in one is bright in the other.
    const QSize size(320, 320);
    const Pose pose = poseOf({}, stanceOf(*m_head), size);
    const QImage cast = castRays(*m_head, kSkin, pose, size, Qt::black);
    QCOMPARE(cast.size(), size);
    const QImage drawn = m_view->picture();
    int agree = 0;
    int head = 0;
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x) {
            const bool one = qGray(cast.pixel(x, y)) > 40;
            const bool other = qGray(drawn.pixel(x, y)) > 40;
            agree += one == other ? 1 : 0;
            head += one ? 1 : 0;
        }
    }
    const int all = size.width() * size.height();
    QVERIFY2(head > all / 5 && agree > all * 9 / 10,
             qPrintable(QString("%1 %2 of %3").arg(head).arg(agree).arg(all)));
}

void TestSurfaceView::camerasOfTwoViewsAreLinked() {
    SurfaceView other;
    connect(m_view.get(), &SurfaceView::cameraChanged, &other, &SurfaceView::setCamera);
    connect(&other, &SurfaceView::cameraChanged, m_view.get(), &SurfaceView::setCamera);
    QTest::keyClick(m_view.get(), Qt::Key_3);
    QVERIFY(other.camera() == m_view->camera());
    QTest::keyClick(&other, Qt::Key_Right);
    QCOMPARE(m_view->camera().azimuthDeg, -75.0);
}

void TestSurfaceView::screenReadersHearTheDirection() {
    m_view->setCaptions("before", "detected 0.91");
    QAccessibleInterface* heard = QAccessible::queryAccessibleInterface(m_view.get());
    QVERIFY(heard);
    QVERIFY(heard->text(QAccessible::Name).contains("before"));
    const QString front = heard->text(QAccessible::Description);
    QVERIFY(front.contains("0.91"));
    QTest::keyClick(m_view.get(), Qt::Key_3);
    QVERIFY(heard->text(QAccessible::Description) != front);
}

QTEST_MAIN(TestSurfaceView)
#include "TestSurfaceView.moc"
