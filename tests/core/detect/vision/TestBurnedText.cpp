#include <QDir>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cstring>
#include <dmtx.h>
#include <map>
#include <thread>

#include "BurnedPictures.h"
#include "core/detect/vision/Codes.h"
#include "core/detect/vision/FrameText.h"
#include "core/detect/vision/Sheets.h"
#include "core/detect/vision/TextBoxes.h"
#include "core/detect/vision/TextRank.h"
#include "core/detect/vision/TextReader.h"
#include "core/intake/Format.h"

using namespace kamei;
using detect::vision::FrameText;
using detect::vision::TextBox;
using detect::vision::TextRank;
using model::Raster;
using model::RectPx;
using tests::Ground;

Q_DECLARE_METATYPE(tests::Ground)

namespace {

/// Whether boxes cover nine tenths of a line: its middle height, over its width.
bool covered(const RectPx& line, const std::vector<RectPx>& boxes) {
    std::vector<bool> columns(static_cast<std::size_t>(line.width), false);
    for (const RectPx& box : boxes) {
        if (box.y > line.y + line.height * 0.3 || box.y + box.height < line.y + line.height * 0.7) {
            continue;
        }
        const int from = std::max(0, box.x - line.x);
        const int to = std::min(line.width, box.x + box.width - line.x);
        for (int x = from; x < to; ++x) {
            columns[static_cast<std::size_t>(x)] = true;
        }
    }
    return 10 * std::count(columns.begin(), columns.end(), true) > 9 * line.width;
}

std::vector<RectPx> rects(const std::vector<TextBox>& boxes) {
    std::vector<RectPx> out;
    for (const TextBox& box : boxes) {
        out.push_back(box.rect);
    }
    return out;
}

std::vector<RectPx> rects(const std::vector<FrameText>& texts) {
    std::vector<RectPx> out;
    for (const FrameText& text : texts) {
        out.push_back(text.rect);
    }
    return out;
}

tests::Lettering lettering(const std::string& text, double size = 20) {
    return {text, "Noto Sans CJK JP", size, {}};
}

std::vector<FrameText> found(const std::vector<Raster>& frames,
                             std::span<const model::KnownIdentifier> known = {}, int together = 16) {
    detect::vision::FrameTextFinder finder(known, together);
    for (std::size_t i = 0; i < frames.size(); ++i) {
        if (!finder.add(frames[i], static_cast<std::int32_t>(i) + 1)) {
            return {};
        }
    }
    return finder.finish().value_or(std::vector<FrameText>());
}

/// A grey picture as 16 bits: values from `low` on, steps of `step`.
Raster sixteen(const Raster& grey, int low, int step, bool isSigned) {
    Raster out = grey;
    out.bitsPerSample = 16;
    out.isSigned = isSigned;
    out.samples.resize(grey.samples.size() * 2);
    for (std::size_t i = 0; i < grey.samples.size(); ++i) {
        const auto value = static_cast<std::uint16_t>(low + step * std::to_integer<int>(grey.samples[i]));
        std::memcpy(out.samples.data() + 2 * i, &value, 2);
    }
    return out;
}

Raster inverted(Raster raster) {
    std::ranges::transform(raster.samples, raster.samples.begin(), [](std::byte b) { return ~b; });
    raster.invert = true;
    return raster;
}

Raster turned(const Raster& raster) { // by 90 degrees clockwise; grey
    Raster out = raster;
    out.width = raster.height;
    out.height = raster.width;
    for (int y = 0; y < raster.height; ++y) {
        for (int x = 0; x < raster.width; ++x) {
            out.samples[static_cast<std::size_t>(x) * static_cast<std::size_t>(out.width) +
                        static_cast<std::size_t>(raster.height - 1 - y)] =
                raster.samples[static_cast<std::size_t>(y) * static_cast<std::size_t>(raster.width) +
                               static_cast<std::size_t>(x)];
        }
    }
    return out;
}

/// Code 39 (ISO/IEC 16388) of digits: narrow bars of two pixels.
void drawCode39(Raster& raster, int left, int top, const std::string& digits) {
    static const std::map<char, const char*> kBars{{'*', "NwNnWnWnN"}, {'0', "NnNwWnWnN"}, {'1', "WnNwNnNnW"},
                                                   {'2', "NnWwNnNnW"}, {'3', "WnWwNnNnN"}, {'4', "NnNwWnNnW"},
                                                   {'5', "WnNwWnNnN"}, {'6', "NnWwWnNnN"}, {'7', "NnNwNnWnW"},
                                                   {'8', "WnNwNnWnN"}, {'9', "NnWwNnWnN"}};
    int x = left;
    for (const char c : "*" + digits + "*") {
        const std::string bars = kBars.at(c);
        for (std::size_t i = 0; i < bars.size(); ++i) {
            const int width = bars[i] == 'W' || bars[i] == 'w' ? 5 : 2;
            for (int y = top; i % 2 == 0 && y < top + 60; ++y) {
                for (int at = x; at < x + width; ++at) {
                    raster.samples[static_cast<std::size_t>(y * raster.width + at)] = std::byte{0};
                }
            }
            x += width;
        }
        x += 2;
    }
}

} // namespace

