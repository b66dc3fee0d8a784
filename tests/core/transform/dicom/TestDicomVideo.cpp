#include <QtTest>

#include "core/detect/VideoDetector.h"
#include "core/intake/dicom/VideoStream.h"
#include "core/intake/video/Video.h"
#include "tests/core/intake/dicom/DicomBytes.h"
#include "tests/core/intake/video/Clips.h"
#include "tests/core/transform/dicom/DicomWriting.h"

using namespace kamei;
using namespace kamei::intake::dicom;
using test::Clip;
using test::DicomBytes;
using test::DicomWriting;

namespace {

std::span<const std::byte> bytesOf(const std::string& text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

std::string streamOf(const Clip& clip) {
    const QTemporaryDir folder;
    QFile file(QString::fromStdString(test::make(folder, clip, "clip.bin")));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

/// An endoscopy video (PS3.3 2024b A.32.5) around a stream, in `pieces` fragments.
std::string object(const std::string& stream, const char* syntax, int pieces = 1, int frames = 60) {
    DicomBytes out;
    out.element(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.77.1.1.1")
        .element(0x00080018, "UI", "1.2.3.4.5.6")
        .element(0x00080060, "CS", "ES")
        .element(0x00100010, "PN", "YAMADA^HANAKO")
        .element(0x00100020, "LO", "00458812")
        .element(0x0020000E, "UI", "1.2.3.4.5")
        .number(0x00280002, 3)
        .element(0x00280004, "CS", "YBR_PARTIAL_420")
        .element(0x00280008, "IS", std::to_string(frames))
        .number(0x00280010, test::kHeight)
        .number(0x00280011, test::kWidth)
        .number(0x00280100, 8)
        .number(0x00280101, 8)
        .number(0x00280102, 7)
        .number(0x00280103, 0);
    DicomBytes fragments;
    fragments.raw(0xFFFEE000, "", 0, "");
    const std::size_t part = (stream.size() / static_cast<std::size_t>(pieces) + 1) / 2 * 2;
    for (std::size_t at = 0; at < stream.size(); at += part) {
        std::string piece = stream.substr(at, part);
        piece += piece.size() % 2 != 0 ? std::string(1, '\0') : std::string();
        fragments.raw(0xFFFEE000, "", static_cast<std::uint32_t>(piece.size()), piece);
    }
    fragments.raw(0xFFFEE0DD, "", 0, "");
    out.raw(0x7FE00010, "OB", 0xFFFFFFFF, fragments.bytes());
    return out.file(syntax);
}

model::Mask cover(model::FrameRange frames) {
    model::Mask mask;
    mask.rect = {test::kMarkX - 2, test::kMarkY - 2, test::kMarkWidth + 4, test::kMarkHeight + 4};
    mask.frames = frames;
    return mask;
}

/// Brightest sample of the place where the pattern stood.
int brightest(const model::Raster& raster) {
    int out = 0;
    for (int y = test::kMarkY + 2; y < test::kMarkY + test::kMarkHeight - 2; ++y) {
        for (int x = test::kMarkX + 2; x < test::kMarkX + test::kMarkWidth - 2; ++x) {
            out = std::max(out, std::to_integer<int>(
                                    raster.samples[static_cast<std::size_t>(y * raster.width + x) * 3 + 1]));
        }
    }
    return out;
}

} // namespace

/// Video in DICOM: its stream is shown, found in, masked and put back (PS3.5 2024b 8.2.5 to 8.2.13).
class TestDicomVideo : public QObject {
    Q_OBJECT

private slots:
    void syntaxesOfVideo_data() {
        QTest::addColumn<QString>("uid");
        QTest::addColumn<bool>("video");
        QTest::newRow("MPEG-2 main profile") << "1.2.840.10008.1.2.4.100" << true;
        QTest::newRow("fragmentable H.264") << "1.2.840.10008.1.2.4.102.1" << true;
        QTest::newRow("H.265 main 10") << "1.2.840.10008.1.2.4.108" << true;
        QTest::newRow("JPEG XL lossless") << "1.2.840.10008.1.2.4.110" << false;
        QTest::newRow("JPEG baseline") << "1.2.840.10008.1.2.4.50" << false;
    }
    void syntaxesOfVideo() {
        QFETCH(QString, uid);
        QFETCH(bool, video);
        QCOMPARE(isVideoSyntax(uid.toStdString()), video);
    }

    void framesAreMasked_data() {
        QTest::addColumn<Clip>("clip");
        QTest::addColumn<QString>("syntax");
        QTest::addColumn<int>("pieces");
        QTest::newRow("H.264 in MP4") << Clip{.sound = true} << "1.2.840.10008.1.2.4.102" << 1;
        QTest::newRow("H.264 in MPEG-TS, fragmentable")
            << Clip{.muxer = "mpegts"} << "1.2.840.10008.1.2.4.102.1" << 3;
        QTest::newRow("MPEG-2 raw") << Clip{.encoder = "mpeg2video", .muxer = "mpeg2video"}
                                    << "1.2.840.10008.1.2.4.100" << 1;
        QTest::newRow("MPEG-2 in MPEG-PS, fragmentable")
            << Clip{.encoder = "mpeg2video", .muxer = "vob"} << "1.2.840.10008.1.2.4.101.1" << 2;
        QTest::newRow("H.265 in MP4") << Clip{.encoder = "libx265"} << "1.2.840.10008.1.2.4.107" << 1;
    }
    void framesAreMasked() {
        QFETCH(Clip, clip);
        QFETCH(QString, syntax);
        QFETCH(int, pieces);
        // Number of Frames is off by one, as some devices write it.
        const std::string file = object(streamOf(clip), qPrintable(syntax), pieces, 61);
        DicomWriting writing("guideline-2024");
        writing.asset().kind = model::AssetKind::DicomVideo;
        model::Source source = writing.source(file, "video.dcm");
        const auto description = describeDicom({source.path, {}}, std::string_view(file).substr(0, 2000));
        QVERIFY(description.has_value());
        QCOMPARE(description->kind, model::AssetKind::DicomVideo);
        QCOMPARE(description->frames, 60);
        QVERIFY(description->doubts.empty());
        source.facts = description->facts;
        source.frames = 60;
        auto findings = writing.accepted(std::span(&source, 1));
        std::erase_if(findings, [](const auto& f) { return f.locator.kind == model::Locator::Kind::Pixels; });
        findings.push_back(DicomWriting::maskFinding(cover({27, 30})));
        const auto compiled = writing.compile(findings, std::span(&source, 1));
        QVERIFY(compiled.has_value());
        test::Collected out;
        const auto result = (*compiled)->apply(source, out);
        QVERIFY2(result.has_value(), result ? "" : qPrintable(QString::fromStdString(result.error().place)));

        const auto instance = Instance::ofMemory(bytesOf(out.bytes));
        QVERIFY(instance.has_value());
        QCOMPARE(QString::fromStdString(instance->transferSyntax()), syntax);
        QCOMPARE(instance->fragments().size(), std::size_t(2)); // an empty offset table and the stream
        QCOMPARE(instance->fragments()[0].length, std::uint64_t(0));
        QCOMPARE(out.bytes.find("YAMADA"), std::string::npos);
        QCOMPARE(out.bytes.find("x264"), std::string::npos);
        const auto before = intake::video::Video::open(*videoBytes(*Instance::ofMemory(bytesOf(file)), {}));
        const auto after = intake::video::Video::open(*videoBytes(*instance, {}));
        QVERIFY(before.has_value());
        QVERIFY(after.has_value());
        QCOMPARE((*after)->facts().frames, 60);
        QCOMPARE((*after)->facts().audio, 0);
        for (const int n : {1, 26, 27, 30, 31, 60}) {
            const auto was = decodeDicomPicture(bytesOf(file), n);
            const auto is = decodeDicomPicture(bytesOf(out.bytes), n);
            QVERIFY(was.has_value());
            QVERIFY(is.has_value());
            QVERIFY(brightest(*was) > 150);
            QCOMPARE(brightest(*is) < 60, n >= 27 && n <= 30);
            if (n == 1 || n == 60) {
                QCOMPARE(is->samples, was->samples);
            }
        }
        const auto preview = (*compiled)->picture(source, 28);
        QVERIFY(preview.has_value());
        QVERIFY(preview->has_value());
        QVERIFY(brightest(**preview) < 30);
    }

    void soundAndUserDataAreFound() {
        DicomWriting writing("guideline-2024");
        writing.asset().kind = model::AssetKind::DicomVideo;
        const std::vector<model::Source> sources{
            writing.source(object(streamOf(Clip{.sound = true}), "1.2.840.10008.1.2.4.102"), "video.dcm")};
        const auto rules = guideline::RuleTable::load();
        const auto found =
            detect::detectDicomOrVideo(writing.asset(), sources, {*rules, writing.policy(), {}, {}, {}});
        QVERIFY(found.has_value());
        QVERIFY(found->unexamined.empty());
        for (const std::string rule :
             {"any.voice", "clinical-text.unseen-content", "image-content.video-face",
              "image-content.burned-in-text", "dicom.patient-name"}) {
            QVERIFY2(std::ranges::find(found->findings, rule, &model::Finding::rule) != found->findings.end(),
                     rule.c_str());
        }
    }

    void whatCannotBeOpenedIsRefused_data() {
        QTest::addColumn<QByteArray>("stream");
        QTest::addColumn<QString>("syntax");
        QTest::newRow("no video") << QByteArray(5000, 'x') << "1.2.840.10008.1.2.4.102";
        QTest::newRow("empty") << QByteArray() << "1.2.840.10008.1.2.4.100";
        QTest::newRow("stereo: half of it would not be seen")
            << QByteArray::fromStdString(streamOf(Clip{.frames = 3})) << "1.2.840.10008.1.2.4.106";
    }
    void whatCannotBeOpenedIsRefused() {
        QFETCH(QByteArray, stream);
        QFETCH(QString, syntax);
        DicomWriting writing("guideline-2024");
        writing.asset().kind = model::AssetKind::DicomVideo;
        const model::Source source =
            writing.source(object(stream.toStdString(), qPrintable(syntax)), "video.dcm");
        const auto compiled = writing.compile({}, std::span(&source, 1));
        QVERIFY(compiled.has_value());
        test::Collected out;
        QVERIFY(!(*compiled)->apply(source, out).has_value());
        QVERIFY(out.bytes.empty());
        QVERIFY(!decodeDicomPicture(source, 1).has_value());
    }
};

Q_DECLARE_METATYPE(kamei::test::Clip)
QTEST_GUILESS_MAIN(TestDicomVideo)
#include "TestDicomVideo.moc"
