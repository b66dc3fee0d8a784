#include <QTest>

#include "core/intake/image/Image.h"
#include "core/intake/image/Metadata.h"
#include "core/transform/image/Masks.h"
#include "tests/core/intake/image/HeifPictures.h"

using namespace kamei;
using namespace kamei::transform::image;

namespace {

model::Mask rectangle(int x, int y, int width, int height) {
    model::Mask mask;
    mask.rect = {x, y, width, height};
    return mask;
}

/// Pixels that differ outside `rect`, and those inside it that are not black and opaque.
std::pair<int, int> wrong(const model::Raster& before, const model::Raster& after,
                          const model::RectPx& rect) {
    std::pair<int, int> out;
    const auto channels = static_cast<std::size_t>(before.channels);
    for (int y = 0; y < before.height; ++y) {
        for (int x = 0; x < before.width; ++x) {
            const bool inside =
                x >= rect.x && x < rect.x + rect.width && y >= rect.y && y < rect.y + rect.height;
            const auto i = static_cast<std::size_t>(y * before.width + x) * channels;
            bool same = true;
            bool black = true;
            for (std::size_t c = 0; c < channels; ++c) {
                same = same && before.samples[i + c] == after.samples[i + c];
                black = black && after.samples[i + c] == std::byte(c == 3 ? 255 : 0);
            }
            out.first += !inside && !same ? 1 : 0;
            out.second += inside && !black ? 1 : 0;
        }
    }
    return out;
}

} // namespace

/// Pictures of the less usual kinds, from source bytes to masked bytes.
class TestOtherPictures : public QObject {
    Q_OBJECT

private slots:
    void masksBitmapsInPlace_data() {
        QTest::addColumn<int>("bits");
        QTest::addColumn<bool>("topDown");
        QTest::addColumn<bool>("alpha");
        QTest::newRow("1 bit") << 1 << false << false;
        QTest::newRow("4 bits") << 4 << false << false;
        QTest::newRow("8 bits") << 8 << true << false;
        QTest::newRow("16 bits, 5-6-5") << 16 << false << false;
        QTest::newRow("24 bits") << 24 << false << false;
        QTest::newRow("24 bits, top down") << 24 << true << false;
        QTest::newRow("32 bits") << 32 << false << false;
        QTest::newRow("32 bits with alpha") << 32 << false << true;
    }
    void masksBitmapsInPlace() {
        QFETCH(int, bits);
        QFETCH(bool, topDown);
        QFETCH(bool, alpha);
        const std::string source =
            test::makeBmp(61, 43, {.bits = bits, .topDown = topDown, .alpha = alpha, .gap = "Mikami Yoko"}) +
            "Mikami";
        QCOMPARE(intake::image::readMetadata(source, "bmp").size(), std::size_t{2});
        const auto out = maskBmp(source, {rectangle(7, 5, 21, 13)});
        QVERIFY(out.has_value());
        QVERIFY(out->find("Mikami") == std::string::npos);
        QVERIFY(intake::image::readMetadata(*out, "bmp").empty());
        const auto before = intake::image::decode(source, "bmp", 1);
        const auto after = intake::image::decode(*out, "bmp", 1);
        QVERIFY(before.has_value() && after.has_value());
        QCOMPARE(wrong(*before, *after, {7, 5, 21, 13}), (std::pair{0, 0}));
    }

    void leavesNothingBetweenThePixels() {
        // 3 pixels of 24 bits leave three bytes of padding in a row; 32 bits without alpha leave one in a
        // pixel.
        std::string source = test::makeBmp(3, 2);
        const auto out = maskBmp(source, {});
        QVERIFY(out.has_value());
        const std::size_t pixels = out->size() - 24;
        QVERIFY(source.substr(pixels + 9, 3) != std::string(3, '\0'));
        QCOMPARE(out->substr(pixels, 9), source.substr(pixels, 9));
        QCOMPARE(out->substr(pixels + 9, 3), std::string(3, '\0'));
        source = test::makeBmp(3, 1, {.bits = 32});
        const auto wide = maskBmp(source, {});
        QVERIFY(wide.has_value());
        QVERIFY(source.back() != '\0');
        QCOMPARE(wide->back(), '\0');
    }

