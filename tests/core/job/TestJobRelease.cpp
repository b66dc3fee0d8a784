// The jobs one after the other over a workspace, as the window runs them: looking, confirming, the open gate,
// the release.

#include "SmallCohort.h"
#include "core/job/Assessment.h"
#include "core/job/Job.h"
#include "core/job/Looking.h"
#include "core/job/Sealing.h"
#include "core/keys/Sealed.h"
#include "core/release/DeletedInformation.h"
#include "core/release/ReleaseWriter.h"
#include "tests/core/intake/dicom/DicomBytes.h"
#include "tests/core/job/ReleaseBench.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest>
#include <set>

using namespace kamei;
using test::contentOf;
using test::kPassphrase;

namespace {

base::NoProgress noProgress;

/// Counts what a job reports and stops it after some steps.
class StopAfter final : public base::ProgressSink {
public:
    StopAfter(std::stop_source stop, std::uint64_t steps) : m_stop(std::move(stop)), m_steps(steps) {}
    void progress(std::uint64_t done, std::uint64_t) override {
        if (done >= m_steps) {
            m_stop.request_stop();
        }
    }
    void phase(std::string_view) override {}

private:
    std::stop_source m_stop;
    std::uint64_t m_steps;
};

} // namespace

class TestJobRelease : public test::ReleaseBench {
    Q_OBJECT

private slots:
    void init() { makeSession(); }
    void cancelledImportResumes();
    void looking();
    void masksAreSeenBeforeStaging();
    void shardsMakeTheWhole();
    void releaseIsWhatWasConfirmed_data();
    void releaseIsWhatWasConfirmed();
    void aDirectoryComesBack_data();
    void aDirectoryComesBack();
    void whatCannotBeCountedIsNotNobody();

private:
    std::set<release::Condition> openConditions();
};

std::set<release::Condition> TestJobRelease::openConditions() {
    std::set<release::Condition> out;
    const auto points = job::evaluateGate(*m_session).value();
    for (const release::GatePoint& point : points) {
        out.insert(point.condition);
    }
    return out;
}

void TestJobRelease::cancelledImportResumes() {
    std::stop_source stop;
    StopAfter progress(stop, 1);
    const auto cancelled =
        job::importJob(m_session, {{m_cohort.toStdString()}, 1, "tester"})->run(stop.get_token(), progress);
    QVERIFY(cancelled.has_value());
    QVERIFY(cancelled->cancelled);
    const job::Report rest = run(job::importJob(m_session, {{m_cohort.toStdString()}, 1, "tester"}));
    QCOMPARE(rest.done + rest.unchanged, std::int64_t{5});
    QCOMPARE(assets().size(), std::size_t{5});
}

void TestJobRelease::looking() {
    (void)run(job::importJob(m_session, {{m_cohort.toStdString()}, 0, "tester"}));
    (void)run(job::detectJob(m_session, {}));
    const base::AssetId series = assetOf(model::AssetKind::DicomSeries).asset.id;
    const base::AssetId text = assetOf(model::AssetKind::Text).asset.id;

    const auto lines = job::attributes(*m_session, series, 0);
    QVERIFY(lines.has_value());
    const auto name = std::ranges::find(*lines, std::string("(0010,0010)"), &job::AttributeLine::path);
    QVERIFY(name != lines->end());
    QVERIFY(name->before.find("榎本") != std::string::npos);
    QVERIFY(name->removed || name->after.find("榎本") == std::string::npos);
    QVERIFY(name->finding.valid());

    const auto before = job::textOf(*m_session, text, job::Side::Before);
    const auto preview = job::textOf(*m_session, text, job::Side::After);
    QVERIFY(before.has_value() && preview.has_value());
    QVERIFY(before->source.text().find("榎本 周平") != std::string::npos);
    QVERIFY(preview->source.text().find("榎本 周平") == std::string::npos);
    QVERIFY(preview->preview);

    const auto picture = job::pictureOf(*m_session, series, 1, job::Side::Before);
    QVERIFY(picture.has_value());
    QCOMPARE(picture->raster.width, 32);
    QVERIFY(!job::pictureOf(*m_session, series, 2, job::Side::Before).has_value());
    const auto overview = job::overviewOf(*m_session, series, job::Side::Before, {});
    QVERIFY(overview.has_value());
    QCOMPARE(overview->frames, 1);
    QCOMPARE(overview->maximum.samples, picture->raster.samples);

    decideAll();
    (void)run(job::stageJob(m_session, {}));
    const auto staged = job::textOf(*m_session, text, job::Side::After);
    QVERIFY(staged.has_value());
    QVERIFY(!staged->preview);
    QCOMPARE(staged->source.text(), preview->source.text()); // what was previewed is what was staged
}

