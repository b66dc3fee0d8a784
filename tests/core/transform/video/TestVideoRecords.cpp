#include <QTest>

#include "core/intake/video/Statements.h"
#include "core/intake/video/Video.h"
#include "core/transform/video/Cleaning.h"
#include "tests/core/intake/video/Clips.h"
#include "tests/core/transform/RecordBench.h"

using namespace kamei;
using test::Clip;
using test::RecordBench;

namespace {

std::string bytesOf(const Clip& clip) {
    const QTemporaryDir folder;
    QFile file(QString::fromStdString(test::make(folder, clip, "a.bin")));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

void keepPictures(std::vector<model::Finding>& findings) {
    for (model::Finding& finding : findings) {
        if (finding.locator.kind == model::Locator::Kind::Pixels) {
            finding.state = model::DecisionState::Rejected;
        }
    }
}

void keepSound(std::vector<model::Finding>& findings) {
    keepPictures(findings);
    for (model::Finding& finding : findings) {
        if (finding.rule == "any.voice") {
            finding.state = model::DecisionState::Rejected;
        }
    }
}

} // namespace

/// A video on its way from a file to processed bytes.
class TestVideoRecords : public QObject {
    Q_OBJECT

private slots:
    // ISO/IEC 14496-15 5.3.3.1: an avcC has room for units of any type, and a box has room behind it.
    void nothingHidesInTheConfiguration_data() {
        QTest::addColumn<QByteArray>("before"); // in front of the parameter sets
        QTest::addColumn<QByteArray>("behind");
        QTest::newRow("as encoders write it") << QByteArray() << QByteArray();
        QTest::newRow("bytes behind its end") << QByteArray() << QByteArray("MIKAMI YOKO");
        QTest::newRow("an SEI unit among the sets")
            << QByteArray("\0\x0E\x06\x05\x0BMIKAMI YOKO", 16) << QByteArray();
    }
    void nothingHidesInTheConfiguration() {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, behind);
        const QByteArray sps("\0\x04\x67\x64\x00\x0B", 6);
        const QByteArray pps("\x01\0\x03\x68\xEB\xE3", 6);
        const QByteArray layout("\xFD\xF8\xF8\0", 4);
        const QByteArray head("\x01\x64\x00\x0B\xFF", 5);
        const QByteArray record =
            head + char(before.isEmpty() ? 0xE1 : 0xE2) + before + sps + pps + layout + behind;
        const auto* const data = reinterpret_cast<const std::uint8_t*>(record.constData());
        const auto out = transform::video::cleanedConfiguration(
            intake::video::Coding::H264, {data, static_cast<std::size_t>(record.size())});
        QCOMPARE(QByteArray(reinterpret_cast<const char*>(out.data()), static_cast<qsizetype>(out.size())),
                 head + char(0xE1) + sps + pps + layout);
        const QByteArray said("MIKAMI");
        const auto* const bytes = reinterpret_cast<const std::uint8_t*>(said.constData());
        for (const auto coding : {intake::video::Coding::Mjpeg, intake::video::Coding::ProRes}) {
            QVERIFY(transform::video::cleanedConfiguration(coding, {bytes, 6}).empty());
        }
    }

