#include <QCheckBox>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPlainTextEdit>
#include <QProcess>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include "core/base/FileIo.h"
#include "core/demo/Demo.h"
#include "core/job/Assessment.h"
#include "core/job/SampleBound.h"
#include "core/job/SubjectDoubts.h"
#include "tests/journeys/AnswerKey.h"
#include "tests/journeys/Attacks.h"
#include "tests/journeys/CliRunner.h"
#include "tests/journeys/WindowHand.h"
#include "ui/screens/Places.h"
#include "ui/style/Theme.h"
#include "ui/text/Language.h"

using namespace kamei;
namespace fs = std::filesystem;
using journeys::isWritten;
using journeys::kLongMs;
using journeys::planted;
using journeys::until;
using ui::shell::ScreenId;

/// A cohort of all kinds of data goes through the window with two reviewers who sign and an ethics reviewer
/// who examines a sample and sends one thing back, to a signed release that is verified without the
/// workspace; then the release, the workspace and the log are attacked. KAMEI_COHORT_SUBJECTS=200 for the
/// cohort of the size that the product is made for; few people otherwise, so that machines that test can run
/// it.
class TestCohortJourney : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void dataManagerSignsInAndMakesTheWorkspace();
    void signaturesAndASecondPersonAreAskedFor();
    void everyKindOfDataIsImported();
    void plantedIdentifiersAreCandidates();
    void doubtsWhoseDataTheyAreAreSettled();
    void everythingIsDecided();
    void everythingIsProcessed();
    void oneReviewerAloneIsNotEnough();
    void theSecondReviewerConfirmsWhatWaits();
    void theExaminerSendsOneBack();
    void whatWasSentBackIsCorrected();
    void theExaminerFindsNothingMore();
    void singledOutPeopleHaveReasonsAndTheSheetIsFilledIn();
    void releaseIsSignedAndVerifiedWithoutTheWorkspace();
    void independentReadersFindNothingPlanted();
    void deletedInformationIsGoneFromDisk();
    void editsOfTheDatabaseAreFound();
    void cleanupTestCase();

private:
    [[nodiscard]] job::Session& session() const { return m_hand->session(); }
    [[nodiscard]] std::int64_t open(release::Condition condition) const;
    void signIn(const char* name, keys::Role role) const;
    void drawAndLookAtTheSample(bool findLeak);
    void leg(const char* name);

    bool m_broken = false; ///< an earlier leg failed: what follows it means nothing
    int m_subjects = 10;
    QTemporaryDir m_folder;
    fs::path m_root;
    fs::path m_cohort;
    std::unique_ptr<ui::shell::MainWindow> m_window;
    std::unique_ptr<journeys::WindowHand> m_hand;
    base::AssetId m_leak; ///< what the examiner sends back
    QElapsedTimer m_clock;
};

namespace {

constexpr const char* kFirst = "Morita Aya";
constexpr const char* kSecond = "Saeki Jun";
constexpr const char* kExaminer = "Hara Mio";
const QString kPassphrase = QStringLiteral("correct horse battery");

std::uintmax_t bytesIn(const fs::path& folder) {
    std::uintmax_t out = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        out += entry.is_regular_file() ? entry.file_size() : 0;
    }
    return out;
}

} // namespace

std::int64_t TestCohortJourney::open(release::Condition condition) const {
    const auto points = job::evaluateGate(session());
    if (!points) {
        return -1;
    }
    const auto found = std::ranges::find(*points, condition, &release::GatePoint::condition);
    return found == points->end() ? 0 : std::max<std::int64_t>(found->count, 1);
}

void TestCohortJourney::signIn(const char* name, keys::Role role) const {
    m_hand->signIn(QString::fromLatin1(name), role, kPassphrase);
}

void TestCohortJourney::leg(const char* name) {
    qInfo("%s: %.1f s", name, static_cast<double>(m_clock.restart()) / 1000);
}

void TestCohortJourney::initTestCase() {
    const int wanted = qEnvironmentVariableIntValue("KAMEI_COHORT_SUBJECTS");
    m_subjects = wanted > 0 ? wanted : m_subjects;
    m_root = m_folder.path().toStdString();
    qputenv("XDG_DATA_HOME", QByteArray::fromStdString((m_root / "home").string()));
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName("kamei-test");
    QCoreApplication::setApplicationName("cohort-journey");
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder.path());
    ui::text::install(ui::text::Language::Japanese);
    ui::style::Theme::instance().apply(*qApp, ui::style::Mode::Light);
    m_clock.start();
    base::NoProgress quiet;
    QVERIFY(demo::writeDemo(m_root / "demo", {}, quiet, m_subjects));
    m_cohort = m_root / "demo" / "cohort";
    // Eight slices say as much as ninety-two.
    for (int i = 9; i <= 92; ++i) {
        fs::remove(m_cohort / "2026-03" / "CT0305" / QString("IM%1").arg(i, 4, 10, QChar('0')).toStdString());
    }
    m_window = std::make_unique<ui::shell::MainWindow>(ui::screens::makePlace);
    m_hand = std::make_unique<journeys::WindowHand>(*m_window);
    m_window->resize(1440, 900);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    qInfo("%d subjects, %.1f MB", m_subjects, static_cast<double>(bytesIn(m_cohort)) / 1e6);
}

