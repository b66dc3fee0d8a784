#include <QAbstractItemModel>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QTreeView>
#include <QUndoStack>
#include <fstream>

#include "core/decide/Policies.h"
#include "core/decide/Rules.h"
#include "core/job/Job.h"
#include "core/job/PolicyTrial.h"
#include "tests/core/intake/dicom/DicomBytes.h"
#include "ui/screens/Places.h"
#include "ui/screens/settings/Preferences.h"
#include "ui/shell/ActionRegistry.h"
#include "ui/shell/MainWindow.h"
#include "ui/tasks/TaskRunner.h"

using namespace kamei;
using namespace kamei::ui;
using model::Action;
using model::DecisionState;
using test::DicomBytes;

namespace {

constexpr const char* kOwner = "UNHEARD OF MR 1.0";

/// An instance of a fictional person with a private number, a private text, and a b-value of Table E.3.10-1.
std::string instance(int number) {
    DicomBytes out;
    out.element(0x00080005, "CS", "ISO_IR 192").element(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.4");
    out.element(0x00080018, "UI", "1.2.392.999.1." + std::to_string(number));
    out.element(0x00080060, "CS", "MR")
        .element(0x00080070, "LO", "ACME")
        .element(0x00081090, "LO", "Tesla 9");
    out.element(0x00100010, "PN", "ENOMOTO^SHUHEI").element(0x00100020, "LO", "0047731");
    out.element(0x00181020, "LO", "V1").element(0x0020000E, "UI", "1.2.392.999.1");
    out.element(0x00190010, "LO", "SIEMENS MR HEADER").element(0x0019100C, "IS", "1000");
    out.element(0x00290010, "LO", kOwner).element(0x00291001, "DS", std::to_string(number * 10));
    out.element(0x00291002, "LO", "SHORT AXIS");
    return out.file();
}

} // namespace

class TestPolicyScreen : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void oneDecisionForTheDevice();
    void diffusionIsProposedTogether();
    void nothingIsKeptWithoutReasonOrOption();
    void datesStayInOneWayOnly();
    void requiredRulesCannotBeSwitchedOff();
    void siteRuleNeedsAReasonToKeep();
    void trialTouchesNothing();
    void filesAreWrittenAndRead();
    void attributeTreeLeadsToTheDevice();
    void draftIsTakenBack();
    void whoConfirmsIsChosenAndUndone();

private:
    template <class Kind> Kind* find(const char* name) {
        return m_window->findChild<Kind*>(QLatin1String(name));
    }
    void open(const char* page);
    void wait();
    void choosePrivate(const char* place);
    [[nodiscard]] model::Policy policy() const { return m_session->info()->policy; }
    [[nodiscard]] model::Finding finding(std::string_view path) const;

    QTemporaryDir m_settings;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<job::Session> m_session;
    std::unique_ptr<shell::MainWindow> m_window;
};

void TestPolicyScreen::initTestCase() {
    QStandardPaths::setTestModeEnabled(true);
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_settings.path());
    QApplication::setApplicationName(QStringLiteral("kamei-test"));
    QApplication::setOrganizationName(QStringLiteral("kamei-test"));
    QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    screens::Preferences preferences;
    preferences.language = QStringLiteral("en");
    preferences.theme = style::Mode::Light;
    preferences.save();
    preferences.apply(*qApp);
}

void TestPolicyScreen::init() {
    m_folder = std::make_unique<QTemporaryDir>();
    QDir(m_folder->path()).mkdir("in");
    for (int number = 1; number <= 2; ++number) {
        std::ofstream(m_folder->filePath(QStringLiteral("in/%1.dcm").arg(number)).toStdString(),
                      std::ios::binary)
            << instance(number);
    }
    m_session = job::Session::create(m_folder->filePath("ws").toStdString(),
                                     {"t", "p", *decide::policyFromText("guideline-2024")})
                    .value();
    base::NoProgress quiet;
    job::ImportSpec import;
    import.paths = {m_folder->filePath("in").toStdString()};
    QVERIFY(job::importJob(m_session, import)->run({}, quiet).has_value());
    QVERIFY(job::detectJob(m_session, {})->run({}, quiet).has_value());
    m_window = std::make_unique<shell::MainWindow>(screens::makePlace);
    m_window->resize(1366, 768);
    m_window->context().setReviewer(QStringLiteral("tester"));
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    m_window->context().setSession(m_session);
}

