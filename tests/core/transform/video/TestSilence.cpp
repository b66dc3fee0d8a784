extern "C" {
#include <libavformat/avformat.h>
}

#include <QFile>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <string>
#include <vector>

#include "core/intake/video/Video.h"
#include "core/transform/video/Rewrite.h"
#include "core/transform/video/VideoTransform.h"
#include "tests/support/Heard.h"

using namespace kamei;
using intake::video::Bytes;
using transform::video::Scratch;
using transform::video::Wish;

namespace {

constexpr int kRate = 44'100;

/// A clip of four seconds with noise for sound: no two packets of it are alike.
QString clip(const QTemporaryDir& folder, const QString& name, const QStringList& codecs) {
    QString path = folder.filePath(name);
    test::printed("ffmpeg", QStringList{"-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i",
                                        "testsrc=size=160x120:rate=25:duration=4", "-f", "lavfi", "-i",
                                        "anoisesrc=r=44100:a=0.5:seed=7:d=4", "-ac", "1", "-shortest"} +
                                codecs + QStringList{path});
    return QFile::exists(path) ? path : QString();
}

/// In seconds.
double loudness(const std::vector<std::int16_t>& samples, double from, double to) {
    return test::loudness(samples, from * kRate, to * kRate);
}

/// Packets of the sound that hold something of a time between, by FFmpeg's own reading.
std::vector<QByteArray> packetsBetween(const QString& path, double from, double to) {
    std::vector<QByteArray> out;
    AVFormatContext* context = nullptr;
    if (avformat_open_input(&context, path.toUtf8().constData(), nullptr, nullptr) < 0) {
        return out;
    }
    avformat_find_stream_info(context, nullptr);
    const int stream = av_find_best_stream(context, AVMEDIA_TYPE_AUDIO, -1, -1, nullptr, 0);
    double origin = 0;
    const AVStream* const video =
        context->streams[av_find_best_stream(context, AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0)];
    if (video->start_time != AV_NOPTS_VALUE) {
        origin = static_cast<double>(video->start_time) * av_q2d(video->time_base);
    }
    AVPacket* packet = av_packet_alloc();
    while (av_read_frame(context, packet) >= 0) {
        if (packet->stream_index == stream) {
            const double at =
                static_cast<double>(packet->pts) * av_q2d(context->streams[stream]->time_base) - origin;
            if (at >= from && at < to) {
                out.emplace_back(reinterpret_cast<const char*>(packet->data), packet->size);
            }
        }
        av_packet_unref(packet);
    }
    av_packet_free(&packet);
    avformat_close_input(&context);
    return out;
}

} // namespace