    // ISO/IEC 14496-2 6.3.4: user data is free; decoders look for the encoder's name and version in it.
    void onlyAnEncoderStaysInUserData_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("stays");
        for (const char* encoder :
             {"XviD0050", "DivX503b1393p", "DivX501Build413", "Lavc59.37.100", "FFmpeg0.4.9b4721"}) {
            QTest::newRow(encoder) << QByteArray(encoder) << true;
        }
        for (const char* other : {"XviD", "XviD12345678", "DivXMIKAMIYOKO", "Lavc59.37.100 MIKAMI",
                                  "Lavc59.37.100.4.5", "MIKAMI YOKO", "FFmpeg0.4.9bMIKAMI"}) {
            QTest::newRow(other) << QByteArray(other) << false;
        }
    }
    void onlyAnEncoderStaysInUserData() {
        QFETCH(QByteArray, text);
        QFETCH(bool, stays);
        const QByteArray stream =
            QByteArray("\0\0\x01\xB2", 4) + text + QByteArray("\0\0\x01\xB6\x10\x20", 6);
        const auto out = transform::video::cleaned(intake::video::Coding::Mpeg4,
                                                   {reinterpret_cast<const std::uint8_t*>(stream.constData()),
                                                    static_cast<std::size_t>(stream.size())},
                                                   0);
        const QByteArray written(reinterpret_cast<const char*>(out.data()),
                                 static_cast<qsizetype>(out.size()));
        QCOMPARE(written.contains(text), stays);
        QVERIFY(written.endsWith(QByteArray("\0\0\x01\xB6\x10\x20", 6)));
    }

    void whatIsBesideThePicturesIsFoundAndGone() {
        RecordBench bench;
        const std::string bytes = bytesOf(
            Clip{.sound = true, .tags = {{"title", "山田花子"}, {"date", "2024-03-01"}}, .chapters = 1});
        const auto out = bench.run(bytes, "mp4", true, keepPictures);
        QVERIFY2(!out.error, out.error ? qPrintable(QString::fromStdString(out.error->place)) : "");
        QCOMPARE(out.description.kind, model::AssetKind::Video);
        QCOMPARE(out.description.frames, 60);
        QCOMPARE(out.extension, std::string("mp4"));
        QVERIFY(out.name.starts_with("S-0123456789AB_"));
        QVERIFY(out.find("any.voice", "Video.Audio[1]") != nullptr);
        QVERIFY(out.find("any.dates", "Video.Tag.date") != nullptr);
        QVERIFY(out.find("clinical-text.file-information", "Video.Tag.title") != nullptr);
        QVERIFY(out.find("clinical-text.file-information", "Video.Chapter[0].Tag.title") != nullptr);
        QVERIFY(out.find("clinical-text.unseen-content", "Video.UserData") != nullptr);
        for (const auto* rule : {"image-content.video-face", "image-content.burned-in-text"}) {
            const auto* const question = out.find(rule);
            QVERIFY(question != nullptr);
            QCOMPARE(question->suggested, model::Action::Mask);
            QCOMPARE(question->locator.rect.width, test::kWidth);
        }
        const auto index = intake::video::readIndex(intake::video::Bytes::ofMemory(out.bytes));
        QVERIFY(index.has_value());
        QCOMPARE((*index)->facts.audio, 0);
        QCOMPARE((*index)->facts.others, 0);
        const auto statements =
            intake::video::readStatements(intake::video::Bytes::ofMemory(out.bytes), **index);
        for (const auto& statement : *statements) {
            QCOMPARE(statement.key, std::string("Video.Stream[0].Tag.handler_name"));
            QCOMPARE(statement.value, std::string("VideoHandler")); // the muxer's own word
        }
        QCOMPARE(out.bytes.find("山田"), std::string::npos);
        QCOMPARE(out.bytes.find("Lavc"), std::string::npos);
        QCOMPARE(out.bytes.find("2024-03"), std::string::npos);
    }

    void soundStaysForAReason() {
        RecordBench bench;
        const auto out = bench.run(bytesOf(Clip{.sound = true}), "mp4", true, keepSound);
        QVERIFY(!out.error);
        const auto index = intake::video::readIndex(intake::video::Bytes::ofMemory(out.bytes));
        QCOMPARE((*index)->facts.audio, 1);
    }

    /// Nobody has looked: everything is destroyed rather than nothing.
    void unseenPicturesAreDestroyed() {
        RecordBench bench;
        const auto out = bench.run(bytesOf(Clip{.frames = 14}), "mp4");
        QVERIFY(!out.error);
        const auto video = intake::video::Video::open(intake::video::Bytes::ofMemory(out.bytes));
        QVERIFY(video.has_value());
        QCOMPARE((*video)->facts().frames, 14);
        for (std::int32_t n = 1; n <= 14; ++n) {
            const auto frame = (*video)->frame(n);
            QVERIFY(std::ranges::all_of(frame->samples, [](std::byte b) { return b < std::byte{12}; }));
        }
    }

    void wholeRewritingIsSaid() {
        RecordBench bench;
        const auto out =
            bench.run(bytesOf(Clip{.encoder = "ffv1", .muxer = "matroska", .frames = 10, .reordered = 0}),
                      "mkv", true, keepPictures);
        QVERIFY(!out.error);
        const auto said = std::ranges::find(out.findings, "CODED_ANEW", &model::Finding::label);
        QVERIFY(said != out.findings.end());
        QCOMPARE(said->text, std::string("whole: codec"));
        QCOMPARE(said->suggested, model::Action::Keep);
    }
};

QTEST_GUILESS_MAIN(TestVideoRecords)
#include "TestVideoRecords.moc"
