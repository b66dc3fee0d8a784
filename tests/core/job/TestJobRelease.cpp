// The jobs one after the other over a workspace, as the window runs them: looking, confirming, the open gate,
// the release, and what is left of the deleted information.

#include "SmallCohort.h"
#include "core/job/Assessment.h"
#include "core/job/Job.h"
#include "core/job/Looking.h"
#include "core/job/Sealing.h"
#include "core/keys/Sealed.h"
#include "core/release/DeletedInformation.h"
#include "core/release/ReleaseWriter.h"
#include "tests/core/intake/dicom/DicomBytes.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest>
#include <set>

using namespace kamei;

namespace {

base::NoProgress noProgress;
constexpr const char* kPassphrase = "twelve chars"; // exactly as many as are asked for

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

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestJobRelease : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cancelledImportResumes();
    void looking();
    void masksAreSeenBeforeStaging();
    void shardsMakeTheWhole();
    void releaseIsWhatWasConfirmed_data();
    void releaseIsWhatWasConfirmed();
    void aDirectoryComesBack_data();
    void aDirectoryComesBack();
    void keptInformationNeedsAPassphrase_data();
    void keptInformationNeedsAPassphrase();
    void keptInformationIsSealed();
    void whatCannotBeCountedIsNotNobody();

private:
    job::Report run(std::unique_ptr<job::Job> job);
    void decideAll();
    std::vector<job::AssetRow> assets() const;
    job::AssetRow assetOf(model::AssetKind kind) const;
    void confirmAll();
    void openTheGate(bool keep);
    job::ReleaseSpec releaseTo(const QString& out, const char* passphrase) const;
    [[nodiscard]] QString sealed() const { return m_folder->filePath("ws.deleted-information"); }
    std::set<release::Condition> openConditions();

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_cohort;
    std::shared_ptr<job::Session> m_session;
};

void TestJobRelease::init() {
    m_session.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_cohort = m_folder->filePath("cohort");
    journeys::writeSmallCohort(m_cohort);
    auto made = job::Session::create(m_folder->filePath("ws").toStdString(), {"title", "purpose", {}});
    QVERIFY(made.has_value());
    m_session = *made;
}

job::Report TestJobRelease::run(std::unique_ptr<job::Job> job) {
    const auto report = job->run({}, noProgress);
    if (!report) {
        qWarning() << "job failed:" << base::errorWord(report.error().code).data()
                   << report.error().place.c_str();
        return {};
    }
    return *report;
}

void TestJobRelease::decideAll() {
    decide::Decide edit;
    edit.reason = "one slice shows no face";
    job::FindingQuery query;
    query.openOnly = true;
    const auto open = m_session->findings(query);
    QVERIFY(open.has_value());
    for (const model::Finding& finding : *open) {
        edit.findings.push_back(finding.id);
    }
    QVERIFY(m_session->apply(edit, "tester").has_value());
}

std::vector<job::AssetRow> TestJobRelease::assets() const {
    return m_session->assets({}).value();
}

job::AssetRow TestJobRelease::assetOf(model::AssetKind kind) const {
    for (const job::AssetRow& row : assets()) {
        if (row.asset.kind == kind) {
            return row;
        }
    }
    return {};
}

void TestJobRelease::confirmAll() {
    job::AssetQuery included;
    included.includeExcluded = false;
    const auto rows = m_session->assets(included).value();
    for (const job::AssetRow& row : rows) {
        model::Confirmation confirmation;
        confirmation.asset = row.asset.id;
        confirmation.sha256 = m_session->stagedDigest(row.asset.id).value();
        confirmation.reviewer = "tester";
        confirmation.shown = confirmation.total = 1;
        const auto done = m_session->confirm(confirmation);
        QVERIFY2(done.has_value(), done ? "" : base::errorWord(done.error().code).data());
    }
}

/// Confirms everything, fills in the sheet and gives reasons for who is singled out.
void TestJobRelease::openTheGate(bool keep) {
    confirmAll();
    model::PurposeSheet sheet{"a",
                              "b",
                              "c",
                              "d",
                              "e",
                              "f",
                              "g",
                              "h",
                              keep,
                              keep ? "needed for linkage" : "",
                              keep ? "2999-12-31" : ""};
    QVERIFY(m_session->apply(decide::SetSheet{sheet}, "tester").has_value());
    const auto people = m_session->subjects({}).value();
    for (const job::SubjectRow& row : people) {
        if (row.id.valid()) {
            QVERIFY(m_session->setRiskReason(row.id, "one person in this test", "tester").has_value());
        }
    }
}

/// A release with a passphrase, without one when it is empty.
job::ReleaseSpec TestJobRelease::releaseTo(const QString& out, const char* passphrase) const {
    job::ReleaseSpec spec;
    spec.out = out.toStdString();
    spec.by = "tester";
    if (*passphrase != '\0') {
        spec.passphrase.emplace("passphrase", passphrase);
    }
    return spec;
}

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

void TestJobRelease::keptInformationNeedsAPassphrase_data() {
    QTest::addColumn<QString>("passphrase");
    QTest::addColumn<bool>("fileThere");
    QTest::addColumn<QString>("error");
    QTest::newRow("none") << QString() << false << "passphrase-required";
    QTest::newRow("eleven characters in more bytes")
        << QStringLiteral("あいうえおかきくけこさ") << false << "passphrase-required";
    QTest::newRow("somebody else's file in its place")
        << QString::fromUtf8(kPassphrase) << true << "workspace-exists";
}

