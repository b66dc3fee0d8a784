// Where a head is mirrored, whatever its marks or its header say.

#include <QTest>
#include <cmath>
#include <numbers>

#include "core/detect/volume/Face.h"
#include "core/detect/volume/Midplane.h"
#include "core/detect/volume/Vectors.h"
#include "tests/support/Heads.h"

using namespace kamei;
using namespace kamei::detect::volume;
using model::PointMm;
using test::HeadScan;

namespace {

HeadScan scan(const char* modality, double turn = 0) {
    HeadScan out;
    out.modality = modality;
    out.turnDegrees = turn;
    out.size = {96, 96, 60};
    out.spacingMm = {2.4, 2.4, 3.6};
    return out;
}

double degreesBetween(const PointMm& a, const PointMm& b) {
    return std::acos(std::min(1.0, dot(a, b))) * 180 / std::numbers::pi;
}

} // namespace

Q_DECLARE_METATYPE(kamei::test::HeadScan)

class TestMidplane : public QObject {
    Q_OBJECT

private slots:
    void axesThatAreOffAreSetRight_data() {
        QTest::addColumn<double>("turn");
        QTest::addColumn<double>("roll");
        QTest::addColumn<double>("aside");
        QTest::newRow("right as they are") << 0.0 << 0.0 << 0.0;
        QTest::newRow("turned by 20 degrees") << 20.0 << 0.0 << 0.0;
        QTest::newRow("turned by 20, tilted by 15 degrees, 9 mm aside") << -20.0 << 15.0 << 9.0;
    }
    void axesThatAreOffAreSetRight() {
        QFETCH(double, turn);
        QFETCH(double, roll);
        QFETCH(double, aside);
        const HeadScan how = scan("CT");
        const model::Volume volume = test::scanHead(how);
        const Head is = test::trueHead(how, volume);
        Head said = is;
        constexpr double kDegree = std::numbers::pi / 180;
        said.left =
            unit(plus(plus(is.left, is.front, std::tan(turn * kDegree)), is.up, std::tan(roll * kDegree)));
        said.up = unit(plus(is.up, said.left, -dot(is.up, said.left)));
        said.front = cross(said.left, said.up);
        said.centre = plus(is.centre, is.left, aside);
        const auto plane = midplaneOf(said);
        QVERIFY(plane.has_value());
        QVERIFY2(degreesBetween(plane->left, is.left) < 2,
                 std::to_string(degreesBetween(plane->left, is.left)).c_str());
        const PointMm onPlane = plus(said.centre, plane->left, plane->asideMm);
        QVERIFY2(std::abs(dot(minus(onPlane, is.centre), is.left)) < 3,
                 std::to_string(plane->asideMm).c_str());
        QVERIFY(plane->mismatch <= plane->mismatchAsWas);
    }

    /// Marks of rough slices alone turned these by up to 25 degrees: part of the face was left.
    void aHeadOfRoughSlicesStandsStraight_data() {
        QTest::addColumn<HeadScan>("how");
        QTest::newRow("CT") << scan("CT");
        QTest::newRow("MR") << scan("MR");
        QTest::newRow("lying on the side") << scan("CT", 90);
    }
    void aHeadOfRoughSlicesStandsStraight() {
        QFETCH(HeadScan, how);
        const auto seen = assessFace(test::scanHead(how));
        QVERIFY(seen.has_value());
        QVERIFY(seen->verdict == FaceVerdict::Face);
        const PointMm left = test::patientWay(how, {1, 0, 0});
        QVERIFY2(degreesBetween(seen->head->left, left) < 3,
                 std::to_string(degreesBetween(seen->head->left, left)).c_str());
        QVERIFY2(std::abs(dot(seen->head->centre, left)) < 4,
                 std::to_string(dot(seen->head->centre, left)).c_str());
    }

    void tooLittleOfAHeadSaysNothing() {
        const HeadScan how = scan("CT");
        Head few = test::trueHead(how, test::scanHead(how));
        std::ranges::fill(few.mask, 0);
        few.mask[few.mask.size() / 2] = 1;
        QVERIFY(!midplaneOf(few).has_value());
    }
};

QTEST_GUILESS_MAIN(TestMidplane)
#include "TestMidplane.moc"