void TestPolicyScreen::cleanup() {
    wait();
    m_window.reset();
    m_session.reset();
}

void TestPolicyScreen::wait() {
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->context().runner().busy(), 20000);
}

/// Opens the screen by its action and a page by its button.
void TestPolicyScreen::open(const char* page) {
    m_window->context().actions().action(QStringLiteral("app.go-policy"))->trigger();
    QCOMPARE(m_window->currentScreen(), shell::ScreenId::Policy);
    QTest::mouseClick(find<QToolButton>(page), Qt::LeftButton);
}

void TestPolicyScreen::choosePrivate(const char* place) {
    auto* table = find<QTableView>("policy.private");
    QTRY_VERIFY(table->model()->rowCount() == 3);
    for (int row = 0; row < 3; ++row) {
        if (table->model()->index(row, 2).data().toString() == QLatin1String(place)) {
            table->selectRow(row);
            return;
        }
    }
    QFAIL(place);
}

model::Finding TestPolicyScreen::finding(std::string_view path) const {
    const auto all = m_session->findings({}).value();
    for (const model::Finding& f : all) {
        if (f.locator.path == path) {
            return f;
        }
    }
    return {};
}

void TestPolicyScreen::oneDecisionForTheDevice() {
    open("policy.tab2");
    choosePrivate("(0029,xx01)");
    auto* keep = find<QPushButton>("policy.privateKeep");
    auto* save = find<QPushButton>("policy.save");
    QVERIFY(!keep->isEnabled() && !save->isEnabled());
    QTest::keyClicks(find<QLineEdit>("policy.privateReason"), QStringLiteral("slice offset, no person"));
    QTest::mouseClick(keep, Qt::LeftButton);
    QVERIFY(policy().privateRules.empty()); // a draft until it is saved
    QTRY_VERIFY(save->isEnabled());
    QVERIFY(find<QLabel>("policy.effect")->text().contains(QStringLiteral("1 data")));
    QTest::mouseClick(save, Qt::LeftButton);
    QCOMPARE(policy().privateRules.size(), std::size_t{1});
    const model::PrivateRule rule = policy().privateRules.front();
    QVERIFY(rule.keep && rule.creator == kOwner && rule.device.softwareVersion == "V1");
    // What it concerns is examined again without being asked for.
    QTRY_VERIFY_WITH_TIMEOUT(finding("(0029,1001)").state == DecisionState::Accepted, 20000);
    QVERIFY(finding("(0029,1001)").action == Action::Keep);
    QCOMPARE(finding("(0029,1001)").decidedBy, std::string("tester"));
    wait();
    m_window->context().actions().action(QStringLiteral("app.undo"))->trigger();
    QVERIFY(policy().privateRules.empty());
    QTRY_VERIFY_WITH_TIMEOUT(finding("(0029,1001)").suggested == Action::Delete, 20000);
    QVERIFY(finding("(0029,1001)").state == DecisionState::Open);
}

void TestPolicyScreen::diffusionIsProposedTogether() {
    open("policy.tab2");
    choosePrivate("(0029,xx01)");
    QTest::mouseClick(find<QPushButton>("policy.diffusion"), Qt::LeftButton);
    const auto rows = find<QTableView>("policy.private")->selectionModel()->selectedRows(2);
    QCOMPARE(rows.size(), 1);
    QCOMPARE(rows.front().data().toString(), QStringLiteral("(0019,xx0C)"));
    QVERIFY(!find<QLineEdit>("policy.privateReason")->text().isEmpty());
    QTest::mouseClick(find<QPushButton>("policy.privateRemove"), Qt::LeftButton);
    QTRY_VERIFY(find<QPushButton>("policy.save")->isEnabled());
    QTest::mouseClick(find<QPushButton>("policy.save"), Qt::LeftButton);
    QVERIFY(finding("(0019,100C)").action == Action::Delete); // although the table would keep it
}

void TestPolicyScreen::nothingIsKeptWithoutReasonOrOption() {
    open("policy.tab0");
    QTest::mouseClick(find<QCheckBox>("policy.option.safe-private"), Qt::LeftButton, {}, QPoint(8, 8));
    open("policy.tab2");
    choosePrivate("(0029,xx01)");
    QTest::keyClicks(find<QLineEdit>("policy.privateReason"), QStringLiteral("a reason"));
    QVERIFY(!find<QPushButton>("policy.privateKeep")->isEnabled());
    QVERIFY(find<QPushButton>("policy.privateRemove")->isEnabled());
}

