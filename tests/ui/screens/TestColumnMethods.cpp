#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QInputDialog>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include "core/model/Method.h"
#include "tests/support/screenshots/DemoWorkspace.h"
#include "ui/screens/Places.h"
#include "ui/screens/settings/Preferences.h"
#include "ui/shell/MainWindow.h"
#include "ui/tasks/TaskRunner.h"
#include "ui/text/Words.h"
#include "ui/views/table/ColumnHeader.h"
#include "ui/views/table/TableView.h"

using namespace kamei;
using namespace kamei::ui;

namespace {

constexpr int kLong = 30000; // a debug build on a busy machine

base::AssetId tableOf(job::Session& session) {
    const auto assets = session.assets({});
    for (const job::AssetRow& row : *assets) {
        if (row.asset.kind == model::AssetKind::Table) {
            return row.asset.id;
        }
    }
    return {};
}

} // namespace

/// Guideline 4.7.2 in the window: a column is told how to be processed, a record is removed, others are
/// added.
class TestColumnMethods : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::shared_ptr<job::Session> m_session;
    base::AssetId m_table;
    std::unique_ptr<shell::MainWindow> m_window;
    views::table::TableView* m_view = nullptr;

    /// Chooses from the menu of a column by what the entry says.
    void choose(int column, const QString& word) {
        auto* header = m_view->findChild<views::table::ColumnHeader*>();
        QVERIFY(header != nullptr);
        emit header->menuWanted(column, m_view->mapToGlobal(QPoint(40, 20)));
        QMenu* menu = nullptr;
        QTRY_VERIFY((menu = m_view->findChild<QMenu*>(QStringLiteral("columnMenu"))) != nullptr);
        QAction* found = nullptr;
        for (QAction* action : menu->actions()) {
            found = action->text() == word ? action : found;
        }
        QVERIFY2(found != nullptr, qPrintable(word));
        found->trigger();
        menu->close();
        QTRY_VERIFY(m_view->findChild<QMenu*>(QStringLiteral("columnMenu")) == nullptr);
    }
    /// Chooses from the menu behind the "..." of the asset.
    void chooseMore(const QString& word) {
        auto* more = m_window->findChild<QToolButton*>(QStringLiteral("assetMenu"));
        QVERIFY(more != nullptr);
        more->click();
        QMenu* menu = nullptr;
        QTRY_VERIFY((menu = m_window->findChild<QMenu*>(QStringLiteral("assetMenuList"))) != nullptr);
        QAction* found = nullptr;
        for (QAction* action : menu->actions()) {
            found = action->text() == word ? action : found;
        }
        QVERIFY2(found != nullptr, qPrintable(word));
        found->trigger();
        menu->close();
    }
    std::vector<model::Finding> made(model::Locator::Kind kind) {
        job::FindingQuery query;
        query.asset = m_table;
        std::vector<model::Finding> out = *m_session->findings(query);
        std::erase_if(out, [kind](const model::Finding& f) {
            return f.locator.kind != kind || f.origin != model::Origin::Person;
        });
        return out;
    }
    QDialog* dialog(const char* name) { return m_window->findChild<QDialog*>(QString::fromLatin1(name)); }

private slots:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
        QApplication::setApplicationName(QStringLiteral("kamei-test"));
        QApplication::setOrganizationName(QStringLiteral("kamei-test"));
        QSettings().setValue(QStringLiteral("reviewer"), QStringLiteral("森田 彩"));
        screens::Preferences preferences;
        preferences.language = QStringLiteral("en");
        preferences.save();
        preferences.apply(*qApp);
        m_session = support::demoWorkspace(m_folder.filePath(QStringLiteral("demo")).toStdString(),
                                           support::Progress::Imported, "デモ");
        m_table = tableOf(*m_session);
        QVERIFY(m_table.valid());
        m_window = std::make_unique<shell::MainWindow>(screens::makePlace);
        m_window->resize(1366, 768);
        m_window->show();
        m_window->context().setSession(m_session);
        shell::Route route{shell::ScreenId::Work};
        route.asset = m_table;
        route.subject = (*m_session->asset(m_table))->asset.subject;
        m_window->context().go(route);
        QTRY_VERIFY_WITH_TIMEOUT((m_view = m_window->findChild<views::table::TableView*>()) != nullptr &&
                                     m_view->isVisible() && m_view->model().rowCount() > 0,
                                 kLong);
    }

    void aColumnIsMicroaggregated() {
        int column = -1; // the results of the examinations: nothing was found in them
        const auto& model = m_view->model();
        for (int i = 0; i < model.table()->columns && column < 0; ++i) {
            bool number = false;
            model.table()->text(0, i).toDouble(&number);
            column = number && model.column(i).findings.empty() ? i : -1;
        }
        QVERIFY(column >= 0);
        choose(column, text::categoryName(model::Category::QuasiIdentifier));
        QTRY_COMPARE_WITH_TIMEOUT(made(model::Locator::Kind::Column).size(), std::size_t{1}, kLong);
        QTRY_VERIFY_WITH_TIMEOUT(!m_view->model().column(column).findings.empty(), kLong);
        choose(column, text::actionName(model::Action::Microaggregate) + QStringLiteral("…"));
        QTRY_VERIFY(dialog("methodDialog") != nullptr);
        QDialog* asked = dialog("methodDialog");
        auto* loss = asked->findChild<QLabel*>(QStringLiteral("method.loss"));
        QTRY_VERIFY_WITH_TIMEOUT(!loss->text().isEmpty(), kLong);
        const QString before = loss->text();
        asked->findChild<QSpinBox*>(QStringLiteral("method.size"))->setValue(6);
        QTRY_VERIFY_WITH_TIMEOUT(loss->text() != before, kLong); // tried again with the new size
        asked->findChild<QPushButton*>(QStringLiteral("method.ok"))->click();
        QTRY_COMPARE_WITH_TIMEOUT(made(model::Locator::Kind::Column).front().action,
                                  model::Action::Microaggregate, kLong);
        const auto method = model::methodFromJson(made(model::Locator::Kind::Column).front().method);
        QVERIFY(method.has_value());
        QCOMPARE(method->size, 6);
    }

    void recordsAreRemovedAndAdded() {
        // The table is read again after the decision before; then the place stays.
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->context().runner().busy(), kLong);
        QTest::qWait(300);
        m_view->table().setCurrentIndex(m_view->model().index(1, 0));
        QCOMPARE(m_view->table().currentIndex().row(), 1); // though one finding stands for the whole column
        chooseMore(QStringLiteral("Delete the record of the current row"));
        QTRY_COMPARE_WITH_TIMEOUT(made(model::Locator::Kind::Cell).size(), std::size_t{1}, kLong);
        QCOMPARE(made(model::Locator::Kind::Cell).front().locator.row, std::int64_t{2}); // below the header
        QVERIFY(model::methodFromJson(made(model::Locator::Kind::Cell).front().method)->record);
        chooseMore(QStringLiteral("Add artificial records…"));
        QTRY_VERIFY(dialog("syntheticDialog") != nullptr);
        auto* asked = qobject_cast<QInputDialog*>(dialog("syntheticDialog"));
        QVERIFY(asked != nullptr);
        asked->setIntValue(25);
        asked->accept();
        QTRY_COMPARE_WITH_TIMEOUT(made(model::Locator::Kind::Asset).size(), std::size_t{1}, kLong);
        QCOMPARE(model::methodFromJson(made(model::Locator::Kind::Asset).front().method)->rows,
                 std::int64_t{25});
    }
};

QTEST_MAIN(TestColumnMethods)
#include "TestColumnMethods.moc"
