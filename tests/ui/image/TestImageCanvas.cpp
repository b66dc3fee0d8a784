#include <QApplication>
#include <QSignalSpy>
#include <QTest>

#include "ui/views/image/ImageCanvas.h"
#include "ui/views/image/RasterImage.h"

using namespace kamei;
using ui::views::image::Compare;
using ui::views::image::ImageCanvas;
using ui::views::image::MaskItem;
using ui::views::image::Tool;

/// Drawing and looking on the canvas: what the mouse and keys report is in pixels of the stored picture.
class TestImageCanvas : public QObject {
    Q_OBJECT

  private slots:
    void boxIsReportedInPicturePixels();
    void polygonClosesByEnter();
    void brushCoversItsPath();
    void keyboardAloneDrawsAndMoves();
    void openMaskIsFilledDecidedIsNot();
    void windowMapsHounsfieldUnits_data();
    void windowMapsHounsfieldUnits();
    void monochrome1IsInverted();

  private:
    /// A canvas of 400 x 400 over a picture of 200 x 200 at scale 2, so that one picture pixel is two wide.
    static void prepare(ImageCanvas& canvas) {
        canvas.resize(400, 400);
        QImage picture(200, 200, QImage::Format_Grayscale8);
        picture.fill(100);
        canvas.setPictures(picture, {});
        canvas.show();
        QVERIFY(QTest::qWaitForWindowExposed(&canvas));
        canvas.setScale(2.0, QPointF(0, 0));
        const QPointF origin = QPointF(200, 200) - QPointF(100, 100) * canvas.scale();
        Q_UNUSED(origin)
    }
    /// Widget position of a picture pixel, found through the canvas' own fit: centre is fixed.
    static QPoint at(const ImageCanvas& canvas, double x, double y) {
        const double left = (canvas.width() - 200 * canvas.scale()) / 2;
        const double top = (canvas.height() - 200 * canvas.scale()) / 2;
        return QPointF(left + x * canvas.scale(), top + y * canvas.scale()).toPoint();
    }
};

void TestImageCanvas::boxIsReportedInPicturePixels() {
    ImageCanvas canvas;
    prepare(canvas);
    canvas.fit();
    canvas.setTool(Tool::Box);
    QSignalSpy drawn(&canvas, &ImageCanvas::drawn);
    QTest::mousePress(&canvas, Qt::LeftButton, {}, at(canvas, 20, 30));
    QTest::mouseMove(&canvas, at(canvas, 60, 50));
    QTest::mouseRelease(&canvas, Qt::LeftButton, {}, at(canvas, 60, 50));
    QCOMPARE(drawn.size(), 1);
    const auto mask = drawn.at(0).at(0).value<model::Mask>();
    QCOMPARE(mask.shape, model::Mask::Shape::Rectangle);
    QVERIFY(std::abs(mask.rect.x - 20) <= 1 && std::abs(mask.rect.y - 30) <= 1);
    QVERIFY(std::abs(mask.rect.width - 40) <= 2 && std::abs(mask.rect.height - 20) <= 2);
    QVERIFY(mask.frames.all());
}

void TestImageCanvas::polygonClosesByEnter() {
    ImageCanvas canvas;
    prepare(canvas);
    canvas.fit();
    canvas.setTool(Tool::Polygon);
    QSignalSpy drawn(&canvas, &ImageCanvas::drawn);
    for (const auto& [x, y] : {std::pair{10, 10}, {90, 10}, {50, 80}}) {
        QTest::mouseClick(&canvas, Qt::LeftButton, {}, at(canvas, x, y));
    }
    QTest::keyClick(&canvas, Qt::Key_Return);
    QCOMPARE(drawn.size(), 1);
    QCOMPARE(drawn.at(0).at(0).value<model::Mask>().points.size(), std::size_t{3});
}