void TestPolicyScreen::datesStayInOneWayOnly() {
    open("policy.tab0");
    auto* full = find<QCheckBox>("policy.option.full-dates");
    auto* modified = find<QCheckBox>("policy.option.modified-dates");
    QVERIFY(modified->isChecked() && !full->isChecked());
    full->setFocus();
    QTest::keyClick(full, Qt::Key_Space);
    QVERIFY(full->isChecked() && !modified->isChecked());
    QTRY_VERIFY(find<QPushButton>("policy.save")->isEnabled());
    QTest::mouseClick(find<QPushButton>("policy.save"), Qt::LeftButton);
    QVERIFY(policy().has("full-dates") && !policy().has("modified-dates"));
}

void TestPolicyScreen::requiredRulesCannotBeSwitchedOff() {
    open("policy.tab1");
    QTest::keyClicks(find<QLineEdit>("policy.ruleSearch"), QStringLiteral("private"));
    auto* table = find<QTableView>("policy.rules");
    auto* action = find<QComboBox>("policy.ruleAction");
    QCOMPARE(table->model()->rowCount(), 1);
    table->selectRow(0);
    QVERIFY(!action->isEnabled()); // decided for each device
    find<QLineEdit>("policy.ruleSearch")->clear();
    int required = 0;
    for (int row = 0; row < table->model()->rowCount(); ++row) {
        table->selectRow(row);
        const bool locked = !table->model()->index(row, 2).data(Qt::DecorationRole).isNull();
        required += locked ? 1 : 0;
        QCOMPARE(action->findData(static_cast<int>(Action::Keep)) < 0, locked);
    }
    QVERIFY(required > 5 && required < table->model()->rowCount());
}

void TestPolicyScreen::siteRuleNeedsAReasonToKeep() {
    open("policy.tab1");
    QTest::keyClicks(find<QLineEdit>("policy.ruleSearch"), QStringLiteral("station"));
    auto* table = find<QTableView>("policy.rules");
    QVERIFY(table->model()->rowCount() > 0);
    table->selectRow(0);
    auto* action = find<QComboBox>("policy.ruleAction");
    auto* apply = find<QPushButton>("policy.ruleApply");
    action->setCurrentIndex(action->findData(static_cast<int>(Action::Keep)));
    QVERIFY(!apply->isEnabled());
    QTest::keyClicks(find<QLineEdit>("policy.ruleReason"), QStringLiteral("one room, many devices"));
    QTest::mouseClick(apply, Qt::LeftButton);
    QTRY_VERIFY(find<QPushButton>("policy.save")->isEnabled());
    QTest::mouseClick(find<QPushButton>("policy.save"), Qt::LeftButton);
    QCOMPARE(policy().overrides.size(), std::size_t{1});
    const model::Policy saved = policy();
    QCOMPARE(saved.overrides.begin()->second.reason, std::string("one room, many devices"));
    action->setCurrentIndex(0);
    QTest::mouseClick(apply, Qt::LeftButton);
    QTRY_VERIFY(find<QPushButton>("policy.save")->isEnabled());
    QTest::mouseClick(find<QPushButton>("policy.save"), Qt::LeftButton);
    QVERIFY(policy().overrides.empty());
}

void TestPolicyScreen::trialTouchesNothing() {
    const auto before = m_session->audit({})->size();
    open("policy.tab3");
    auto* assets = find<QComboBox>("policy.trialAsset");
    QTRY_VERIFY(assets->count() == 2);
    assets->setFocus();
    QTest::keyClick(assets, Qt::Key_Down);
    auto* tree = m_window->findChild<QWidget*>(QStringLiteral("policy"))
                     ->findChild<QTreeView*>(QStringLiteral("attributeTree"));
    QTRY_VERIFY(tree->model()->rowCount() > 5);
    const auto after = [&](const char* tag) {
        for (int row = 0; row < tree->model()->rowCount(); ++row) {
            if (tree->model()->index(row, 0).data().toString() == QLatin1String(tag)) {
                return tree->model()->index(row, 4).data().toString();
            }
        }
        return QString();
    };
    QVERIFY(!after("(0010,0010)").contains(QStringLiteral("ENOMOTO")));
    QCOMPARE(after("(0010,0010)").left(2), QStringLiteral("S-"));
    // Under another option the same file comes out otherwise, before anything is saved.
    QTest::mouseClick(find<QToolButton>("policy.tab0"), Qt::LeftButton);
    QTest::keyClick(find<QCheckBox>("policy.option.uids"), Qt::Key_Space);
    QTest::mouseClick(find<QToolButton>("policy.tab3"), Qt::LeftButton);
    QTRY_COMPARE(after("(0008,0018)"), QStringLiteral("1.2.392.999.1.1"));
    QCOMPARE(m_session->audit({})->size(), before);
    QVERIFY(!policy().has("uids"));
}