    void refusesBrokenBitmaps_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<base::ErrorCode>("code");
        const auto row = [](const char* name, const std::string& bytes, base::ErrorCode code) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << code;
        };
        const auto with = [](std::size_t at, const std::string& bytes) {
            std::string out = test::makeBmp(16, 16);
            return out.replace(at, bytes.size(), bytes);
        };
        using enum base::ErrorCode;
        row("half of it", test::makeBmp(16, 16).substr(0, 400), Truncated);
        row("no width", with(18, std::string(4, '\0')), Malformed);
        row("wider than anything", with(18, "\xFF\xFF\xFF\x7F"), TooLarge);
        row("lowest height", with(22, std::string("\0\0\0\x80", 4)), TooLarge);
        row("17 bits", with(28, std::string("\x11\0", 2)), Malformed);
        row("RLE", with(30, std::string("\x01\0\0\0", 4)), UnsupportedFormat);
        row("pixels inside the header", with(10, std::string("\x10\0\0\0", 4)), Malformed);
        row(
            "a palette of billions",
            [] {
                std::string out = test::makeBmp(16, 16, {.bits = 8});
                return out.replace(46, 4, "\xFF\xFF\xFF\xFF");
            }(),
            Malformed);
    }
    void refusesBrokenBitmaps() {
        QFETCH(QByteArray, bytes);
        QFETCH(base::ErrorCode, code);
        const auto out = maskBmp(bytes.toStdString(), {});
        QVERIFY(!out.has_value());
        QCOMPARE(out.error().code, code);
    }

    void writesHeifAsPngWithoutLoss_data() {
        QTest::addColumn<int>("format");
        QTest::addColumn<bool>("alpha");
        QTest::newRow("HEIC") << int(heif_compression_HEVC) << false;
        QTest::newRow("HEIC with alpha") << int(heif_compression_HEVC) << true;
        QTest::newRow("AVIF") << int(heif_compression_AV1) << false;
    }
    void writesHeifAsPngWithoutLoss() {
        QFETCH(int, format);
        QFETCH(bool, alpha);
        const std::string exif = test::makeExif(1, "Mikami Yoko");
        const std::string source = test::makeHeif(
            64, 48,
            {.format = static_cast<heif_compression_format>(format),
             .alpha = alpha,
             .exif = exif.substr(6),
             .xmp =
                 R"(<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF )"
                 R"(xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description )"
                 R"(xmlns:dc="http://purl.org/dc/elements/1.1/" dc:format="Mikami"/></rdf:RDF></x:xmpmeta>)",
             .second = true});
        if (source.empty()) {
            QSKIP("libheif has no encoder of this kind here");
        }
        std::string keys;
        for (const auto& entry : intake::image::readMetadata(source, "heif")) {
            keys += entry.key + ' ';
        }
        for (const char* key : {"Exif.Image.Artist", "Xmp.dc.format", "Heif.OtherPictures"}) {
            QVERIFY2(keys.find(key) != std::string::npos, keys.c_str());
        }
        const auto out = maskHeif(source, {rectangle(8, 8, 20, 10)});
        QVERIFY(out.has_value());
        QVERIFY(out->find("Mikami") == std::string::npos);
        QVERIFY(intake::image::readMetadata(*out, "png").empty());
        const auto before = intake::image::decode(source, "heif", 1);
        const auto after = intake::image::decode(*out, "heif", 1); // as staged files are read
        QVERIFY(before.has_value() && after.has_value());
        QCOMPARE(after->channels, alpha ? 4 : 3);
        QCOMPARE(wrong(*before, *after, {7, 7, 22, 12}), (std::pair{0, 0}));
    }

    void refusesBrokenHeif() {
        const std::string source = test::makeHeif(64, 48);
        if (source.empty()) {
            QSKIP("libheif has no encoder here");
        }
        for (const std::size_t length : {std::size_t{20}, source.size() / 3, source.size() - 40}) {
            QVERIFY(!maskHeif(source.substr(0, length), {}).has_value());
        }
    }
};

QTEST_GUILESS_MAIN(TestOtherPictures)
#include "TestOtherPictures.moc"
