// The one picture of a series: what is burned into any frame shows in it, whatever its size and kind.

#include <QDir>
#include <QTemporaryDir>
#include <QtTest>
#include <cstring>
#include <fstream>

#include "core/job/Job.h"
#include "core/job/Looking.h"
#include "tests/core/intake/dicom/DicomBytes.h"

using namespace kamei;
using test::DicomBytes;

namespace {

/// A frame of one brightness with one burned-in pixel.
struct Frame {
    std::uint16_t width = 8;
    std::uint16_t height = 8;
    int bits = 16;
    int channels = 1;
    int ground = 100;
    int burned = 4000;
    int x = 0;
    int y = 0;
};

std::string fileOf(const Frame& frame, int number) {
    std::string pixels;
    for (int y = 0; y < frame.height; ++y) {
        for (int x = 0; x < frame.width; ++x) {
            const int value = x == frame.x && y == frame.y ? frame.burned : frame.ground;
            for (int c = 0; c < frame.channels; ++c) {
                pixels += static_cast<char>(value);
                pixels += frame.bits == 16 ? std::string(1, static_cast<char>(value >> 8)) : std::string();
            }
        }
    }
    DicomBytes out;
    out.element(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.7")
        .element(0x00080018, "UI", "1.2.392.999.5." + std::to_string(number))
        .element(0x00080060, "CS", "OT")
        .element(0x0020000E, "UI", "1.2.392.999.5")
        .element(0x00200013, "IS", std::to_string(number));
    out.number(0x00280002, static_cast<std::uint16_t>(frame.channels))
        .element(0x00280004, "CS", frame.channels == 3 ? "RGB" : "MONOCHROME2");
    if (frame.channels == 3) {
        out.number(0x00280006, 0);
    }
    const auto bits = static_cast<std::uint16_t>(frame.bits);
    out.number(0x00280010, frame.height).number(0x00280011, frame.width).number(0x00280100, bits);
    out.number(0x00280101, bits)
        .number(0x00280102, static_cast<std::uint16_t>(bits - 1))
        .number(0x00280103, 0);
    out.element(0x7FE00010, frame.bits == 16 ? "OW" : "OB", pixels);
    return out.file();
}

int sampleOf(const model::Raster& raster, int x, int y) {
    const auto at = static_cast<std::size_t>((y * raster.width + x) * raster.channels);
    if (raster.bitsPerSample == 8) {
        return std::to_integer<int>(raster.samples.at(at));
    }
    std::uint16_t value = 0;
    std::memcpy(&value, raster.samples.data() + 2 * at, 2);
    return value;
}

} // namespace

class TestSeriesOverview : public QObject {
    Q_OBJECT

private slots:
    void everyBurnedPixelShows_data() {
        QTest::addColumn<QList<QList<int>>>("frames"); // width, height, bits, channels, ground, burned, x, y
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::newRow("one size") << QList<QList<int>>{{8, 8, 16, 1, 100, 4000, 1, 1},
                                                       {8, 8, 16, 1, 100, 4000, 6, 5}}
                                  << 8 << 8;
        QTest::newRow("a larger frame later")
            << QList<QList<int>>{{8, 8, 16, 1, 100, 4000, 1, 1}, {12, 10, 16, 1, 100, 4000, 11, 9}} << 12
            << 10;
        QTest::newRow("wider and higher ones") << QList<QList<int>>{{8, 8, 16, 1, 100, 4000, 7, 7},
                                                                    {16, 4, 16, 1, 100, 4000, 15, 3},
                                                                    {4, 16, 16, 1, 100, 4000, 3, 15}}
                                               << 16 << 16;
        QTest::newRow("8 bits among 16")
            << QList<QList<int>>{{8, 8, 16, 1, 100, 4000, 1, 1}, {8, 8, 8, 1, 10, 255, 5, 2}} << 8 << 8;
        QTest::newRow("colour among grey")
            << QList<QList<int>>{{8, 8, 16, 1, 100, 4000, 1, 1}, {8, 8, 8, 3, 10, 255, 2, 6}} << 8 << 8;
        QTest::newRow("grey among colour")
            << QList<QList<int>>{{8, 8, 8, 3, 10, 255, 1, 1}, {8, 8, 16, 1, 100, 4000, 4, 4}} << 8 << 8;
    }
    void everyBurnedPixelShows() {
        QFETCH(QList<QList<int>>, frames);
        QFETCH(int, width);
        QFETCH(int, height);
        QTemporaryDir folder;
        QDir(folder.path()).mkdir("in");
        std::vector<Frame> all;
        for (const QList<int>& f : frames) {
            all.push_back({static_cast<std::uint16_t>(f[0]), static_cast<std::uint16_t>(f[1]), f[2], f[3],
                           f[4], f[5], f[6], f[7]});
            std::ofstream(folder.filePath(QStringLiteral("in/%1").arg(all.size())).toStdString(),
                          std::ios::binary)
                << fileOf(all.back(), static_cast<int>(all.size()));
        }
        const auto session = *job::Session::create(folder.filePath("ws").toStdString(), {"t", "p", {}});
        base::NoProgress quiet;
        job::ImportSpec import;
        import.paths = {folder.filePath("in").toStdString()};
        QVERIFY(job::importJob(session, import)->run({}, quiet).has_value());
        const auto assets = session->assets({}).value();
        QCOMPARE(assets.size(), std::size_t{1});
        const auto overview = job::overviewOf(*session, assets.front().asset.id, job::Side::Before, {});
        QVERIFY(overview.has_value());
        QCOMPARE(overview->frames, static_cast<std::int32_t>(all.size()));
        QCOMPARE(overview->maximum.width, width);
        QCOMPARE(overview->maximum.height, height);
        const int bright = all.front().burned;
        for (const Frame& frame : all) {
            QCOMPARE(sampleOf(overview->maximum, frame.x, frame.y), bright);
        }
        // Nothing else is as bright.
        int found = 0;
        for (int y = 0; y < height; ++y) {
            for (int x = 0; x < width; ++x) {
                found += sampleOf(overview->maximum, x, y) == bright ? 1 : 0;
            }
        }
        QCOMPARE(found, static_cast<int>(all.size()));
    }
};

QTEST_GUILESS_MAIN(TestSeriesOverview)
#include "TestSeriesOverview.moc"
