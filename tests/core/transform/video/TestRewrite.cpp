#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>
#include <cmath>

#include "core/base/Digest.h"
#include "core/intake/video/Statements.h"
#include "core/intake/video/Video.h"
#include "core/transform/video/Cleaning.h"
#include "core/transform/video/Rewrite.h"
#include "tests/core/intake/video/Clips.h"

using namespace kamei;
using namespace kamei::transform::video;
using intake::video::Bytes;
using intake::video::Video;
using test::Clip;

namespace {

struct Sink final : transform::ByteSink {
    std::string bytes;
    [[nodiscard]] base::Expected<void> write(std::span<const std::byte> data) override {
        bytes.append(reinterpret_cast<const char*>(data.data()), data.size());
        return {};
    }
};

model::Mask rectangle(model::RectPx rect, model::FrameRange frames,
                      model::Mask::Fill fill = model::Mask::Fill::Black) {
    model::Mask mask;
    mask.rect = rect;
    mask.frames = frames;
    mask.fill = fill;
    return mask;
}

/// How much of the pattern is in a picture, where it stood: correlation of brightness with it, -1 to 1.
double trace(const model::Raster& raster, int dx = 0, int dy = 0) {
    double sum = 0;
    double squares = 0;
    double wanted = 0;
    double wantedSquares = 0;
    double both = 0;
    int count = 0;
    for (int y = 4; y < test::kMarkHeight - 4; ++y) {
        for (int x = 4; x < test::kMarkWidth - 4; ++x) {
            const auto at =
                static_cast<std::size_t>((test::kMarkY + dy + y) * raster.width + test::kMarkX + dx + x) * 3;
            const double value = std::to_integer<int>(raster.samples[at + 1]);
            const double pattern = test::mark(x, y);
            sum += value;
            squares += value * value;
            wanted += pattern;
            wantedSquares += pattern * pattern;
            both += value * pattern;
            ++count;
        }
    }
    const double spread = (squares - sum * sum / count) * (wantedSquares - wanted * wanted / count);
    return spread < 1 ? 0 : (both - sum * wanted / count) / std::sqrt(spread);
}

/// Peak signal to noise outside a rectangle grown by the loop filter's reach.
double outside(const model::Raster& before, const model::Raster& after, const model::RectPx& rect) {
    constexpr int kReach = 4;
    double error = 0;
    double count = 0;
    for (int y = 0; y < before.height; ++y) {
        for (int x = 0; x < before.width; ++x) {
            if (x >= rect.x - kReach && x < rect.x + rect.width + kReach && y >= rect.y - kReach &&
                y < rect.y + rect.height + kReach) {
                continue;
            }
            for (std::size_t c = 0; c < 3; ++c) {
                const auto at = static_cast<std::size_t>(y * before.width + x) * 3 + c;
                const double step =
                    std::to_integer<int>(before.samples[at]) - std::to_integer<int>(after.samples[at]);
                error += step * step;
                ++count;
            }
        }
    }
    return error == 0 ? 99 : 10 * std::log10(255.0 * 255.0 * count / error);
}

const model::RectPx kCover{test::kMarkX - 2, test::kMarkY - 2, test::kMarkWidth + 4, test::kMarkHeight + 4};

} // namespace

