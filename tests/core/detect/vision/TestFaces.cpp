#include <QDir>
#include <QTest>
#include <algorithm>
#include <cmath>

#include "core/detect/vision/Faces.h"
#include "core/detect/vision/Tracks.h"
#include "core/intake/Format.h"

using namespace kamei;
using detect::vision::Face;
using detect::vision::Sighting;
using model::Raster;
using model::RectPx;

namespace {

/// One channel set of a pixel, copied.
void copyPixel(const Raster& from, int x, int y, Raster& to, int toX, int toY) {
    const auto channels = static_cast<std::size_t>(from.channels);
    const auto at = [channels](const Raster& r, int px, int py) {
        return (static_cast<std::size_t>(py) * static_cast<std::size_t>(r.width) +
                static_cast<std::size_t>(px)) *
               channels;
    };
    std::copy_n(from.samples.begin() + static_cast<std::ptrdiff_t>(at(from, x, y)), channels,
                to.samples.begin() + static_cast<std::ptrdiff_t>(at(to, toX, toY)));
}

Raster empty(int width, int height, int channels, int value) {
    Raster out;
    out.width = width;
    out.height = height;
    out.channels = channels;
    out.samples.assign(static_cast<std::size_t>(width * height * channels), static_cast<std::byte>(value));
    return out;
}

/// Turned clockwise by quarters.
Raster turned(const Raster& raster, int quarters) {
    Raster out = raster;
    for (int i = 0; i < quarters; ++i) {
        const Raster before = out;
        std::swap(out.width, out.height);
        for (int y = 0; y < before.height; ++y) {
            for (int x = 0; x < before.width; ++x) {
                copyPixel(before, x, y, out, before.height - 1 - y, x);
            }
        }
    }
    return out;
}

/// Made smaller by taking means, then laid on a grey picture of the same size as the original or larger.
Raster smaller(const Raster& raster, int divisor, int x0, int y0) {
    Raster out = empty(raster.width, raster.height, raster.channels, 120);
    for (int y = 0; y < raster.height / divisor; ++y) {
        for (int x = 0; x < raster.width / divisor; ++x) {
            for (int c = 0; c < raster.channels; ++c) {
                int sum = 0;
                for (int k = 0; k < divisor * divisor; ++k) {
                    const int sx = x * divisor + k % divisor;
                    const int sy = y * divisor + k / divisor;
                    sum += std::to_integer<int>(raster.samples[static_cast<std::size_t>(
                        (sy * raster.width + sx) * raster.channels + c)]);
                }
                out.samples[static_cast<std::size_t>(((y + y0) * out.width + x + x0) * out.channels + c)] =
                    static_cast<std::byte>(sum / (divisor * divisor));
            }
        }
    }
    return out;
}

bool covers(const std::vector<Face>& faces, double x, double y) {
    return std::ranges::any_of(faces, [&](const Face& face) {
        return face.rect.x < x && face.rect.x + face.rect.width > x && face.rect.y < y &&
               face.rect.y + face.rect.height > y;
    });
}

} // namespace

class TestFaces : public QObject {
    Q_OBJECT

private slots:
    void photographsOfFaces_data();
    void photographsOfFaces();
    void picturesWithoutFaces();
    void unsoundRastersAreRefused();
    void sightingsBecomeTracks_data();
    void sightingsBecomeTracks();
    void aBoxIsFollowed();
    void aNewSceneIsTold();
};

void TestFaces::photographsOfFaces_data() {
    QTest::addColumn<int>("quarters");
    QTest::addColumn<int>("divisor");
    QTest::newRow("upright") << 0 << 1;
    QTest::newRow("turned clockwise") << 1 << 1;
    QTest::newRow("upside down") << 2 << 1;
    QTest::newRow("turned anticlockwise") << 3 << 1;
    QTest::newRow("a face of 48 pixels in a larger picture") << 0 << 3;
}

void TestFaces::photographsOfFaces() {
    QFETCH(int, quarters);
    QFETCH(int, divisor);
    const QDir samples(
        QDir(QStringLiteral(KAMEI_SOURCE_RESOURCES)).filePath("../../shared/data/samples/photo"));
    if (!samples.exists("face_astronaut.png")) {
        QSKIP("the published photograph is not here");
    }
    model::Source source;
    source.path = samples.filePath("face_astronaut.png").toStdString();
    source.format = "png";
    const auto raster = intake::decodePicture(source, 1);
    QVERIFY(raster);
    const Raster shown = divisor > 1 ? smaller(*raster, divisor, 200, 90) : turned(*raster, quarters);
    // The eyes of the photograph, read off it by eye.
    std::vector<model::PointPx> eyes{{204, 103}, {246, 105}};
    for (model::PointPx& eye : eyes) {
        for (int i = 0; i < quarters; ++i) {
            eye = {512 - eye.y, eye.x};
        }
        eye = divisor > 1 ? model::PointPx{eye.x / divisor + 200, eye.y / divisor + 90} : eye;
    }
    const auto faces = detect::vision::findFaces(shown);
    QVERIFY(faces);
    for (const model::PointPx& eye : eyes) {
        QVERIFY(covers(*faces, eye.x, eye.y));
    }
    QVERIFY2(faces->size() <= 3, qPrintable(QString::number(faces->size())));
}

void TestFaces::picturesWithoutFaces() {
    for (const int value : {0, 128, 255}) {
        const auto faces = detect::vision::findFaces(empty(320, 240, 3, value));
        QVERIFY(faces);
        QVERIFY(faces->empty());
    }
    QVERIFY(detect::vision::findFaces(empty(1, 1, 1, 7)));
}