void TestJobRelease::masksAreSeenBeforeStaging() {
    (void)run(job::importJob(m_session, {{m_cohort.toStdString()}, 0, "tester"}));
    (void)run(job::detectJob(m_session, {}));
    const base::AssetId series = assetOf(model::AssetKind::DicomSeries).asset.id;
    model::Mask mask;
    mask.rect = {4, 4, 8, 8};
    model::Finding finding;
    finding.asset = series;
    finding.locator.kind = model::Locator::Kind::Pixels;
    finding.locator.rect = mask.rect;
    finding.rule = "image-content.burned-in-text";
    finding.suggested = finding.action = model::Action::Mask;
    finding.state = model::DecisionState::Accepted;
    finding.origin = model::Origin::Person;
    finding.detail = R"({"mask":)" + model::toJson(mask) + "}";
    QVERIFY(m_session->apply(decide::Add{{finding}}, "tester").has_value());

    const auto original = job::pictureOf(*m_session, series, 1, job::Side::Before).value();
    const auto preview = job::pictureOf(*m_session, series, 1, job::Side::After).value();
    QVERIFY(preview.preview);
    decideAll();
    (void)run(job::stageJob(m_session, {}));
    const auto staged = job::pictureOf(*m_session, series, 1, job::Side::After).value();
    QVERIFY(!staged.preview);
    QCOMPARE(staged.raster.samples, preview.raster.samples);
    // Inside the mask one value, outside every pixel as it was.
    const auto at = [](const model::Raster& raster, int x, int y) {
        std::int16_t value = 0;
        std::memcpy(&value, raster.samples.data() + 2 * (y * raster.width + x), 2);
        return value;
    };
    for (int y = 0; y < 32; ++y) {
        for (int x = 0; x < 32; ++x) {
            const bool inside = x >= 4 && x < 12 && y >= 4 && y < 12;
            QCOMPARE(at(staged.raster, x, y), inside ? at(staged.raster, 4, 4) : at(original.raster, x, y));
        }
    }
    QVERIFY(at(original.raster, 5, 5) != at(original.raster, 6, 5));
}

void TestJobRelease::shardsMakeTheWhole() {
    (void)run(job::importJob(m_session, {{m_cohort.toStdString()}, 0, "tester"}));
    (void)run(job::detectJob(m_session, {}));
    decideAll();
    std::int64_t done = 0;
    for (int shard = 1; shard <= 3; ++shard) {
        job::StageSpec spec;
        spec.shard = shard;
        spec.shards = 3;
        done += run(job::stageJob(m_session, spec)).done;
    }
    QCOMPARE(done, std::int64_t{5});
    QCOMPARE(run(job::stageJob(m_session, {})).done, std::int64_t{0}); // nothing is left to do
    for (const job::AssetRow& row : assets()) {
        QVERIFY(!row.stale);
    }
}

void TestJobRelease::releaseIsWhatWasConfirmed_data() {
    QTest::addColumn<bool>("keep");
    QTest::newRow("deleted information destroyed") << false;
    QTest::newRow("deleted information kept with reason and date") << true;
}

void TestJobRelease::releaseIsWhatWasConfirmed() {
    QFETCH(bool, keep);
    (void)run(job::importJob(m_session, {{m_cohort.toStdString()}, 0, "tester"}));
    (void)run(job::detectJob(m_session, {}));
    decideAll();
    (void)run(job::stageJob(m_session, {}));
    QVERIFY(openConditions().contains(release::Condition::Confirmed));
    const QString out = m_folder->filePath("out");
    const auto refused = job::releaseJob(m_session, releaseTo(out, kPassphrase))->run({}, noProgress);
    QVERIFY(!refused.has_value() && refused.error().code == base::ErrorCode::GateClosed);
    QVERIFY(!QDir(out).exists() && !QFile::exists(sealed()));

    openTheGate(keep);
    for (const release::Condition condition : openConditions()) {
        QFAIL(std::string(release::word(condition)).c_str());
    }
    std::set<std::string> confirmed;
    for (const job::AssetRow& row : assets()) {
        const auto files = m_session->staged(row.asset.id).value();
        for (const model::StagedFile& file : files) {
            confirmed.insert(file.sha256.hex());
        }
    }
    QCOMPARE(run(job::releaseJob(m_session, releaseTo(out, kPassphrase))).done, std::int64_t{5});

    QVERIFY(release::verifyRelease(out.toStdString(), {}, noProgress)->differences.empty());
    std::set<std::string> released;
    QDirIterator files(out + "/data", QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QByteArray bytes = contentOf(files.next());
        released.insert(base::sha256(std::string_view(bytes.constData(), std::size_t(bytes.size()))).hex());
    }
    QCOMPARE(released, confirmed);
    QDirIterator everything(out, QDir::Files, QDirIterator::Subdirectories);
    while (everything.hasNext()) {
        const QByteArray bytes = contentOf(everything.next());
        for (const QString& planted : journeys::plantedIdentifiers()) {
            for (const QByteArray& form : journeys::byteForms(planted)) {
                QVERIFY2(!bytes.contains(form), qPrintable(everything.fileName()));
            }
        }
    }
    const job::WorkspaceInfo info = m_session->info().value();
    QVERIFY(info.released);
    QVERIFY(info.keyDestroyed);
    QVERIFY(m_session->verifyAudit().has_value());
    QCOMPARE(QFile::exists(sealed()), keep);
    // Nothing of what was deleted is left in the workspace.
    m_session.reset();
    const QByteArray database = contentOf(m_folder->filePath("ws/workspace.kamei"));
    QVERIFY(!database.contains("榎本") && !database.contains("K0047731"));
    QVERIFY(!QFile::exists(m_folder->filePath("ws/key")));
}

