#include <QDir>
#include <QFile>
#include <QTest>
#include <sys/resource.h>

#include "core/intake/image/Image.h"
#include "core/intake/image/Metadata.h"
#include "tests/core/intake/image/Pictures.h"

using namespace kamei;
using namespace kamei::intake::image;
using base::ErrorCode;

namespace {

QString shared() {
    const QString set = qEnvironmentVariable("KAMEI_SHARED");
    return set.isEmpty() ? QStringLiteral(KAMEI_SHARED_DEFAULT) : set;
}

std::string valueOf(const std::vector<MetadataEntry>& entries, const std::string& key) {
    for (const MetadataEntry& entry : entries) {
        if (entry.key == key) {
            return entry.value;
        }
    }
    return "absent";
}

} // namespace

class TestImage : public QObject {
    Q_OBJECT

private slots:
    void decodes_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("format");
        QTest::addColumn<int>("channels");
        QTest::addColumn<int>("bits");
        QTest::addColumn<int>("pages");
        const auto row = [](const char* name, const std::string& bytes, const char* format, int channels,
                            int bits, int pages = 1) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << QString::fromUtf8(format) << channels
                                << bits << pages;
        };
        row("jpeg colour", test::makeJpeg(50, 37), "jpeg", 3, 8);
        row("jpeg grey", test::makeJpeg(50, 37, {.channels = 1}), "jpeg", 1, 8);
        row("jpeg progressive", test::makeJpeg(50, 37, {.progressive = true}), "jpeg", 3, 8);
        row("jpeg cmyk", test::makeJpeg(50, 37, {.channels = 4, .sampling = 1}), "jpeg", 3, 8);
        row("png rgb", test::makePng(50, 37), "png", 3, 8);
        row("png grey 16", test::makePng(50, 37, {.type = PNG_COLOR_TYPE_GRAY, .depth = 16}), "png", 1, 16);
        row("png grey 1", test::makePng(50, 37, {.type = PNG_COLOR_TYPE_GRAY, .depth = 1}), "png", 1, 8);
        row("png palette", test::makePng(50, 37, {.type = PNG_COLOR_TYPE_PALETTE, .depth = 4}), "png", 3, 8);
        row("png alpha interlaced",
            test::makePng(50, 37, {.type = PNG_COLOR_TYPE_RGB_ALPHA, .interlaced = true}), "png", 4, 8);
        row("png grey alpha", test::makePng(50, 37, {.type = PNG_COLOR_TYPE_GRAY_ALPHA}), "png", 4, 8);
        row("tiff lzw", test::makeTiff(50, 37), "tiff", 3, 8);
        row("tiff tiles", test::makeTiff(50, 37, {.tiled = true}), "tiff", 3, 8);
        row("tiff planes", test::makeTiff(50, 37, {.separate = true}), "tiff", 3, 8);
        row("tiff grey 16 pages",
            test::makeTiff(50, 37,
                           {.pages = 3, .samples = 1, .bits = 16, .photometric = PHOTOMETRIC_MINISBLACK}),
            "tiff", 1, 16, 3);
        row("tiff jpeg",
            test::makeTiff(48, 32, {.compression = COMPRESSION_JPEG, .photometric = PHOTOMETRIC_YCBCR}),
            "tiff", 3, 8);
        row("tiff bilevel",
            test::makeTiff(48, 32,
                           {.samples = 1,
                            .bits = 1,
                            .compression = COMPRESSION_CCITTFAX4,
                            .photometric = PHOTOMETRIC_MINISWHITE}),
            "tiff", 3, 8);
    }
    void decodes() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, format);
        QFETCH(int, channels);
        QFETCH(int, bits);
        QFETCH(int, pages);
        const std::string content = bytes.toStdString();
        const auto facts = readFacts(content, format.toStdString());
        QVERIFY(facts.has_value());
        QCOMPARE(facts->pages, pages);
        const auto raster = decode(content, format.toStdString(), pages);
        QVERIFY(raster.has_value());
        QCOMPARE(raster->width, facts->width);
        QCOMPARE(raster->channels, channels);
        QCOMPARE(raster->bitsPerSample, bits);
        QCOMPARE(raster->samples.size(), std::size_t(raster->width * raster->height * channels * bits / 8));
        QVERIFY(!decode(content, format.toStdString(), pages + 1).has_value());
    }

    void saysWhatIsTruncated_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("format");
        QTest::newRow("jpeg") << QByteArray::fromStdString(test::makeJpeg(64, 64)) << QStringLiteral("jpeg");
        QTest::newRow("png") << QByteArray::fromStdString(test::makePng(64, 64)) << QStringLiteral("png");
        QTest::newRow("tiff") << QByteArray::fromStdString(test::makeTiff(64, 64)) << QStringLiteral("tiff");
    }
    void saysWhatIsTruncated() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, format);
        for (const int percent : {5, 20, 50, 80, 97}) {
            const std::string part = bytes.left(bytes.size() * percent / 100).toStdString();
            const auto raster = decode(part, format.toStdString(), 1);
            QVERIFY2(!raster.has_value(), qPrintable(QString::number(percent)));
            const bool expected = raster.error().code == ErrorCode::Truncated ||
                                  (format == "tiff" && raster.error().code == ErrorCode::Malformed);
            QVERIFY2(expected, base::errorWord(raster.error().code).data());
        }
    }

    void refusesGiants() {
        std::string png = test::makePng(8, 8);
        png.replace(16, 8, std::string("\0\x0F\xFF\xFF\0\x0F\xFF\xFF", 8));
        const auto facts = readFacts(png, "png");
        QVERIFY(!facts.has_value());
    }

    /// Found by fuzz_image: 321 bytes made libpng allocate and clear 1.7 GB before it saw that the file ends.
    void claimedLengthOfPngChunkTakesNoMemory() {
        const auto peakKb = [] {
            struct rusage usage {};
            ::getrusage(RUSAGE_SELF, &usage);
            return usage.ru_maxrss;
        };
        std::string png = test::makePng(8, 8, {.texts = {{"Author", "Togawa Rie"}}});
        const std::size_t at = png.find("tEXt");
        QVERIFY(at != std::string::npos);
        png.replace(at - 4, 4, std::string("\x6F\xFF\xFF\xFF", 4));
        const auto before = peakKb();
        QVERIFY(!readFacts(png, "png").has_value());
        QVERIFY(!decode(png, "png", 1).has_value());
        QVERIFY(peakKb() - before < 200'000);
    }

    void listsMetadata() {
        const auto jpeg = test::makeJpeg(16, 16,
                                         {.markers = {{JPEG_APP0 + 1, test::makeExif(6, "Mikami Yoko")},
                                                      {JPEG_COM, "患者 三上"},
                                                      {JPEG_APP0 + 12, "secret"}}});
        const auto entries = readMetadata(jpeg + "tail", "jpeg");
        QCOMPARE(QString::fromStdString(valueOf(entries, "Exif.Image.Artist")),
                 QStringLiteral("Mikami Yoko"));
        QCOMPARE(QString::fromStdString(valueOf(entries, "Jpeg.Comment")), QStringLiteral("患者 三上"));
        QCOMPARE(QString::fromStdString(valueOf(entries, "Jpeg.APP12")), QStringLiteral("secret"));
        QCOMPARE(QString::fromStdString(valueOf(entries, "Jpeg.Trailer")), QStringLiteral("4 bytes"));
        QCOMPARE(orientationOf(jpeg), 6);
        const auto png = readMetadata(test::makePng(8, 8, {.texts = {{"Author", "Togawa Rie"}}}), "png");
        QCOMPARE(QString::fromStdString(valueOf(png, "Png.tEXt.Author")), QStringLiteral("Togawa Rie"));
        const auto tiff = readMetadata(
            test::makeTiff(16, 16, {.pages = 2, .description = "patient 0045", .artist = "Izumi"}), "tiff");
        QCOMPARE(QString::fromStdString(valueOf(tiff, "Exif.Image.ImageDescription")),
                 QStringLiteral("patient 0045"));
        QCOMPARE(QString::fromStdString(valueOf(tiff, "Tiff.Page2.ImageDescription")),
                 QStringLiteral("patient 0045"));
    }

    void believesOnlySoundProfiles() {
        // Header with size, signature and one description tag (ICC.1:2010, 7 and 10.17).
        std::string profile(128, '\0');
        profile.replace(36, 4, "acsp");
        profile += std::string("\0\0\0\1desc\0\0\0\x90\0\0\0\x11", 16) +
                   std::string("desc\0\0\0\0\0\0\0\5sRGB\0", 17);
        profile[3] = static_cast<char>(profile.size());
        QVERIFY(isCommonProfile(profile));
        QVERIFY(!isCommonProfile(profile + "more"));
        QVERIFY(!isCommonProfile(profile.substr(0, 140)));
        profile.replace(36, 4, "none");
        QVERIFY(!isCommonProfile(profile));
        QVERIFY(!isCommonProfile({}));
    }

    void unknownFormatsAreUnreadable() {
        const auto entries = readMetadata("GIF89a with a remark", "gif");
        QCOMPARE(QString::fromStdString(valueOf(entries, "gif.Unreadable")), QStringLiteral("20 bytes"));
    }

    void saysNothingOfPlainPictures() { QVERIFY(readMetadata(test::makePng(8, 8), "png").empty()); }

    void turnsPictures_data() {
        QTest::addColumn<int>("orientation");
        QTest::addColumn<QString>("shown"); // of a 3x2 picture abc/def
        QTest::newRow("1") << 1 << "abc/def";
        QTest::newRow("2") << 2 << "cba/fed";
        QTest::newRow("3") << 3 << "fed/cba";
        QTest::newRow("4") << 4 << "def/abc";
        QTest::newRow("5") << 5 << "ad/be/cf";
        QTest::newRow("6") << 6 << "da/eb/fc";
        QTest::newRow("7") << 7 << "fc/eb/da";
        QTest::newRow("8") << 8 << "cf/be/ad";
    }
    void turnsPictures() {
        QFETCH(int, orientation);
        QFETCH(QString, shown);
        model::Raster raster;
        raster.width = 3;
        raster.height = 2;
        for (const char c : std::string("abcdef")) {
            raster.samples.push_back(static_cast<std::byte>(c));
        }
        const model::Raster out = oriented(raster, orientation);
        QString text;
        for (std::size_t i = 0; i < out.samples.size(); ++i) {
            text += i > 0 && i % static_cast<std::size_t>(out.width) == 0 ? "/" : "";
            text += QChar(static_cast<char>(out.samples[i]));
        }
        QCOMPARE(text, shown);
    }

    void takesRealPhotos_data() {
        QTest::addColumn<QString>("path");
        QTest::newRow("none") << QString();
        for (const QFileInfo& file :
             QDir(shared() + "/data/samples/photo").entryInfoList({"*.jpg", "*.png", "*.tiff"})) {
            QTest::newRow(qPrintable(file.fileName())) << file.filePath();
        }
    }
    void takesRealPhotos() {
        QFETCH(QString, path);
        if (path.isEmpty()) {
            if (!QDir(shared() + "/data/samples/photo").exists()) {
                QSKIP("the shared samples are not here");
            }
            return;
        }
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const std::string bytes = file.readAll().toStdString();
        const char* format = path.endsWith(".png") ? "png" : path.endsWith(".tiff") ? "tiff" : "jpeg";
        const auto raster = decode(bytes, format, 1);
        const auto entries = readMetadata(bytes, format);
        const bool damaged = path.contains("corrupted") || path.contains("image0") ||
                             path.contains("Arbitro") || path.contains("Jobagent");
        QVERIFY2(raster.has_value() || damaged, raster ? "" : base::errorWord(raster.error().code).data());
        qInfo("%s, %zu entries", raster ? "decoded" : base::errorWord(raster.error().code).data(),
              entries.size());
    }
};

QTEST_GUILESS_MAIN(TestImage)
#include "TestImage.moc"