/// Ranges of a video's sound that become silence (Guideline 4.4, 4.7.1).
class TestSilence : public QObject {
    Q_OBJECT

private slots:
    void rangesAreSilent_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QStringList>("codecs");
        const auto row = [](const char* what, const char* name, const QString& codecs) {
            QTest::newRow(what) << QString(name) << codecs.split(' ');
        };
        row("AAC in MP4", "a.mp4", "-c:v libx264 -c:a aac");
        row("AAC in Matroska", "a.mkv", "-c:v libx264 -c:a aac");
        row("PCM in MOV", "a.mov", "-c:v libx264 -c:a pcm_s16le");
        row("MP3 in AVI: written as PCM", "a.avi", "-c:v mpeg4 -c:a libmp3lame");
        row("Opus in Matroska: written as FLAC", "a.mkv", "-c:v libx264 -c:a libopus");
        row("MP2 in a program stream", "a.mpg", "-c:v mpeg2video -c:a mp2 -f vob");
        row("MP2 in a transport stream", "a.ts", "-c:v mpeg2video -c:a mp2");
        row("AAC in a transport stream", "a.ts", "-c:v libx264 -c:a aac");
    }
    void rangesAreSilent() {
        if (QStandardPaths::findExecutable("ffmpeg").isEmpty()) {
            QSKIP("ffmpeg is not installed");
        }
        QFETCH(QString, name);
        QFETCH(QStringList, codecs);
        const QTemporaryDir folder;
        const QString source = clip(folder, name, codecs);
        if (source.isEmpty()) {
            QSKIP("this ffmpeg has no such encoder");
        }
        const auto bytes = Bytes::ofFile(source.toStdString());
        const auto index = intake::video::readIndex(*bytes);
        QVERIFY(index.has_value());
        Wish wish;
        wish.sound.emplace(1, model::Mute{{{1000, 1500}, {2500, 2600}}});
        auto scratch = Scratch::create({});
        const auto outcome = rewrite(*bytes, *index, wish, *scratch);
        QVERIFY2(outcome.has_value(),
                 outcome ? ""
                         : qPrintable(QString::fromStdString(
                               outcome.error().place + ' ' +
                               (outcome.error().args.empty() ? "" : outcome.error().args.back()))));
        QVERIFY(outcome->sound);
        QVERIFY(outcome->notes().ends_with("sound-anew")); // told to whoever reviews it
        const auto written = scratch->bytes();
        QByteArray file(static_cast<qsizetype>(written->size()), '\0');
        QVERIFY(written
                    ->read(0, std::as_writable_bytes(
                                  std::span(file.data(), static_cast<std::size_t>(file.size()))))
                    .has_value());
        const QString path = folder.filePath("written" + name.mid(1));
        QFile out(path);
        QVERIFY(out.open(QIODevice::WriteOnly) && out.write(file) == file.size());
        out.close();
        const auto before = test::heard(source, kRate);
        const auto after = test::heard(path, kRate);
        QVERIFY(!after.empty());
        QVERIFY(std::abs(static_cast<double>(after.size()) - static_cast<double>(before.size())) <
                0.15 * kRate);
        // Lossy codecs ring a little beside what is silent; in it nothing of the noise is left.
        QVERIFY(loudness(before, 1.0, 1.5) > 1000);
        for (const auto& [from, to] : {std::pair(1.0, 1.5), std::pair(2.5, 2.6)}) {
            QVERIFY2(loudness(after, from, to) < 30, qPrintable(QString::number(loudness(after, from, to))));
        }
        for (const auto& [from, to] : {std::pair(0.2, 0.9), std::pair(1.6, 2.4), std::pair(2.7, 3.8)}) {
            const double was = loudness(before, from, to);
            const double is = loudness(after, from, to);
            QVERIFY2(is > 0.5 * was && is < 1.5 * was, qPrintable(QString::number(is / was)));
        }
        // No byte of what was said there is in the file.
        const auto packets = packetsBetween(source, 1.0, 1.5);
        QVERIFY(!packets.empty());
        for (const QByteArray& packet : packets) {
            constexpr qsizetype kLong = 24;
            const QByteArray middle = packet.mid(packet.size() / 2, std::min(kLong, packet.size() / 2));
            QVERIFY(middle.size() >= 8);
            QVERIFY(!file.contains(middle));
        }
        // The pictures are as they were.
        const auto now = intake::video::readIndex(*written);
        QCOMPARE((*now)->facts.frames, (*index)->facts.frames);
        QCOMPARE((*now)->facts.audio, 1);
    }

    void decisionsSayWhatIsSilent_data() {
        QTest::addColumn<int>("state");
        QTest::addColumn<int>("action");
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<int>("streams");
        QTest::addColumn<int>("ranges");
        using model::Action;
        using model::DecisionState;
        const auto row = [](const char* what, DecisionState state, Action action, const char* method,
                            int streams, int ranges) {
            QTest::newRow(what) << int(state) << int(action) << QByteArray(method) << streams << ranges;
        };
        const char* const two = R"({"mute":[{"fromMs":0,"toMs":10},{"fromMs":20,"toMs":30}]})";
        row("open: removed", DecisionState::Open, Action::Keep, "", 0, 0);
        row("accepted: removed", DecisionState::Accepted, Action::Delete, "", 0, 0);
        row("kept as it is", DecisionState::Changed, Action::Keep, "", 1, 0);
        row("silent in parts", DecisionState::Changed, Action::Clean, two, 1, 2);
        row("parts that meet are one", DecisionState::Changed, Action::Clean,
            R"({"mute":[{"fromMs":0,"toMs":20},{"fromMs":10,"toMs":30}]})", 1, 1);
        row("no part can be read: removed", DecisionState::Changed, Action::Clean, "", 0, 0);
        row("an inverted part: removed", DecisionState::Changed, Action::Clean,
            R"({"mute":[{"fromMs":30,"toMs":20}]})", 0, 0);
    }
    void decisionsSayWhatIsSilent() {
        QFETCH(int, state);
        QFETCH(int, action);
        QFETCH(QByteArray, method);
        QFETCH(int, streams);
        QFETCH(int, ranges);
        model::Finding finding;
        finding.locator.kind = model::Locator::Kind::Metadata;
        finding.locator.path = "Video.Audio[1]";
        finding.rule = "any.voice";
        finding.suggested = model::Action::Delete;
        finding.state = static_cast<model::DecisionState>(state);
        finding.action = static_cast<model::Action>(action);
        finding.method = method.toStdString();
        const auto sound = transform::video::soundKept(std::span(&finding, 1));
        QCOMPARE(static_cast<int>(sound.size()), streams);
        QCOMPARE(streams == 0 ? 0 : static_cast<int>(sound.at(1).ranges.size()), ranges);
    }
};

QTEST_GUILESS_MAIN(TestSilence)
#include "TestSilence.moc"
