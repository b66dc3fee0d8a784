#include <QAction>
#include <QApplication>
#include <QDir>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSet>
#include <QSettings>
#include <QStandardPaths>
#include <QTableView>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include "tests/support/screenshots/DemoWorkspace.h"
#include "tests/ui/screens/Clipped.h"
#include "ui/screens/Places.h"
#include "ui/screens/settings/Preferences.h"
#include "ui/shell/ActionRegistry.h"
#include "ui/shell/MainWindow.h"
#include "ui/shell/Pulse.h"
#include "ui/tasks/TaskRunner.h"
#include "ui/text/Language.h"
#include "ui/text/TitleWords.h"
#include "ui/text/Words.h"

using namespace kamei;
using namespace kamei::ui;

namespace {

constexpr int kLong = 30000; // a debug build on a busy machine

template <class Kind> Kind* child(QObject& parent, const QString& name) {
    return parent.findChild<Kind*>(name);
}

void prefer(const QString& language, style::Mode theme) {
    screens::Preferences preferences;
    preferences.language = language;
    preferences.theme = theme;
    preferences.save();
    preferences.apply(*qApp);
}

} // namespace

/// The whole window on the demo workspace, with its real widgets.
class TestScreens : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::shared_ptr<job::Session> m_session;

private slots:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
        QApplication::setApplicationName(QStringLiteral("kamei-test"));
        QApplication::setOrganizationName(QStringLiteral("kamei-test"));
        QSettings().setValue(QStringLiteral("reviewer"), QStringLiteral("森田 彩"));
        m_session = support::demoWorkspace(m_folder.filePath(QStringLiteral("demo")).toStdString(),
                                           support::Progress::Staged, "デモ");
    }

    void homeShowsTheCounts() {
        prefer(QStringLiteral("en"), style::Mode::Light);
        shell::MainWindow window(screens::makePlace);
        window.show();
        window.context().setSession(m_session);
        window.context().go({shell::ScreenId::Home});
        const auto overview = m_session->overview();
        QVERIFY(overview.has_value());
        QVERIFY(overview->subjects >= 3);
        QTRY_VERIFY_WITH_TIMEOUT(window.context().pulse().overview().has_value(), kLong);
        auto* kinds = child<QTableWidget>(window, QStringLiteral("home.kinds.table"));
        QTRY_COMPARE(kinds->rowCount(), static_cast<int>(overview->kinds.size()));
        qint64 required = 0;
        for (int row = 0; row < kinds->rowCount(); ++row) {
            required += kinds->item(row, 2)->text().toLongLong();
        }
        QCOMPARE(required, overview->findings.openRequired);
        QVERIFY(child<QPushButton>(window, QStringLiteral("home.task")) != nullptr);
    }

    /// Each count leads to its items.
    void stepsLeadToTheirScreens() {
        prefer(QStringLiteral("en"), style::Mode::Light);
        shell::MainWindow window(screens::makePlace);
        window.show();
        window.context().setSession(m_session);
        window.context().go({shell::ScreenId::Home});
        QTRY_VERIFY_WITH_TIMEOUT(window.context().pulse().overview().has_value(), kLong);
        for (int step = 3; step <= 8; ++step) {
            window.context().go({shell::ScreenId::Home});
            QTest::mouseClick(child<QPushButton>(window, QStringLiteral("home.step%1.open").arg(step)),
                              Qt::LeftButton);
            QCOMPARE(window.currentScreen(), shell::ScreenId::Work);
        }
    }

    void releaseIsRefusedWhileTheGateIsClosed() {
        prefer(QStringLiteral("en"), style::Mode::Light);
        shell::MainWindow window(screens::makePlace);
        window.show();
        window.context().setSession(m_session);
        window.context().go({shell::ScreenId::Release});
        QTRY_VERIFY_WITH_TIMEOUT(window.context().pulse().gate().has_value(), kLong);
        QVERIFY(!window.context().pulse().gate()->empty());
        auto* folder = child<QLineEdit>(window, QStringLiteral("release.folder"));
        folder->setText(QDir(m_folder.path()).filePath(QStringLiteral("out")));
        QTest::qWait(200);
        QVERIFY(!child<QPushButton>(window, QStringLiteral("release.release"))->isEnabled());
        // The same through the job itself: there is no way around.
        base::NoProgress quiet;
        auto refused =
            job::releaseJob(m_session, {m_folder.filePath(QStringLiteral("out")).toStdString(), "test"})
                ->run({}, quiet);
        QVERIFY(!refused.has_value());
        QCOMPARE(refused.error().code, base::ErrorCode::GateClosed);
        QVERIFY(!QDir(m_folder.filePath(QStringLiteral("out"))).exists());
    }

    void theSheetIsEditedAndUndone() {
        prefer(QStringLiteral("en"), style::Mode::Light);
        shell::MainWindow window(screens::makePlace);
        window.show();
        window.context().setSession(m_session);
        window.context().go({shell::ScreenId::Release});
        auto* edit = child<QPushButton>(window, QStringLiteral("release.editSheet"));
        QTRY_VERIFY_WITH_TIMEOUT(edit->isEnabled(), kLong);
        QTest::mouseClick(edit, Qt::LeftButton);
        QTRY_VERIFY(child<QPlainTextEdit>(window, QStringLiteral("sheet.responsible")) != nullptr);
        child<QPlainTextEdit>(window, QStringLiteral("sheet.responsible"))
            ->setPlainText(QStringLiteral("架空病院 院長"));
        QTest::mouseClick(child<QPushButton>(window, QStringLiteral("sheet.save")), Qt::LeftButton);
        QTRY_COMPARE(QString::fromStdString(m_session->sheet()->responsible),
                     QStringLiteral("架空病院 院長"));
        window.context().actions().action(QStringLiteral("app.undo"))->trigger();
        QTRY_VERIFY(m_session->sheet()->responsible.empty());
    }

    void theLogVerifies() {
        prefer(QStringLiteral("en"), style::Mode::Light);
        shell::MainWindow window(screens::makePlace);
        window.show();
        window.context().setSession(m_session);
        window.context().go({shell::ScreenId::Audit});
        auto* verdict = child<QLabel>(window, QStringLiteral("audit.verdict"));
        QTRY_VERIFY_WITH_TIMEOUT(verdict->text().startsWith(QLatin1String("Unbroken")), kLong);
        auto* table = child<QTableView>(window, QStringLiteral("audit.table"));
        QTRY_VERIFY(table->model()->rowCount() > 5);
        for (int at = 0; at < table->model()->columnCount(); ++at) {
            // Every column shows its whole name.
            QVERIFY(table->columnWidth(at) >= table->horizontalHeader()->sectionSizeHint(at));
        }
        child<QLineEdit>(window, QStringLiteral("audit.words"))->setText(QStringLiteral("no such words"));
        QCOMPARE(table->model()->rowCount(), 0);
    }

    /// What detectors call things inside the house is never shown: names of DICOM attributes aside, which are
    /// the standard's, every label of the demo cohort has words.
    void everyLabelHasWords() {
        const auto findings = m_session->findings({});
        QVERIFY(findings && findings->size() > 100);
        for (const auto language : {text::Language::English, text::Language::Japanese}) {
            text::install(language);
            for (const model::Finding& finding : *findings) {
                if (finding.locator.kind != model::Locator::Kind::Attribute) {
                    const QString label = text::fromUtf8(finding.label);
                    QVERIFY2(text::labelName(finding.label) != label, qPrintable(label));
                }
            }
        }
    }

    void titlesThatAreMadeFollowTheLanguage() {
        const auto assets = m_session->assets({});
        QVERIFY(assets.has_value());
        QSet<model::AssetKind> seen;
        for (const job::AssetRow& row : *assets) {
            using Kind = model::AssetKind;
            const Kind kind = row.asset.kind;
            if (kind == Kind::Slide || kind == Kind::Video || kind == Kind::Image || kind == Kind::Pdf) {
                text::install(text::Language::Japanese);
                const QString japanese = text::assetTitle(row.asset);
                text::install(text::Language::English);
                QVERIFY2(text::assetTitle(row.asset) != japanese, qPrintable(japanese));
                seen.insert(kind);
            }
        }
        QCOMPARE(seen.size(), 4);
    }

    void riskShowsWhoIsSingledOut() {
        prefer(QStringLiteral("en"), style::Mode::Light);
        shell::MainWindow window(screens::makePlace);
        window.show();
        window.context().setSession(m_session);
        window.context().go({shell::ScreenId::Risk});
        auto* table = child<QTableView>(window, QStringLiteral("risk.table"));
        QTRY_VERIFY_WITH_TIMEOUT(table->model()->rowCount() > 0, kLong);
        auto* reason = child<QPlainTextEdit>(window, QStringLiteral("risk.reason"));
        if (reason->isEnabled()) {
            reason->setPlainText(QStringLiteral("fictional people"));
            QTest::mouseClick(child<QPushButton>(window, QStringLiteral("risk.save")), Qt::LeftButton);
            const auto reasonIsStored = [this] {
                const auto subjects = m_session->subjects({});
                return subjects &&
                       std::any_of(subjects->begin(), subjects->end(), [](const job::SubjectRow& row) {
                           return row.riskReason == "fictional people";
                       });
            };
            QTRY_VERIFY(reasonIsStored());
        }
    }

    void nothingIsClipped_data() {
        QTest::addColumn<QString>("language");
        QTest::addColumn<shell::ScreenId>("screen");
        using S = shell::ScreenId;
        for (const char* language : {"ja", "en"}) {
            for (const auto& [name, screen] :
                 {std::pair{"home", S::Home}, std::pair{"people", S::People}, std::pair{"work", S::Work},
                  std::pair{"risk", S::Risk}, std::pair{"confirm", S::Confirm},
                  std::pair{"release", S::Release}, std::pair{"audit", S::Audit},
                  std::pair{"settings", S::Settings}}) {
                QTest::addRow("%s %s", language, name) << QString::fromLatin1(language) << screen;
            }
        }
    }
    void nothingIsClipped() {
        QFETCH(QString, language);
        QFETCH(shell::ScreenId, screen);
        prefer(language, style::Mode::Light);
        shell::MainWindow window(screens::makePlace);
        window.resize(1366, 768);
        window.show();
        window.context().setSession(m_session);
        QTRY_VERIFY_WITH_TIMEOUT(window.context().pulse().overview().has_value(), kLong);
        window.context().go({screen});
        QTRY_VERIFY_WITH_TIMEOUT(window.context().pulse().gate().has_value(), kLong);
        QTest::qWait(600);
        QCOMPARE(window.size(), QSize(1366, 768));
        const QStringList found = tests::clipped(window);
        QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));
    }

    /// Every interactive widget has a name.
    void everyWidgetHasAName() {
        prefer(QStringLiteral("ja"), style::Mode::Light);
        shell::MainWindow window(screens::makePlace);
        window.show();
        window.context().setSession(m_session);
        using S = shell::ScreenId;
        QStringList nameless;
        for (const auto screen : {S::Home, S::Risk, S::Release, S::Audit, S::Settings}) {
            window.context().go({screen});
            QTest::qWait(200);
            for (const QWidget* widget : window.findChildren<QWidget*>()) {
                const auto* button = qobject_cast<const QAbstractButton*>(widget);
                const bool field = qobject_cast<const QLineEdit*>(widget) != nullptr ||
                                   qobject_cast<const QPlainTextEdit*>(widget) != nullptr;
                if (!widget->isVisible() || widget->objectName().startsWith(QLatin1String("qt_"))) {
                    continue;
                }
                if ((button != nullptr && button->text().isEmpty() && button->accessibleName().isEmpty()) ||
                    (field && widget->accessibleName().isEmpty())) {
                    nameless.append(QLatin1String(widget->metaObject()->className()) + QLatin1Char(' ') +
                                    widget->objectName());
                }
            }
        }
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(QLatin1Char('\n'))));
    }
};

QTEST_MAIN(TestScreens)
#include "TestScreens.moc"
