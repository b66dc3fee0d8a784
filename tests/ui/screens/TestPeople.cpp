// The window on people, combinations and papers, with its real widgets, on a workspace of three people of
// whom two are one.

#include <QComboBox>
#include <QDialog>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTabWidget>
#include <QTableView>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include "core/decide/Policies.h"
#include "core/job/Sealing.h"
#include "core/job/SessionInternals.h"
#include "core/release/Papers.h"
#include "core/transform/pseudonym/Pseudonym.h"
#include "tests/core/store/Sample.h"
#include "tests/ui/screens/Clipped.h"
#include "ui/screens/Places.h"
#include "ui/screens/release/PapersDialog.h"
#include "ui/screens/settings/Preferences.h"
#include "ui/shell/ActionRegistry.h"
#include "ui/shell/MainWindow.h"
#include "ui/shell/Pulse.h"
#include "ui/style/Widgets.h"

using namespace kamei;
using namespace kamei::ui;

namespace {

constexpr int kLong = 30000;

template <class Kind> Kind* child(QObject& parent, const char* name) {
    return parent.findChild<Kind*>(QLatin1String(name));
}

void prefer(const QString& language) {
    screens::Preferences preferences;
    preferences.language = language;
    preferences.theme = style::Mode::Light;
    preferences.save();
    preferences.apply(*qApp);
}

struct Bed {
    QTemporaryDir parent;
    std::shared_ptr<job::Session> session = *job::Session::create(
        sample::folderIn(parent), {"t", "p", *decide::policyFromText("guideline-2024")});
    std::vector<base::SubjectId> people;
    std::vector<base::AssetId> assets;

    Bed() {
        const auto secret = session->internals().key();
        const auto key = transform::pseudonym::Key::fromBytes(secret->span());
        auto writing = *session->internals().write();
        const std::vector<model::SubjectHint> hints{{"1", "A", {"榎本 花子"}, "19610723", "F"},
                                                    {"2", "A", {"佐藤 花子"}, "19610723", "F"},
                                                    {"3", "A", {"野田 和夫"}, "19340411", "M"}};
        for (const auto& hint : hints) {
            people.push_back(*writing->subjects.insert(
                {{}, 0, hint.patientId, hint, key->pseudonymId(hint.patientId), {}}));
            const std::string group = "g" + hint.patientId;
            assets.push_back(
                *writing->assets.insert(sample::asset(model::AssetKind::Text, group, people.back())));
            static_cast<void>(writing->sources.insert(sample::source(assets.back(), group)));
            static_cast<void>(writing->claims.add(assets.back(), hint));
            auto age = sample::finding(assets.back(), 0, hint.patientId == "3" ? "91" : "4" + hint.patientId,
                                       model::Category::QuasiIdentifier, model::Requirement::None);
            age.label = "AGE";
            auto sex = sample::finding(assets.back(), 9, hint.sex, model::Category::QuasiIdentifier,
                                       model::Requirement::None);
            sex.label = "SEX";
            std::vector findings{age, sex};
            for (model::Finding& finding : findings) {
                finding.suggested = model::Action::Keep;
            }
            static_cast<void>(writing->findings.replaceDetected(assets.back(), findings));
        }
        static_cast<void>(writing.commit());
    }
    [[nodiscard]] base::SubjectId whose(base::AssetId id) const {
        return (*session->asset(id))->asset.subject;
    }
    [[nodiscard]] base::SubjectId whose(std::size_t i) const { return whose(assets[i]); }
    /// Data that name nobody, or several.
    base::AssetId nobodys(const std::string& file, bool several = false) const {
        auto writing = *session->internals().write();
        model::Asset asset = sample::asset(model::AssetKind::Image, file);
        asset.several = several;
        const auto id = *writing->assets.insert(asset);
        static_cast<void>(writing->sources.insert(sample::source(id, file)));
        static_cast<void>(writing.commit());
        return id;
    }
};

/// The list of data of nobody known, by its button.
QTableView* toNobodys(const QObject& window) {
    auto* which = window.findChild<style::Segments*>(QStringLiteral("people.which"));
    QTest::mouseClick(which->findChildren<QToolButton*>()[2], Qt::LeftButton);
    return window.findChild<QTableView*>(QStringLiteral("people.table"));
}

} // namespace