void TestJobRelease::aDirectoryComesBack_data() {
    QTest::addColumn<bool>("imported");
    QTest::addColumn<int>("asked");
    QTest::addColumn<bool>("made");
    QTest::newRow("none among the sources") << false << int(job::FileSet::AsImported) << false;
    QTest::newRow("one among the sources") << true << int(job::FileSet::AsImported) << true;
    QTest::newRow("asked for") << false << int(job::FileSet::Yes) << true;
    QTest::newRow("refused") << true << int(job::FileSet::No) << false;
}

/// PS3.10 2024b 8.6: a file-set has a DICOMDIR; it is made of what is released, and of nothing else.
void TestJobRelease::aDirectoryComesBack() {
    QFETCH(bool, imported);
    QFETCH(int, asked);
    QFETCH(bool, made);
    if (imported) {
        test::DicomBytes index;
        index.element(0x00020002, "UI", "1.2.840.10008.1.3.10")
            .element(0x00020010, "UI", "1.2.840.10008.1.2.1");
        index.element(0x00041130, "CS", "SOURCES")
            .sequence(0x00041220, test::DicomBytes().element(0x00100010, "PN", "ENOMOTO^SHUHEI"));
        QFile file(m_cohort + "/DICOMDIR");
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(128, '\0') + "DICM" + QByteArray::fromStdString(index.bytes()));
    }
    (void)run(job::importJob(m_session, {{m_cohort.toStdString()}, 0, "tester"}));
    (void)run(job::detectJob(m_session, {}));
    decideAll();
    (void)run(job::stageJob(m_session, {}));
    openTheGate(false);
    const QString out = m_folder->filePath("out");
    job::ReleaseSpec spec = releaseTo(out, "");
    spec.fileSet = job::FileSet(asked);
    QCOMPARE(run(job::releaseJob(m_session, std::move(spec))).done, std::int64_t{5});
    const QByteArray index = contentOf(out + "/data/DICOMDIR");
    QCOMPARE(!index.isEmpty(), made);
    QCOMPARE(QFile::exists(out + "/data/DICOM/PA000001/SE000001/IM000001"), made);
    QVERIFY(!made || index.mid(128, 4) == "DICM");
    QVERIFY(contentOf(out + "/manifest.json").contains("\"data/DICOMDIR\"") == made);
    QVERIFY(release::verifyRelease(out.toStdString(), {}, noProgress)->differences.empty());
    for (const QString& planted : journeys::plantedIdentifiers()) {
        for (const QByteArray& form : journeys::byteForms(planted)) {
            QVERIFY(!index.contains(form));
        }
    }
}

void TestJobRelease::whatCannotBeCountedIsNotNobody() {
    (void)run(job::importJob(m_session, {{m_cohort.toStdString()}, 0, "tester"}));
    (void)run(job::detectJob(m_session, {}));
    decideAll();
    (void)run(job::stageJob(m_session, {}));
    openTheGate(false);
    QVERIFY(openConditions().empty());
    std::stop_source stopped;
    stopped.request_stop();
    const auto report = job::reportData(*m_session, stopped.get_token());
    QVERIFY(!report.has_value());
    QCOMPARE(report.error().code, base::ErrorCode::Cancelled);

    const auto table = m_session->sources(assetOf(model::AssetKind::Table).asset.id)->front().path;
    std::filesystem::rename(table, table.string() + ".away");
    m_session.reset(); // what was read before is remembered no more
    m_session = *job::Session::open(m_folder->filePath("ws").toStdString(), job::OpenMode::ReadWrite);
    QCOMPARE(openConditions(),
             (std::set{release::Condition::NobodySingledOut, release::Condition::SourcesUnchanged}));
    QVERIFY(!job::reportData(*m_session, {}).has_value());
}

QTEST_GUILESS_MAIN(TestJobRelease)
#include "TestJobRelease.moc"