class TestBurnedText : public QObject {
    Q_OBJECT

private slots:
    void linesAreFound_data();
    void linesAreFound();
    void ninetyNineOfAHundredLinesAreFound();
    void picturesWithoutLettersStayQuiet_data() { linesAreFound_data(); }
    void picturesWithoutLettersStayQuiet();
    void storedFormsMakeNoDifference_data();
    void storedFormsMakeNoDifference();
    void lettersThatStayAreFoundInMotion();
    void lettersOfOneFrameAreFound();
    void namesComeFirstAndMarkersLast_data();
    void namesComeFirstAndMarkersLast();
    void withoutTheReadersDataBoxesStay();
    void codesAreRead();
    void matrixCodesAreRead_data();
    void matrixCodesAreRead();
    void monitorsAndPaperAreWorthALook();
    void unsoundRastersAreRefused();
    void publishedPicturesWithTruth();

private:
    int m_lines = 0;
    int m_hits = 0;
};

void TestBurnedText::linesAreFound_data() {
    QTest::addColumn<tests::Ground>("ground");
    QTest::newRow("beside the picture, on black") << Ground::Black;
    QTest::newRow("on noise") << Ground::Noise;
    QTest::newRow("on the speckle of ultrasound") << Ground::Speckle;
    QTest::newRow("on an X-ray") << Ground::XRay;
    QTest::newRow("on an endoscopy, coloured") << Ground::Endoscopy;
    QTest::newRow("dark on paper") << Ground::Paper;
}

void TestBurnedText::linesAreFound() {
    QFETCH(tests::Ground, ground);
    int lines = 0;
    int hits = 0;
    int others = 0;
    constexpr int kPictures = 3;
    for (std::uint32_t seed = 5000; seed < 5000 + kPictures; ++seed) { // the table was learned from others
        const auto picture = tests::burned(tests::ground(ground, 640, 480, seed),
                                           tests::someLetterings(ground, 8, seed * 17), seed);
        const auto boxes = rects(detect::vision::findTextBoxes(picture.raster));
        for (const tests::Drawn& line : picture.lines) {
            ++lines;
            hits += covered(line.rect, boxes) ? 1 : 0;
        }
        others += static_cast<int>(std::ranges::count_if(boxes, [&](const RectPx& box) {
            return std::ranges::none_of(picture.lines, [&](const tests::Drawn& line) {
                return box.x < line.rect.x + line.rect.width && line.rect.x < box.x + box.width &&
                       box.y < line.rect.y + line.rect.height && line.rect.y < box.y + box.height;
            });
        }));
    }
    QVERIFY(lines >= 20);
    QVERIFY2(hits >= lines - 1, qPrintable(QString("%1 of %2").arg(hits).arg(lines)));
    m_lines += lines;
    m_hits += hits;
    QVERIFY2(others <= 3 * kPictures, qPrintable(QString::number(others)));
}

