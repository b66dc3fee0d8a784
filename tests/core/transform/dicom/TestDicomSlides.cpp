#include <QtTest>

#include <cmath>
#include <numeric>

#include "core/detect/attribute/SlidePictures.h"
#include "core/intake/dicom/PixelCodec.h"
#include "core/intake/dicom/SlideGeometry.h"
#include "tests/core/intake/dicom/DicomBytes.h"
#include "tests/core/transform/dicom/DicomWriting.h"

using namespace kamei;
using namespace kamei::intake::dicom;
using test::DicomBytes;
using test::DicomWriting;

namespace {

constexpr const char* kSlideClass = "1.2.840.10008.5.1.4.1.1.77.1.6";
constexpr int kTile = 16;
constexpr double kWidthMm = 0.64; // of what was scanned
constexpr double kHeightMm = 0.48;

/// A name on the glass, in pixels of the base: bright on a dark ground that differs from pixel to pixel.
constexpr model::RectPx kName{20, 18, 24, 10};

struct Level {
    int columns = 128; ///< of the matrix
    int rows = 96;
    bool full = true;
    int planes = 1;
    int part = 0; ///< of a concatenation: 1 the first half, 2 the second
    const char* type = "ORIGINAL\\PRIMARY\\VOLUME\\NONE";
    const char* reference = "1.2.3.4.5";
    const char* organization = nullptr; ///< another word than what `full` says
    bool origin = true;
    int dropFrames = 0;
    double shiftMm = 0; ///< the level begins further to the right on the glass
};

std::string floats(std::initializer_list<float> values) {
    std::string out;
    for (const float value : values) {
        out.append(reinterpret_cast<const char*>(&value), sizeof value);
    }
    return out;
}
std::string longs(std::int32_t value) {
    return std::string(reinterpret_cast<const char*>(&value), sizeof value);
}

/// Value at a pixel of a matrix `scale` times as coarse as the base of 128 x 96.
int valueAt(int x, int y, int columns, int plane) {
    const int scale = 128 / columns;
    const int left = kName.x / scale;
    const int top = kName.y / scale;
    const bool name = x >= left && x < (kName.x + kName.width + scale - 1) / scale && y >= top &&
                      y < (kName.y + kName.height + scale - 1) / scale;
    return name ? 200 + (x + y) % 40 : 10 + (x * 7 + y * 13 + plane * 3) % 80;
}

std::string slide(const Level& level, int number) {
    const int across = (level.columns + kTile - 1) / kTile;
    const int down = (level.rows + kTile - 1) / kTile;
    const int all = across * down * level.planes;
    const int first = level.part == 2 ? all / 2 : 0;
    const int end = (level.part == 1 ? all / 2 : all) - level.dropFrames;
    DicomBytes out;
    out.element(0x00080008, "CS", level.type)
        .element(0x00080016, "UI", kSlideClass)
        .element(0x00080018, "UI", "1.2.3.4." + std::to_string(number))
        .element(0x00080060, "CS", "SM")
        .element(0x00200052, "UI", level.reference);
    if (level.part != 0) {
        out.element(0x00209161, "UI", "1.2.3.4.77").raw(0x00209228, "UL", 4, longs(first));
    }
    const char* word = level.full ? "TILED_FULL" : "TILED_SPARSE";
    out.element(0x00209311, "CS", level.organization != nullptr ? level.organization : word)
        .number(0x00280002, 1)
        .element(0x00280004, "CS", "MONOCHROME2")
        .element(0x00280008, "IS", std::to_string(end - first))
        .number(0x00280010, kTile)
        .number(0x00280011, kTile)
        .number(0x00280100, 8)
        .number(0x00280101, 8)
        .number(0x00280102, 7)
        .number(0x00280103, 0);
    // A level that begins further to the right shows less of the glass.
    out.raw(0x00480001, "FL", 4, floats({float(kWidthMm)}))
        .raw(0x00480002, "FL", 4, floats({float(kHeightMm)}))
        .raw(0x00480006, "UL", 4, longs(level.columns))
        .raw(0x00480007, "UL", 4, longs(level.rows));
    if (level.origin) {
        const double x = 12.5 - level.shiftMm; // columns run against the slide's X axis
        out.sequence(
            0x00480008,
            DicomBytes().element(0x0040072A, "DS", std::to_string(x)).element(0x0040073A, "DS", "20.25"));
    }
    out.element(0x00480102, "DS", "-1\\0\\0\\0\\-1\\0");
    std::string pixels;
    DicomBytes frames;
    for (int i = first; i < end; ++i) {
        const int tile = i % (across * down);
        const int left = tile % across * kTile;
        const int top = tile / across * kTile;
        const DicomBytes position =
            DicomBytes().raw(0x0048021E, "SL", 4, longs(left + 1)).raw(0x0048021F, "SL", 4, longs(top + 1));
        const DicomBytes item = DicomBytes().sequence(0x0048021A, position);
        frames.raw(0xFFFEE000, "", static_cast<std::uint32_t>(item.bytes().size()), item.bytes());
        for (int p = 0; p < kTile * kTile; ++p) {
            const int x = left + p % kTile;
            const int y = top + p / kTile;
            pixels += static_cast<char>(valueAt(x, y, level.columns, i / (across * down)));
        }
    }
    if (!level.full) {
        out.raw(0x52009230, "SQ", static_cast<std::uint32_t>(frames.bytes().size()), frames.bytes());
    }
    return out.element(0x7FE00010, "OB", pixels).file();
}

int framesOf(const std::string& file) {
    const auto instance = Instance::ofMemory(std::as_bytes(std::span(file.data(), file.size())));
    return static_cast<int>(instance->number(tags::NumberOfFrames).value_or(1));
}

std::string samplesOf(const std::string& file) {
    const auto instance = Instance::ofMemory(std::as_bytes(std::span(file.data(), file.size())));
    std::string out(static_cast<std::size_t>(instance->pixels()->length), '\0');
    if (!instance->read(instance->pixels()->offset,
                        std::as_writable_bytes(std::span(out.data(), out.size())))) {
        out.clear();
    }
    return out;
}

/// A series on disk and what is written of it.
struct Series {
    explicit Series(const std::vector<Level>& levels) : writing("guideline-2024") {
        writing.asset().kind = model::AssetKind::DicomSlide;
        writing.asset().modality = "SM";
        for (std::size_t i = 0; i < levels.size(); ++i) {
            files.push_back(slide(levels[i], static_cast<int>(i)));
            sources.push_back(writing.source(files.back(), "level" + std::to_string(i)));
            sources.back().frames = framesOf(files.back());
        }
    }
    base::Expected<std::vector<std::string>> written(const std::vector<model::Finding>& findings) {
        const auto compiled = writing.compile(findings, sources);
        if (!compiled) {
            return tl::unexpected(compiled.error());
        }
        std::vector<std::string> out;
        for (const model::Source& source : sources) {
            test::Collected sink;
            if (const auto result = (*compiled)->apply(source, sink); !result) {
                return tl::unexpected(result.error());
            }
            out.push_back(std::move(sink.bytes));
        }
        return out;
    }
    DicomWriting writing;
    std::vector<std::string> files;
    std::vector<model::Source> sources;
};

int bright(const std::string& samples) {
    return static_cast<int>(
        std::ranges::count_if(samples, [](char c) { return static_cast<unsigned char>(c) >= 200; }));
}

/// The name as a figure on the matrix of one level, cut into masks on its tiles.
std::vector<model::Finding> drawnOn(const Series& series, std::size_t level, int columns,
                                    model::Mask::Shape shape) {
    const int scale = 128 / columns;
    const auto instance =
        Instance::ofMemory(std::as_bytes(std::span(series.files[level].data(), series.files[level].size())));
    const auto geometry = slideGeometry(*instance);
    std::int32_t firstFrame = 1;
    for (std::size_t i = 0; i < level; ++i) {
        firstFrame += series.sources[i].frames;
    }
    std::vector<model::Finding> out;
    const model::RectPx box{kName.x / scale, kName.y / scale, (kName.width + scale - 1) / scale + 1,
                            (kName.height + scale - 1) / scale + 1};
    for (const int frame : geometry->framesIn(box.x, box.y, box.x + box.width, box.y + box.height)) {
        const auto corner = geometry->cornerOf(frame);
        model::Mask mask;
        mask.shape = shape;
        mask.rect = {box.x - static_cast<int>(corner.column), box.y - static_cast<int>(corner.row), box.width,
                     box.height};
        const auto point = [&](double x, double y) {
            return model::PointPx{mask.rect.x + x * box.width, mask.rect.y + y * box.height};
        };
        if (shape == model::Mask::Shape::Polygon) {
            mask.points = {point(0, 0), point(1, 0), point(1, 1), point(0, 1)};
        } else if (shape == model::Mask::Shape::Brush) {
            mask.points = {point(0, 0.5), point(1, 0.5)};
            mask.radiusPx = box.height;
        } else if (shape == model::Mask::Shape::Ellipse) { // around the rectangle
            mask.rect.x -= box.width / 2;
            mask.rect.y -= box.height / 2;
            mask.rect.width *= 2;
            mask.rect.height *= 2;
        }
        mask.frames = {firstFrame + frame, firstFrame + frame};
        out.push_back(DicomWriting::maskFinding(mask));
    }
    return out;
}

const std::vector<Level> kPyramid{{128, 96},
                                  {64, 48, false},
                                  {32, 24, false},
                                  {16, 12, true, 1, 0, "DERIVED\\PRIMARY\\THUMBNAIL\\RESAMPLED"}};

} // namespace

