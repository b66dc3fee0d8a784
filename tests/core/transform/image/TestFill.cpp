#include <QTest>
#include <set>

#include "core/intake/image/Image.h"
#include "core/transform/image/Fill.h"
#include "core/transform/image/Masks.h"
#include "tests/core/intake/image/Pictures.h"

using namespace kamei;
using namespace kamei::transform::image;
using MaskFill = model::Mask::Fill;
using Shape = model::Mask::Shape;

namespace {

constexpr int kWidth = 80;
constexpr int kHeight = 64;

/// Each covers x 16..47, y 16..31, where test::secret stands.
model::Mask figure(const QByteArray& name) {
    model::Mask mask;
    if (name == "rectangle") {
        mask.rect = {16, 16, 32, 16};
    } else if (name == "ellipse") {
        mask.shape = Shape::Ellipse;
        mask.rect = {4, 8, 56, 32};
    } else if (name == "polygon") {
        mask.shape = Shape::Polygon;
        mask.points = {{12, 12}, {54, 14}, {52, 36}, {14, 34}};
    } else if (name == "brush") {
        mask.shape = Shape::Brush;
        mask.points = {{14, 24}, {50, 24}};
        mask.radiusPx = 11;
    } else if (name == "keep inside") {
        mask.keepInside = true;
        mask.rect = {50, 2, 28, 60};
    } else if (name == "track") {
        mask.rect = {0, 0, 16, 8};
        mask.track = {{1, {14, 14, 36, 20}}, {9, {60, 50, 8, 4}}};
    }
    return mask;
}

struct Writer {
    const char* name;
    std::string (*make)();
    base::Expected<std::string> (*mask)(std::string_view, const std::vector<model::Mask>&);
};

std::string tiff(const test::TiffOptions& options) {
    return test::makeTiff(kWidth, kHeight, options);
}

const Writer kWriters[] = {
    {"jpeg 4:2:0", [] { return test::makeJpeg(kWidth, kHeight); }, maskJpeg},
    {"jpeg progressive", [] { return test::makeJpeg(kWidth, kHeight, {.progressive = true}); }, maskJpeg},
    {"jpeg grey", [] { return test::makeJpeg(kWidth, kHeight, {.channels = 1}); }, maskJpeg},
    {"jpeg cmyk", [] { return test::makeJpeg(kWidth, kHeight, {.channels = 4, .sampling = 1}); }, maskJpeg},
    {"png rgb", [] { return test::makePng(kWidth, kHeight); }, maskPng},
    {"png rgba 16",
     [] { return test::makePng(kWidth, kHeight, {.type = PNG_COLOR_TYPE_RGB_ALPHA, .depth = 16}); }, maskPng},
    {"png grey 2", [] { return test::makePng(kWidth, kHeight, {.type = PNG_COLOR_TYPE_GRAY, .depth = 2}); },
     maskPng},
    {"png palette", [] { return test::makePng(kWidth, kHeight, {.type = PNG_COLOR_TYPE_PALETTE}); }, maskPng},
    {"bmp", [] { return test::makeBmp(kWidth, kHeight); }, maskBmp},
    {"bmp palette", [] { return test::makeBmp(kWidth, kHeight, {.bits = 8}); }, maskBmp},
    {"bmp 16", [] { return test::makeBmp(kWidth, kHeight, {.bits = 16}); }, maskBmp},
    {"tiff lzw", [] { return tiff({}); }, maskTiff},
    {"tiff tiles", [] { return tiff({.tiled = true}); }, maskTiff},
    {"tiff planes", [] { return tiff({.separate = true}); }, maskTiff},
    {"tiff grey 16", [] { return tiff({.samples = 1, .bits = 16, .photometric = PHOTOMETRIC_MINISBLACK}); },
     maskTiff},
    {"tiff jpeg", [] { return tiff({.compression = COMPRESSION_JPEG, .photometric = PHOTOMETRIC_YCBCR}); },
     maskTiff},
};

/// A grey ramp; the sample at (x, y) is 100 + x.
model::Raster ramp() {
    model::Raster raster;
    raster.width = kWidth;
    raster.height = kHeight;
    for (int i = 0; i < kWidth * kHeight; ++i) {
        raster.samples.push_back(static_cast<std::byte>(100 + i % kWidth));
    }
    return raster;
}

int at(const model::Raster& raster, int x, int y) {
    return std::to_integer<int>(raster.samples[static_cast<std::size_t>(y * raster.width + x)]);
}

} // namespace

