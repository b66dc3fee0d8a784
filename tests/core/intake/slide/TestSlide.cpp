#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include "core/intake/Format.h"
#include "core/intake/slide/Slide.h"
#include "core/intake/slide/SlideFormat.h"
#include "tests/core/intake/slide/Slides.h"

using namespace kamei;
using namespace kamei::intake::slide;
using base::ErrorCode;
using test::SlideRecipe;

namespace {

base::Expected<Slide> opened(const std::string& bytes) {
    return Slide::open(inMemory(bytes));
}

QString shared() {
    const QString set = qEnvironmentVariable("KAMEI_SHARED");
    return set.isEmpty() ? QStringLiteral(KAMEI_SHARED_DEFAULT) : set;
}

/// How far a region lies from what the recipe drew, at most.
int worst(const model::Raster& raster, std::int64_t x, std::int64_t y, double factor, std::uint32_t width,
          std::uint32_t height) {
    int out = 0;
    const std::size_t bytes = std::size_t(raster.bitsPerSample) / 8;
    for (int row = 0; row < raster.height; ++row) {
        for (int column = 0; column < raster.width; ++column) {
            if (x + column >= width || y + row >= height) {
                continue;
            }
            const auto wanted =
                test::slidePixel((double(x + column) + 0.5) * factor, (double(y + row) + 0.5) * factor);
            for (std::size_t c = 0; c < 3; ++c) {
                const std::size_t at =
                    ((std::size_t(row) * std::size_t(raster.width)) + std::size_t(column)) * 3 + c;
                const int value = std::to_integer<int>(raster.samples[at * bytes + bytes - 1]);
                out = std::max(out, std::abs(value - wanted.at(c)));
            }
        }
    }
    return out;
}

} // namespace

class TestSlide : public QObject {
    Q_OBJECT

private slots:
    void readsTilesOfEveryLevel_data() {
        QTest::addColumn<int>("compression");
        QTest::addColumn<int>("photometric");
        QTest::addColumn<int>("predictor");
        QTest::addColumn<int>("bits");
        QTest::addColumn<bool>("big");
        QTest::addColumn<bool>("bigEndian");
        QTest::addColumn<bool>("separate");
        QTest::addColumn<bool>("subIfds");
        QTest::newRow("JPEG in YCbCr, 4:2:0")
            << COMPRESSION_JPEG << PHOTOMETRIC_YCBCR << 1 << 8 << false << false << false << false;
        QTest::newRow("JPEG in RGB (Aperio)")
            << COMPRESSION_JPEG << PHOTOMETRIC_RGB << 1 << 8 << false << false << false << false;
        QTest::newRow("LZW with predictor")
            << COMPRESSION_LZW << PHOTOMETRIC_RGB << 2 << 8 << false << false << false << false;
        QTest::newRow("LZW of 16 bits, big endian")
            << COMPRESSION_LZW << PHOTOMETRIC_RGB << 2 << 16 << false << true << false << false;
        QTest::newRow("Deflate in BigTIFF")
            << COMPRESSION_ADOBE_DEFLATE << PHOTOMETRIC_RGB << 2 << 8 << true << false << false << false;
        QTest::newRow("no compression, planes apart")
            << COMPRESSION_NONE << PHOTOMETRIC_RGB << 1 << 8 << false << false << true << false;
        QTest::newRow("no compression, 16 bits, big endian BigTIFF")
            << COMPRESSION_NONE << PHOTOMETRIC_RGB << 1 << 16 << true << true << false << false;
        QTest::newRow("PackBits") << COMPRESSION_PACKBITS << PHOTOMETRIC_RGB << 1 << 8 << false << false
                                  << false << false;
        QTest::newRow("OME-TIFF with levels in SubIFDs")
            << COMPRESSION_LZW << PHOTOMETRIC_RGB << 1 << 8 << true << false << false << true;
    }
    void readsTilesOfEveryLevel() {
        QFETCH(int, compression);
        QFETCH(int, photometric);
        QFETCH(int, predictor);
        QFETCH(int, bits);
        QFETCH(bool, big);
        QFETCH(bool, bigEndian);
        QFETCH(bool, separate);
        QFETCH(bool, subIfds);
        SlideRecipe recipe;
        recipe.compression = std::uint16_t(compression);
        recipe.photometric = std::uint16_t(photometric);
        recipe.predictor = std::uint16_t(predictor);
        recipe.bits = std::uint16_t(bits);
        recipe.big = big;
        recipe.bigEndian = bigEndian;
        recipe.separate = separate;
        recipe.subIfds = subIfds;
        const auto slide = opened(test::makeSlide(recipe));
        QVERIFY2(slide, slide ? "" : slide.error().place.c_str());
        const auto levels = slide->levels();
        QCOMPARE(levels.size(), std::size_t(3));
        const int limit = compression == COMPRESSION_JPEG ? 24 : 0;
        for (std::size_t level = 0; level < levels.size(); ++level) {
            QCOMPARE(levels[level].width, recipe.width >> level);
            // Over the seams of tiles, and over the right and lower edge.
            const auto inner = slide->readRegion(0, level, 100, 90, 60, 50);
            QVERIFY(inner);
            QVERIFY(worst(*inner, 100, 90, 1 << level, levels[level].width, levels[level].height) <= limit);
            const auto edge =
                slide->readRegion(0, level, levels[level].width - 9, levels[level].height - 7, 20, 20);
            QVERIFY(edge);
            QVERIFY(worst(*edge, levels[level].width - 9, levels[level].height - 7, 1 << level,
                          levels[level].width, levels[level].height) <= limit);
            QCOMPARE(std::to_integer<int>(edge->samples.back()), 255); // beyond the picture: white
        }
    }