Q_DECLARE_METATYPE(std::vector<Level>)
Q_DECLARE_METATYPE(model::Mask)

class TestDicomSlides : public QObject {
    Q_OBJECT
private slots:
    void masksEveryLevel_data();
    void masksEveryLevel();
    void refuses_data();
    void refuses();
    void asksForPictures();
    void blackensTheLabel();
    void placesTiles_data();
    void placesTiles();
};

void TestDicomSlides::masksEveryLevel_data() {
    QTest::addColumn<std::vector<Level>>("levels");
    QTest::addColumn<int>("drawnOn");
    QTest::addColumn<int>("shape");
    using Shape = model::Mask::Shape;
    const auto row = [](const char* name, const std::vector<Level>& levels, int on, Shape shape) {
        QTest::newRow(name) << levels << on << static_cast<int>(shape);
    };
    row("drawn on the base (TILED_FULL), a rectangle", kPyramid, 0, Shape::Rectangle);
    row("drawn on a level between (TILED_SPARSE), a rectangle", kPyramid, 1, Shape::Rectangle);
    row("drawn on a coarse level, an ellipse", kPyramid, 2, Shape::Ellipse);
    row("drawn on the thumbnail", kPyramid, 3, Shape::Rectangle);
    row("a polygon on the base", kPyramid, 0, Shape::Polygon);
    row("a brush on the base", kPyramid, 0, Shape::Brush);
    row("several focal planes", {{128, 96, true, 3}, {64, 48, true, 3}}, 1, Shape::Rectangle);
    row("a concatenation in two parts", {{128, 96, true, 1, 1}, {128, 96, true, 1, 2}, {64, 48, false}}, 2,
        Shape::Rectangle);
    Level mirrored{64, 48, false};
    row("instances in another order", {mirrored, {16, 12}, {128, 96}}, 1, Shape::Rectangle);
}

