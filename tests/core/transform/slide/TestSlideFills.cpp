#include "core/transform/slide/Surroundings.h"
#include "tests/core/transform/slide/SlideBench.h"

using namespace kamei;
using namespace kamei::test;
using MaskFill = model::Mask::Fill;

namespace {

struct Row {
    const char* name;
    std::string (*make)();
    double wide; ///< how far its mean may be from that of the border: where only other tiles may be asked,
                 ///< further
};

std::string plain(std::uint16_t compression, std::uint16_t photometric, std::uint16_t bits = 8,
                  bool separate = false) {
    SlideRecipe recipe;
    recipe.compression = compression;
    recipe.photometric = photometric;
    recipe.bits = bits;
    recipe.bigEndian = bits == 16;
    recipe.separate = separate;
    return makeSlide(recipe);
}

constexpr Row kRows[] = {
    {"JPEG, 4:2:0", [] { return plain(COMPRESSION_JPEG, PHOTOMETRIC_YCBCR); }, 30},
    {"JPEG in RGB", [] { return plain(COMPRESSION_JPEG, PHOTOMETRIC_RGB); }, 30},
    {"Deflate", [] { return plain(COMPRESSION_ADOBE_DEFLATE, PHOTOMETRIC_RGB); }, 30},
    {"LZW, 16 bits, big endian", [] { return plain(COMPRESSION_LZW, PHOTOMETRIC_RGB, 16); }, 30},
    {"planes apart", [] { return plain(COMPRESSION_NONE, PHOTOMETRIC_RGB, 8, true); }, 30},
    {"JPEG 2000 in RGB", [] { return makeJpeg2000Slide(33005); }, 60},
    {"JPEG 2000, coarse colour", [] { return makeJpeg2000Slide(33003); }, 60},
    {"restart intervals", [] { return makeNdpi(); }, 30},
};

constexpr std::pair<const char*, MaskFill> kFills[] = {
    {"black", MaskFill::Black}, {"mean", MaskFill::LocalMean}, {"noise", MaskFill::Noise}};

model::Mask figure(const QByteArray& shape) {
    model::Mask mask = rectangle(200, 120, 90, 70);
    if (shape == "ellipse") {
        mask.shape = model::Mask::Shape::Ellipse;
        mask.rect = {180, 100, 130, 110};
    } else if (shape == "keep inside") {
        mask.rect = {320, 220, 250, 200};
        mask.keepInside = true;
    }
    return mask;
}

/// Mean of each channel of a region, in 8 bits, and how far its brightness varies.
struct Look {
    std::array<double, 3> mean{};
    double spread = 0;
};
Look lookAt(const Slide& slide, std::size_t level, int x, int y, int width, int height) {
    const auto raster = slide.readRegion(0, level, x, y, std::uint32_t(width), std::uint32_t(height));
    Look out;
    double least = 255;
    double most = 0;
    const int pixels = width * height;
    for (int i = 0; i < pixels; ++i) {
        for (std::size_t c = 0; c < 3; ++c) {
            double value = 0;
            if (raster->bitsPerSample == 16) {
                std::uint16_t word = 0;
                std::memcpy(&word, raster->samples.data() + (std::size_t(i) * 3 + c) * 2, 2);
                value = word / 257.0;
            } else {
                value = std::to_integer<int>(raster->samples[std::size_t(i) * 3 + c]);
            }
            out.mean.at(c) += value / pixels;
            least = c == 0 ? std::min(least, value) : least;
            most = c == 0 ? std::max(most, value) : most;
        }
    }
    out.spread = most - least;
    return out;
}

} // namespace

/// What masks on slides are filled with: nothing of what was there, alike on tiles and levels.
class TestSlideFills : public QObject {
    Q_OBJECT

private slots:
    void cleanup() { slideSecret = 0; }

    // Guideline 4.7.1, as for stills: slides that differ under the mask alone give the same file.
    void whatWasInsideLeavesNoTrace_data() {
        QTest::addColumn<int>("row");
        QTest::addColumn<QByteArray>("shape");
        QTest::addColumn<MaskFill>("fill");
        for (int row = 0; row < int(std::size(kRows)); ++row) {
            for (const char* shape : {"rectangle", "ellipse", "keep inside"}) {
                for (const auto& [name, fill] : kFills) {
                    QTest::addRow("%s, %s, %s", kRows[row].name, shape, name)
                        << row << QByteArray(shape) << fill;
                }
            }
        }
    }
    void whatWasInsideLeavesNoTrace() {
        QFETCH(int, row);
        QFETCH(QByteArray, shape);
        QFETCH(MaskFill, fill);
        Orders orders;
        orders.masks = {figure(shape)};
        orders.masks.front().fill = fill;
        std::vector<std::string> sources;
        std::vector<std::string> outputs;
        std::vector<transform::slide::Colour> colours;
        for (const int secret : {1, 11}) {
            slideSecret = secret;
            sources.push_back(kRows[row].make());
            const auto out = processed(sources.back(), orders);
            QVERIFY2(out.has_value(), out ? "" : out.error().place.c_str());
            outputs.push_back(*out);
            // Finer than what a quantised block shows of it.
            const Slide slide = open(sources.back());
            const auto around = transform::slide::Surroundings(slide, orders).of(0, orders.masks.front());
            QVERIFY(around && *around);
            colours.push_back(**around);
        }
        QVERIFY(sources[0] != sources[1]);
        QVERIFY(outputs[0] == outputs[1]);
        QVERIFY(colours[0] == colours[1]);
    }

