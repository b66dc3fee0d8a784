#include <QApplication>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QProcess>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include "core/base/FileIo.h"
#include "core/decide/Rules.h"
#include "core/demo/Demo.h"
#include "core/job/Looking.h"
#include "tests/journeys/WindowHand.h"
#include "ui/screens/Places.h"
#include "ui/shell/MainWindow.h"
#include "ui/shell/Workspaces.h"
#include "ui/style/Theme.h"
#include "ui/tasks/TaskRunner.h"
#include "ui/text/Language.h"
#include "ui/views/image/ImageCanvas.h"
#include "ui/views/image/ImageView.h"
#include "ui/views/text/TextView.h"

using namespace kamei;
namespace fs = std::filesystem;
using ui::shell::Route;
using ui::shell::ScreenId;

/// From files to a confirmed, released data set through the real window, with mouse and keyboard; then the
/// release is attacked by readers that are not ours (tests/support/check_release.py).
class TestWindowJourney : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void newWorkspaceByItsDialog();
    void dropImportsAndFindsCandidates();
    void openRequiredFindingsCloseTheGate();
    void oneKeyBlackensNoPicture();
    void masksAreDrawnOverWhatIdentifies_data();
    void masksAreDrawnOverWhatIdentifies();
    void masksOfTheEndoscopyKnowTheirFrames();
    void keyADecidesEverything();
    void undoTakesADecisionBack();
    void stagingNeverStallsTheWindow();
    void nothingIsConfirmedUnseen();
    void everyAssetIsLookedAtAndConfirmed();
    void risksAndSheetAreFilledIn();
    void releaseWritesWhatWasConfirmed();
    void independentReadersFindNothingPlanted();
    void photographShowsNoFace();
    void cleanupTestCase();

private:
    [[nodiscard]] job::Session& session() const { return *m_window->context().session(); }
    [[nodiscard]] bool idle() const { return !m_window->context().runner().busy(); }
    template <class Widget> Widget* widget(const char* name) const { return m_hand->widget<Widget>(name); }
    [[nodiscard]] std::optional<base::AssetId> assetOf(const std::string& file) const;
    [[nodiscard]] ui::views::image::ImageCanvas* visibleCanvas() const;
    [[nodiscard]] std::int64_t openFindings() const { return session().overview()->findings.open(); }
    void go(ScreenId screen, base::AssetId asset = {}, base::FindingId finding = {}) {
        m_hand->go(screen, asset, finding);
    }

    bool m_broken = false; ///< an earlier leg failed: what follows it means nothing
    QTemporaryDir m_folder;
    fs::path m_root;
    fs::path m_cohort;
    std::map<std::string, base::Sha256> m_sources;
    std::map<std::string, std::string> m_confirmed; ///< staged SHA-256 by source
    std::unique_ptr<ui::shell::MainWindow> m_window;
    std::unique_ptr<journeys::WindowHand> m_hand;
};

namespace {

constexpr std::int64_t kAssets = 21; // of the demo cohort
using journeys::digestsOf;
constexpr int kLong = journeys::kLongMs;

} // namespace

std::optional<base::AssetId> TestWindowJourney::assetOf(const std::string& file) const {
    const auto found = m_hand->assetsOf(file);
    return found.empty() ? std::nullopt : std::optional(found.front());
}

ui::views::image::ImageCanvas* TestWindowJourney::visibleCanvas() const {
    for (auto* found : m_window->findChildren<ui::views::image::ImageCanvas*>()) {
        if (found->isVisible() && found->width() > 100) {
            return found;
        }
    }
    return nullptr;
}

void TestWindowJourney::initTestCase() {
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName("kamei-test");
    QCoreApplication::setApplicationName("window-journey");
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder.path());
    ui::text::install(ui::text::Language::Japanese);
    ui::style::Theme::instance().apply(*qApp, ui::style::Mode::Light);
    m_root = m_folder.path().toStdString();
    base::NoProgress quiet;
    QVERIFY(demo::writeDemo(m_root / "demo", {}, quiet));
    m_cohort = m_root / "demo" / "cohort";
    // Eight slices say as much as ninety-two.
    for (int i = 9; i <= 92; ++i) {
        fs::remove(m_cohort / "2026-03" / "CT0305" / QString("IM%1").arg(i, 4, 10, QChar('0')).toStdString());
    }
    m_sources = digestsOf(m_cohort);
    m_window = std::make_unique<ui::shell::MainWindow>(ui::screens::makePlace);
    m_hand = std::make_unique<journeys::WindowHand>(*m_window);
    m_window->resize(1440, 900);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    QTest::keyClick(m_window.get(), Qt::Key_7, Qt::AltModifier);
    QTRY_VERIFY(widget<QLineEdit>("settings.name") != nullptr);
    auto* name = widget<QLineEdit>("settings.name");
    name->setFocus();
    QTest::keyClicks(name, "Morita Aya");
    QTest::keyClick(name, Qt::Key_Tab);
    QTRY_COMPARE(m_window->context().reviewer(), QString("Morita Aya"));
}