void TestDicomSlides::masksEveryLevel() {
    QFETCH(std::vector<Level>, levels);
    QFETCH(int, drawnOn);
    QFETCH(int, shape);
    Series series(levels);
    const auto findings =
        ::drawnOn(series, static_cast<std::size_t>(drawnOn),
                  levels[static_cast<std::size_t>(drawnOn)].columns, static_cast<model::Mask::Shape>(shape));
    QVERIFY(!findings.empty());
    const auto written = series.written(findings);
    QVERIFY2(written, written ? "" : std::string(base::errorWord(written.error().code)).c_str());
    int seen = 0;
    for (std::size_t i = 0; i < levels.size(); ++i) {
        const std::string before = samplesOf(series.files[i]);
        const std::string after = samplesOf((*written)[i]);
        QCOMPARE(after.size(), before.size());
        seen += bright(before);
        QCOMPARE(bright(after), 0); // nothing of the name, on no level, plane or part
        // Tiles that no part of the figure is near are as they were, byte for byte.
        const auto instance =
            Instance::ofMemory(std::as_bytes(std::span(series.files[i].data(), series.files[i].size())));
        const auto geometry = slideGeometry(*instance);
        const int scale = 128 / levels[i].columns;
        const int far = 128 / levels[static_cast<std::size_t>(drawnOn)].columns + 2 * scale + kName.width;
        int same = 0;
        int different = 0;
        for (int frame = 0; frame < geometry->frames; ++frame) {
            const auto at = geometry->cornerOf(frame);
            const std::size_t begin = static_cast<std::size_t>(frame) * kTile * kTile;
            const bool equal = before.compare(begin, kTile * kTile, after, begin, kTile * kTile) == 0;
            const bool away = (at.column + kTile) * scale < kName.x - far ||
                              at.column * scale > kName.x + kName.width + far ||
                              (at.row + kTile) * scale < kName.y - far ||
                              at.row * scale > kName.y + kName.height + far;
            QVERIFY(!away || equal);
            same += equal ? 1 : 0;
            different += equal ? 0 : 1;
        }
        QVERIFY(bright(before) == 0 || different > 0);
        QVERIFY(levels[i].columns < 128 || bright(before) == 0 || same > different);
    }
    QVERIFY(seen > 0);
}