class TestPeople : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

private slots:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
        QApplication::setApplicationName(QStringLiteral("kamei-test"));
        QApplication::setOrganizationName(QStringLiteral("kamei-test"));
        QSettings().setValue(QStringLiteral("reviewer"), QStringLiteral("森田 彩"));
        prefer(QStringLiteral("en"));
    }

    void mergesWithTheRealButtonsAndUndoes() {
        Bed bed;
        shell::MainWindow window(screens::makePlace);
        window.show();
        window.context().setSession(bed.session);
        window.context().go({shell::ScreenId::People});
        auto* table = child<QTableView>(window, "people.table");
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 1, kLong);
        QVERIFY(table->model()->index(0, 2).data().toString().contains("changed surname"));
        auto* evidence = child<QTableWidget>(window, "people.evidence");
        QVERIFY(evidence->rowCount() >= 4);
        auto* merge = child<QPushButton>(window, "people.merge");
        QTRY_VERIFY(merge->isVisible() && merge->isEnabled());
        QTest::mouseClick(merge, Qt::LeftButton);
        QTRY_COMPARE(bed.whose(1), bed.people[0]);
        // What two sources state now lies within one person: it asks again until somebody says so.
        QTRY_VERIFY_WITH_TIMEOUT(table->model()->rowCount() == 1 &&
                                     table->model()->index(0, 2).data().toString().contains("one person"),
                                 kLong);
        auto* settle = child<QPushButton>(window, "people.settle");
        QVERIFY(!settle->isEnabled()); // not without a reason
        child<QPlainTextEdit>(window, "people.reason")->setPlainText(QStringLiteral("married in 2024"));
        QTRY_VERIFY(settle->isEnabled());
        QTest::mouseClick(settle, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(table->model()->rowCount() == 1 &&
                                     table->model()->index(0, 0).data().toString() == "settled",
                                 kLong);
        window.context().undoStack().undo();
        window.context().undoStack().undo();
        QTRY_COMPARE(bed.whose(1), bed.people[1]);
    }

    void emptyTableSaysThatThereIsNoDoubt() {
        QTemporaryDir folder;
        const auto session = *job::Session::create(
            sample::folderIn(folder), {"title", "to learn", *decide::policyFromText("guideline-2024")});
        shell::MainWindow window(screens::makePlace);
        window.show();
        window.context().setSession(session);
        window.context().go({shell::ScreenId::People});
        auto* nothing = child<QLabel>(window, "people.nothing");
        QTRY_VERIFY(nothing->isVisible());
        QVERIFY(nothing->text().startsWith(QStringLiteral("No doubts")));
        QVERIFY(!child<QTableView>(window, "people.table")->isVisible());
        Bed bed; // where there are doubts, they are shown
        window.context().setSession(bed.session);
        window.context().go({shell::ScreenId::People});
        QTRY_VERIFY(!nothing->isVisible() &&
                    child<QTableView>(window, "people.table")->model()->rowCount() > 0);
    }

    void stepEightLeadsToWhatIsKeptAndThePapers() {
        Bed bed;
        shell::MainWindow window(screens::makePlace);
        window.resize(1366, 768);
        window.show();
        window.context().setSession(bed.session);
        window.context().go({shell::ScreenId::Home});
        auto* papers = child<QPushButton>(window, "home.papers");
        QTRY_VERIFY(papers->isVisible());
        QTest::mouseClick(papers, Qt::LeftButton);
        QTRY_VERIFY(window.findChild<QDialog*>(QStringLiteral("papersDialog")) != nullptr);
        auto* tabs = window.findChild<QTabWidget*>(QStringLiteral("papers.tabs"));
        QCOMPARE(tabs->currentIndex(), 2); // what is kept for what
        window.findChild<QDialog*>(QStringLiteral("papersDialog"))->reject();
    }

    void newWorkspaceGoesOnFromWhatWasKept() {
        qputenv("XDG_DATA_HOME", m_folder.filePath(QStringLiteral("home")).toUtf8());
        const QString phrase = QStringLiteral("correct horse battery");
        QString sealed;
        {
            Bed bed;
            const base::Redacted passphrase("passphrase", phrase.toStdString());
            QVERIFY(job::sealDeletedInformation(*bed.session, passphrase));
            sealed = m_folder.filePath(QStringLiteral("kept.deleted-information"));
            QVERIFY(QFile::copy(QString::fromStdString(job::sealedFile(*bed.session).string()), sealed));
        }
        shell::MainWindow window(screens::makePlace);
        window.show();
        window.context().actions().action(QStringLiteral("app.new"))->trigger();
        auto* dialog = window.findChild<QDialog*>(QStringLiteral("newWorkspace"));
        QVERIFY(dialog != nullptr);
        const auto type = [&](const char* field, const QString& text) {
            auto* line = child<QLineEdit>(*dialog, field);
            line->clear();
            QTest::keyClicks(line, text);
        };
        auto* create = child<QPushButton>(*dialog, "new.create");
        type("new.title", QStringLiteral("Second"));
        type("new.folder", m_folder.filePath(QStringLiteral("second")));
        QVERIFY(create->isEnabled());
        type("new.from", sealed);
        QVERIFY(!create->isEnabled()); // a passphrase and a reason are needed
        type("new.passphrase", phrase);
        QVERIFY(!create->isEnabled());
        type("new.reason", QStringLiteral("a second delivery"));
        QTRY_VERIFY(create->isEnabled());
        QTest::mouseClick(create, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(window.context().session() != nullptr, 60000);
        const auto entry = window.context().session()->audit({});
        QVERIFY(std::ranges::any_of(*entry, [](const job::AuditRow& row) {
            return row.event == "deleted-information.continued" && row.by == "森田 彩";
        }));
        QVERIFY(QFile::exists(sealed + QStringLiteral(".openings"))); // its workspace is not beside it
    }

    void splitsTickedData() {
        Bed bed;
        QVERIFY(bed.session->apply(decide::MergeSubjects{{bed.people[2]}, bed.people[0], ""}, "me"));
        shell::MainWindow window(screens::makePlace);
        window.show();
        window.context().setSession(bed.session);
        window.context().go({shell::ScreenId::People});
        auto* table = child<QTableView>(window, "people.table");
        QTRY_VERIFY_WITH_TIMEOUT(table->model()->rowCount() > 1, kLong);
        // The doubt within one person: two names that cannot be one's.
        for (int row = 0; row < table->model()->rowCount(); ++row) {
            if (table->model()->index(row, 2).data().toString().contains("given out again")) {
                table->selectRow(row);
            }
        }
        auto* assets = child<QListWidget>(window, "people.assets");
        QTRY_COMPARE_WITH_TIMEOUT(assets->count(), 2, kLong);
        auto* split = child<QPushButton>(window, "people.assign.do");
        QVERIFY(!split->isEnabled());
        for (int row = 0; row < assets->count(); ++row) {
            if (assets->item(row)->data(Qt::UserRole).toLongLong() == bed.assets[2].value) {
                assets->item(row)->setCheckState(Qt::Checked);
            }
        }
        QTRY_VERIFY(split->isEnabled());
        QTest::mouseClick(split, Qt::LeftButton);
        QTRY_VERIFY(bed.whose(2) != bed.people[0]);
        QCOMPARE(bed.whose(0), bed.people[0]);
    }

    void givesNobodysDataToAPersonByMouseAndUndoes() {
        Bed bed;
        const auto photo = bed.nobodys("IMG_2041.jpg");
        const auto video = bed.nobodys("MOV_0007.mp4");
        bed.nobodys("list.csv", true); // of several people: no one's to give
        shell::MainWindow window(screens::makePlace);
        window.show();
        window.context().setSession(bed.session);
        window.context().go({shell::ScreenId::People});
        auto* table = toNobodys(window);
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 2, kLong);
        QVERIFY(table->model()->index(0, 2).data().toString().endsWith("IMG_2041.jpg"));
        auto* person = child<QComboBox>(window, "people.nobody.person");
        auto* assign = child<QPushButton>(window, "people.nobody.do");
        QVERIFY(!assign->isEnabled()); // nobody is likely
        QVERIFY(person->findText(QStringLiteral("P-0002"), Qt::MatchStartsWith) > 0);
        const auto click = [&](int row, Qt::KeyboardModifiers with) {
            QTest::mouseClick(table->viewport(), Qt::LeftButton, with,
                              table->visualRect(table->model()->index(row, 1)).center());
        };
        click(0, Qt::NoModifier);
        click(1, Qt::ControlModifier);
        QCOMPARE(child<QListWidget>(window, "people.nobody.chosen")->count(), 2);
        person->setCurrentIndex(person->findText(QStringLiteral("P-0002"), Qt::MatchStartsWith));
        QTRY_VERIFY(assign->isEnabled());
        QVERIFY2(assign->text().contains("2 items") && assign->text().contains("P-0002"),
                 qPrintable(assign->text()));
        QTest::mouseClick(assign, Qt::LeftButton);
        QTRY_COMPARE(bed.whose(photo), bed.people[1]);
        QCOMPARE(bed.whose(video), bed.people[1]);
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 0, kLong);
        auto* nothing = child<QLabel>(window, "people.nothing");
        QVERIFY(nothing->isVisible() && nothing->text().startsWith(QStringLiteral("Of all data")));
        window.context().undoStack().undo();
        QTRY_VERIFY(!bed.whose(photo).valid() && !bed.whose(video).valid());
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 2, kLong);
        window.context().undoStack().redo();
        QTRY_COMPARE(bed.whose(photo), bed.people[1]);
    }

    void givesNobodysDataToAPersonByKeys() {
        Bed bed;
        const auto photo = bed.nobodys("IMG_2041.jpg");
        shell::MainWindow window(screens::makePlace);
        window.show();
        window.context().setSession(bed.session);
        window.context().go({shell::ScreenId::People});
        auto* table = toNobodys(window);
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 1, kLong);
        QSignalSpy went(&window.context(), &shell::AppContext::routeRequested);
        table->setFocus();
        QTest::keyClick(table, Qt::Key_Return); // a look first
        QCOMPARE(went.size(), 1);
        QCOMPARE(went.front().front().value<shell::Route>().asset, photo);
        window.context().go({shell::ScreenId::People});
        auto* person = child<QComboBox>(window, "people.nobody.person");
        auto* assign = child<QPushButton>(window, "people.nobody.do");
        for (const QObject* part : {static_cast<QObject*>(table), static_cast<QObject*>(person)}) {
            QVERIFY(!qobject_cast<const QWidget*>(part)->accessibleName().isEmpty());
        }
        QTRY_COMPARE(table->selectionModel()->selectedRows().size(), 1);
        person->setFocus();
        QTest::keyClicks(person->lineEdit(), QStringLiteral("1961-07-23")); // two people
        QVERIFY(!assign->isEnabled());
        person->lineEdit()->selectAll();
        QTest::keyClicks(person->lineEdit(), QStringLiteral("1934-04-11"));
        QVERIFY2(assign->isEnabled() && assign->text().contains("P-0003"), qPrintable(assign->text()));
        assign->setFocus();
        QTest::keyClick(assign, Qt::Key_Space);
        QTRY_COMPARE(bed.whose(photo), bed.people[2]);
    }

    void givesDataOfAPersonBackToNobody() {
        Bed bed;
        shell::MainWindow window(screens::makePlace);
        window.show();
        window.context().setSession(bed.session);
        window.context().go({shell::ScreenId::People});
        auto* table = child<QTableView>(window, "people.table");
        QTRY_VERIFY_WITH_TIMEOUT(table->model()->rowCount() > 0, kLong);
        window.findChild<style::Segments*>(QStringLiteral("people.which"))
            ->findChildren<QToolButton*>()[1]
            ->click();
        QTRY_COMPARE(table->model()->rowCount(), 3);
        table->selectRow(2);
        auto* assets = child<QListWidget>(window, "people.assets");
        QTRY_VERIFY_WITH_TIMEOUT(assets->count() == 1 &&
                                     assets->item(0)->data(Qt::UserRole).toLongLong() == bed.assets[2].value,
                                 kLong);
        assets->item(0)->setCheckState(Qt::Checked);
        auto* person = child<QComboBox>(window, "people.assign.person");
        person->setCurrentIndex(person->findText(QStringLiteral("Nobody known")));
        auto* assign = child<QPushButton>(window, "people.assign.do");
        QTRY_VERIFY(assign->isEnabled());
        QTest::mouseClick(assign, Qt::LeftButton);
        QTRY_VERIFY(!bed.whose(std::size_t{2}).valid());
    }

    void triesAMethodWithoutChangingAnything() {
        Bed bed;
        shell::MainWindow window(screens::makePlace);
        window.show();
        window.context().setSession(bed.session);
        window.context().go({shell::ScreenId::Risk});
        auto* population = child<QLabel>(window, "risk.population");
        QTRY_VERIFY_WITH_TIMEOUT(child<QComboBox>(window, "risk.trial.age") != nullptr, kLong);
        QTRY_VERIFY(!population->text().isEmpty());
        auto* trial = child<QComboBox>(window, "risk.trial.age");
        const int band = trial->findData(QStringLiteral("age=generalise:10"));
        QVERIFY(band > 0);
        trial->setCurrentIndex(band);
        emit trial->activated(band);
        QTRY_VERIFY_WITH_TIMEOUT(population->text().contains("Nothing is changed"), kLong);
        QVERIFY(population->text().contains("3 → 2"));
    }

    void papersTakeWhatIsWritten() {
        model::PurposeSheet sheet;
        sheet.purpose = "p";
        screens::PapersDialog dialog(sheet, {{"AGE", "", "", "4.4", 3, ""}}, true);
        dialog.show();
        auto* advice = child<QTableWidget>(dialog, "papers.advice");
        QVERIFY(advice->rowCount() > 5);
        auto* stage = child<QComboBox>(dialog, "papers.stage");
        const int before = advice->rowCount();
        stage->setCurrentIndex(stage->findData(QStringLiteral("application")));
        QVERIFY(advice->rowCount() != before);
        child<QPlainTextEdit>(dialog, "papers.contract.2")->setPlainText(QStringLiteral("the data manager"));
        child<QTableWidget>(dialog, "papers.kept")->item(0, 3)->setText(QStringLiteral("outcome by age"));
        const model::PurposeSheet edited = dialog.sheet();
        QCOMPARE(edited.notes.at("basis.stage"), std::string("application"));
        QCOMPARE(edited.notes.at("contract.2"), std::string("the data manager"));
        QCOMPARE(edited.notes.at("need.AGE"), std::string("outcome by age"));
        QCOMPARE(edited.purpose, std::string("p"));
        QCOMPARE(release::openContractItems(edited).size(), std::size_t{release::kContractItems - 1});
    }

    void papersAreWrittenForPrint() {
        Bed bed;
        const QString folder = m_folder.filePath(QStringLiteral("papers"));
        QVERIFY(QDir().mkpath(folder));
        QVERIFY(screens::writePapers(*bed.session, folder));
        for (const char* name : {"notice", "terms", "contract", "duties", "basis", "minimisation"}) {
            QFile pdf(folder + '/' + QLatin1String(name) + ".pdf");
            QVERIFY2(pdf.open(QIODevice::ReadOnly) && pdf.read(5) == "%PDF-" && pdf.size() > 3000, name);
            QVERIFY(QFile::exists(folder + '/' + QLatin1String(name) + ".html"));
        }
    }

    void nothingIsClipped_data() {
        QTest::addColumn<QString>("language");
        QTest::newRow("Japanese") << "ja";
        QTest::newRow("English") << "en";
    }
    void nothingIsClipped() {
        QFETCH(QString, language);
        prefer(language);
        Bed bed;
        bed.nobodys("IMG_2041.jpg");
        shell::MainWindow window(screens::makePlace);
        window.resize(1366, 768);
        window.show();
        window.context().setSession(bed.session);
        window.context().go({shell::ScreenId::People});
        QTRY_COMPARE_WITH_TIMEOUT(toNobodys(window)->model()->rowCount(), 1, kLong);
        // Text that has just grown needs a turn of the layout.
        QTRY_VERIFY2(tests::clipped(window).isEmpty(),
                     qPrintable(tests::clipped(window).join(QLatin1Char('\n'))));
        for (const auto screen : {shell::ScreenId::People, shell::ScreenId::Risk}) {
            window.context().go({screen});
            QTest::qWait(500);
            QCOMPARE(window.size(), QSize(1366, 768));
            const QStringList found = tests::clipped(window);
            QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));
        }
        prefer(QStringLiteral("en"));
    }
};

QTEST_MAIN(TestPeople)
#include "TestPeople.moc"