class TestRewrite : public QObject {
    Q_OBJECT

private slots:
    void maskedContentIsGone_data() {
        QTest::addColumn<Clip>("clip");
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("pieces"); ///< whether single groups are replaced
        const auto row = [](const char* what, const Clip& clip, const char* name, bool pieces = true) {
            QTest::newRow(what) << clip << QString(name) << pieces;
        };
        row("H.264 in MP4, closed groups", Clip{}, "a.mp4");
        row("H.264 in MOV", Clip{.muxer = "mov"}, "a.mov");
        row("H.264 baseline", Clip{.reordered = 0, .options = "cabac=0:8x8dct=0"}, "b.mp4");
        row("H.264 interlaced", Clip{.options = "tff=1", .interlaced = true}, "c.mp4");
        row("H.264 of ten bits", Clip{.pixels = AV_PIX_FMT_YUV420P10LE}, "d.mp4");
        row("H.264 with open groups: up to the end", Clip{.options = "open-gop=1"}, "e.mp4");
        row("H.264 in Matroska", Clip{.muxer = "matroska"}, "f.mkv");
        row("H.264 in MPEG-TS", Clip{.muxer = "mpegts"}, "g.ts");
        row("H.264 in AVI", Clip{.muxer = "avi", .reordered = 0}, "h.avi");
        row("H.264 raw", Clip{.muxer = "h264"}, "i.h264");
        row("H.265 with open groups in MP4", Clip{.encoder = "libx265", .options = "open-gop=1"}, "j.mp4");
        row("H.265 with closed groups in Matroska",
            Clip{.encoder = "libx265", .muxer = "matroska", .options = "open-gop=0"}, "k.mkv");
        row("H.265 in MPEG-TS", Clip{.encoder = "libx265", .muxer = "mpegts", .options = "repeat-headers=1"},
            "l.ts");
        row("MPEG-2 with open groups in MPEG-PS", Clip{.encoder = "mpeg2video", .muxer = "vob"}, "m.mpg");
        row("MPEG-2 interlaced in MPEG-TS",
            Clip{.encoder = "mpeg2video", .muxer = "mpegts", .interlaced = true}, "n.ts");
        row("MPEG-2 raw", Clip{.encoder = "mpeg2video", .muxer = "mpeg2video"}, "o.m2v");
        row("MPEG-1", Clip{.encoder = "mpeg1video", .muxer = "mpeg"}, "p.mpg");
        row("MPEG-4 with B-pictures in MP4", Clip{.encoder = "mpeg4"}, "q.mp4");
        row("MPEG-4 in AVI", Clip{.encoder = "mpeg4", .muxer = "avi", .reordered = 0}, "r.avi");
        row("MPEG-4 with B-pictures in AVI: all", Clip{.encoder = "mpeg4", .muxer = "avi"}, "s.avi", false);
        row("JPEG in AVI",
            Clip{.encoder = "mjpeg", .muxer = "avi", .reordered = 0, .pixels = AV_PIX_FMT_YUVJ420P}, "t.avi");
        row("ProRes in MOV",
            Clip{.encoder = "prores_ks", .muxer = "mov", .reordered = 0, .pixels = AV_PIX_FMT_YUV422P10LE},
            "u.mov");
        row("FFV1: all as H.264", Clip{.encoder = "ffv1", .muxer = "matroska", .reordered = 0}, "v.mkv",
            false);
        row("uneven times", Clip{.uneven = true}, "w.mp4");
        row("turned by the display matrix, with sound", Clip{.sound = true, .turned = 90}, "x.mp4");
    }
    /// Nothing of the pattern is in any frame of its range, nor the packets that held it in the file; other
    /// groups are bit-identical, the touched one is close.
    void maskedContentIsGone() {
        QFETCH(Clip, clip);
        QFETCH(QString, name);
        QFETCH(bool, pieces);
        const QTemporaryDir folder;
        const std::string path = test::make(folder, clip, name.toStdString());
        const auto bytes = Bytes::ofFile(path);
        const auto before = Video::open(*bytes);
        QVERIFY(before.has_value());
        constexpr std::int32_t kFirst = 27;
        constexpr std::int32_t kLast = 30;
        Wish wish;
        wish.masks = {rectangle(kCover, {kFirst, kLast})};
        auto scratch = Scratch::create(folder.path().toStdString());
        QVERIFY(scratch.has_value());
        const auto outcome = rewrite(*bytes, (*before)->index(), wish, *scratch);
        QVERIFY2(outcome.has_value(),
                 outcome ? ""
                         : qPrintable(QString::fromStdString(outcome.error().args.empty()
                                                                 ? outcome.error().place
                                                                 : outcome.error().args.back())));
        QCOMPARE(outcome->whole.empty(), pieces);
        Sink sink;
        QVERIFY(scratch->copyTo(sink).has_value());

        const auto after = Video::open(Bytes::ofMemory(sink.bytes));
        QVERIFY(after.has_value());
        QCOMPARE((*after)->facts().frames, clip.frames);
        QCOMPARE((*after)->facts().container, (*before)->facts().container);
        QCOMPARE((*after)->facts().rotation, (*before)->facts().rotation);
        QCOMPARE((*after)->facts().audio, 0);
        int identical = 0;
        for (std::int32_t n = 1; n <= clip.frames; ++n) {
            const auto was = (*before)->frame(n);
            const auto is = (*after)->frame(n);
            QVERIFY(was.has_value());
            QVERIFY(is.has_value());
            QCOMPARE((*after)->timeUs(n), (*before)->timeUs(n));
            QVERIFY(trace(*was) > 0.9);
            const bool masked = n >= kFirst && n <= kLast;
            if (masked) {
                QVERIFY2(std::abs(trace(*is)) < 0.3, qPrintable(QString::number(trace(*is))));
                QVERIFY2(outside(*was, *is, kCover) > 38,
                         qPrintable(QString::number(outside(*was, *is, kCover))));
            } else {
                QVERIFY2(trace(*is) > 0.9, qPrintable(QString::number(n)));
                QVERIFY(outside(*was, *is, {}) > 38);
            }
            const bool coded = std::ranges::any_of(
                outcome->pieces, [&](const Piece& piece) { return n >= piece.first && n <= piece.last; });
            QVERIFY(!masked || coded);
            if (!coded) {
                QCOMPARE(is->samples, was->samples);
                ++identical;
            }
        }
        QVERIFY(!pieces || identical >= 20);
        // What the packets of masked frames held is nowhere in the file.
        std::string content;
        QFile file(QString::fromStdString(path));
        QVERIFY(file.open(QIODevice::ReadOnly));
        content = file.readAll().toStdString();
        int searched = 0;
        for (std::int32_t n = kFirst; n <= kLast; ++n) {
            const auto& index = *(*before)->index();
            const auto& packet =
                index.packets[static_cast<std::size_t>(index.order[static_cast<std::size_t>(n - 1)])];
            constexpr int kSlice = 24;
            // Slices of intra codecs beside the mask come out as they were.
            const bool whole =
                index.coding == intake::video::Coding::H264 || index.coding == intake::video::Coding::Hevc;
            if (packet.position >= 0 && packet.size > 3 * kSlice && index.facts.container != "mpegts" &&
                index.facts.container != "mpeg" && whole) {
                const auto middle = static_cast<std::size_t>(packet.position + packet.size / 2);
                const std::string slice = content.substr(middle, kSlice);
                QCOMPARE(sink.bytes.find(slice), std::string::npos);
                ++searched;
            }
        }
        if (clip.muxer == std::string("mp4") && clip.encoder == std::string("libx264")) {
            QCOMPARE(searched > 0, true);
        }
    }

