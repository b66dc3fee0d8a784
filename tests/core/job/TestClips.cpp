#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include "core/base/Progress.h"
#include "core/decide/Policies.h"
#include "core/job/Clips.h"
#include "core/job/Job.h"
#include "core/job/SessionInternals.h"

using namespace kamei;
namespace fs = std::filesystem;
using Cuts = std::vector<std::int32_t>;

namespace {

/// A workspace with a clip of three scenes of a second each, 25 pictures a second.
struct Bed {
    QTemporaryDir folder;
    fs::path clip;
    std::shared_ptr<job::Session> session;
    base::AssetId asset;

    explicit Bed(const QString& noise) {
        const fs::path root = folder.path().toStdString();
        fs::create_directories(root / "in");
        clip = root / "in" / "clip.mp4";
        QProcess ffmpeg;
        // The sources move all the time; only the middle scene is another one. What differs tells clips
        // apart.
        ffmpeg.start("ffmpeg", {"-nostdin",
                                "-v",
                                "error",
                                "-f",
                                "lavfi",
                                "-i",
                                "mandelbrot=size=160x120:rate=25,trim=end_frame=25",
                                "-f",
                                "lavfi",
                                "-i",
                                "testsrc=size=160x120:rate=25,trim=end_frame=25",
                                "-f",
                                "lavfi",
                                "-i",
                                "color=c=" + noise + ":size=160x120:rate=25,trim=end_frame=25",
                                "-filter_complex",
                                "[0][1][2]concat=n=3",
                                "-c:v",
                                "libx264",
                                QString::fromStdString(clip.string())});
        ffmpeg.waitForFinished(60'000);
        session = *job::Session::create(root / "ws", {"t", "p", *decide::policyFromText("guideline-2024")});
        run(job::importJob(session, {{root / "in"}, 1, "test"}));
        const auto rows = *session->assets({});
        asset = rows.empty() ? base::AssetId{} : rows.front().asset.id;
    }
    static void run(std::unique_ptr<job::Job> job) {
        base::NoProgress quiet;
        QVERIFY(job->run({}, quiet).has_value());
    }
    Cuts cuts(std::stop_token stop = {}) {
        const auto found = job::sceneCutsOf(*session, asset, stop);
        return found ? *found : Cuts{-1};
    }
};

} // namespace

/// Where the scenes of a clip begin, and when its pictures are shown.
class TestClips : public QObject {
    Q_OBJECT

private slots:
    void init() {
        if (QStandardPaths::findExecutable("ffmpeg").isEmpty()) {
            QSKIP("ffmpeg is not installed");
        }
    }

    void detectionKeepsTheScenes() {
        Bed bed("gray");
        QVERIFY(bed.asset.valid());
        Bed::run(job::detectJob(bed.session, {1, false, "test"}));
        // Known: nothing is decoded any more, not even the file is there.
        QVERIFY(fs::remove(bed.clip));
        QCOMPARE(bed.cuts(), (Cuts{26, 51}));
        bed.session = *job::Session::open(bed.session->folder(), job::OpenMode::ReadOnly);
        QCOMPARE(bed.cuts(), (Cuts{26, 51}));
    }

    void withoutDetectionTheyAreLookedForOnce() {
        Bed bed("white");
        std::stop_source stop;
        stop.request_stop();
        const auto cancelled = job::sceneCutsOf(*bed.session, bed.asset, stop.get_token());
        QVERIFY(!cancelled && cancelled.error().code == base::ErrorCode::Cancelled);
        QCOMPARE(bed.cuts(), (Cuts{26, 51}));
        QVERIFY(fs::remove(bed.clip));
        QCOMPARE(bed.cuts(), (Cuts{26, 51}));
    }

    void anotherContentForgetsThem() {
        Bed bed("black");
        Bed::run(job::detectJob(bed.session, {1, false, "test"}));
        auto writing = *bed.session->internals().write();
        QVERIFY((*writing->cuts.of(bed.asset)).has_value());
        auto source = writing->sources.ofAsset(bed.asset)->front();
        source.path = "/elsewhere/clip.mp4"; // moved: the same content
        QVERIFY(writing->sources.update(source).has_value());
        QVERIFY((*writing->cuts.of(bed.asset)).has_value());
        source.sha256 = base::sha256("another");
        QVERIFY(writing->sources.update(source).has_value());
        QVERIFY(!(*writing->cuts.of(bed.asset)).has_value());
    }

    void framesHaveTheirTimes() {
        Bed bed("red");
        const auto times = job::frameTimesUs(*bed.session, bed.asset);
        QVERIFY(times.has_value());
        QCOMPARE(times->size(), 75U);
        for (std::size_t i = 0; i < times->size(); ++i) {
            QCOMPARE((*times)[i], static_cast<std::int64_t>(i) * 40'000);
        }
    }
};

QTEST_GUILESS_MAIN(TestClips)
#include "TestClips.moc"