void TestCohortJourney::init() {
    if (m_broken) {
        QSKIP("an earlier leg of the journey failed");
    }
}

void TestCohortJourney::cleanup() {
    m_broken = m_broken || QTest::currentTestFailed();
    leg(QTest::currentTestFunction());
}

void TestCohortJourney::dataManagerSignsInAndMakesTheWorkspace() {
    signIn(kFirst, keys::Role::DataManager);
    m_hand->makeWorkspace(m_root / "ws", "Cohort");
    QCOMPARE(session().signedIn()->name, std::string(kFirst));
}

void TestCohortJourney::signaturesAndASecondPersonAreAskedFor() {
    m_hand->go(ScreenId::Policy);
    QTest::mouseClick(m_hand->widget<QToolButton>("policy.tab4"), Qt::LeftButton);
    for (const char* box : {"policy.signatures", "policy.second.image", "policy.second.dicom-series",
                            "policy.second.video", "policy.second.slide"}) {
        QTest::keyClick(m_hand->widget<QCheckBox>(box), Qt::Key_Space);
    }
    auto* save = m_hand->widget<QPushButton>("policy.save");
    QTRY_VERIFY(save->isEnabled());
    QTest::mouseClick(save, Qt::LeftButton);
    const auto policy = session().info()->policy;
    QVERIFY(policy.signatures);
    QCOMPARE(policy.secondPerson.size(), std::size_t{4});
}

void TestCohortJourney::everyKindOfDataIsImported() {
    m_hand->dropFolder(m_cohort);
    const std::int64_t all = 21 + 2 * (m_subjects - 3);
    QVERIFY(until([&] { return session().overview()->assets == all && m_hand->idle(); }, 10 * kLongMs));
    QVERIFY(
        until([&] { return session().overview()->steps[2].done == all && m_hand->idle(); }, 30 * kLongMs));
    QCOMPARE(session().overview()->subjects, std::int64_t{m_subjects});
    QCOMPARE(session().overview()->unreadable, std::int64_t{0});
}

void TestCohortJourney::plantedIdentifiersAreCandidates() {
    // What is known of a person from one source is found in all others: each written value of the answer key
    // stands in a candidate of its own file.
    std::map<std::string, std::string> found; // file: texts of its findings
    const auto rows = session().assets({});
    for (const job::AssetRow& row : *rows) {
        job::FindingQuery query;
        query.asset = row.asset.id;
        const auto findings = session().findings(query);
        std::string all;
        bool whole =
            false; // a column, or all of a file, is decided at once: no value stands in its candidate
        for (const model::Finding& finding : *findings) {
            all += finding.text + '\n' + finding.detail + '\n';
            whole = whole || finding.locator.kind == model::Locator::Kind::Column ||
                    finding.locator.kind == model::Locator::Kind::Asset;
        }
        const auto sources = session().sources(row.asset.id);
        for (const model::Source& source : *sources) {
            if (!whole) {
                found[fs::relative(source.path, m_cohort).string()] += all;
            }
        }
    }
    std::int64_t wanted = 0;
    std::map<std::string, int> missed;
    for (const QJsonObject& row : planted(m_root / "demo" / "answer-key.json")) {
        const bool own = !row["person"].toString().isEmpty();
        const std::string file = row["file"].toString().toStdString();
        if (!own || row["where"].toString() != "text" || !isWritten(row) || !found.contains(file)) {
            continue;
        }
        ++wanted;
        const std::string value = row["value"].toString().toStdString();
        if (found[file].find(value) == std::string::npos) {
            ++missed[row["kind"].toString().toStdString() + " in " + fs::path(file).filename().string()];
        }
    }
    std::string words;
    for (const auto& [kind, count] : missed) {
        words += ' ' + kind + ' ' + std::to_string(count);
    }
    qInfo("%lld values planted in texts of people are looked for; missed:%s", static_cast<long long>(wanted),
          words.empty() ? " none" : words.c_str());
    QVERIFY(wanted > 5 * m_subjects);
    QVERIFY2(missed.empty(), words.c_str());
}