void TestPolicyScreen::filesAreWrittenAndRead() {
    open("policy.tab0");
    QTest::keyClick(find<QCheckBox>("policy.option.uids"), Qt::Key_Space);
    const QString path = m_folder->filePath("policy.json");
    QTest::mouseClick(find<QPushButton>("policy.export"), Qt::LeftButton);
    auto* dialog = m_window->findChild<QFileDialog*>();
    QVERIFY(dialog != nullptr);
    dialog->selectFile(path);
    QMetaObject::invokeMethod(dialog, "accept");
    QTRY_VERIFY(QFile::exists(path));
    QVERIFY(decide::policyFromArgument(path.toStdString())->has("uids"));
    QTest::mouseClick(find<QPushButton>("policy.takeBack"), Qt::LeftButton);
    QVERIFY(!find<QCheckBox>("policy.option.uids")->isChecked());
    QTRY_VERIFY(m_window->findChild<QFileDialog*>() == nullptr);
    QTest::mouseClick(find<QPushButton>("policy.import"), Qt::LeftButton);
    dialog = m_window->findChild<QFileDialog*>();
    dialog->selectFile(path);
    QMetaObject::invokeMethod(dialog, "accept");
    QTRY_VERIFY(find<QCheckBox>("policy.option.uids")->isChecked());
    QVERIFY(!policy().has("uids")); // acts once it is saved
}

void TestPolicyScreen::attributeTreeLeadsToTheDevice() {
    shell::Route route{shell::ScreenId::Work};
    route.asset = m_session->assets({}).value().front().asset.id;
    m_window->context().go(route);
    auto* work = m_window->findChild<QWidget*>(QStringLiteral("workScreen"));
    QVERIFY(work != nullptr);
    auto* tree = work->findChild<QTreeView*>(QStringLiteral("attributeTree"));
    QTRY_VERIFY(tree->isVisible() && tree->model()->rowCount() > 5);
    // The block's head names its owner; its elements stand below it, named by the dictionary.
    QModelIndex block;
    for (int row = 0; row < tree->model()->rowCount(); ++row) {
        const QModelIndex at = tree->model()->index(row, 0);
        block = at.data().toString() == QLatin1String("(0019,0010)") ? at : block;
    }
    QVERIFY(block.isValid());
    QVERIFY(block.siblingAtColumn(2).data().toString().contains(QStringLiteral("SIEMENS MR HEADER")));
    const QModelIndex element = tree->model()->index(0, 0, block);
    QCOMPARE(element.data().toString(), QStringLiteral("(0019,100C)"));
    QCOMPARE(element.siblingAtColumn(2).data().toString(), QStringLiteral("B Value"));
    tree->scrollTo(element);
    emit tree->customContextMenuRequested(tree->visualRect(element).center());
    QAction* action = nullptr;
    QTRY_VERIFY((action = work->findChild<QAction*>(QStringLiteral("attributeDevice"))) != nullptr);
    action->trigger();
    QCOMPARE(m_window->currentScreen(), shell::ScreenId::Policy);
    auto* table = find<QTableView>("policy.private");
    QTRY_COMPARE(table->currentIndex().siblingAtColumn(2).data().toString(), QStringLiteral("(0019,xx0C)"));
}

