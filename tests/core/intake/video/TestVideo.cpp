#include <QDir>
#include <QFile>
#include <QTest>
#include <random>

#include "core/base/Digest.h"
#include "core/intake/Format.h"
#include "core/intake/video/Statements.h"
#include "core/intake/video/Video.h"
#include "tests/core/intake/video/Clips.h"

using namespace kamei;
using namespace kamei::intake;
using test::Clip;

namespace {

QString shared() {
    const QString set = qEnvironmentVariable("KAMEI_SHARED");
    return set.isEmpty() ? QStringLiteral(KAMEI_SHARED_DEFAULT) : set;
}

std::string digestOf(const model::Raster& raster) {
    return base::sha256(
               std::string_view(reinterpret_cast<const char*>(raster.samples.data()), raster.samples.size()))
        .hex();
}

/// Frames as a decoder gives them one after the other, without an index.
std::vector<std::string> decodedInARow(video::Video& video) {
    std::vector<std::string> out;
    for (std::int32_t n = 1; n <= video.facts().frames; ++n) {
        const auto frame = video.frame(n);
        out.push_back(frame ? digestOf(*frame) : std::string());
    }
    return out;
}

std::string read(const std::string& path) {
    QFile file(QString::fromStdString(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

void write(const QString& path, const std::string& bytes) {
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes.data(), qint64(bytes.size())) < 0) {
        qFatal("cannot write");
    }
}

} // namespace

class TestVideo : public QObject {
    Q_OBJECT

private slots:
    void framesAreFoundByNumber_data() {
        QTest::addColumn<Clip>("clip");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("container");
        QTest::newRow("H.264 with B-pictures in MP4") << Clip{} << "a.mp4"
                                                      << "mp4";
        QTest::newRow("H.264 open groups in MOV") << Clip{.muxer = "mov", .options = "open-gop=1"} << "a.mov"
                                                  << "mov";
        QTest::newRow("uneven times") << Clip{.uneven = true} << "b.mp4"
                                      << "mp4";
        QTest::newRow("H.264 interlaced") << Clip{.options = "tff=1", .interlaced = true} << "c.mp4"
                                          << "mp4";
        QTest::newRow("H.265 in Matroska") << Clip{.encoder = "libx265", .muxer = "matroska"} << "d.mkv"
                                           << "mkv";
        QTest::newRow("H.264 in MPEG-TS") << Clip{.muxer = "mpegts"} << "e.ts"
                                          << "mpegts";
        QTest::newRow("MPEG-2 in MPEG-PS") << Clip{.encoder = "mpeg2video", .muxer = "vob"} << "f.mpg"
                                           << "mpeg";
        QTest::newRow("MPEG-1 in MPEG-PS") << Clip{.encoder = "mpeg1video", .muxer = "mpeg"} << "g.mpg"
                                           << "mpeg";
        QTest::newRow("MPEG-2 raw") << Clip{.encoder = "mpeg2video", .muxer = "mpeg2video"} << "h.m2v"
                                    << "mpegvideo";
        QTest::newRow("H.264 raw") << Clip{.muxer = "h264"} << "i.h264"
                                   << "h264";
        QTest::newRow("MPEG-4 with B-pictures in AVI") << Clip{.encoder = "mpeg4", .muxer = "avi"} << "j.avi"
                                                       << "avi";
        QTest::newRow("JPEG in AVI") << Clip{.encoder = "mjpeg",
                                             .muxer = "avi",
                                             .reordered = 0,
                                             .pixels = AV_PIX_FMT_YUVJ420P}
                                     << "k.avi"
                                     << "avi";
    }
    /// Frames reached by jumps are those reached one after the other, and their pictures follow the clip.
    void framesAreFoundByNumber() {
        QFETCH(Clip, clip);
        QFETCH(QString, name);
        QFETCH(QString, container);
        const QTemporaryDir folder;
        const auto bytes = video::Bytes::ofFile(test::make(folder, clip, name.toStdString()));
        QVERIFY(bytes.has_value());
        const auto video = video::Video::open(*bytes);
        QVERIFY(video.has_value());
        QCOMPARE(QString::fromStdString((*video)->facts().container), container);
        QCOMPARE((*video)->facts().frames, clip.frames);
        QCOMPARE((*video)->facts().width, test::kWidth);
        QCOMPARE((*video)->facts().height, test::kHeight);
        QCOMPARE((*video)->facts().interlaced, clip.interlaced);
        QVERIFY(!(*video)->facts().truncated);
        const auto row = decodedInARow(**video);
        QVERIFY(std::ranges::find(row, std::string()) == row.end());
        std::mt19937 chance(7);
        for (int i = 0; i < 20; ++i) {
            const auto n = static_cast<std::int32_t>(1 + chance() % static_cast<unsigned>(clip.frames));
            const auto frame = (*video)->frame(n);
            QVERIFY(frame.has_value());
            QCOMPARE(digestOf(*frame), row[static_cast<std::size_t>(n - 1)]);
        }
        QCOMPARE((*video)->frame(clip.frames + 1).error().code, base::ErrorCode::InvalidArgument);
        QCOMPARE((*video)->frame(0).error().code, base::ErrorCode::InvalidArgument);
        // The picture is that of its number: colour moves by one step a frame.
        const auto first = (*video)->frame(1);
        const auto same = (*video)->frame(2);
        QVERIFY(digestOf(*first) != digestOf(*same));
        if (container == "mp4" || container == "mkv" || container == "mov") {
            for (std::int32_t n = 1; n <= clip.frames; ++n) {
                const std::int64_t at = n - 1;
                QCOMPARE((*video)->timeUs(n), (at * 4 + (clip.uneven ? at / 7 * 3 : 0)) * 10'000);
            }
            QCOMPARE((*video)->facts().variable, clip.uneven);
        }
        QCOMPARE(*video::missingFrames(*bytes, (*video)->index()), 0);
    }

    void describesWhatIsBesideThePictures() {
        const QTemporaryDir folder;
        const std::string path = test::make(folder,
                                            Clip{.sound = true,
                                                 .turned = 90,
                                                 .tags = {{"title", "山田花子"}, {"artist", "佐藤一郎"}},
                                                 .chapters = 2},
                                            "a.mp4");
        const auto bytes = video::Bytes::ofFile(path);
        const auto index = video::readIndex(*bytes);
        QVERIFY(index.has_value());
        QCOMPARE((*index)->facts.audio, 1);
        QCOMPARE((*index)->facts.rotation, 90);
        const auto statements = video::readStatements(*bytes, **index);
        QVERIFY(statements.has_value());
        std::map<std::string, std::string> found;
        for (const auto& statement : *statements) {
            found.emplace(statement.key, statement.value);
        }
        QCOMPARE(found["Video.Tag.title"], std::string("山田花子"));
        QCOMPARE(found["Video.Tag.artist"], std::string("佐藤一郎"));
        QCOMPARE(found["Video.Chapter[1].Tag.title"], std::string("山田花子 手術開始"));
        QVERIFY(found.contains("Video.Audio[1]"));
        QVERIFY(found["Video.UserData"].find("x264") != std::string::npos);
    }

    void fragmentsAreOneFile() {
        const QTemporaryDir folder;
        const std::string path = test::make(folder, Clip{}, "a.mp4");
        const std::string content = read(path);
        const std::size_t half = content.size() / 2;
        const QString pieces = folder.filePath("pieces");
        write(pieces, "head" + content.substr(0, half) + "gap" + content.substr(half) + "tail");
        const auto bytes =
            video::Bytes::ofRanges(pieces.toStdString(), {{4, half}, {4 + half + 3, content.size() - half}});
        QVERIFY(bytes.has_value());
        QCOMPARE(bytes->size(), std::uint64_t(content.size()));
        const auto video = video::Video::open(*bytes);
        QVERIFY(video.has_value());
        QCOMPARE((*video)->facts().frames, 60);
        QCOMPARE(digestOf(*(*video)->frame(31)),
                 digestOf(*(*video::Video::open(video::Bytes::ofMemory(content)))->frame(31)));
        QCOMPARE(video::Bytes::ofRanges(pieces.toStdString(), {{4, content.size() + 20}}).error().code,
                 base::ErrorCode::Truncated);
    }

    void badInputIsSaidSo_data() {
        QTest::addColumn<QString>("muxer");
        QTest::addColumn<int>("percent"); ///< of the file that is left
        QTest::addColumn<QString>("expected");
        QTest::newRow("MP4 without its index") << "mp4" << 90 << "error";
        QTest::newRow("MP4 with its index first, cut") << "ismv" << 100 << "frames";
        QTest::newRow("Matroska cut") << "matroska" << 60 << "frames";
        QTest::newRow("AVI cut: no index") << "avi" << 60 << "frames";
        QTest::newRow("MPEG-TS cut") << "mpegts" << 55 << "frames";
        QTest::newRow("MP4 of a few bytes") << "mp4" << 1 << "error";
    }
    void badInputIsSaidSo() {
        QFETCH(QString, muxer);
        QFETCH(int, percent);
        QFETCH(QString, expected);
        const QTemporaryDir folder;
        const std::string whole =
            read(test::make(folder, Clip{.muxer = qPrintable(muxer), .reordered = 0}, "a.bin"));
        const QString cut = folder.filePath("cut.bin");
        write(cut, whole.substr(0, whole.size() * static_cast<std::size_t>(percent) / 100));
        const auto video = video::Video::open(*video::Bytes::ofFile(cut.toStdString()));
        if (expected == "error") {
            QVERIFY(!video.has_value());
            QVERIFY(video.error().code == base::ErrorCode::Malformed ||
                    video.error().code == base::ErrorCode::Truncated);
            return;
        }
        QVERIFY(video.has_value());
        QVERIFY((*video)->facts().frames > 20);
        QVERIFY((*video)->frame(1).has_value());
    }

    void soundAloneIsNoVideo() {
        const QTemporaryDir folder;
        QCOMPARE(video::readIndex(video::Bytes::ofMemory(std::string(5000, 'x'))).error().code,
                 base::ErrorCode::Malformed);
        QCOMPARE(video::readIndex(video::Bytes::ofMemory({})).error().code, base::ErrorCode::Malformed);
        const std::string asf("\x30\x26\xB2\x75\x8E\x66\xCF\x11\xA6\xD9\x00\xAA\x00\x62\xCE\x6C", 16);
        QCOMPARE(video::readIndex(video::Bytes::ofMemory(asf + std::string(100, '\0'))).error().code,
                 base::ErrorCode::UnsupportedFormat);
    }

    void realClipsOpen() {
        const QDir samples(shared() + "/data/samples/video");
        if (!samples.exists()) {
            QSKIP("the shared samples are not here");
        }
        static const std::map<QString, std::int32_t> kFrames{{"cvat__test_rotated_90_video.mp4", 25},
                                                             {"endoscopy__endo.mp4", 250},
                                                             {"metadata-extractor-images__100_0306.AVI", 41},
                                                             {"metadata-extractor-images__with-gps.mov", 120},
                                                             {"sample-videos__book.mkv", 109}};
        for (const auto& [name, frames] : kFrames) {
            const auto index = video::readIndex(*video::Bytes::ofFile(samples.filePath(name).toStdString()));
            QVERIFY2(index.has_value(), qPrintable(name));
            QCOMPARE((*index)->facts.frames, frames); // as ffprobe -count_frames has it
        }
    }
};

Q_DECLARE_METATYPE(kamei::test::Clip)
QTEST_GUILESS_MAIN(TestVideo)
#include "TestVideo.moc"