void TestCohortJourney::doubtsWhoseDataTheyAreAreSettled() {
    m_hand->go(ScreenId::People);
    auto* table = m_hand->widget<QTableView>("people.table");
    auto* settle = m_hand->widget<QPushButton>("people.settle");
    auto* reason = m_hand->widget<QPlainTextEdit>("people.reason");
    QVERIFY(table != nullptr && settle != nullptr && reason != nullptr);
    const auto left = [this] { return job::subjectDoubts(session())->open(); };
    const std::int64_t all = left();
    for (std::int64_t before = all; before > 0; before = left()) {
        const auto settleFirst = [&] {
            if (table->model()->rowCount() == 0) {
                return;
            }
            table->selectRow(0); // what is open stands first
            if (settle->isVisible() && reason->toPlainText().isEmpty()) {
                QTest::keyClicks(reason, "invented people");
                QTest::mouseClick(settle, Qt::LeftButton);
            }
        };
        QVERIFY(journeys::untilDone(settleFirst, [&] { return left() < before; }));
    }
    qInfo("%lld doubts were open", static_cast<long long>(all));
    QCOMPARE(open(release::Condition::SubjectsSettled), std::int64_t{0});
}

void TestCohortJourney::everythingIsDecided() {
    // In pixels of the picture: where core/demo burns in names and numbers, and the face of the photographs.
    const std::vector<std::pair<std::string, QRect>> boxes{
        {"echo.dcm", {0, 0, 640, 72}},    {"CR0312", {590, 14, 300, 64}},     {"photo.jpg", {0, 0, 640, 420}},
        {"HE-1.svs", {30, 16, 600, 130}}, {"photo.jpg", {440, 424, 200, 56}},
    };
    for (const auto& [file, box] : boxes) {
        for (const base::AssetId asset : m_hand->assetsOf(file)) {
            m_hand->drawBox(asset, box);
            QVERIFY2(!QTest::currentTestFailed(), file.c_str());
        }
    }
    for (const base::AssetId asset : m_hand->assetsOf("endoscopy.mp4")) {
        m_hand->maskEndoscopy(asset);
    }
    qInfo("%lld candidates, %lld open after masks",
          static_cast<long long>(session().countFindings({}).value_or(-1)),
          static_cast<long long>(session().overview()->findings.open()));
    m_hand->acceptEverythingByKey();
    QCOMPARE(session().overview()->findings.open(), std::int64_t{0});
}

void TestCohortJourney::everythingIsProcessed() {
    QTest::keyClick(m_window.get(), Qt::Key_Return, Qt::ControlModifier);
    const std::int64_t all = session().overview()->assets;
    QVERIFY(until([&] { return session().overview()->staged == all && m_hand->idle(); }, 30 * kLongMs));
    QCOMPARE(session().overview()->residuals, std::int64_t{0});
}

void TestCohortJourney::oneReviewerAloneIsNotEnough() {
    std::int64_t confirmed = 0;
    m_hand->confirmEverythingByKeys(confirmed);
    QCOMPARE(confirmed, session().overview()->assets);
    QCOMPARE(open(release::Condition::Confirmed), std::int64_t{0});
    QCOMPARE(open(release::Condition::ConfirmationsSigned), std::int64_t{0});
    QVERIFY(open(release::Condition::SecondPerson) >= 4);
    // The same person cannot be the second one too.
    QVERIFY(!m_hand->widget<QPushButton>("confirmButton")->isEnabled());
}

void TestCohortJourney::theSecondReviewerConfirmsWhatWaits() {
    const std::int64_t waiting = open(release::Condition::SecondPerson);
    signIn(kSecond, keys::Role::Radiologist);
    std::int64_t confirmed = 0;
    m_hand->confirmEverythingByKeys(confirmed);
    QCOMPARE(confirmed, waiting);
    QCOMPARE(open(release::Condition::SecondPerson), std::int64_t{0});
}