    void theColourIsOfWhatLiesAround_data() {
        QTest::addColumn<int>("row");
        for (int row = 0; row < int(std::size(kRows)); ++row) {
            QTest::newRow(kRows[row].name) << row;
        }
    }
    void theColourIsOfWhatLiesAround() {
        QFETCH(int, row);
        slideSecret = 3;
        const std::string source = kRows[row].make();
        const Slide before = open(source);
        Orders orders;
        orders.masks = {figure("rectangle")};
        std::vector<std::size_t> untouched;
        for (const auto& [name, fill] : kFills) {
            orders.masks.front().fill = fill;
            const auto written = processed(source, orders);
            QVERIFY(written);
            const Slide after = open(*written);
            const auto old = rawBlocks(before, 0);
            const auto fresh = rawBlocks(after, 0);
            std::vector<std::string> common;
            std::ranges::set_intersection(old, fresh, std::back_inserter(common));
            untouched.push_back(common.size());
            for (std::size_t level = 0; fill != MaskFill::Black && level < before.levels().size(); ++level) {
                const int factor = 1 << level;
                const Look seen = lookAt(after, level, 204 / factor, 124 / factor, 80 / factor, 60 / factor);
                // Around it red goes from 90 to 190; what was there is far from it.
                const bool mean = fill == MaskFill::LocalMean;
                const double wide = kRows[row].wide + (mean ? 0 : 30);
                const std::array<double, 3> around = meanAround();
                for (std::size_t c = 0; c < 3; ++c) {
                    QVERIFY2(
                        std::abs(seen.mean.at(c) - around.at(c)) < wide,
                        qPrintable(QString("%1 %2 %3").arg(level).arg(seen.mean.at(c)).arg(around.at(c))));
                }
                QVERIFY2(mean ? seen.spread <= 4 : seen.spread >= (level == 0 ? 15 : 5),
                         qPrintable(QString("%1 %2").arg(level).arg(seen.spread)));
            }
        }
        QVERIFY(untouched[0] > 0);
        QCOMPARE(untouched[1], untouched[0]); // a fill touches no more tiles than black does
        QCOMPARE(untouched[2], untouched[0]);
    }

    void theFirstOfTwoDoesNotColourTheOther() {
        // Two masks side by side: what the other one destroys is no part of the mean.
        SlideRecipe recipe;
        recipe.compression = COMPRESSION_NONE;
        recipe.photometric = PHOTOMETRIC_RGB;
        std::vector<std::string> outputs;
        for (const int secret : {1, 11}) {
            slideSecret = secret;
            Orders orders;
            orders.masks = {rectangle(160, 120, 48, 70), rectangle(208, 120, 80, 70)};
            orders.masks[0].fill = MaskFill::LocalMean;
            outputs.push_back(*processed(makeSlide(recipe), orders));
        }
        QVERIFY(outputs[0] == outputs[1]);
    }

    void withoutAnythingAroundItIsBlack() {
        Orders orders;
        orders.masks = {rectangle(-10, -10, 3000, 3000)};
        orders.masks.front().fill = MaskFill::LocalMean;
        const auto written = processed(makeSlide(), orders);
        QVERIFY(written);
        const auto seen = open(*written).readRegion(0, 0, 200, 200, 64, 64);
        QVERIFY(brightest(*seen) <= 2);
    }

private:
    /// Mean of the tissue that borders the rectangle.
    static std::array<double, 3> meanAround() {
        std::array<double, 3> out{};
        int count = 0;
        for (int y = 104; y < 206; ++y) {
            for (int x = 184; x < 306; ++x) {
                if (x < 200 || x >= 290 || y < 120 || y >= 190) {
                    const auto pixel = slidePixel(x + 0.5, y + 0.5);
                    for (std::size_t c = 0; c < 3; ++c) {
                        out.at(c) += pixel.at(c);
                    }
                    ++count;
                }
            }
        }
        for (double& value : out) {
            value /= count;
        }
        return out;
    }
};

QTEST_GUILESS_MAIN(TestSlideFills)
#include "TestSlideFills.moc"