class TestFill : public QObject {
    Q_OBJECT

private slots:
    void cleanup() { test::secret = 0; }

    // Guideline 4.7.1: what is masked cannot be had back. Two pictures that differ under the mask alone give
    // the same file, byte for byte.
    void whatWasInsideLeavesNoTrace_data() {
        QTest::addColumn<int>("writer");
        QTest::addColumn<QByteArray>("shape");
        QTest::addColumn<MaskFill>("fill");
        const std::pair<const char*, MaskFill> fills[] = {
            {"black", MaskFill::Black}, {"mean", MaskFill::LocalMean}, {"noise", MaskFill::Noise}};
        for (int w = 0; w < int(std::size(kWriters)); ++w) {
            for (const char* shape : {"rectangle", "ellipse", "polygon", "brush", "keep inside", "track"}) {
                for (const auto& [name, fill] : fills) {
                    QTest::addRow("%s, %s, %s", kWriters[w].name, shape, name)
                        << w << QByteArray(shape) << fill;
                }
            }
        }
    }
    void whatWasInsideLeavesNoTrace() {
        QFETCH(int, writer);
        QFETCH(QByteArray, shape);
        QFETCH(MaskFill, fill);
        const Writer& format = kWriters[writer];
        model::Mask mask = figure(shape);
        mask.fill = fill;
        std::vector<std::string> outputs;
        std::vector<std::string> sources;
        for (const int secret : {1, 5}) {
            test::secret = secret;
            sources.push_back(format.make());
            const auto out = format.mask(sources.back(), {mask});
            QVERIFY2(out.has_value(), out ? "" : base::errorWord(out.error().code).data());
            outputs.push_back(*out);
        }
        QVERIFY(sources[0] != sources[1]);
        QVERIFY(outputs[0] == outputs[1]);
    }

    void meansComeFromPixelsThatNoMaskTakes() {
        model::Mask one;
        one.rect = {20, 20, 10, 10};
        one.fill = MaskFill::LocalMean;
        model::Mask beside = one;
        beside.rect = {30, 20, 10, 10};
        beside.fill = MaskFill::Black;
        auto raster = ramp();
        for (int y = 20; y < 30; ++y) { // bright, and destroyed by the other mask
            raster.samples[static_cast<std::size_t>(y * kWidth + 30)] = std::byte{255};
        }
        const std::vector<model::Mask> masks{one, beside};
        fillRaster(raster, masksOn(masks, 1, kWidth, kHeight), 1);
        // Left border 119, top and bottom 120..129: 10 x 119 + 2 x 1245, over 30 pixels.
        QCOMPARE(at(raster, 25, 25), (10 * 119 + 2 * 1245) / 30);
        QCOMPARE(at(raster, 35, 25), 0);
        QCOMPARE(at(raster, 19, 25), 119);
        QCOMPARE(at(raster, 40, 25), 140);
    }

    void noiseVariesAndRepeats() {
        model::Mask mask;
        mask.rect = {10, 10, 48, 48};
        mask.fill = MaskFill::Noise;
        const std::vector<model::Mask> masks{mask};
        auto a = ramp();
        auto b = ramp();
        auto c = ramp();
        fillRaster(a, masksOn(masks, 1, kWidth, kHeight), 1);
        fillRaster(b, masksOn(masks, 1, kWidth, kHeight), 1);
        fillRaster(c, masksOn(masks, 1, kWidth, kHeight), 2);
        QVERIFY(a.samples == b.samples);
        QVERIFY(a.samples != c.samples); // another frame
        std::set<int> values;
        for (int y = 10; y < 58; ++y) {
            for (int x = 10; x < 58; ++x) {
                values.insert(at(a, x, y));
            }
        }
        QVERIFY(values.size() > 10);
        QVERIFY(*values.rbegin() - *values.begin() > 40);
    }

    void nothingBorderingMeansBlack() {
        model::Mask mask;
        mask.rect = {0, 0, kWidth, kHeight};
        mask.fill = MaskFill::LocalMean;
        const std::vector<model::Mask> masks{mask};
        auto raster = ramp();
        fillRaster(raster, masksOn(masks, 1, kWidth, kHeight), 1);
        QVERIFY(std::ranges::all_of(raster.samples, [](std::byte b) { return b == std::byte{0}; }));
    }
};

QTEST_GUILESS_MAIN(TestFill)
#include "TestFill.moc"