void TestCohortJourney::drawAndLookAtTheSample(bool findLeak) {
    m_hand->go(ScreenId::Audit);
    const auto before = session().auditSamples()->size();
    QTest::mouseClick(m_hand->widget<QPushButton>("audit.draw"), Qt::LeftButton);
    QVERIFY(until([&] { return session().auditSamples()->size() > before && m_hand->idle(); }));
    const auto sample = session().auditSamples()->front();
    auto* table = m_hand->widget<QTableView>("audit.sample");
    auto* record = m_hand->widget<QPushButton>("audit.record");
    const auto items = [&] { return *session().auditItems(sample.id); };
    const auto drawn = static_cast<int>(items().size());
    const QString seed = QString::fromStdString(sample.seed.hex());
    // What is listed may still be the sample before, and as long.
    QVERIFY(
        until([&] { return m_hand->widget<QWidget>("audit.facts")->toolTip() == seed && m_hand->idle(); }));
    QCOMPARE(table->model()->rowCount(), drawn);
    const auto judged = [&] {
        const auto all = items();
        return std::ranges::count_if(
            all, [](const model::AuditItem& item) { return item.judgement != model::Judgement::None; });
    };
    const auto photos = m_hand->assetsOf("photo.jpg");
    for (int done = 0; done < drawn; ++done) {
        // Recording leads to the next; it is judged once it is on the screen.
        QVERIFY(until([&] {
            const int row = table->currentIndex().row();
            return row >= 0 && row < table->model()->rowCount() &&
                   items().at(static_cast<std::size_t>(row)).judgement == model::Judgement::None;
        }));
        const model::AuditItem item = items().at(static_cast<std::size_t>(table->currentIndex().row()));
        const bool leak =
            findLeak && !m_leak.valid() && std::ranges::find(photos, item.asset) != photos.end();
        table->setFocus();
        QTest::keyClick(table, leak ? Qt::Key_L : Qt::Key_C);
        if (leak) {
            QVERIFY(!record->isEnabled()); // a leak needs a note
            QTest::keyClicks(m_hand->widget<QPlainTextEdit>("audit.note"), "the ear can be seen");
            m_leak = item.asset;
        }
        QVERIFY(until([&] { return record->isEnabled(); })); // clean is what was on the screen
        QTest::mouseClick(record, Qt::LeftButton);
        QVERIFY(until([&] { return judged() == done + 1; }));
    }
    const auto bound = job::sampleBound(session(), sample.id);
    QVERIFY(bound);
    qInfo("%d of %lld drawn and judged, %lld leaks; with %.0f %% confidence at most %lld", drawn,
          static_cast<long long>(bound->population), static_cast<long long>(bound->leaks),
          100 * bound->confidence, static_cast<long long>(bound->bound));
    QCOMPARE(bound->leaks, std::int64_t{findLeak ? 1 : 0});
    if (!findLeak) { // what was wanted: with this confidence at most 1 %
        QVERIFY(static_cast<double>(bound->bound) <= 0.01 * static_cast<double>(bound->population));
    }
}

void TestCohortJourney::theExaminerSendsOneBack() {
    signIn(kExaminer, keys::Role::EthicsReviewer);
    // Nothing but judgements in this role.
    const std::vector<base::AssetId> all = m_hand->assetsOf("photo.jpg");
    QVERIFY(!m_window->context().push(decide::Exclude{all.front(), true, "no"}, QStringLiteral("x")));
    drawAndLookAtTheSample(true);
    QVERIFY(m_leak.valid());
    auto* back = m_hand->widget<QPushButton>("audit.sendBack");
    QVERIFY(until([&] { return back->isVisible() && m_hand->idle(); }));
    QTest::mouseClick(back, Qt::LeftButton);
    QTRY_COMPARE(session().overview()->sentBack, std::int64_t{1});
    QVERIFY(open(release::Condition::Confirmed) > 0);
}

