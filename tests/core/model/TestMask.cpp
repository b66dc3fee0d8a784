#include <QTest>

#include "core/model/Mask.h"

using namespace kamei;
using namespace kamei::model;

namespace {

Mask moving() {
    Mask mask;
    mask.rect = {0, 0, 10, 10};
    mask.track = {{10, {100, 50, 10, 10}}, {20, {200, 50, 20, 30}}};
    mask.frames = {10, 20};
    return mask;
}

} // namespace

Q_DECLARE_METATYPE(kamei::model::RectPx)

class TestMask : public QObject {
    Q_OBJECT

private slots:
    void figuresMoveEvenlyBetweenKeys_data() {
        QTest::addColumn<int>("frame");
        QTest::addColumn<RectPx>("place");
        QTest::newRow("before the first key it stays") << 1 << RectPx{100, 50, 10, 10};
        QTest::newRow("first key") << 10 << RectPx{100, 50, 10, 10};
        QTest::newRow("half way") << 15 << RectPx{150, 50, 15, 20};
        // 1/3 and 2/3 of the way: edges are rounded outward.
        QTest::newRow("rounded outward") << 11 << RectPx{110, 50, 11, 12};
        QTest::newRow("last key") << 20 << RectPx{200, 50, 20, 30};
        QTest::newRow("behind the last key it stays") << 99 << RectPx{200, 50, 20, 30};
    }
    void figuresMoveEvenlyBetweenKeys() {
        QFETCH(int, frame);
        QFETCH(RectPx, place);
        const Mask at = figureAt(moving(), frame);
        QCOMPARE(at.rect, place);
        QVERIFY(at.track.empty());
    }

    void pointsAndBrushesScaleWithTheirBox() {
        Mask mask;
        mask.shape = Mask::Shape::Brush;
        mask.rect = {0, 0, 20, 10};
        mask.points = {{5, 5}, {15, 5}};
        mask.radiusPx = 5;
        mask.track = {{1, {0, 0, 20, 10}}, {3, {100, 0, 40, 20}}};
        const Mask at = figureAt(mask, 3);
        QCOMPARE(at.points[0], (PointPx{110, 10}));
        QCOMPARE(at.points[1], (PointPx{130, 10}));
        QCOMPARE(at.radiusPx, 10.0);
        QCOMPARE(boundsOf(at), (RectPx{100, 0, 40, 20}));
    }

    void drawsWhereTheFigureIs() {
        const std::vector<Mask> masks{moving()};
        QCOMPARE(rasterise(masks, 15, 300, 100).bounds(), (RectPx{150, 50, 15, 20}));
        QCOMPARE(rasterise(masks, 20, 210, 100).bounds(), (RectPx{200, 50, 10, 30}));
        QCOMPARE(rasterise(masks, 9, 300, 100).bounds(), RectPx{}); // not in its frames
    }

    void whereFramesAreUnknownAllPlacesAreCovered() {
        QCOMPARE(everywhere(moving()).rect, (RectPx{100, 50, 120, 30}));
        QVERIFY(everywhere(moving()).frames.all());
        Mask kept = moving();
        kept.keepInside = true;
        const auto bits = rasterise({everywhere(kept)}, 1, 30, 20);
        QVERIFY(std::ranges::all_of(bits.inside, [](auto bit) { return bit == 1; }));
    }

    void comesBackFromJson_data() {
        QTest::addColumn<Mask::Fill>("fill");
        QTest::newRow("black") << Mask::Fill::Black;
        QTest::newRow("local mean") << Mask::Fill::LocalMean;
        QTest::newRow("noise") << Mask::Fill::Noise;
    }
    void comesBackFromJson() {
        QFETCH(Mask::Fill, fill);
        Mask mask = moving();
        mask.fill = fill;
        mask.shape = Mask::Shape::Polygon;
        mask.points = {{0, 0}, {9.5, 0}, {5, 9}};
        const auto back = maskFromJson(toJson(mask));
        QVERIFY(back.has_value());
        QCOMPARE(*back, mask);
    }

    void refusesWhatNobodyCanFollow_data() {
        QTest::addColumn<QByteArray>("json");
        const auto row = [](const char* name, const char* part) {
            QTest::newRow(name) << QByteArray(R"({"shape":"rectangle","frames":[1,0],"fill":"black",)") +
                                       part + "}";
        };
        row("keys that go back", R"("rect":[0,0,1,1],"track":[[5,0,0,1,1],[4,0,0,1,1]])");
        row("two keys on a frame", R"("rect":[0,0,1,1],"track":[[5,0,0,1,1],[5,0,0,1,1]])");
        row("a key without size", R"("rect":[0,0,1,1],"track":[[5,0,0,0,1]])");
        row("a key with too few numbers", R"("rect":[0,0,1,1],"track":[[5,0,0]])");
        row("a rectangle beyond every picture", R"("rect":[4000000000,0,1,1])");
        row("an unknown word", R"("rect":[0,0,1,1],"track":"all")");
    }
    void refusesWhatNobodyCanFollow() {
        QFETCH(QByteArray, json);
        QCOMPARE(maskFromJson(json.toStdString()).error().code, base::ErrorCode::Malformed);
    }
};

QTEST_GUILESS_MAIN(TestMask)
#include "TestMask.moc"