void TestDicomSlides::refuses_data() {
    QTest::addColumn<std::vector<Level>>("levels");
    QTest::addColumn<bool>("keepInside");
    QTest::addColumn<QString>("code");
    const auto row = [](const char* name, const std::vector<Level>& levels, bool keep, const char* code) {
        QTest::newRow(name) << levels << keep << QString(code);
    };
    Level foreign{64, 48, false};
    foreign.reference = "1.2.3.4.6";
    row("another frame of reference", {{128, 96}, foreign}, false, "not-possible");
    foreign.reference = "";
    row("no frame of reference", {{128, 96}, foreign}, false, "not-possible");
    Level nowhere{64, 48, false};
    nowhere.origin = false;
    row("no origin", {{128, 96}, nowhere}, false, "malformed");
    Level unsaid{64, 48, true};
    unsaid.organization = "";
    row("no places of tiles", {{128, 96}, unsaid}, false, "malformed");
    Level fewer{64, 48, true};
    fewer.dropFrames = 1;
    row("fewer frames than TILED_FULL has tiles", {{128, 96}, fewer}, false, "malformed");
    row("kept inside: what lies outside is on no tile alone", kPyramid, true, "not-possible");
}

void TestDicomSlides::refuses() {
    QFETCH(std::vector<Level>, levels);
    QFETCH(bool, keepInside);
    QFETCH(QString, code);
    Series series(levels);
    model::Mask mask;
    mask.rect = {2, 2, 4, 4};
    mask.frames = {11, 11};
    mask.keepInside = keepInside;
    const auto written = series.written({DicomWriting::maskFinding(mask)});
    QVERIFY(!written);
    QCOMPARE(QString::fromUtf8(base::errorWord(written.error().code)), code);
    // Whole frames go without a word about where they lie.
    mask.rect = {0, 0, 65'535, 65'535};
    mask.frames = {};
    mask.keepInside = false;
    const auto all = series.written({DicomWriting::maskFinding(mask)});
    QVERIFY(all);
    for (const std::string& file : *all) {
        const std::string samples = samplesOf(file);
        QCOMPARE(std::ranges::count(samples, '\0'), static_cast<std::ptrdiff_t>(samples.size()));
    }
}

