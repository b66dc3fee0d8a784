// What is wrong with an asset stays until the step that found it finds it no longer: what another step could
// do meanwhile takes nothing back (the gate asks that everything was examined; Guideline 4.9, 5.2).

#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "core/job/Assessment.h"
#include "core/job/ImportWriter.h"
#include "core/job/Job.h"
#include "core/job/SessionInternals.h"
#include "tests/core/store/Sample.h"

using namespace kamei;
using base::ErrorCode;
namespace fs = std::filesystem;

namespace {

constexpr const char* kNote = "患者ID：K0047731\n氏名：榎本 周平　様\n主訴：咳嗽。榎本氏は来週再診の予定。\n";
constexpr const char* kReport =
    R"(<?xml version="1.0" encoding="UTF-8"?>
<ClinicalDocument xmlns="urn:hl7-org:v3"><component><nonXMLBody><text mediaType="application/pdf"
representation="B64">QUJD</text></nonXMLBody></component></ClinicalDocument>
)";

/// A workspace over one file that was imported.
struct Bed {
    QTemporaryDir parent;
    fs::path root = parent.path().toStdString();
    fs::path file;
    std::shared_ptr<job::Session> session;
    base::NoProgress quiet;

    Bed(const char* name, const char* content) : file(root / "records" / name) {
        fs::create_directories(file.parent_path());
        std::ofstream(file, std::ios::binary) << content;
        session = *job::Session::create(root / "ws", {"title", "purpose", {}});
        must(job::importJob(session, {{file.parent_path()}, 1, "tester"}));
    }
    job::Report must(std::unique_ptr<job::Job> job) {
        const auto report = job->run({}, quiet);
        if (!report) {
            qWarning() << "failed:" << report.error().place.c_str();
        }
        return report.value_or(job::Report{});
    }
    job::Report detect() { return must(job::detectJob(session, {})); }
    job::Report stage() { return must(job::stageJob(session, {})); }
    store::AssetRecord row() {
        const auto reading = *session->internals().read();
        return reading->assets.list({})->front();
    }
    [[nodiscard]] QString problem() {
        const auto row = this->row();
        return row.asset.problem ? QString::fromUtf8(base::errorWord(row.asset.problem->code).data()) : "";
    }
    bool blocked() {
        const auto points = *job::evaluateGate(*session);
        return std::ranges::any_of(points, [](const release::GatePoint& point) {
            return point.condition == release::Condition::UnreadableDecided;
        });
    }
    void setProblem(store::ProblemOrigin origin, const base::Error& error) {
        const base::AssetId asset = row().asset.id;
        auto writing = *session->internals().write();
        QVERIFY(writing->assets.setProblem(asset, origin, error));
        QVERIFY(writing.commit());
    }
};

} // namespace

class TestProblems : public QObject {
    Q_OBJECT

private slots:
    void whatCouldNotBeSearchedIsNotStagedUnaltered() {
        Bed bed("note.txt", kNote);
        const fs::path away = bed.root / "away.txt";
        fs::rename(bed.file, away);
        bed.detect();
        QCOMPARE(bed.problem(), QStringLiteral("source-missing"));
        QVERIFY(!bed.row().detected);
        bed.stage();
        QVERIFY(bed.blocked());
        fs::rename(away, bed.file);
        QCOMPARE(bed.stage().done, std::int64_t{0});
        QVERIFY(bed.row().stagedDigest.isZero());
        QVERIFY(bed.blocked());

        QCOMPARE(bed.detect().done, std::int64_t{1}); // due by itself
        QVERIFY(bed.row().detected);
        QVERIFY(bed.row().findings.total > 0);
        QCOMPARE(bed.stage().done, std::int64_t{1});
        QCOMPARE(bed.problem(), QString());
        QVERIFY(!bed.blocked());
        const auto staged = bed.session->staged(bed.row().asset.id)->front();
        std::ifstream in(bed.session->folder() / staged.path);
        const std::string text{std::istreambuf_iterator<char>(in), {}};
        QVERIFY(text.find("榎本") == std::string::npos);
    }

    void decisionsOutliveASearchThatFails() {
        Bed bed("note.txt", kNote);
        bed.detect();
        const auto found = *bed.session->findings({});
        QVERIFY(!found.empty());
        decide::Decide edit;
        edit.findings = {found.front().id};
        QVERIFY(bed.session->apply(edit, "tester"));
        fs::rename(bed.file, bed.root / "away.txt");
        job::DetectSpec again;
        again.again = true;
        bed.must(job::detectJob(bed.session, again));
        QVERIFY(!bed.row().detected);
        QCOMPARE(bed.session->findings({})->size(), found.size());
        QVERIFY((*bed.session->finding(found.front().id))->state != model::DecisionState::Open);
    }