void TestBurnedText::ninetyNineOfAHundredLinesAreFound() {
    if (m_lines == 0) {
        QSKIP("counts what linesAreFound found");
    }
    QVERIFY2(100 * m_hits >= 99 * m_lines, qPrintable(QString("%1 of %2").arg(m_hits).arg(m_lines)));
}

void TestBurnedText::picturesWithoutLettersStayQuiet() {
    QFETCH(tests::Ground, ground);
    for (std::uint32_t seed = 6000; seed < 6003; ++seed) {
        const auto boxes = detect::vision::findTextBoxes(tests::ground(ground, 640, 480, seed));
        QVERIFY2(boxes.size() <= 3, qPrintable(QString::number(boxes.size())));
    }
}

void TestBurnedText::storedFormsMakeNoDifference_data() {
    QTest::addColumn<Raster>("raster");
    const auto plain =
        tests::burned(tests::ground(Ground::XRay, 640, 480, 3), {lettering("MIZUNO SETSUKO 00458812", 22)}, 4)
            .raster;
    const Raster black = tests::burned(tests::ground(Ground::Black, 640, 480, 3),
                                       {lettering("MIZUNO SETSUKO 00458812", 22)}, 4)
                             .raster;
    QTest::newRow("8 bits") << black;
    QTest::newRow("MONOCHROME1") << inverted(black);
    QTest::newRow("16 bits without window") << sixteen(black, 0, 16, false);
    QTest::newRow("16 bits signed") << sixteen(black, -1024, 8, true);
    Raster windowed = sixteen(black, 0, 16, false); // the window ends far below the letters
    windowed.windowCenter = 300;
    windowed.windowWidth = 500;
    QTest::newRow("16 bits, letters above the window") << windowed;
    Raster narrow = sixteen(black, 0, 1, false); // one value in a picture of others is far brighter
    const std::uint16_t spike = 60000;
    std::memcpy(narrow.samples.data(), &spike, 2);
    narrow.windowCenter = 128;
    narrow.windowWidth = 256;
    QTest::newRow("16 bits, a window within a wide range") << narrow;
    QTest::newRow("turned by 90 degrees") << turned(black);
    Raster large =
        tests::burned(tests::ground(Ground::Black, 2400, 1800, 3), {lettering("MIZUNO 00458812", 120)}, 4)
            .raster;
    QTest::newRow("letters of 120 pixels in a large picture") << large;
    Q_UNUSED(plain);
}

void TestBurnedText::storedFormsMakeNoDifference() {
    QFETCH(Raster, raster);
    const auto boxes = detect::vision::findTextBoxes(raster);
    QVERIFY(!boxes.empty());
    const auto read = detect::vision::readTextBoxes(raster, boxes);
    QVERIFY(read);
    QVERIFY(std::ranges::any_of(*read, [](const auto& reading) {
        return QString::fromStdString(reading.text).contains("00458812");
    }));
}

void TestBurnedText::lettersThatStayAreFoundInMotion() {
    const auto lines = tests::burned(tests::ground(Ground::Black, 640, 480, 1),
                                     {lettering("水野 節子"), lettering("1951/08/19", 14)}, 9);
    std::vector<Raster> frames;
    for (std::uint32_t i = 0; i < 10; ++i) {
        Raster frame = tests::ground(Ground::Speckle, 640, 480, 40 + i);
        for (std::size_t k = 0; k < frame.samples.size(); ++k) {
            frame.samples[k] = std::max(frame.samples[k], lines.raster.samples[k]);
        }
        frames.push_back(std::move(frame));
    }
    const auto texts = found(frames);
    for (const tests::Drawn& line : lines.lines) {
        QVERIFY(covered(line.rect, rects(texts)));
    }
    QVERIFY2(texts.size() <= lines.lines.size() + 3, qPrintable(QString::number(texts.size())));
    for (const FrameText& text : texts) {
        QCOMPARE(text.frames, (model::FrameRange{1, 10}));
    }
}