void TestWindowJourney::init() {
    if (m_broken) {
        QSKIP("an earlier leg of the journey failed");
    }
}

void TestWindowJourney::cleanup() {
    m_broken = m_broken || QTest::currentTestFailed();
}

void TestWindowJourney::newWorkspaceByItsDialog() {
    m_hand->makeWorkspace(m_root / "ws", "Journey");
}

void TestWindowJourney::dropImportsAndFindsCandidates() {
    m_hand->dropFolder(m_cohort);
    QTRY_VERIFY_WITH_TIMEOUT(session().overview()->assets == kAssets && idle(), kLong);
    QTRY_VERIFY_WITH_TIMEOUT(session().overview()->steps[2].done == kAssets && idle(), kLong);
    QCOMPARE(session().overview()->subjects, std::int64_t{3});
    QVERIFY(openFindings() > 80);
    QCOMPARE(digestsOf(m_cohort), m_sources);
}

void TestWindowJourney::openRequiredFindingsCloseTheGate() {
    const auto points = job::evaluateGate(session());
    QVERIFY(points);
    QVERIFY(std::ranges::any_of(*points, [](const release::GatePoint& point) {
        return point.condition == release::Condition::RequiredDecided && point.count > 0;
    }));
}

void TestWindowJourney::oneKeyBlackensNoPicture() {
    const auto echo = assetOf("echo.dcm");
    QVERIFY(echo);
    const base::FindingId question = m_hand->questionOf(*echo);
    QVERIFY(question.valid());
    go(ScreenId::Work, *echo, question);
    auto* accept = widget<QPushButton>("acceptButton");
    auto* canvas = visibleCanvas();
    QTRY_VERIFY_WITH_TIMEOUT((canvas = visibleCanvas()) != nullptr && accept->isEnabled() && idle(), kLong);
    const std::int64_t before = openFindings();
    QTest::keyClick(m_window.get(), Qt::Key_A);
    QTest::mouseClick(accept, Qt::LeftButton);
    // A decision is written before the key returns; there is nothing to wait for.
    QCOMPARE(openFindings(), before);
    QVERIFY((*session().finding(question))->state == model::DecisionState::Open);
}

void TestWindowJourney::masksAreDrawnOverWhatIdentifies_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<QRect>("box");
    // In pixels of the picture: where the demo burns in names and numbers, and the face of the photograph.
    QTest::newRow("ultrasound: patient, facility, date") << "echo.dcm" << QRect(0, 0, 640, 72);
    QTest::newRow("radiograph: name and number") << "CR0312" << QRect(590, 14, 300, 64);
    QTest::newRow("photograph: face") << "photo.jpg" << QRect(0, 0, 640, 420);
    QTest::newRow("slide: name on the glass") << "HE-1.svs" << QRect(30, 16, 600, 130);
    QTest::newRow("photograph: number on the label") << "photo.jpg" << QRect(440, 424, 200, 56);
}

void TestWindowJourney::masksAreDrawnOverWhatIdentifies() {
    QFETCH(QString, file);
    QFETCH(QRect, box);
    const auto asset = assetOf(file.toStdString());
    QVERIFY(asset);
    m_hand->drawBox(*asset, box);
}

void TestWindowJourney::masksOfTheEndoscopyKnowTheirFrames() {
    const auto asset = assetOf("endoscopy.mp4");
    QVERIFY(asset);
    m_hand->maskEndoscopy(*asset);
}

void TestWindowJourney::keyADecidesEverything() {
    // The head CT has a face to be judged and letters nowhere: nothing of that kind can be accepted unlooked.
    m_hand->acceptEverythingByKey();
    QCOMPARE(openFindings(), std::int64_t{0});
}

void TestWindowJourney::undoTakesADecisionBack() {
    QVERIFY(m_window->context().undoStack().canUndo());
    QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_VERIFY(openFindings() > 0);
    QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(openFindings(), std::int64_t{0});
}