void TestJobRelease::keptInformationNeedsAPassphrase() {
    QFETCH(QString, passphrase);
    QFETCH(bool, fileThere);
    QFETCH(QString, error);
    model::PurposeSheet sheet;
    sheet.keepDeletedInformation = true;
    QVERIFY(m_session->apply(decide::SetSheet{sheet}, "tester").has_value());
    if (fileThere) {
        QFile other(sealed());
        QVERIFY(other.open(QIODevice::WriteOnly) && other.write("mine") == 4);
    }
    const QString out = m_folder->filePath("out");
    const auto refused =
        job::releaseJob(m_session, releaseTo(out, passphrase.toUtf8().constData()))->run({}, noProgress);
    QVERIFY(!refused.has_value());
    QCOMPARE(QString::fromUtf8(base::errorWord(refused.error().code).data()), error);
    QVERIFY(!QDir(out).exists());
    QCOMPARE(contentOf(sealed()), fileThere ? QByteArray("mine") : QByteArray());
    QVERIFY(QFile::exists(m_folder->filePath("ws/key")));
}

void TestJobRelease::keptInformationIsSealed() {
    (void)run(job::importJob(m_session, {{m_cohort.toStdString()}, 0, "tester"}));
    (void)run(job::detectJob(m_session, {}));
    decideAll();
    (void)run(job::stageJob(m_session, {}));
    openTheGate(true);
    const QByteArray key = contentOf(m_folder->filePath("ws/key")).toHex();
    const QString out = m_folder->filePath("out");
    QCOMPARE(run(job::releaseJob(m_session, releaseTo(out, kPassphrase))).done, std::int64_t{5});

    QVERIFY(!QFile::exists(m_folder->filePath("ws/key")));
    QDirIterator released(out, QDir::Files, QDirIterator::Subdirectories);
    while (released.hasNext()) {
        QVERIFY(!contentOf(released.next()).startsWith("kamei-sealed"));
    }
    QCOMPARE(QFile::permissions(sealed()) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    const QByteArray bytes = contentOf(sealed());
    QVERIFY(!bytes.contains("榎本") && !bytes.contains(key));
    const auto content = std::as_bytes(std::span(bytes.constData(), std::size_t(bytes.size())));
    const auto wrong = keys::unseal(content, base::Redacted("passphrase", "another passphrase"));
    QVERIFY(!wrong.has_value() && wrong.error().code == base::ErrorCode::PermissionDenied);
    const auto opened = keys::unseal(content, base::Redacted("passphrase", kPassphrase));
    QVERIFY(opened.has_value());
    const QByteArray plain(reinterpret_cast<const char*>(opened->span().data()), qsizetype(opened->size()));
    const QJsonObject root = QJsonDocument::fromJson(plain).object();
    QCOMPARE(root["key"].toString().toLatin1(), key);
    QCOMPARE(root["keepUntil"].toString(), QStringLiteral("2999-12-31"));
    QVERIFY(!root["subjects"].toArray().isEmpty() && !root["findings"].toArray().isEmpty());
    QCOMPARE(root["sources"].toArray().size(), 5);
    QVERIFY(plain.contains("榎本") && plain.contains("K0047731"));

    // Once more after the end: what is sealed stays as it is, and needs no passphrase any more.
    QVERIFY(run(job::releaseJob(m_session, releaseTo(out, ""))).unchanged > 0);
    QCOMPARE(contentOf(sealed()), bytes);

    // It is recalled, every opening and every wrong passphrase is put down, and its destruction is provable.
    QCOMPARE(m_session->info()->keptUntil, std::string("2999-12-31"));
    m_session.reset();
    const std::filesystem::path file = sealed().toStdString();
    QVERIFY(
        job::openSealed(file, base::Redacted("passphrase", kPassphrase), "Morita", "a recall of a device"));
    QVERIFY(!job::openSealed(file, base::Redacted("passphrase", "another passphrase"), "Morita", ""));
    m_session = *job::Session::open(m_folder->filePath("ws").toStdString(), job::OpenMode::ReadWrite);
    const auto entries = *m_session->audit({});
    QCOMPARE(entries[0].event, std::string("deleted-information.refused"));
    QCOMPARE(entries[1].event, std::string("deleted-information.opened"));
    QCOMPARE(entries[1].by, std::string("Morita"));
    QVERIFY(job::destroySealed(*m_session, "Morita"));
    QVERIFY(!QFile::exists(sealed()));
    QVERIFY(m_session->info()->keptUntil.empty());
    QCOMPARE(job::destroySealed(*m_session, "Morita").error().code, base::ErrorCode::NotFound);
    const QJsonObject record =
        QJsonDocument::fromJson(contentOf(m_folder->filePath("ws/destruction-of-kept.json"))).object();
    const auto last = m_session->audit({})->front();
    QCOMPARE(last.event, std::string("deleted-information.sealed-destroyed"));
    QCOMPARE(record["auditHash"].toString().toStdString(), last.hash);
    QVERIFY(record["destroyed"].toString().contains(QString::fromStdString(
        base::sha256(std::string_view(bytes.constData(), std::size_t(bytes.size()))).hex())));
    QVERIFY(QFile::exists(m_folder->filePath("ws/destruction.json")));
    QVERIFY(m_session->verifyAll());
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