void TestBurnedText::lettersOfOneFrameAreFound() {
    std::vector<Raster> frames;
    for (std::uint32_t i = 0; i < 9; ++i) {
        frames.push_back(tests::ground(Ground::Speckle, 640, 480, 70 + i));
    }
    const auto burned = tests::burned(frames[5], {lettering("TOGAWA RIE 0045-8812", 24)}, 2);
    frames[5] = burned.raster;
    const auto texts = found(frames, {}, 4);
    QVERIFY(covered(burned.lines.front().rect, rects(texts)));
}

void TestBurnedText::namesComeFirstAndMarkersLast_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("rank");
    QTest::newRow("a known name") << "MIZUNO SETSUKO" << int(TextRank::Known);
    QTest::newRow("a known name, one letter misread") << "M1ZUNO SETSUKO" << int(TextRank::Known);
    QTest::newRow("a known number with other separators") << "0045-8812" << int(TextRank::Known);
    QTest::newRow("a date that nobody knows") << "2026年3月10日" << int(TextRank::Identifier);
    QTest::newRow("words that nobody knows") << "Adv Breast" << int(TextRank::Words);
    QTest::newRow("side") << "L" << int(TextRank::Marker);
    QTest::newRow("projection and side") << "R MLO" << int(TextRank::Marker);
    QTest::newRow("voltage") << "120 kV" << int(TextRank::Marker);
    QTest::newRow("depth") << "16 cm" << int(TextRank::Marker);
    QTest::newRow("a long number is no measure") << "70033" << int(TextRank::Words);
}

void TestBurnedText::namesComeFirstAndMarkersLast() {
    QFETCH(QString, text);
    QFETCH(int, rank);
    const std::vector<model::KnownIdentifier> known{{{}, "patient-name", "MIZUNO^SETSUKO", {}, {}},
                                                    {{}, "patient-id", "00458812", {}, {}}};
    const detect::vision::TextRanker ranker(known);
    TextBox box;
    box.rect = {10, 10, 200, 20};
    box.likeness = 0.99;
    const detect::vision::Reading reading{text.toStdString(), 0.93};
    const auto ranked = ranker.rank(box, &reading);
    QCOMPARE(int(ranked.rank), rank);
    QCOMPARE(ranked.confidence < 0.5, ranked.rank == TextRank::Marker);
    const detect::vision::Reading unsure{text.toStdString(), 0.2};
    QVERIFY(ranker.rank(box, &unsure).rank <
            TextRank::Marker); // badly read: nobody knows that it is a marker
    const auto unread = ranker.rank(box, nullptr);
    QCOMPARE(int(unread.rank), int(TextRank::Unread));
}

void TestBurnedText::withoutTheReadersDataBoxesStay() {
    const QTemporaryDir empty;
    const QByteArray before = qgetenv("TESSDATA_PREFIX");
    qputenv("TESSDATA_PREFIX", empty.path().toUtf8());
    const auto picture =
        tests::burned(tests::ground(Ground::Black, 640, 480, 1), {lettering("水野 節子")}, 9);
    std::vector<FrameText> texts;
    std::thread([&] { texts = found({picture.raster}); }).join(); // an engine a thread: this one has no data
    before.isNull() ? qunsetenv("TESSDATA_PREFIX") : qputenv("TESSDATA_PREFIX", before);
    QVERIFY(covered(picture.lines.front().rect, rects(texts)));
    QCOMPARE(int(texts.front().ranked.rank), int(TextRank::Unread));
    QVERIFY(texts.front().text.empty());
}