void TestPolicyScreen::draftIsTakenBack() {
    open("policy.tab0");
    auto* base = find<QComboBox>("policy.base");
    base->setFocus();
    QTest::keyClick(base, Qt::Key_Down);
    QVERIFY(find<QPushButton>("policy.takeBack")->isEnabled());
    QTest::mouseClick(find<QPushButton>("policy.takeBack"), Qt::LeftButton);
    QCOMPARE(base->currentData().toString(), QStringLiteral("guideline-2024"));
    QVERIFY(!find<QPushButton>("policy.save")->isEnabled());
    QCOMPARE(policy().name, std::string("guideline-2024"));
}

void TestPolicyScreen::whoConfirmsIsChosenAndUndone() {
    // Confirmed by one person without a key: what the site then asks for is not met by it.
    base::NoProgress quiet;
    const auto found = m_session->findings({}).value();
    for (const model::Finding& open : found) {
        // Whether letters are burned in is for a person to say: here are no pictures.
        const auto state = decide::asksToLook(open) ? DecisionState::Rejected : DecisionState::Accepted;
        if (open.state == DecisionState::Open) {
            QVERIFY(m_session->apply(decide::Decide{{open.id}, state, model::Action::Keep, "looked at"},
                                     "tester"));
        }
    }
    QVERIFY(job::stageJob(m_session, {})->run({}, quiet).has_value());
    const base::AssetId asset = m_session->assets({})->front().asset.id;
    model::Confirmation seen;
    seen.asset = asset;
    seen.sha256 = m_session->stagedDigest(asset).value();
    seen.reviewer = "tester";
    seen.shown = seen.total = 2;
    QVERIFY(m_session->confirm(seen));

    open("policy.tab4");
    auto* save = find<QPushButton>("policy.save");
    auto* effect = find<QLabel>("policy.effect");
    const auto saveDraft = [&] {
        QTRY_VERIFY(save->isEnabled());
        QTest::mouseClick(save, Qt::LeftButton);
        wait();
    };
    const auto lacks = [this](release::Condition condition) {
        const auto points = job::evaluateGate(*m_session);
        return points && std::ranges::any_of(*points, [condition](const release::GatePoint& point) {
                   return point.condition == condition && point.count == 1;
               });
    };
    QVERIFY(find<QCheckBox>("policy.second.unreadable") == nullptr); // nothing of it can be confirmed
    QTest::mouseClick(find<QCheckBox>("policy.second.dicom-document"), Qt::LeftButton);
    QTRY_VERIFY2(effect->text().contains(QStringLiteral("1 confirmed data will wait")),
                 qPrintable(effect->text()));
    saveDraft();
    QCOMPARE(policy().secondPerson, std::set{model::AssetKind::DicomDocument});
    // Nothing is looked for anew: the confirmation stands, it does not suffice.
    QVERIFY(m_session->asset(asset)->value().confirmed);
    QVERIFY(lacks(release::Condition::SecondPerson));
    auto& actions = m_window->context().actions();
    actions.action(QStringLiteral("app.undo"))->trigger();
    QVERIFY(policy().secondPerson.empty() && !lacks(release::Condition::SecondPerson));
    wait();
    actions.action(QStringLiteral("app.redo"))->trigger();
    QVERIFY(!policy().secondPerson.empty());
    wait();
    auto* signatures = find<QCheckBox>("policy.signatures");
    QTest::keyClick(signatures, Qt::Key_Space);
    saveDraft();
    QVERIFY(policy().signatures && lacks(release::Condition::ConfirmationsSigned));
    // Another base policy keeps what the site asks of people.
    QTest::mouseClick(find<QToolButton>("policy.tab0"), Qt::LeftButton);
    auto* base = find<QComboBox>("policy.base");
    base->setCurrentIndex(base->findData(QStringLiteral("dicom-basic")));
    emit base->activated(base->currentIndex());
    QVERIFY(signatures->isChecked());
    QTest::mouseClick(find<QPushButton>("policy.takeBack"), Qt::LeftButton);
    // Once signatures are asked for, nobody loosens that without one.
    QTest::mouseClick(find<QToolButton>("policy.tab4"), Qt::LeftButton);
    QTest::keyClick(signatures, Qt::Key_Space);
    saveDraft();
    QVERIFY(policy().signatures);
    m_window->context().signIn(keys::Identity::generate("tester", keys::Role::DataManager));
    saveDraft();
    QVERIFY(!policy().signatures && !policy().secondPerson.empty());
}

QTEST_MAIN(TestPolicyScreen)
#include "TestPolicyScreen.moc"