void TestDicomSlides::asksForPictures() {
    std::vector<Level> levels = kPyramid;
    levels.push_back({32, 32, true, 1, 0, "ORIGINAL\\PRIMARY\\LABEL\\NONE"});
    levels.push_back({32, 32, true, 1, 0, "ORIGINAL\\PRIMARY\\OVERVIEW\\NONE"});
    levels.push_back({32, 32, true, 1, 0, "ORIGINAL\\PRIMARY"});
    Series series(levels);
    const auto findings = series.writing.accepted(series.sources);
    const int before = std::accumulate(series.sources.begin(), series.sources.begin() + 4, 0,
                                       [](int sum, const model::Source& s) { return sum + s.frames; });
    std::vector<std::pair<std::string, model::FrameRange>> asked;
    for (const model::Finding& finding : findings) {
        if (finding.locator.kind == model::Locator::Kind::Pixels) {
            QVERIFY(finding.requirement == model::Requirement::Required);
            QVERIFY(finding.state == model::DecisionState::Open);
            asked.emplace_back(finding.label, finding.locator.frames);
        }
    }
    const auto has = [&](const char* label, model::FrameRange frames) {
        return std::ranges::count(asked, std::pair(std::string(label), frames)) == 1;
    };
    QVERIFY(has("SLIDE_LABEL", {before + 1, before + 4}));
    QVERIFY(has("SLIDE_MACRO", {before + 5, before + 8}));
    QVERIFY(has("SLIDE_PICTURE", {before + 9, before + 12}));
    QVERIFY(has("SLIDE_TEXT", {}));
}

void TestDicomSlides::blackensTheLabel() {
    std::vector<Level> levels = kPyramid;
    levels.push_back({32, 32, true, 1, 0, "ORIGINAL\\PRIMARY\\LABEL\\NONE"});
    Series series(levels);
    for (const auto action : {model::Action::Mask, model::Action::Delete, model::Action::Replace}) {
        std::vector<model::Finding> findings = drawnOn(series, 0, 128, model::Mask::Shape::Rectangle);
        for (model::Finding finding : series.writing.accepted(series.sources)) {
            if (finding.detector == detect::attribute::kSlidePictures) {
                finding.state = model::DecisionState::Accepted;
                finding.action = action;
                findings.push_back(finding);
            }
        }
        const auto written = series.written(findings);
        QVERIFY(written);
        const std::string label = samplesOf(written->back());
        QCOMPARE(std::ranges::count(label, '\0'), static_cast<std::ptrdiff_t>(label.size()));
        const std::string base = samplesOf(written->front());
        QVERIFY(std::ranges::count(base, '\0') * 4 < static_cast<std::ptrdiff_t>(base.size()));
    }
}

void TestDicomSlides::placesTiles_data() {
    QTest::addColumn<bool>("full");
    QTest::newRow("TILED_FULL: row by row, PS3.3 C.7.6.17.3") << true;
    QTest::newRow("TILED_SPARSE: as each frame says, PS3.3 C.7.6.16.2.12") << false;
}

void TestDicomSlides::placesTiles() {
    QFETCH(bool, full);
    const std::string file = slide({72, 40, full, 2}, 1); // five by three tiles, the last ones not filled
    const auto instance = Instance::ofMemory(std::as_bytes(std::span(file.data(), file.size())));
    const auto geometry = slideGeometry(*instance);
    QVERIFY(geometry);
    QCOMPARE(geometry->frames, 30);
    for (int frame = 0; frame < 30; ++frame) {
        const auto corner = geometry->cornerOf(frame);
        QCOMPARE(corner.column, frame % 15 % 5 * kTile);
        QCOMPARE(corner.row, frame % 15 / 5 * kTile);
    }
    QCOMPARE(geometry->framesIn(15, 15, 17, 17), (std::vector<std::int32_t>{0, 1, 5, 6, 15, 16, 20, 21}));
    QCOMPARE(geometry->framesIn(-9, -9, 0, 0), std::vector<std::int32_t>{});
    QCOMPARE(geometry->framesIn(70, 39, 900, 900), (std::vector<std::int32_t>{14, 29}));
    QVERIFY(std::abs(geometry->columnMm - kWidthMm / 72) < 1e-6);
}

QTEST_GUILESS_MAIN(TestDicomSlides)
#include "TestDicomSlides.moc"