void TestImageCanvas::brushCoversItsPath() {
    ImageCanvas canvas;
    prepare(canvas);
    canvas.fit();
    canvas.setTool(Tool::Brush);
    QSignalSpy drawn(&canvas, &ImageCanvas::drawn);
    QTest::mousePress(&canvas, Qt::LeftButton, {}, at(canvas, 50, 50));
    QTest::mouseMove(&canvas, at(canvas, 100, 50));
    QTest::mouseRelease(&canvas, Qt::LeftButton, {}, at(canvas, 100, 50));
    QCOMPARE(drawn.size(), 1);
    const auto mask = drawn.at(0).at(0).value<model::Mask>();
    const auto bits = model::rasterise({mask}, 1, 200, 200);
    QVERIFY(bits.at(75, 50));
    QVERIFY(!bits.at(75, 90));
}

void TestImageCanvas::keyboardAloneDrawsAndMoves() {
    ImageCanvas canvas;
    prepare(canvas);
    canvas.fit();
    canvas.setTool(Tool::Box);
    QSignalSpy drawn(&canvas, &ImageCanvas::drawn);
    QTest::keyClick(&canvas, Qt::Key_Return);
    QCOMPARE(drawn.size(), 1);
    MaskItem item;
    item.finding = base::FindingId{7};
    item.mask = drawn.at(0).at(0).value<model::Mask>();
    canvas.setMasks({item});
    canvas.select(item.finding);
    QSignalSpy reshaped(&canvas, &ImageCanvas::reshaped);
    QTest::keyClick(&canvas, Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(reshaped.size(), 1);
    QCOMPARE(reshaped.at(0).at(1).value<model::Mask>().rect.x, item.mask.rect.x + 10);
    QSignalSpy erased(&canvas, &ImageCanvas::erased);
    QTest::keyClick(&canvas, Qt::Key_Delete);
    QCOMPARE(erased.size(), 1);
}

void TestImageCanvas::openMaskIsFilledDecidedIsNot() {
    ImageCanvas canvas;
    prepare(canvas);
    canvas.fit();
    MaskItem item;
    item.finding = base::FindingId{1};
    item.mask.rect = {40, 40, 100, 100};
    const auto inside = [&](model::DecisionState state) {
        item.state = state;
        canvas.setMasks({item});
        return canvas.grab().toImage().pixelColor(at(canvas, 90, 90));
    };
    QVERIFY(inside(model::DecisionState::Open) != QColor(100, 100, 100));
    QCOMPARE(inside(model::DecisionState::Accepted), QColor(100, 100, 100));
}

void TestImageCanvas::windowMapsHounsfieldUnits_data() {
    QTest::addColumn<int>("value");
    QTest::addColumn<int>("grey");
    QTest::newRow("PS3.3 C.11.2.1.2: below the window is black") << -1000 << 0;
    QTest::newRow("PS3.3 C.11.2.1.2: above the window is white") << 2000 << 255;
    QTest::newRow("PS3.3 C.11.2.1.2: centre is grey") << 40 << 128;
}

void TestImageCanvas::windowMapsHounsfieldUnits() {
    QFETCH(int, value);
    QFETCH(int, grey);
    model::Raster raster;
    raster.width = raster.height = 1;
    raster.bitsPerSample = 16;
    raster.isSigned = true;
    raster.intercept = -1024;
    const auto stored = static_cast<std::int16_t>(value + 1024);
    raster.samples.resize(2);
    std::memcpy(raster.samples.data(), &stored, 2);
    const QImage image = ui::views::image::toImage(raster, {40, 400});
    QVERIFY(std::abs(qGray(image.pixel(0, 0)) - grey) <= 1);
}

void TestImageCanvas::monochrome1IsInverted() {
    model::Raster raster;
    raster.width = raster.height = 1;
    raster.invert = true;
    raster.samples.resize(1, std::byte{0});
    QCOMPARE(qGray(ui::views::image::toImage(raster, {128, 256}).pixel(0, 0)), 255);
}

QTEST_MAIN(TestImageCanvas)
#include "TestImageCanvas.moc"
