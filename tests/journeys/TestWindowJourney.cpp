#include <QApplication>
#include <QDropEvent>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QListView>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QProcess>
#include <QPushButton>
#include <QScrollBar>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTextEdit>
#include <QTimer>

#include "core/base/FileIo.h"
#include "core/decide/Rules.h"
#include "core/demo/Demo.h"
#include "core/job/Looking.h"
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
    template <class Widget> Widget* widget(const char* name) const {
        for (QWidget* top : QApplication::topLevelWidgets()) {
            if (auto* found = top->findChild<Widget*>(QLatin1String(name)); found != nullptr) {
                return found;
            }
        }
        return nullptr;
    }
    [[nodiscard]] std::optional<base::AssetId> assetOf(const std::string& file) const;
    [[nodiscard]] base::FindingId questionOf(base::AssetId asset) const;
    [[nodiscard]] ui::views::image::ImageCanvas* visibleCanvas() const;
    [[nodiscard]] std::int64_t openFindings() const { return session().overview()->findings.open(); }
    void go(ScreenId screen, base::AssetId asset = {}, base::FindingId finding = {}) {
        Route route;
        route.screen = screen;
        route.asset = asset;
        route.finding = finding;
        m_window->context().go(route);
    }

    bool m_broken = false; ///< an earlier leg failed: what follows it means nothing
    QTemporaryDir m_folder;
    fs::path m_root;
    fs::path m_cohort;
    std::map<std::string, base::Sha256> m_sources;
    std::map<std::string, std::string> m_confirmed; ///< staged SHA-256 by source
    std::unique_ptr<ui::shell::MainWindow> m_window;
};

namespace {

constexpr std::int64_t kAssets = 19; // of the demo cohort
constexpr int kLong = 120'000;       // ms; machines that test are slow and shared

std::map<std::string, base::Sha256> digestsOf(const fs::path& folder) {
    std::map<std::string, base::Sha256> out;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) {
            out[entry.path().string()] = base::sha256(base::readFile(entry.path(), 1U << 30).value_or(""));
        }
    }
    return out;
}

} // namespace

std::optional<base::AssetId> TestWindowJourney::assetOf(const std::string& file) const {
    const auto rows = session().assets({});
    for (const job::AssetRow& row : rows.value()) {
        const auto sources = session().sources(row.asset.id);
        if (!sources->empty() && sources->front().path.filename() == file) {
            return row.asset.id;
        }
    }
    return std::nullopt;
}