void TestWindowJourney::stagingNeverStallsTheWindow() {
    // A timer of 5 ms on the GUI thread: the longest gap between two beats is the longest stall.
    QElapsedTimer clock;
    qint64 longest = 0;
    QTimer beat;
    connect(&beat, &QTimer::timeout, this, [&] { longest = std::max(longest, clock.restart()); });
    clock.start();
    beat.start(5);
    QTest::keyClick(m_window.get(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(session().overview()->staged == kAssets && idle(), kLong);
    beat.stop();
    QCOMPARE(session().overview()->residuals, std::int64_t{0});
    qInfo("longest time between two beats of the event loop while staging: %lld ms", longest);
}

void TestWindowJourney::nothingIsConfirmedUnseen() {
    const auto echo = assetOf("echo.dcm");
    model::Confirmation unseen;
    unseen.asset = *echo;
    unseen.sha256 = session().stagedDigest(*echo).value();
    unseen.reviewer = "Morita Aya";
    unseen.shown = 1;
    unseen.total = 12;
    QVERIFY(!session().confirm(unseen));
    QCOMPARE(session().overview()->confirmed, std::int64_t{0});
}

void TestWindowJourney::everyAssetIsLookedAtAndConfirmed() {
    const std::int64_t all = session().overview()->assets;
    const auto rows = session().assets({});
    // As a reviewer does it: Space goes through pages and pictures, Enter confirms and goes on.
    std::int64_t confirmed = 0;
    m_hand->confirmEverythingByKeys(confirmed);
    QCOMPARE(confirmed, all);
    QCOMPARE(session().overview()->confirmed, all);
    for (const job::AssetRow& row : rows.value()) {
        const auto files = session().staged(row.asset.id);
        for (const model::StagedFile& file : *files) {
            m_confirmed[file.path.string()] = file.sha256.hex();
        }
    }
}

void TestWindowJourney::risksAndSheetAreFilledIn() {
    const auto subjects = session().subjects({});
    for (const job::SubjectRow& subject : *subjects) {
        if (subject.id.valid()) {
            QVERIFY(session().setRiskReason(subject.id, "three invented people", "Morita Aya"));
        }
    }
    m_hand->fillInTheSheet();
    QTRY_VERIFY_WITH_TIMEOUT(job::evaluateGate(session())->empty(), kLong);
}

void TestWindowJourney::releaseWritesWhatWasConfirmed() {
    m_hand->releaseTo(m_root / "released");
    QVERIFY(!QTest::currentTestFailed());
    std::set<std::string> confirmed;
    for (const auto& [path, sha] : m_confirmed) {
        confirmed.insert(sha);
    }
    std::size_t files = 0;
    for (const auto& [path, digest] : digestsOf(m_root / "released" / "data")) {
        QVERIFY2(confirmed.contains(digest.hex()), "a released file is not one that was confirmed");
        ++files;
    }
    QCOMPARE(files, m_confirmed.size());
    QCOMPARE(digestsOf(m_cohort), m_sources);
    QVERIFY(!fs::exists(m_root / "ws" / "key"));
    QTRY_VERIFY_WITH_TIMEOUT(!widget<QPushButton>("release.release")->isEnabled(),
                             kLong); // released is released
}

void TestWindowJourney::independentReadersFindNothingPlanted() {
    QProcess python;
    python.setProcessChannelMode(QProcess::MergedChannels);
    python.start("/usr/bin/python3",
                 {QStringLiteral(KAMEI_TESTS "/support/check_release.py"),
                  QString::fromStdString((m_root / "released").string()),
                  QString::fromStdString((m_root / "demo" / "answer-key.json").string())});
    if (!python.waitForStarted()) {
        QSKIP("python3 is not installed");
    }
    QVERIFY(python.waitForFinished(kLong));
    const QByteArray said = python.readAll();
    QVERIFY2(python.exitCode() == 0, said.constData());
}

void TestWindowJourney::photographShowsNoFace() {
    QImage photo;
    for (const auto& [path, digest] : digestsOf(m_root / "released" / "data")) {
        if (path.ends_with(".jpg")) {
            QVERIFY(photo.isNull());
            photo.load(QString::fromStdString(path));
        }
    }
    QCOMPARE(photo.size(), QSize(640, 480));
    int brightest = 0;
    for (int y = 4; y < 412; ++y) {
        for (int x = 4; x < 636; ++x) {
            brightest = std::max(brightest, qGray(photo.pixel(x, y)));
        }
    }
    QVERIFY2(brightest < 8, "the face is not covered");
}

void TestWindowJourney::cleanupTestCase() {
    m_hand.reset();
    m_window.reset();
}

QTEST_MAIN(TestWindowJourney)
#include "TestWindowJourney.moc"
