#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <atomic>
#include <chrono>
#include <thread>

#include "ui/screens/Places.h"
#include "ui/screens/settings/Preferences.h"
#include "ui/shell/ActionRegistry.h"
#include "ui/shell/MainWindow.h"
#include "ui/shell/Palette.h"
#include "ui/shell/Workspaces.h"
#include "ui/tasks/TaskRunner.h"
#include "ui/text/Language.h"

using namespace kamei;
using namespace kamei::ui;

namespace {

/// A job that waits until it is told to stop or go.
class Waiting final : public job::Job {
public:
    explicit Waiting(std::atomic<bool>& go) : m_go(go) {}
    [[nodiscard]] std::string_view word() const override { return "detect"; }
    [[nodiscard]] base::Expected<job::Report> run(std::stop_token stop,
                                                  base::ProgressSink& progress) override {
        progress.phase("detect");
        progress.progress(1, 4);
        while (!m_go && !stop.stop_requested()) {
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
        return job::Report{.cancelled = stop.stop_requested()};
    }

private:
    std::atomic<bool>& m_go;
};

template <class Kind> Kind* child(QObject& parent, const char* name) {
    return parent.findChild<Kind*>(QLatin1String(name));
}

} // namespace

class TestShell : public QObject {
    Q_OBJECT