void TestBurnedText::codesAreRead() {
    Raster raster = tests::ground(Ground::Paper, 640, 480, 1);
    Raster grey = tests::ground(Ground::Black, 640, 480, 1);
    std::ranges::fill(grey.samples, std::byte{250});
    drawCode39(grey, 120, 200, "00458812");
    const auto codes = detect::vision::findCodes(grey);
    QCOMPARE(codes.size(), std::size_t{1});
    QCOMPARE(codes[0].text, std::string("00458812"));
    QVERIFY(codes[0].rect.x <= 120 && codes[0].rect.y <= 205);
    QVERIFY(codes[0].rect.x + codes[0].rect.width >= 380 && codes[0].rect.y + codes[0].rect.height >= 255);
    QVERIFY(detect::vision::findCodes(raster).empty());
}

void TestBurnedText::matrixCodesAreRead_data() {
    QTest::addColumn<int>("module");
    QTest::addColumn<int>("width");
    QTest::addColumn<bool>("turned");
    QTest::newRow("three pixels a module on a label") << 3 << 400 << false;
    QTest::newRow("eight pixels a module on a label") << 8 << 640 << false;
    QTest::newRow("turned by a right angle") << 5 << 480 << true;
    QTest::newRow("in a photograph of 2400 pixels") << 14 << 2400 << false;
}

void TestBurnedText::matrixCodesAreRead() {
    QFETCH(int, module);
    QFETCH(int, width);
    QFETCH(bool, turned);
    const int height = width * 3 / 4;
    Raster grey = tests::ground(Ground::Black, width, height, 1);
    std::ranges::fill(grey.samples, std::byte{235});
    DmtxEncode* encode = dmtxEncodeCreate();
    dmtxEncodeSetProp(encode, DmtxPropModuleSize, module);
    dmtxEncodeSetProp(encode, DmtxPropMarginSize, 0);
    std::string text = "S26-00458812";
    QCOMPARE(dmtxEncodeDataMatrix(encode, int(text.size()), reinterpret_cast<unsigned char*>(text.data())),
             DmtxPass);
    const int side = dmtxImageGetProp(encode->image, DmtxPropWidth);
    const RectPx code{width / 3, height / 4, side, side};
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x) {
            int value = 0; // libdmtx counts lines from the bottom
            dmtxImageGetPixelValue(encode->image, turned ? y : x, turned ? x : side - 1 - y, 0, &value);
            grey.samples[std::size_t(code.y + y) * std::size_t(width) + std::size_t(code.x + x)] =
                std::byte(value > 127 ? 235 : 30);
        }
    }
    dmtxEncodeDestroy(&encode);
    const auto codes = detect::vision::findMatrixCodes(grey);
    QCOMPARE(codes.size(), std::size_t{1});
    QCOMPARE(codes[0].text, text);
    QCOMPARE(codes[0].kind, std::string("DataMatrix"));
    const RectPx& box = codes[0].rect;
    QVERIFY(box.x <= code.x && box.y <= code.y && box.x + box.width >= code.x + side &&
            box.y + box.height >= code.y + side);
    QVERIFY(box.width < 2 * side && box.height < 2 * side);
    QVERIFY(detect::vision::findMatrixCodes(tests::ground(Ground::Noise, 320, 240, 1)).empty());
}