    void everyStepTakesBackItsOwn_data() {
        QTest::addColumn<int>("origin");
        QTest::addColumn<QString>("place");
        QTest::addColumn<bool>("afterDetect");
        QTest::addColumn<bool>("afterStage");
        const auto row = [](const char* name, store::ProblemOrigin origin, const char* place, bool detect,
                            bool stage) {
            QTest::newRow(name) << static_cast<int>(origin) << QString(place) << detect << stage;
        };
        row("staging does not take back what detection says", store::ProblemOrigin::Detect, "detect.pixels",
            false, true);
        row("a passing error of reading is detection's, whatever its place", store::ProblemOrigin::Detect,
            "intake.read", false, true);
        row("detection does not take back what staging says", store::ProblemOrigin::Stage, "stage.transform",
            true, false);
        row("neither takes back what import doubts", store::ProblemOrigin::Intake, "intake.describe", true,
            true);
    }
    void everyStepTakesBackItsOwn() {
        QFETCH(int, origin);
        QFETCH(QString, place);
        QFETCH(bool, afterDetect);
        QFETCH(bool, afterStage);
        Bed detected("note.txt", kNote);
        Bed staged("note.txt", kNote);
        staged.detect();
        for (Bed* bed : {&detected, &staged}) {
            bed->setProblem(static_cast<store::ProblemOrigin>(origin),
                            {ErrorCode::Truncated, {}, place.toStdString()});
            QVERIFY(bed->blocked());
        }
        detected.detect();
        QCOMPARE(detected.blocked(), afterDetect);
        QCOMPARE(staged.stage().done, std::int64_t{1});
        QCOMPARE(staged.blocked(), afterStage);
    }

    /// Files of one series, by the same person: what one of them is doubted for is not told by the others.
    void doubtsAreOfEverySource_data() {
        QTest::addColumn<int>("doubtful");
        QTest::addColumn<int>("gone");
        QTest::addColumn<bool>("blocked");
        QTest::newRow("the first") << 0 << -1 << true;
        QTest::newRow("the second") << 1 << -1 << true;
        QTest::newRow("the last") << 2 << -1 << true;
        QTest::newRow("the second, when another is gone") << 1 << 2 << true;
        QTest::newRow("the second, when it is gone itself") << 1 << 1 << false;
    }
    void doubtsAreOfEverySource() {
        QFETCH(int, doubtful);
        QFETCH(int, gone);
        QFETCH(bool, blocked);
        QTemporaryDir parent;
        auto session = *job::Session::create(sample::folderIn(parent), {"title", "purpose", {}});
        {
            auto writer = job::ImportWriter::create(session->internals(), "tester");
            QVERIFY(writer);
            std::vector<job::ImportedFile> files(3);
            for (int i = 0; i < 3; ++i) {
                job::ImportedFile& file = files[static_cast<std::size_t>(i)];
                file.path = "/data/part" + std::to_string(i);
                file.sha256 = base::sha256(file.path.string());
                file.format = "dicom";
                file.description.kind = model::AssetKind::DicomVideo;
                file.description.group = "1.2.3";
                if (i == doubtful) {
                    file.description.doubts = {{ErrorCode::Truncated, {"video"}, "intake.describe.video"}};
                }
            }
            QVERIFY(writer->write(files));
            QVERIFY(writer->finish());
        }
        const auto asset = session->assets({})->front().asset;
        QCOMPARE(session->assets({})->size(), std::size_t{1});
        if (gone >= 0) {
            const auto source = session->sources(asset.id)->at(static_cast<std::size_t>(gone)).id;
            auto writing = *session->internals().write();
            QVERIFY(writing->sources.remove(source));
            QVERIFY(writing.commit());
        }
        QCOMPARE((*session->asset(asset.id))->asset.problem.has_value(), blocked);
        const auto points = *job::evaluateGate(*session);
        QCOMPARE(std::ranges::any_of(points,
                                     [](const release::GatePoint& point) {
                                         return point.condition == release::Condition::UnreadableDecided;
                                     }),
                 blocked);
    }

    void embeddedFilesBlockAfterARefusedStaging() {
        Bed bed("report.xml", kReport);
        QVERIFY(bed.blocked());
        bed.detect();
        QVERIFY(bed.blocked());
        bed.setProblem(store::ProblemOrigin::Stage, {ErrorCode::NotPossible, {}, "stage.job.stage"});
        bed.stage();
        QVERIFY(!bed.row().stagedDigest.isZero());
        QCOMPARE(bed.problem(), QStringLiteral("unsupported-format"));
        QVERIFY(bed.blocked());
    }
};

QTEST_GUILESS_MAIN(TestProblems)
#include "TestProblems.moc"