    void tellsWhatPicturesShow() {
        const auto slide = opened(test::makeSlide());
        QVERIFY(slide);
        std::string roles;
        for (const Picture& picture : slide->pictures()) {
            roles += std::string(word(picture.role)) + ' ';
        }
        QCOMPARE(roles, std::string("scan label macro thumbnail "));
        const auto label = slide->picture(2);
        QVERIFY(label);
        QCOMPARE(label->width, int(test::kLabelWidth));
        const auto scan = slide->picture(1);
        QVERIFY(scan);
        QCOMPARE(scan->width, 700);
        QVERIFY(!slide->picture(0));
        QVERIFY(!slide->picture(5));
    }

    void saysWhatTheFileSays_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        const QByteArray aperio = QByteArray::fromStdString(test::makeSlide());
        SlideRecipe ome;
        ome.subIfds = true;
        const QByteArray omeTiff = QByteArray::fromStdString(test::makeSlide(ome));
        const QByteArray ndpi = QByteArray::fromStdString(test::makeNdpi());
        QTest::newRow("Aperio user") << aperio << "Slide.Aperio.User" << test::kSlideUser;
        QTest::newRow("Aperio file name") << aperio << "Slide.Aperio.Filename" << test::kSlideFile;
        QTest::newRow("Aperio scanner") << aperio << "Slide.Aperio.ScanScope ID"
                                        << "SS1234567";
        QTest::newRow("artist") << aperio << "Slide.Tiff.Artist" << test::kSlideUser;
        QTest::newRow("OME experimenter")
            << omeTiff << "Slide.Ome.Experimenter.FirstName" << test::kSlideUser;
        QTest::newRow("OME image name") << omeTiff << "Slide.Ome.Image.Name" << test::kSlideFile;
        QTest::newRow("OME date") << omeTiff << "Slide.Ome.AcquisitionDate"
                                  << "2024-03-04T05:06:07";
        QTest::newRow("NDPI reference") << ndpi << "Slide.Ndpi.Reference" << test::kSlideFile;
        QTest::newRow("NDPI serial number") << ndpi << "Slide.Ndpi.SerialNumber"
                                            << "SN-0987654321";
    }
    void saysWhatTheFileSays() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, key);
        QFETCH(QString, value);
        const auto slide = opened(bytes.toStdString());
        QVERIFY(slide);
        const auto statements = slide->statements();
        QVERIFY(std::ranges::any_of(statements, [&](const Statement& statement) {
            return statement.key == key.toStdString() && statement.value == value.toStdString();
        }));
    }

    void readsRestartIntervalsOfHamamatsu() {
        const auto slide = opened(test::makeNdpi());
        QVERIFY2(slide, slide ? "" : slide.error().place.c_str());
        QCOMPARE(slide->levels().size(), std::size_t(2));
        QVERIFY(slide->pages().all[0].intervals);
        QCOMPARE(slide->pages().all[0].blockWidth, 64U);
        const auto region = slide->readRegion(0, 0, 50, 30, 100, 60);
        QVERIFY(region);
        QVERIFY(worst(*region, 50, 30, 1, 512, 320) <= 24);
        QCOMPARE(slide->pictures().size(), std::size_t(2));
        QCOMPARE(slide->pictures()[1].role, Role::Macro);
    }

    void photographsStayPhotographs_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("slide");
        SlideRecipe plain;
        plain.aperio = false;
        plain.label = false;
        QTest::newRow("tiles with a pyramid") << QByteArray::fromStdString(test::makeSlide(plain)) << true;
        plain.levels = 1;
        QTest::newRow("tiles without one") << QByteArray::fromStdString(test::makeSlide(plain)) << false;
        QTest::newRow("Aperio's name") << QByteArray::fromStdString(test::makeSlide()) << true;
        QTest::newRow("Hamamatsu's tag") << QByteArray::fromStdString(test::makeNdpi()) << true;
    }
    void photographsStayPhotographs() {
        QFETCH(QByteArray, bytes);
        QFETCH(bool, slide);
        QCOMPARE(isSlideFile({}, bytes.toStdString()), slide);
    }

    void hostileFilesAreRefusedByName_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("code");
        const std::string good = test::makeSlide();
        const auto put = [&](std::size_t at, std::uint32_t value) {
            std::string out = good;
            std::memcpy(out.data() + at, &value, 4);
            return QByteArray::fromStdString(out);
        };
        const auto structure = readStructure(inMemory(good));
        const auto entry = [&](std::uint16_t tag) { return *structure->directories[0].find(tag); };
        const auto putLong = [&](std::uint16_t tag, std::uint32_t value) {
            QByteArray out = put(entry(tag).valueAt, value);
            out[qsizetype(entry(tag).valueAt) - 6] = 4; // as a LONG
            return out;
        };
        // The pointer behind the first directory leads back to it.
        std::uint32_t first = 0;
        std::memcpy(&first, good.data() + 4, 4);
        std::uint16_t count = 0;
        std::memcpy(&count, good.data() + first, 2);
        QTest::newRow("loop of directories")
            << put(first + 2 + count * 12U, first) << int(ErrorCode::Malformed);
        QTest::newRow("directory beyond the end") << put(4, 0x7FFFFFFF) << int(ErrorCode::Truncated);
        QTest::newRow("tile beyond the end")
            << put(entry(TIFFTAG_TILEOFFSETS).valueAt, 0x7FFFFFFF) << int(ErrorCode::Truncated);
        std::uint32_t second = 0;
        std::memcpy(&second, good.data() + entry(TIFFTAG_TILEOFFSETS).valueAt + 4, 4);
        QTest::newRow("tiles over each other")
            << put(entry(TIFFTAG_TILEOFFSETS).valueAt, second + 1) << int(ErrorCode::Malformed);
        QTest::newRow("absurd width") << putLong(TIFFTAG_IMAGEWIDTH, 0xFFFFFFFF) << int(ErrorCode::TooLarge);
        QTest::newRow("more tiles than stated places")
            << putLong(TIFFTAG_IMAGEWIDTH, 70000) << int(ErrorCode::Malformed);
        QTest::newRow("no width") << putLong(TIFFTAG_IMAGEWIDTH, 0) << int(ErrorCode::Malformed);
        QTest::newRow("tiles of no size") << putLong(TIFFTAG_TILEWIDTH, 0) << int(ErrorCode::Malformed);
        QTest::newRow("unknown compression")
            << put(entry(TIFFTAG_COMPRESSION).valueAt, 6) << int(ErrorCode::UnsupportedFormat);
        QTest::newRow("cut short") << QByteArray::fromStdString(good.substr(0, good.size() / 2))
                                   << int(ErrorCode::Truncated);
        QTest::newRow("nothing but a header") << QByteArray("II*\0", 4) << int(ErrorCode::Truncated);
        std::string ndpi = test::makeNdpi();
        const auto slide = readStructure(inMemory(ndpi));
        const Entry starts = *slide->directories[0].find(65426);
        std::uint32_t wrong = 0xFFFFFF;
        std::memcpy(ndpi.data() + starts.valueAt + 8, &wrong, 4);
        QTest::newRow("intervals beyond the strip")
            << QByteArray::fromStdString(ndpi) << int(ErrorCode::Malformed);
    }
    void hostileFilesAreRefusedByName() {
        QFETCH(QByteArray, bytes);
        QFETCH(int, code);
        const auto description = describeSlide({}, bytes.toStdString());
        QVERIFY(!description);
        QCOMPARE(int(description.error().code), code);
    }

    void missingTilesAreWhite() {
        SlideRecipe recipe;
        recipe.compression = COMPRESSION_NONE;
        recipe.photometric = PHOTOMETRIC_RGB;
        std::string bytes = test::makeSlide(recipe);
        const auto structure = readStructure(inMemory(bytes));
        QVERIFY(structure);
        const Entry sizes = *structure->directories[0].find(TIFFTAG_TILEBYTECOUNTS);
        test::putNumber(bytes, sizes, 0, 0);
        const auto slide = opened(bytes);
        QVERIFY(slide);
        const auto region = slide->readRegion(0, 0, 0, 0, 8, 8);
        QVERIFY(region);
        QVERIFY(std::ranges::all_of(region->samples, [](std::byte b) { return b == std::byte{0xFF}; }));
    }

    void describesFromDirectoriesAlone() {
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("a.svs")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::fromStdString(test::makeSlide()));
        file.close();
        // What is held of the file is its beginning only.
        const auto description = describeSlide({file.fileName().toStdString(), ""}, "II*");
        QVERIFY(description);
        QCOMPARE(description->kind, model::AssetKind::Slide);
        QCOMPARE(description->frames, 4);
        QVERIFY(description->facts.find("\"pictures\":[\"scan\",\"label\",\"macro\",\"thumbnail\"]") !=
                std::string::npos);
    }

    void opensRealSlides_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("pictures");
        QTest::newRow("Aperio with label, macro and thumbnail") << "libvips__CMU-1-Small-Region.svs" << 4;
        QTest::newRow("OME-TIFF of 15 planes") << "libvips__multi-channel-z-series.ome.tif" << 15;
        QTest::newRow("smallest Aperio") << "openslide-python__small.svs" << 2;
    }
    void opensRealSlides() {
        QFETCH(QString, name);
        QFETCH(int, pictures);
        const QString path = shared() + QStringLiteral("/data/samples/wsi/") + name;
        if (!QFile::exists(path)) {
            QSKIP("no shared samples here");
        }
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto slide = opened(file.readAll().toStdString());
        QVERIFY2(slide, slide
                            ? ""
                            : (slide.error().place + ' ' + std::string(base::errorWord(slide.error().code)) +
                               (slide.error().args.empty() ? "" : slide.error().args[0]))
                                  .c_str());
        QCOMPARE(int(slide->pictures().size()), pictures);
        for (int frame = 1; frame <= pictures; ++frame) {
            QVERIFY(slide->picture(frame));
        }
    }
};

QTEST_GUILESS_MAIN(TestSlide)
#include "TestSlide.moc"