void TestBurnedText::monitorsAndPaperAreWorthALook() {
    // A dark room in colour with a lit, slanted sheet that has lines on it, a blank one, and a lamp.
    Raster room = tests::ground(Ground::Black, 800, 600, 1);
    room.channels = 3;
    room.samples.resize(std::size_t(800) * 600 * 3);
    const auto paint = [&](int x, int y, int red, int green, int blue) {
        const std::size_t at = (std::size_t(y) * 800 + std::size_t(x)) * 3;
        room.samples[at] = std::byte(red);
        room.samples[at + 1] = std::byte(green);
        room.samples[at + 2] = std::byte(blue);
    };
    for (int y = 0; y < 600; ++y) {
        for (int x = 0; x < 800; ++x) {
            paint(x, y, 30 + x % 5, 60 + y % 7, 50);
            const int left = 100 + (y - 150) / 8; // leans
            if (y >= 150 && y < 350 && x >= left && x < left + 260) {
                const bool line = (y - 150) % 20 < 5 && x > left + 20 && x < left + 230 && x % 9 < 5;
                line ? paint(x, y, 40, 40, 45) : paint(x, y, 225, 225, 215);
            }
            if (y >= 400 && y < 520 && x >= 550 && x < 700) {
                paint(x, y, 220, 225, 225);
            }
            if ((x - 650) * (x - 650) + (y - 120) * (y - 120) < 60 * 60) {
                paint(x, y, 250, 240, 240);
            }
        }
    }
    const auto sheets = detect::vision::findSheets(room);
    QCOMPARE(sheets.size(), std::size_t{1});
    QVERIFY(std::abs(sheets[0].x - 100) < 14 && std::abs(sheets[0].y - 150) < 14);
    QVERIFY(std::abs(sheets[0].width - 285) < 24 && std::abs(sheets[0].height - 200) < 24);
    QVERIFY(detect::vision::findSheets(tests::ground(Ground::Paper, 640, 480, 1)).empty()); // grey: no room
}

void TestBurnedText::unsoundRastersAreRefused() {
    Raster raster = tests::ground(Ground::Black, 64, 48, 1);
    raster.samples.resize(100);
    QVERIFY(detect::vision::findTextBoxes(raster).empty());
    QVERIFY(detect::vision::findCodes(raster).empty());
    QVERIFY(detect::vision::findMatrixCodes(raster).empty());
    QVERIFY(!detect::vision::readTextBoxes(raster, {}));
    detect::vision::FrameTextFinder finder({}, 4);
    QVERIFY(!finder.add(raster, 1));
    for (const int side : {1, 2, 5, 17}) {
        QVERIFY(detect::vision::findTextBoxes(tests::ground(Ground::Noise, side, side, 1)).size() <= 1);
    }
}

void TestBurnedText::publishedPicturesWithTruth() {
    const QDir samples(QDir(QStringLiteral(KAMEI_SOURCE_RESOURCES)).filePath("../../shared/data/samples"));
    struct Published {
        const char* file;
        std::vector<RectPx> truth;
    };
    // Boxes of words that identify: those of presidio's ground truth (which counts from 25 pixels outside the
    // picture), and the names, numbers and dates of the two others, read off the pictures by eye.
    const std::vector<Published> all{
        {"dicom/burned_in/presidio__2_ORIGINAL.dcm",
         {{1, 0, 72, 11}, {79, 0, 50, 11}, {134, 0, 19, 14}, {159, 0, 70, 11}, {46, 15, 68, 11}}},
        {"dicom/burned_in/dicom-redactor__own-test-001.dcm", {{680, 45, 195, 20}, {690, 705, 125, 20}}},
        {"dicom/burned_in/deid-data__GREYSCALE_IMAGE.dcm",
         {{12, 2, 140, 15}, {395, 2, 285, 15}, {826, 8, 77, 9}, {926, 8, 80, 9}}},
    };
    if (!samples.exists(all.front().file)) {
        QSKIP("the published samples are not here");
    }
    for (const Published& one : all) {
        model::Source source;
        source.path = samples.filePath(one.file).toStdString();
        source.format = "dicom";
        const auto raster = intake::decodePicture(source, 1);
        QVERIFY(raster);
        const auto texts = found({*raster});
        for (const RectPx& line : one.truth) {
            QVERIFY2(covered(line, rects(texts)), one.file);
        }
    }
}

QTEST_GUILESS_MAIN(TestBurnedText)
#include "TestBurnedText.moc"