    void independentReadersDecodeEveryFrame_data() {
        QTest::addColumn<Clip>("clip");
        QTest::addColumn<QString>("name");
        QTest::newRow("H.264") << Clip{} << "a.mp4";
        QTest::newRow("H.265, open groups") << Clip{.encoder = "libx265", .options = "open-gop=1"} << "b.mp4";
        QTest::newRow("MPEG-2") << Clip{.encoder = "mpeg2video", .muxer = "vob"} << "c.mpg";
        QTest::newRow("MPEG-4") << Clip{.encoder = "mpeg4"} << "d.mp4";
    }
    void independentReadersDecodeEveryFrame() {
        QFETCH(Clip, clip);
        QFETCH(QString, name);
        const QString ffmpeg = QStandardPaths::findExecutable("ffmpeg");
        if (ffmpeg.isEmpty()) {
            QSKIP("ffmpeg is not here");
        }
        const QTemporaryDir folder;
        const auto bytes = Bytes::ofFile(test::make(folder, clip, name.toStdString()));
        Wish wish;
        wish.masks = {rectangle(kCover, {14, 15}), rectangle(kCover, {40, 41}, model::Mask::Fill::Noise)};
        auto scratch = Scratch::create({});
        const auto outcome = rewrite(*bytes, *intake::video::readIndex(*bytes), wish, *scratch);
        QVERIFY(outcome.has_value());
        QVERIFY(outcome->whole.empty());
        QCOMPARE(outcome->pieces.size(), std::size_t(2));
        Sink sink;
        QVERIFY(scratch->copyTo(sink).has_value());
        const QString out = folder.filePath("out-" + name);
        QFile file(out);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(sink.bytes.data(), qint64(sink.bytes.size())), qint64(sink.bytes.size()));
        file.close();
        QProcess process;
        process.start(ffmpeg, {"-v", "error", "-xerror", "-i", out, "-f", "framehash", "-"});
        QVERIFY(process.waitForFinished(60'000));
        QCOMPARE(process.exitCode(), 0);
        QCOMPARE(process.readAllStandardError(), QByteArray());
        const QByteArray hashes = process.readAllStandardOutput();
        int frames = 0;
        for (const QByteArray& line : hashes.split('\n')) {
            frames += !line.isEmpty() && !line.startsWith('#') ? 1 : 0;
        }
        QCOMPARE(frames, clip.frames);
    }

    void withoutMasksSlicesStayBitForBit() {
        const QTemporaryDir folder;
        for (const Clip& clip :
             {Clip{.tags = {{"title", "山田花子"}}}, Clip{.encoder = "mpeg2video", .muxer = "mpegts"}}) {
            const auto bytes = Bytes::ofFile(test::make(folder, clip, "a.bin"));
            const auto before = Video::open(*bytes);
            auto scratch = Scratch::create({});
            const auto outcome = rewrite(*bytes, (*before)->index(), {}, *scratch);
            QVERIFY(outcome.has_value());
            QVERIFY(outcome->pieces.empty());
            Sink sink;
            QVERIFY(scratch->copyTo(sink).has_value());
            const auto after = Video::open(Bytes::ofMemory(sink.bytes));
            QVERIFY(after.has_value());
            for (std::int32_t n = 1; n <= clip.frames; ++n) {
                QCOMPARE((*after)->frame(n)->samples, (*before)->frame(n)->samples);
            }
            QCOMPARE(sink.bytes.find("x264"), std::string::npos);
            QCOMPARE(sink.bytes.find("山田"), std::string::npos);
            QCOMPARE((*after)->index()->userDataCount, 0);
        }
    }

    void moversCoverWhereTheyAre() {
        const QTemporaryDir folder;
        const auto bytes = Bytes::ofFile(test::make(folder, Clip{}, "a.mp4"));
        const auto index = intake::video::readIndex(*bytes);
        Wish wish;
        wish.masks = {rectangle({10, 90, 16, 16}, {20, 40})};
        wish.masks.front().track = {{20, {10, 90, 16, 16}}, {40, {110, 90, 16, 16}}};
        auto scratch = Scratch::create({});
        QVERIFY(rewrite(*bytes, *index, wish, *scratch).has_value());
        const auto after = Video::open(*scratch->bytes());
        QVERIFY(after.has_value());
        const auto dark = [&](std::int32_t frame, int x) {
            const auto picture = (*after)->frame(frame);
            const auto at = static_cast<std::size_t>(98 * picture->width + x) * 3 + 1;
            return std::to_integer<int>(picture->samples[at]) < 30;
        };
        QVERIFY(!dark(19, 18));
        QVERIFY(dark(20, 18) && !dark(20, 68) && !dark(20, 118));
        QVERIFY(!dark(30, 18) && dark(30, 68) && !dark(30, 118));
        QVERIFY(!dark(40, 18) && !dark(40, 68) && dark(40, 118));
        QVERIFY(!dark(41, 118));
    }

    /// H.262 6.3.5: MPEG-2 says other rates by an extension; readers of program streams count by it.
    void timesStayAtOtherRates_data() {
        QTest::addColumn<int>("rate");
        QTest::addColumn<bool>("whole");
        for (const int rate : {5, 10, 20, 50}) {
            for (const bool whole : {false, true}) {
                QTest::addRow("%d a second, %s", rate, whole ? "every group" : "one group") << rate << whole;
            }
        }
    }
    void timesStayAtOtherRates() {
        QFETCH(int, rate);
        QFETCH(bool, whole);
        const QTemporaryDir folder;
        const auto bytes = Bytes::ofFile(test::make(
            folder, Clip{.encoder = "mpeg2video", .muxer = "vob", .reordered = 0, .rate = rate}, "a.mpg"));
        const auto index = intake::video::readIndex(*bytes);
        QVERIFY(index.has_value());
        Wish wish;
        wish.masks = {rectangle(kCover, whole ? model::FrameRange{} : model::FrameRange{20, 22})};
        auto scratch = Scratch::create({});
        QVERIFY(rewrite(*bytes, *index, wish, *scratch).has_value());
        const auto after = intake::video::readIndex(*scratch->bytes());
        QCOMPARE((*after)->facts.frames, (*index)->facts.frames);
        for (std::int32_t n = 1; n <= (*index)->facts.frames; ++n) {
            QVERIFY(std::abs((*after)->timeUs(n) - (*index)->timeUs(n)) <= 2);
        }
    }

    void soundStaysOnlyWhereWished() {
        const QTemporaryDir folder;
        const auto bytes = Bytes::ofFile(test::make(folder, Clip{.sound = true}, "a.mp4"));
        const auto index = intake::video::readIndex(*bytes);
        for (const bool wished : {false, true}) {
            Wish wish;
            wish.masks = {rectangle(kCover, {20, 22})};
            if (wished) {
                wish.sound.emplace(1, model::Mute{});
            }
            auto scratch = Scratch::create({});
            QVERIFY(rewrite(*bytes, *index, wish, *scratch).has_value());
            const auto after = intake::video::readIndex(*scratch->bytes());
            QCOMPARE((*after)->facts.audio, wished ? 1 : 0);
            QCOMPARE((*after)->facts.frames, 60);
        }
    }

    void cleaningTakesWhatSpeaks_data() {
        QTest::addColumn<int>("coding");
        QTest::addColumn<QByteArray>("packet");
        QTest::addColumn<QByteArray>("left");
        using intake::video::Coding;
        const auto row = [](const char* what, Coding coding, const QByteArray& packet,
                            const QByteArray& left) {
            QTest::newRow(what) << static_cast<int>(coding) << QByteArray::fromHex(packet)
                                << QByteArray::fromHex(left);
        };
        row("H.264: unregistered user data", Coding::H264,
            "00000001 0605 14 000102030405060708090a0b0c0d0e0f 41424344 80 00000001 6588840a",
            "00000001 6588840a");
        row("H.264: registered user data (captions)", Coding::H264, "000001 0604 03 b50031 80 000001 419a0b",
            "000001 419a0b");
        row("H.264: recovery point stays", Coding::H264, "000001 0606 01 c4 80 000001 419a0b",
            "00000001 0606 01 c4 80 000001 419a0b");
        row("H.264: recovery point beside user data", Coding::H264,
            "000001 0606 01 c4 0402 b5b5 80 000001 419a0b", "00000001 0606 01 c4 80 000001 419a0b");
        row("H.264: types that nobody has defined", Coding::H264, "000001 7e41424344 000001 419a0b",
            "000001 419a0b");
        row("MPEG-2: user data", Coding::Mpeg2, "000001b2 41424344 00000100 000a0b", "00000100 000a0b");
        row("MPEG-2: time code of a group", Coding::Mpeg2, "000001b8 5a8ac6c0 00000100 000a0b",
            "000001b8 00080040 00000100 000a0b");
        row("MPEG-4: name of the encoder stays", Coding::Mpeg4, "000001b2 58766944303035 30 000001b6 10",
            "000001b2 58766944303035 30 000001b6 10");
        row("MPEG-4: other user data", Coding::Mpeg4, "000001b2 79616d616461 000001b6 10", "000001b6 10");
        row("ProRes: frames stay", Coding::ProRes, "00000008 69637066", "00000008 69637066");
        row("a coding that nothing takes apart: nothing is copied", Coding::Other, "000001b2 41424344", "");
        row("JPEG: comment and EXIF", Coding::Mjpeg, "ffd8 ffe1000845786966 0000 fffe0006 41424344 ffd9",
            "ffd8 ffd9");
        row("JPEG: JFIF stays, its small picture goes", Coding::Mjpeg,
            "ffd8 ffe00010 4a46494600 0101 00 0001 0001 0000 ffe00013 4a46494600 0101 00 0001 0001 0101 "
            "414243 ffd9",
            "ffd8 ffe00010 4a46494600 0101 00 0001 0001 0000 ffd9");
    }
    void cleaningTakesWhatSpeaks() {
        QFETCH(int, coding);
        QFETCH(QByteArray, packet);
        QFETCH(QByteArray, left);
        const auto* const data = reinterpret_cast<const std::uint8_t*>(packet.constData());
        const auto out = cleaned(static_cast<intake::video::Coding>(coding),
                                 {data, static_cast<std::size_t>(packet.size())}, 0);
        QCOMPARE(QByteArray(reinterpret_cast<const char*>(out.data()), qsizetype(out.size())).toHex(),
                 left.toHex());
    }

    void piecesAreTheSmallest() {
        using intake::video::Index;
        // Decoding order I1 P4 B2 B3 | I7 B5 B6 P10 B8 B9 (open) | I11 P12
        Index index;
        const std::vector<int> frames{1, 4, 2, 3, 7, 5, 6, 10, 8, 9, 11, 12};
        index.order.resize(frames.size());
        for (std::size_t i = 0; i < frames.size(); ++i) {
            intake::video::Packet packet;
            packet.frame = frames[i];
            packet.restart = frames[i] == 1 || frames[i] == 7 || frames[i] == 11;
            index.packets.push_back(packet);
            index.order[static_cast<std::size_t>(frames[i] - 1)] = static_cast<std::int32_t>(i);
        }
        index.facts.frames = 12;
        const auto pieces = [&](std::vector<int> touched) {
            std::vector<bool> mask(12);
            for (const int frame : touched) {
                mask[static_cast<std::size_t>(frame - 1)] = true;
            }
            return piecesOf(index, mask);
        };
        QVERIFY(pieces({}).empty());
        QCOMPARE(pieces({1}), (std::vector<Piece>{{1, 6}})); // what leads frame 7 goes with it
        QCOMPARE(pieces({3}), (std::vector<Piece>{{2, 6}})); // frame 1 is copied
        QCOMPARE(pieces({6}), (std::vector<Piece>{{5, 6}}));
        QCOMPARE(pieces({8}), (std::vector<Piece>{{8, 10}}));
        QCOMPARE(pieces({12}), (std::vector<Piece>{{12, 12}}));
        QCOMPARE(pieces({3, 12}), (std::vector<Piece>{{2, 6}, {12, 12}}));
        index.facts.whole = "codec";
        QCOMPARE(pieces({3}), (std::vector<Piece>{{1, 12}}));
    }

    void decodingTimesGrowAndPrecede() {
        const std::vector<std::int64_t> kept{-2, 0, 2};
        QCOMPARE(decodingTimes({0, 4, 2}, kept), kept);
        const auto made = decodingTimes({0, 40, 20, 60}, {intake::video::kNoTime, 0, 0, 0});
        QCOMPARE(made, (std::vector<std::int64_t>{-20, 0, 20, 40}));
    }
};

Q_DECLARE_METATYPE(kamei::test::Clip)
QTEST_GUILESS_MAIN(TestRewrite)
#include "TestRewrite.moc"