    QTemporaryDir m_settings;

private slots:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_settings.path());
        QApplication::setApplicationName(QStringLiteral("kamei-test"));
        QApplication::setOrganizationName(QStringLiteral("kamei-test"));
    }
    void init() {
        QSettings().clear();
        screens::Preferences preferences;
        preferences.language = QStringLiteral("en");
        preferences.theme = style::Mode::Light;
        preferences.save();
        preferences.apply(*qApp);
    }

    void opensAndCloses() {
        for (int round = 0; round < 2; ++round) {
            shell::MainWindow window(screens::makePlace);
            window.show();
            QVERIFY(QTest::qWaitForWindowExposed(&window));
            QVERIFY(child<QWidget>(window, "welcome")->isVisible());
            QVERIFY(window.close());
        }
    }

    void titleHoldsNoNames() {
        shell::MainWindow window(screens::makePlace);
        QCOMPARE(window.windowTitle(), QStringLiteral("Kamei"));
    }

    /// No two actions that can be enabled together share a shortcut.
    void shortcutsDoNotCollide() {
        shell::MainWindow window(screens::makePlace);
        QCOMPARE(window.context().actions().conflicts(), QStringList());
        for (const auto& [id, keys] :
             {std::pair{"app.search", "Ctrl+K"}, std::pair{"app.undo", "Ctrl+Z"},
              std::pair{"app.stage", "Ctrl+Return"}, std::pair{"app.go-home", "Alt+1"},
              std::pair{"app.go-settings", "Alt+7"}, std::pair{"app.help", "F1"}}) {
            QAction* action = window.context().actions().action(QLatin1String(id));
            QVERIFY2(action != nullptr, id);
            QCOMPARE(action->shortcut(), QKeySequence(QLatin1String(keys)));
        }
    }

    void conflictsAreFound() {
        shell::ActionRegistry registry;
        registry.add(QStringLiteral("work.one"), QStringLiteral("One"), QKeySequence(Qt::Key_A));
        registry.add(QStringLiteral("confirm.two"), QStringLiteral("Two"), QKeySequence(Qt::Key_A));
        QCOMPARE(registry.conflicts(), QStringList());
        registry.add(QStringLiteral("work.three"), QStringLiteral("Three"), QKeySequence(Qt::Key_A));
        QCOMPARE(registry.conflicts().size(), 2);
    }

    void keysHeldDownDecideOnce_data() {
        QTest::addColumn<bool>("moves");
        QTest::addColumn<int>("times");
        QTest::newRow("decides") << false << 1;
        QTest::newRow("only moves") << true << 3;
    }
    void keysHeldDownDecideOnce() {
        QFETCH(bool, moves);
        QWidget window;
        window.setFocusPolicy(Qt::StrongFocus);
        shell::ActionRegistry registry;
        QAction* action = registry.add(QStringLiteral("work.accept"), {}, QKeySequence(Qt::Key_A));
        if (moves) {
            shell::ActionRegistry::repeat(action);
        }
        window.addAction(action);
        QSignalSpy triggered(action, &QAction::triggered);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QApplication::setActiveWindow(&window);
        window.setFocus();
        for (const bool repeated : {false, true, true}) {
            QTest::simulateEvent(&window, true, Qt::Key_A, Qt::NoModifier, QStringLiteral("a"), repeated);
        }
        QTest::keyRelease(&window, Qt::Key_A);
        QTEST(static_cast<int>(triggered.count()), "times");
    }

    void singleLettersAreTextInAField() {
        QWidget window;
        QLineEdit field(&window);
        QWidget other(&window);
        other.setFocusPolicy(Qt::StrongFocus);
        shell::ActionRegistry registry;
        QAction* action =
            registry.add(QStringLiteral("work.accept"), QStringLiteral("Accept"), QKeySequence(Qt::Key_A));
        window.addAction(action);
        QSignalSpy triggered(action, &QAction::triggered);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QApplication::setActiveWindow(&window);
        field.setFocus();
        QTest::keyClick(&field, Qt::Key_A);
        QCOMPARE(triggered.count(), 0);
        QCOMPARE(field.text(), QStringLiteral("a"));
        other.setFocus();
        QTest::keyClick(&other, Qt::Key_A);
        QCOMPARE(triggered.count(), 1);
    }

    void paletteFindsAndRuns() {
        shell::MainWindow window(screens::makePlace);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        window.context().actions().action(QStringLiteral("app.search"))->trigger();
        auto* palette = child<QWidget>(window, "palette");
        auto* field = child<QLineEdit>(window, "palette.field");
        auto* list = child<QListWidget>(window, "palette.list");
        QTRY_VERIFY(palette->isVisible());
        QVERIFY(list->count() > 3);
        QTest::keyClicks(field, QStringLiteral("sett"));
        QCOMPARE(list->count(), 1);
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_VERIFY(!palette->isVisible());
        QCOMPARE(window.currentScreen(), shell::ScreenId::Settings);
        // Without a workspace, disabled actions are not offered.
        window.context().actions().action(QStringLiteral("app.search"))->trigger();
        QTest::keyClicks(field, QStringLiteral("process decided"));
        QCOMPARE(list->count(), 0);
        QTest::keyClick(field, Qt::Key_Escape);
        QTRY_VERIFY(!palette->isVisible());
    }

    void wordsMatchInAnyWidth() {
        QVERIFY(shell::matches(QStringLiteral("P-0007 胸部CT"), QStringLiteral("ｃｔ 7")));
        QVERIFY(!shell::matches(QStringLiteral("P-0007"), QStringLiteral("8")));
    }

    void errorsShowThreeParts() {
        shell::MainWindow window(screens::makePlace);
        window.show();
        window.context().showError({base::ErrorCode::NoSpace, {}, "test"});
        auto* banner = child<QWidget>(window, "banner");
        QVERIFY(banner->isVisible());
        QCOMPARE(child<QLabel>(window, "banner.what")->text(),
                 QStringLiteral("There is no space left on the disk."));
        QVERIFY(!child<QLabel>(window, "banner.rest")->text().isEmpty());
        // Live change of language.
        text::install(text::Language::Japanese);
        QTRY_COMPARE(child<QLabel>(window, "banner.what")->text(),
                     QStringLiteral("ディスクの空きがありません。"));
        child<QToolButton>(window, "banner.close")->click();
        QVERIFY(!banner->isVisible());
    }

    void openingWhatIsNoWorkspaceSaysSo() {
        QTemporaryDir folder;
        shell::MainWindow window(screens::makePlace);
        window.show();
        window.workspaces().open(folder.path());
        QTRY_VERIFY(child<QWidget>(window, "banner")->isVisible());
        QCOMPARE(shell::Workspaces::recent().size(), 0);
    }

    void settingsChangeLanguageAndLookAtOnce() {
        shell::MainWindow window(screens::makePlace);
        window.show();
        window.context().go({shell::ScreenId::Settings});
        screens::Preferences preferences = screens::Preferences::load();
        preferences.language = QStringLiteral("ja");
        preferences.theme = style::Mode::Dark;
        preferences.save();
        preferences.apply(*qApp);
        QVERIFY(style::Theme::instance().dark());
        QTRY_COMPARE(window.context().actions().action(QStringLiteral("app.search"))->text(),
                     QStringLiteral("操作・対象者・データを検索"));
        QCOMPARE(screens::Preferences::load().language, QStringLiteral("ja"));
    }

    void jobsShowProgressAndCancel() {
        shell::MainWindow window(screens::makePlace);
        window.show();
        std::atomic<bool> go{false};
        bool cancelled = false;
        auto& runner = window.context().runner();
        runner.start(std::make_unique<Waiting>(go),
                     [&](const auto& report) { cancelled = report->cancelled; });
        QTRY_VERIFY(child<QWidget>(window, "status.job")->isVisible());
        QVERIFY(runner.busy());
        QTest::mouseClick(child<QWidget>(window, "status.cancel"), Qt::LeftButton);
        QTRY_VERIFY(!runner.busy());
        QVERIFY(cancelled);
        QTRY_VERIFY(!child<QWidget>(window, "status.job")->isVisible());
    }

    void jobsRunOneAfterAnother() {
        tasks::TaskRunner runner;
        std::atomic<bool> first{false};
        std::atomic<bool> second{true};
        QList<int> order;
        runner.start(std::make_unique<Waiting>(first), [&](const auto&) { order.append(1); });
        runner.start(std::make_unique<Waiting>(second), [&](const auto&) { order.append(2); });
        QTest::qWait(20);
        QVERIFY(order.isEmpty());
        first = true;
        QTRY_COMPARE(order, (QList<int>{1, 2}));
        QVERIFY(!runner.busy());
    }

    void lookUpsOfClosedScreensAreDropped() {
        tasks::TaskRunner runner;
        bool called = false;
        std::atomic<bool> ran{false};
        auto* receiver = new QObject;
        runner.look(
            receiver,
            [&ran] {
                ran = true;
                return 1;
            },
            [&called](int) { called = true; });
        delete receiver;
        QTRY_VERIFY(ran.load());
        QTest::qWait(20);
        QVERIFY(!called);
    }
};

QTEST_MAIN(TestShell)
#include "TestShell.moc"