void TestFaces::unsoundRastersAreRefused() {
    Raster raster = empty(64, 64, 3, 1);
    raster.samples.resize(10);
    QVERIFY(!detect::vision::findFaces(raster));
    detect::vision::SceneCuts cuts;
    QVERIFY(!cuts.isNew(raster));
}

void TestFaces::sightingsBecomeTracks_data() {
    using Rows = std::vector<std::vector<RectPx>>; // by looks, ten frames apart
    QTest::addColumn<Rows>("looks");
    QTest::addColumn<int>("cutBefore"); // number of the look that begins a new scene; 0 none
    QTest::addColumn<int>("masks");
    const RectPx a{100, 100, 60, 80};
    const RectPx b{130, 110, 60, 80};
    const RectPx c{160, 120, 62, 82};
    const RectPx far{400, 100, 60, 80};
    QTest::newRow("a face that moves is one") << Rows{{a}, {b}, {c}} << 0 << 1;
    QTest::newRow("two faces are two") << Rows{{a, far}, {b, far}, {c, far}} << 0 << 2;
    QTest::newRow("lost for two looks it is the same") << Rows{{a}, {}, {}, {b}} << 0 << 1;
    QTest::newRow("lost for long it is another") << Rows{{a}, {a}, {}, {}, {}, {}, {a}, {a}} << 0 << 2;
    QTest::newRow("a new scene is another") << Rows{{a}, {a}, {a}, {a}} << 2 << 2;
}

void TestFaces::sightingsBecomeTracks() {
    using Rows = std::vector<std::vector<RectPx>>;
    QFETCH(Rows, looks);
    QFETCH(int, cutBefore);
    QFETCH(int, masks);
    const auto frames = static_cast<std::int32_t>(looks.size()) * 10;
    detect::vision::TrackBuilder builder(10, frames);
    for (std::size_t i = 0; i < looks.size(); ++i) {
        std::vector<Sighting> seen;
        for (const RectPx& rect : looks[i]) {
            seen.push_back({rect, 0.9});
        }
        builder.add(static_cast<std::int32_t>(i) * 10 + 1, seen,
                    cutBefore > 0 && static_cast<int>(i) == cutBefore);
    }
    const auto found = builder.finish();
    QCOMPARE(int(found.size()), masks);
    // Wherever a face was seen, some mask covers it on that frame.
    for (std::size_t i = 0; i < looks.size(); ++i) {
        const std::int32_t frame = static_cast<std::int32_t>(i) * 10 + 1;
        const auto bits = model::rasterise(found, frame, 640, 480);
        for (const RectPx& rect : looks[i]) {
            QVERIFY(bits.at(rect.x, rect.y));
            QVERIFY(bits.at(rect.x + rect.width - 1, rect.y + rect.height - 1));
        }
    }
    for (const model::Mask& mask : found) {
        QVERIFY(mask.frames.first >= 1 && mask.frames.last <= frames &&
                mask.frames.first <= mask.frames.last);
    }
}

void TestFaces::aBoxIsFollowed() {
    // A patch with a pattern of its own moves over a ground with another one.
    const auto frameAt = [](std::int32_t number) -> base::Expected<Raster> {
        Raster out = empty(320, 240, 1, 0);
        for (int y = 0; y < 240; ++y) {
            for (int x = 0; x < 320; ++x) {
                const int px = x - (40 + 4 * number);
                const int py = y - (60 + 2 * number);
                const bool patch = px >= 0 && px < 40 && py >= 0 && py < 40;
                const int value = patch
                                      ? 128 + static_cast<int>(100 * std::sin(px * 0.5) * std::cos(py * 0.37))
                                      : 60 + (x * 7 + y * 13) % 50;
                out.samples[static_cast<std::size_t>(y * 320 + x)] = static_cast<std::byte>(value);
            }
        }
        return out;
    };
    for (const bool forwards : {true, false}) {
        const int start = forwards ? 1 : 30;
        const int last = forwards ? 30 : 1;
        const RectPx box{40 + 4 * start, 60 + 2 * start, 40, 40};
        const auto mask = detect::vision::trackBox(frameAt, start, box, last);
        QVERIFY(mask);
        QCOMPARE(mask->frames, (model::FrameRange{1, 30}));
        for (int number = 1; number <= 30; ++number) {
            const RectPx at = model::boundsOf(model::figureAt(*mask, number));
            QVERIFY2(std::abs(at.x - (40 + 4 * number)) <= 4 && std::abs(at.y - (60 + 2 * number)) <= 4,
                     qPrintable(QString("%1: %2,%3").arg(number).arg(at.x).arg(at.y)));
        }
    }
    QVERIFY(!detect::vision::trackBox(frameAt, 1, {300, 220, 40, 40}, 5));
    std::stop_source stop;
    stop.request_stop();
    const auto cancelled = detect::vision::trackBox(frameAt, 1, {44, 62, 40, 40}, 5, stop.get_token());
    QVERIFY(!cancelled && cancelled.error().code == base::ErrorCode::Cancelled);
}

void TestFaces::aNewSceneIsTold() {
    detect::vision::SceneCuts cuts;
    QVERIFY(!cuts.isNew(empty(320, 240, 3, 40)));
    QVERIFY(!cuts.isNew(empty(320, 240, 3, 44)));
    QVERIFY(cuts.isNew(empty(320, 240, 3, 200)));
    QVERIFY(!cuts.isNew(empty(320, 240, 3, 200)));
}

QTEST_GUILESS_MAIN(TestFaces)
#include "TestFaces.moc"