base::FindingId TestWindowJourney::questionOf(base::AssetId asset) const {
    job::FindingQuery query;
    query.asset = asset;
    const auto findings = session().findings(query);
    const auto found = std::ranges::find_if(*findings, decide::asksToLook);
    return found == findings->end() ? base::FindingId{} : found->id;
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
    QTest::keyClick(m_window.get(), Qt::Key_N, Qt::ControlModifier);
    QTRY_VERIFY(widget<QLineEdit>("new.title") != nullptr);
    QTest::keyClicks(widget<QLineEdit>("new.title"), "Journey");
    auto* purpose = widget<QWidget>("new.purpose");
    QTest::keyClicks(purpose, "Testing");
    auto* folder = widget<QLineEdit>("new.folder");
    folder->selectAll();
    QTest::keyClicks(folder, QString::fromStdString((m_root / "ws").string()));
    QTest::mouseClick(widget<QPushButton>("new.create"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->context().session() != nullptr, kLong);
    QVERIFY(session().writable());
    // Where no window manager gives the focus back when the dialog closes.
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TestWindowJourney::dropImportsAndFindsCandidates() {
    QMimeData files;
    files.setUrls({QUrl::fromLocalFile(QString::fromStdString(m_cohort.string()))});
    QDragEnterEvent enter(QPoint(200, 200), Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_window.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(200, 200), Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_window.get(), &drop);
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
    const base::FindingId question = questionOf(*echo);
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
    QTest::addColumn<QSize>("picture");
    QTest::addColumn<QRect>("box");
    // In pixels of the picture: where the demo burns in names and numbers, and the face of the photograph.
    QTest::newRow("ultrasound: patient, facility, date")
        << "echo.dcm" << QSize(640, 480) << QRect(0, 0, 640, 72);
    QTest::newRow("radiograph: name and number") << "CR0312" << QSize(900, 1024) << QRect(590, 14, 300, 64);
    QTest::newRow("photograph: face") << "photo.jpg" << QSize(640, 480) << QRect(0, 0, 640, 420);
    QTest::newRow("slide: name on the glass") << "HE-1.svs" << QSize(2048, 1536) << QRect(30, 16, 600, 130);
    QTest::newRow("photograph: number on the label")
        << "photo.jpg" << QSize(640, 480) << QRect(440, 424, 200, 56);
}

void TestWindowJourney::masksAreDrawnOverWhatIdentifies() {
    QFETCH(QString, file);
    QFETCH(QSize, picture);
    QFETCH(QRect, box);
    const auto asset = assetOf(file.toStdString());
    QVERIFY(asset);
    go(ScreenId::Work, *asset, questionOf(*asset));
    ui::views::image::ImageCanvas* canvas = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT(
        (canvas = visibleCanvas()) != nullptr && canvas->pictureSize() == picture && idle(), kLong);
    const auto ofPerson = [&] {
        job::FindingQuery query;
        query.asset = asset;
        const auto present = session().findings(query);
        return std::ranges::count_if(*present, [](const model::Finding& finding) {
            return finding.origin == model::Origin::Person && finding.effective() == model::Action::Mask;
        });
    };
    const auto before = ofPerson();
    canvas->setTool(ui::views::image::Tool::Box);
    const QPoint from = canvas->toWidget().map(QPointF(box.topLeft())).toPoint();
    const QPoint to = canvas->toWidget().map(QPointF(box.bottomRight())).toPoint();
    QTest::mousePress(canvas, Qt::LeftButton, {}, from);
    QTest::mouseMove(canvas, (from + to) / 2);
    QTest::mouseMove(canvas, to);
    QTest::mouseRelease(canvas, Qt::LeftButton, {}, to);
    QTRY_COMPARE(ofPerson(), before + 1);
}

void TestWindowJourney::masksOfTheEndoscopyKnowTheirFrames() {
    using ui::views::image::ImageView;
    const auto asset = assetOf("endoscopy.mp4");
    QVERIFY(asset);
    go(ScreenId::Work, *asset, questionOf(*asset));
    ui::views::image::ImageCanvas* canvas = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT(
        (canvas = visibleCanvas()) != nullptr && canvas->pictureSize() == QSize(320, 240) && idle(), kLong);
    auto* view = widget<ImageView>("imageView");
    for (QWidget* up = canvas; up != nullptr; up = up->parentWidget()) {
        view = qobject_cast<ImageView*>(up) != nullptr ? qobject_cast<ImageView*>(up) : view;
    }
    const auto masks = [&] {
        std::vector<model::Mask> out;
        for (const auto& item : view->masks()) {
            if (item.ofPerson) {
                out.push_back(item.mask);
            }
        }
        return out;
    };
    const auto draw = [&](const QRect& box) {
        canvas->setTool(ui::views::image::Tool::Box);
        const auto at = [&](const QPoint& p) { return canvas->toWidget().map(QPointF(p)).toPoint(); };
        QTest::mousePress(canvas, Qt::LeftButton, {}, at(box.topLeft()));
        QTest::mouseMove(canvas, at(box.center()));
        QTest::mouseMove(canvas, at(box.bottomRight()));
        QTest::mouseRelease(canvas, Qt::LeftButton, {}, at(box.bottomRight()));
    };
    // The name stands on frames 1 to 30, the face from 61 on (core/demo).
    draw({2, 2, 200, 44});
    QTRY_COMPARE_WITH_TIMEOUT(masks().size(), 1U, kLong);
    view->setFrame(30);
    QTest::keyClick(canvas, Qt::Key_O);
    QTRY_COMPARE_WITH_TIMEOUT(masks().front().frames, (model::FrameRange{1, 30}), kLong);
    view->setFrame(61);
    draw({0, 0, 320, 240});
    QTRY_COMPARE_WITH_TIMEOUT(masks().size(), 2U, kLong);
    QTest::keyClick(canvas, Qt::Key_I);
    QTRY_COMPARE_WITH_TIMEOUT(masks().back().frames, (model::FrameRange{61, 75}), kLong);
    // Where the mucosa was taken for a face, a person says so, with a reason.
    job::FindingQuery query;
    query.asset = asset;
    query.openOnly = true;
    const auto open = session().findings(query);
    for (const model::Finding& finding : *open) {
        if (finding.origin != model::Origin::Face || finding.locator.frames.first >= 45) {
            continue;
        }
        go(ScreenId::Work, *asset, finding.id);
        auto* reason = widget<QLineEdit>("findingReason");
        QVERIFY(reason != nullptr);
        QTRY_VERIFY_WITH_TIMEOUT(reason->isVisible() && idle(), kLong);
        reason->setFocus();
        QTest::keyClicks(reason, "mucosa");
        QTest::mouseClick(widget<QPushButton>("rejectButton"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT((*session().finding(finding.id))->state == model::DecisionState::Rejected,
                                 kLong);
    }
}

void TestWindowJourney::keyADecidesEverything() {
    job::FindingQuery query;
    query.openOnly = true;
    query.limit = 1;
    for (std::int64_t left = openFindings(); left > 0; left = openFindings()) {
        const auto open = session().findings(query);
        QVERIFY(open && !open->empty());
        const model::Finding& finding = open->front();
        go(ScreenId::Work, finding.asset, finding.id);
        // The head CT has a face to be judged and letters nowhere: nothing of that kind can be accepted
        // unlooked.
        auto* accept = widget<QPushButton>("acceptButton");
        QVERIFY(accept != nullptr);
        QTRY_VERIFY_WITH_TIMEOUT(accept->isVisible() && accept->isEnabled(), kLong);
        QTest::keyClick(m_window.get(), Qt::Key_A);
        QTRY_VERIFY2_WITH_TIMEOUT(openFindings() < left, finding.rule.c_str(), kLong);
    }
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
    go(ScreenId::Confirm);
    auto* confirm = widget<QPushButton>("confirmButton");
    QVERIFY(confirm != nullptr);
    // As a reviewer does it: Space goes through pages and pictures, Enter confirms and goes on to the next
    // data.
    for (std::int64_t done = 0; done < all; done = session().overview()->confirmed) {
        QTRY_VERIFY_WITH_TIMEOUT(
            [&] {
                if (confirm->isEnabled() || idle()) { // a picture that is not there yet is not looked at
                    QTest::keyClick(m_window.get(), confirm->isEnabled() ? Qt::Key_Return : Qt::Key_Space);
                }
                return session().overview()->confirmed > done;
            }(),
            kLong);
    }
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
    go(ScreenId::Release);
    QTRY_VERIFY(widget<QPushButton>("release.editSheet") != nullptr);
    QTRY_VERIFY(widget<QPushButton>("release.editSheet")->isEnabled());
    QTest::mouseClick(widget<QPushButton>("release.editSheet"), Qt::LeftButton);
    QTRY_VERIFY(widget<QWidget>("sheetDialog") != nullptr);
    auto* dialog = widget<QWidget>("sheetDialog");
    for (auto* field : dialog->findChildren<QWidget*>()) {
        if (!field->objectName().startsWith("sheet.") || field->objectName() == "sheet.save") {
            continue;
        }
        if (auto* line = qobject_cast<QLineEdit*>(field); line && line->text().isEmpty()) {
            QTest::keyClicks(line, "given");
        } else if (auto* plain = qobject_cast<QPlainTextEdit*>(field);
                   plain && plain->toPlainText().isEmpty()) {
            QTest::keyClicks(plain, "given");
        } else if (auto* rich = qobject_cast<QTextEdit*>(field); rich && rich->toPlainText().isEmpty()) {
            QTest::keyClicks(rich, "given");
        }
    }
    QTest::mouseClick(widget<QPushButton>("sheet.save"), Qt::LeftButton);
    QTRY_COMPARE(session().sheet()->responsible, std::string("given"));
    QTRY_VERIFY_WITH_TIMEOUT(job::evaluateGate(session())->empty(), kLong);
}

void TestWindowJourney::releaseWritesWhatWasConfirmed() {
    const QString out = QString::fromStdString((m_root / "released").string());
    QTest::mouseClick(widget<QPushButton>("release.check"), Qt::LeftButton);
    auto* folder = widget<QLineEdit>("release.folder");
    QVERIFY(folder != nullptr);
    folder->selectAll();
    QTest::keyClicks(folder, out);
    auto* release = widget<QPushButton>("release.release");
    QTRY_VERIFY_WITH_TIMEOUT(release->isEnabled(), kLong);
    QTest::mouseClick(release, Qt::LeftButton);
    QTRY_VERIFY(widget<QPushButton>("destroy.ok") != nullptr); // there is no way back: it is asked
    QTest::mouseClick(widget<QPushButton>("destroy.ok"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(fs::exists(m_root / "released" / "manifest.json") && idle(), kLong);
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
    QTRY_VERIFY_WITH_TIMEOUT(!release->isEnabled(), kLong); // released is released
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
    m_window.reset();
}

QTEST_MAIN(TestWindowJourney)
#include "TestWindowJourney.moc"
