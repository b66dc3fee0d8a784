#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

#include "tests/core/transform/slide/SlideBench.h"

using namespace kamei;
using namespace kamei::test;

/// Masks on slides: every level, the touched tiles alone, and what independent readers say.
class TestSlideTransform : public QObject {
    Q_OBJECT

private slots:
    void masksFallOnEveryLevelAndNothingElseChanges_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("exact"); ///< pixels outside stay bit for bit
        QTest::addColumn<int>("mcu");
        const auto row = [](const char* name, SlideRecipe recipe, bool exact, int mcu) {
            QTest::newRow(name) << QByteArray::fromStdString(test::makeSlide(recipe)) << exact << mcu;
        };
        SlideRecipe recipe;
        row("JPEG in YCbCr, 4:2:0, shared tables", recipe, true, 16);
        recipe.photometric = PHOTOMETRIC_RGB;
        row("JPEG in RGB (Aperio)", recipe, true, 8);
        recipe.compression = COMPRESSION_LZW;
        recipe.predictor = 2;
        row("LZW with predictor", recipe, true, 1);
        recipe.big = true;
        row("BigTIFF", recipe, true, 1);
        recipe.bigEndian = true;
        recipe.bits = 16;
        row("16 bits, big endian", recipe, true, 1);
        recipe = {};
        recipe.compression = COMPRESSION_ADOBE_DEFLATE;
        recipe.photometric = PHOTOMETRIC_RGB;
        row("Deflate", recipe, true, 1);
        recipe.compression = COMPRESSION_NONE;
        recipe.separate = true;
        row("no compression, planes apart", recipe, true, 1);
        recipe.separate = false;
        recipe.compression = COMPRESSION_PACKBITS;
        row("PackBits", recipe, true, 1);
        recipe.compression = COMPRESSION_LZW;
        recipe.subIfds = true;
        row("OME-TIFF with levels in SubIFDs", recipe, true, 1);
        QTest::newRow("JPEG 2000 in RGB (33005)")
            << QByteArray::fromStdString(makeJpeg2000Slide(33005)) << true << 1;
        QTest::newRow("JPEG 2000, coarse colour (33003)")
            << QByteArray::fromStdString(makeJpeg2000Slide(33003)) << true << 2;
        QTest::newRow("restart intervals of Hamamatsu")
            << QByteArray::fromStdString(test::makeNdpi()) << true << 16;
    }
    void masksFallOnEveryLevelAndNothingElseChanges() {
        QFETCH(QByteArray, bytes);
        QFETCH(bool, exact);
        QFETCH(int, mcu);
        const std::string source = bytes.toStdString();
        Orders orders;
        orders.masks = {rectangle(200, 120, 90, 70)};
        const auto written = processed(source, orders);
        QVERIFY2(
            written,
            written
                ? ""
                : (written.error().place + ' ' + std::string(base::errorWord(written.error().code))).c_str());
        const Slide before = open(source);
        const Slide after = open(*written);
        QCOMPARE(after.pages().all.size(), before.pages().all.size());
        QCOMPARE(after.levels().size(), before.levels().size());
        for (std::size_t index = 0; index < before.pages().all.size(); ++index) {
            const Page& page = before.pages().all[index];
            if (page.role != Role::Scan && page.role != Role::Thumbnail) {
                QVERIFY(rawBlocks(after, index) == rawBlocks(before, index));
                continue;
            }
            const double factor = double(before.levels()[0].width) / page.width;
            const auto down = [&](double v) { return int(std::floor(v / factor)); };
            const auto up = [&](double v) { return int(std::ceil(v / factor)); };
            const int left = down(200);
            const int top = down(120);
            const int right = up(290);
            const int bottom = up(190);
            // The mask is black on this level ...
            const auto inside =
                after.readPage(index, left, top, std::uint32_t(right - left), std::uint32_t(bottom - top));
            QVERIFY(inside);
            QVERIFY2(brightest(*inside) <= 2, qPrintable(QString::number(brightest(*inside))));
            // ... and beyond a codec's block and the reach of scanners' filters nothing has changed.
            const auto whole = before.readPage(index, 0, 0, page.width, page.height);
            const auto now = after.readPage(index, 0, 0, page.width, page.height);
            QVERIFY(whole && now);
            const bool strips = !page.tiled && !page.intervals; // thumbnails: JPEG of 8 or 16 pixels
            const int reach = (strips ? 16 : mcu) + 4;
            const std::size_t pixel =
                whole->samples.size() / (std::size_t(whole->width) * std::size_t(whole->height));
            int changed = 0;
            for (int y = 0; y < whole->height; ++y) {
                for (int x = 0; x < whole->width; ++x) {
                    const bool near =
                        x >= left - reach && x < right + reach && y >= top - reach && y < bottom + reach;
                    const std::size_t at =
                        (std::size_t(y) * std::size_t(whole->width) + std::size_t(x)) * pixel;
                    changed +=
                        !near && std::memcmp(&whole->samples[at], &now->samples[at], pixel) != 0 ? 1 : 0;
                }
            }
            QVERIFY(!exact || changed == 0);
        }
        // Most tiles were not touched, and are the source's bytes.
        const auto old = rawBlocks(before, 0);
        const auto fresh = rawBlocks(after, 0);
        std::vector<std::string> common;
        std::ranges::set_intersection(old, fresh, std::back_inserter(common));
        QVERIFY(common.size() < old.size());
        QVERIFY(common.size() * 3 >= old.size());
    }

    void nothingOfTheMaskedTilesIsLeftInTheBytes() {
        // Uncompressed, so that rows of pixels can be searched in the bytes.
        SlideRecipe recipe;
        recipe.compression = COMPRESSION_NONE;
        recipe.photometric = PHOTOMETRIC_RGB;
        const std::string source = test::makeSlide(recipe);
        const auto before = open(source);
        Orders orders;
        orders.masks = {rectangle(200, 120, 90, 70)};
        const auto written = processed(source, orders);
        QVERIFY(written);
        for (std::size_t level = 0; level < 3; ++level) {
            const int factor = 1 << level;
            const auto under = before.readRegion(0, level, 200 / factor + 1, 120 / factor + 1,
                                                 std::uint32_t(60 / factor), 1);
            QVERIFY(under);
            const std::string row(reinterpret_cast<const char*>(under->samples.data()), 12);
            QVERIFY(source.find(row) != std::string::npos);
            QVERIFY(written->find(row) == std::string::npos);
        }
    }

    void masksOfEveryShape_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QPoint>("black");
        QTest::addColumn<QPoint>("kept");
        QTest::newRow("ellipse")
            << QByteArray(R"({"shape":"ellipse","rect":[100,100,300,200],"frames":[1,1],"fill":"black"})")
            << QPoint(250, 200) << QPoint(40, 40);
        QTest::newRow("polygon")
            << QByteArray(
                   R"({"shape":"polygon","rect":[0,0,0,0],"points":[[100,100],[400,100],[100,400]],"frames":[1,1],"fill":"black"})")
            << QPoint(150, 150) << QPoint(450, 450);
        QTest::newRow("brush over tiles")
            << QByteArray(
                   R"({"shape":"brush","rect":[0,0,0,0],"points":[[50,260],[650,260]],"radius":12,"frames":[1,1],"fill":"black"})")
            << QPoint(640, 262) << QPoint(300, 320);
        QTest::newRow("all but the inside")
            << QByteArray(
                   R"({"shape":"rectangle","rect":[100,100,500,350],"frames":[1,1],"fill":"black","keep-inside":true})")
            << QPoint(20, 20) << QPoint(350, 275);
        QTest::newRow("larger than the slide")
            << QByteArray(
                   R"({"shape":"rectangle","rect":[-100,-100,2000,350],"frames":[1,1],"fill":"black"})")
            << QPoint(690, 10) << QPoint(300, 400);
    }
    void masksOfEveryShape() {
        QFETCH(QByteArray, json);
        QFETCH(QPoint, black);
        QFETCH(QPoint, kept);
        Orders orders;
        orders.masks = {*model::maskFromJson(json.toStdString())};
        const auto written = processed(test::makeSlide(), orders);
        QVERIFY(written);
        const Slide after = open(*written);
        for (std::size_t level = 0; level < 3; ++level) {
            const int factor = 1 << level;
            const auto dark = after.readRegion(0, level, black.x() / factor, black.y() / factor, 1, 1);
            const auto bright = after.readRegion(0, level, kept.x() / factor, kept.y() / factor, 1, 1);
            QVERIFY(dark && bright);
            QVERIFY(brightest(*dark) <= 2);
            QVERIFY(brightest(*bright) > 60);
        }
    }

    void ordersThatNothingCarriesOutAreRefused() {
        Orders orders;
        orders.pictures = {{1, model::Action::Delete}}; // the scan itself
        const auto scan = processed(test::makeSlide(), orders);
        QVERIFY(!scan);
        QCOMPARE(scan.error().code, ErrorCode::NotPossible);
        orders.pictures = {{9, model::Action::Delete}};
        QVERIFY(!processed(test::makeSlide(), orders));
    }

    void pagesThatShareTilesDoNotGrow() {
        // Every tile entry of the base points to the first tile.
        SlideRecipe recipe;
        recipe.compression = COMPRESSION_NONE;
        recipe.photometric = PHOTOMETRIC_RGB;
        std::string source = test::makeSlide(recipe);
        const auto structure = intake::slide::readStructure(intake::slide::inMemory(source));
        const auto* const offsets = structure->directories[0].find(TIFFTAG_TILEOFFSETS);
        const auto first = std::uint32_t((*structure->numbers(*offsets, 1000))[0]);
        for (std::size_t i = 0; i < offsets->count; ++i) {
            test::putNumber(source, *offsets, i, first);
        }
        const auto written = processed(source, {});
        QVERIFY(written);
        QVERIFY(written->size() < source.size() / 2);
        QVERIFY(open(*written).readRegion(0, 0, 300, 300, 40, 40)->samples ==
                open(source).readRegion(0, 0, 300, 300, 40, 40)->samples);
    }

    void independentReadersOpenTheCopy_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("vendor");
        QTest::newRow("made Aperio") << "made.svs"
                                     << "aperio";
        QTest::newRow("made Hamamatsu") << "made.ndpi"
                                        << "hamamatsu";
        QTest::newRow("made generic") << "made.tif"
                                      << "generic-tiff";
        QTest::newRow("real Aperio") << "libvips__CMU-1-Small-Region.svs"
                                     << "aperio";
    }
    void independentReadersOpenTheCopy() {
        QFETCH(QString, name);
        QFETCH(QString, vendor);
        const QString tool = QStandardPaths::findExecutable(QStringLiteral("openslide-show-properties"));
        if (tool.isEmpty()) {
            QSKIP("openslide-tools is not installed");
        }
        SlideRecipe plain;
        plain.aperio = false;
        const std::string source = name == QLatin1String("made.svs")    ? test::makeSlide()
                                   : name == QLatin1String("made.ndpi") ? test::makeNdpi()
                                   : name == QLatin1String("made.tif")
                                       ? test::makeSlide(plain)
                                       : readAll(shared() + QStringLiteral("/data/samples/wsi/") + name);
        if (source.empty()) {
            QSKIP("no shared samples here");
        }
        Orders orders;
        orders.masks = {rectangle(200, 120, 90, 70)};
        orders.labelText = "S-5F2A91C04E7B";
        orders.pictures = {
            {2, name == QLatin1String("made.ndpi") ? model::Action::Delete : model::Action::Replace}};
        const auto written = processed(source, orders);
        QVERIFY2(written, written ? "" : written.error().place.c_str());
        QTemporaryDir folder;
        const QString path =
            folder.filePath(QStringLiteral("copy") + name.mid(name.lastIndexOf(QLatin1Char('.'))));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::fromStdString(*written));
        file.close();
        QProcess process;
        process.start(tool, {path});
        QVERIFY(process.waitForFinished());
        const QByteArray said = process.readAllStandardOutput();
        QVERIFY2(said.contains("openslide.vendor: '" + vendor.toUtf8() + "'"),
                 said + process.readAllStandardError());
        // Python's binding shows the pictures beside the scan, which libtiff decodes strip after strip.
        if (vendor == QLatin1String("aperio")) {
            const QString old = folder.filePath(QStringLiteral("source.svs"));
            QFile original(old);
            QVERIFY(original.open(QIODevice::WriteOnly));
            original.write(QByteArray::fromStdString(source));
            original.close();
            const char* const script = R"(
import sys
try:
    import openslide, numpy
except ImportError:
    print('absent'); sys.exit(0)
a, b = (openslide.OpenSlide(path) for path in sys.argv[1:3])
assert 'label' in b.associated_images, list(b.associated_images)
x, y = (numpy.array(s.associated_images['thumbnail'].convert('RGB')).astype(int) for s in (a, b))
print('changed', (abs(x - y).max(2) > 0).mean())
)";
            process.start(QStringLiteral("/usr/bin/python3"),
                          {QStringLiteral("-c"), QString::fromUtf8(script), old, path});
            QVERIFY(process.waitForFinished());
            const QByteArray result = process.readAllStandardOutput();
            QVERIFY2(process.exitCode() == 0, process.readAllStandardError());
            QVERIFY2(result.startsWith("absent") || result.split(' ').value(1).toDouble() < 0.2, result);
        }
        const QString png = folder.filePath(QStringLiteral("region.png"));
        const QString writer = QStandardPaths::findExecutable(QStringLiteral("openslide-write-png"));
        if (!writer.isEmpty()) {
            process.start(writer, {path, QStringLiteral("200"), QStringLiteral("120"), QStringLiteral("0"),
                                   QStringLiteral("64"), QStringLiteral("64"), png});
            QVERIFY(process.waitForFinished());
            QVERIFY2(process.exitCode() == 0 && QFile::exists(png), process.readAllStandardError());
        }
    }
};

QTEST_GUILESS_MAIN(TestSlideTransform)
#include "TestSlideTransform.moc"