void TestCohortJourney::whatWasSentBackIsCorrected() {
    signIn(kFirst, keys::Role::DataManager);
    const auto before = session().stagedDigest(m_leak);
    m_hand->drawBox(m_leak, {0, 424, 200, 50});
    m_hand->acceptEverythingByKey();
    QTest::keyClick(m_window.get(), Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(until(
        [&] { return m_hand->idle() && session().overview()->staged == session().overview()->assets; }));
    QVERIFY(*session().stagedDigest(m_leak) != *before);
    std::int64_t confirmed = 0;
    m_hand->confirmEverythingByKeys(confirmed);
    QCOMPARE(confirmed, std::int64_t{1});
    QCOMPARE(open(release::Condition::SecondPerson), std::int64_t{1}); // both have to look again
    signIn(kSecond, keys::Role::Radiologist);
    confirmed = 0;
    m_hand->confirmEverythingByKeys(confirmed);
    QCOMPARE(confirmed, std::int64_t{1});
    QCOMPARE(open(release::Condition::SecondPerson), std::int64_t{0});
}

void TestCohortJourney::theExaminerFindsNothingMore() {
    signIn(kExaminer, keys::Role::EthicsReviewer);
    drawAndLookAtTheSample(false);
}

void TestCohortJourney::singledOutPeopleHaveReasonsAndTheSheetIsFilledIn() {
    signIn(kFirst, keys::Role::DataManager);
    m_hand->go(ScreenId::Risk);
    auto* table = m_hand->widget<QTableView>("risk.table");
    auto* reason = m_hand->widget<QPlainTextEdit>("risk.reason");
    auto* save = m_hand->widget<QPushButton>("risk.save");
    QVERIFY(until([&] { return table->model()->rowCount() > 0; }));
    const std::int64_t all = open(release::Condition::NobodySingledOut);
    for (int pass = 0; pass < 5 && open(release::Condition::NobodySingledOut) > 0; ++pass) {
        for (int row = 0; row < table->model()->rowCount(); ++row) {
            // The table is read anew after each reason: the row is chosen until its reason is there.
            QVERIFY(until([&] {
                table->setCurrentIndex(table->model()->index(row, 0));
                if (reason->isEnabled() && reason->toPlainText().isEmpty()) {
                    QTest::keyClicks(reason, "invented");
                    QTest::mouseClick(save, Qt::LeftButton);
                }
                return !reason->isEnabled() || (!reason->toPlainText().isEmpty() && !save->isEnabled());
            }));
        }
    }
    qInfo("%lld people were singled out", static_cast<long long>(all));
    QCOMPARE(open(release::Condition::NobodySingledOut), std::int64_t{0});
    m_hand->fillInTheSheet();
    const auto points = job::evaluateGate(session());
    QVERIFY2(points->empty(), points->empty() ? "" : release::word(points->front().condition).data());
}

void TestCohortJourney::releaseIsSignedAndVerifiedWithoutTheWorkspace() {
    m_hand->releaseTo(m_root / "released");
    QVERIFY(!QTest::currentTestFailed());
    const QString key = QString::fromStdString(session().signedIn()->key.fingerprint());
    const QString out = QString::fromStdString((m_root / "released").string());
    QCOMPARE(journeys::run({"verify", out, "--key", key}).exit, 0);
    QVERIFY(journeys::run({"verify", out, "--key", "0000-0000-0000-0000"}).exit != 0);
    qInfo("released: %.1f MB", static_cast<double>(bytesIn(m_root / "released")) / 1e6);
    const std::string missed = journeys::editRelease(m_root / "released", key);
    QVERIFY2(missed.empty(), missed.c_str());
}

void TestCohortJourney::independentReadersFindNothingPlanted() {
    QProcess python;
    python.setProcessChannelMode(QProcess::MergedChannels);
    python.start("/usr/bin/python3",
                 {QStringLiteral(KAMEI_TESTS "/support/check_release.py"),
                  QString::fromStdString((m_root / "released").string()),
                  QString::fromStdString((m_root / "demo" / "answer-key.json").string())});
    if (!python.waitForStarted()) {
        QSKIP("python3 is not installed");
    }
    QVERIFY(python.waitForFinished(10 * kLongMs));
    const QByteArray said = python.readAll();
    QVERIFY2(python.exitCode() == 0, said.constData());
    qInfo("%s", said.trimmed().constData());
}

void TestCohortJourney::deletedInformationIsGoneFromDisk() {
    m_hand.reset();
    m_window.reset(); // signs out and closes the workspace
    QVERIFY(!fs::exists(m_root / "ws" / "key"));
    QProcess python;
    python.setProcessChannelMode(QProcess::MergedChannels);
    python.start("/usr/bin/python3",
                 {QStringLiteral(KAMEI_TESTS "/support/check_release.py"), "--bytes-only",
                  QString::fromStdString((m_root / "ws").string()),
                  QString::fromStdString((m_root / "demo" / "answer-key.json").string())});
    if (!python.waitForStarted()) {
        QSKIP("python3 is not installed");
    }
    QVERIFY(python.waitForFinished(10 * kLongMs));
    const QByteArray said = python.readAll();
    QVERIFY2(python.exitCode() == 0, said.constData());
}

void TestCohortJourney::editsOfTheDatabaseAreFound() {
    const auto found = journeys::editDatabase(m_root / "ws" / "workspace.kamei", m_root / "edited");
    QVERIFY2(found.missed.empty(), found.missed.c_str());
    qInfo("of %d edited rows all found, of %d edited bytes %d (the rest: places without meaning)", found.rows,
          found.bytes, found.bytesFound);
    QVERIFY(found.rows == 25 && found.bytesFound >= 20);
}

void TestCohortJourney::cleanupTestCase() {
    m_hand.reset();
    m_window.reset();
}

QTEST_MAIN(TestCohortJourney)
#include "TestCohortJourney.moc"
