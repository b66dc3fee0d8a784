#include <QAccessible>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTreeView>

#include "core/decide/Masks.h"
#include "tests/ui/work/Bench.h"
#include "ui/screens/work/FindingsPanel.h"
#include "ui/screens/work/Preview.h"
#include "ui/screens/work/WorkScreen.h"
#include "ui/style/Widgets.h"
#include "ui/views/text/TextView.h"

using namespace kamei;
using bench::Bench;
using model::DecisionState;
using ui::screens::work::FindingsPanel;
using ui::screens::work::WorkScreen;
using ui::views::text::TextView;

namespace {

/// A window of the smallest supported size with the Work screen, on the first text.
struct Window {
    Bench bench;
    QWidget frame;
    WorkScreen* screen = nullptr;
    TextView* text = nullptr;
    QListView* list = nullptr;

    explicit Window(int texts = 2) : bench(texts) {
        screen = new WorkScreen(bench.context, &frame);
        screen->resize(1294, 660); // 1366x768 without rail, top bar and status
        frame.resize(screen->size());
        for (QAction* action : bench.actions.all()) {
            frame.addAction(action);
        }
        text = screen->findChild<TextView*>(QStringLiteral("textBefore"));
        list = screen->findChild<QListView*>(QStringLiteral("findingList"));
        frame.show();
        frame.activateWindow();
        ui::shell::Route route;
        route.screen = ui::shell::ScreenId::Work;
        route.asset = bench.assets.front();
        screen->enter(route);
    }
    [[nodiscard]] FindingsPanel& panel() { return *screen->findChild<FindingsPanel*>(); }
    [[nodiscard]] QString current() {
        const auto* row = panel().model().at(list->currentIndex());
        return row == nullptr ? QString() : QString::fromStdString(row->finding.text);
    }
    [[nodiscard]] bool ready() { return text->paper() != nullptr && list->currentIndex().isValid(); }
    void press(Qt::Key key) { QTest::keyClick(text, key); }
    template <class Widget> [[nodiscard]] Widget* child(const char* name) {
        return screen->findChild<Widget*>(QLatin1String(name));
    }
};

} // namespace

class TestWorkScreen : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { bench::prepare(); }

    void opensOnTheFirstOpenFinding() {
        Window window;
        QTRY_VERIFY(window.ready());
        QCOMPARE(window.current(), QStringLiteral("三上 陽子"));
        QCOMPARE(window.text->current(), window.bench.finding(window.bench.assets[0], "三上 陽子").id);
        QTRY_VERIFY(window.text->highlightRect(window.text->current()).isValid());
    }

    void noSingleKeyHidesAPicture() {
        Window window;
        QTRY_VERIFY(window.ready());
        auto& session = *window.bench.session;
        const auto asset = window.bench.assets.front();
        model::Finding question;
        question.asset = asset;
        question.subject = (*session.asset(asset))->asset.subject;
        question.locator.kind = model::Locator::Kind::Pixels;
        question.locator.rect = {0, 0, 320, 240};
        question.label = "FacePhoto";
        question.rule = "image-content.face-photo";
        question.detector = "picture";
        question.category = model::Category::Identifier;
        question.requirement = model::Requirement::Required;
        question.suggested = model::Action::Mask;
        model::Finding mucosa = question;
        mucosa.detector = "vision.face";
        mucosa.origin = model::Origin::Face;
        model::Mask mask;
        mask.rect = {10, 0, 300, 240};
        mucosa.detail = decide::detailWithMask({}, mask);
        model::Finding face = mucosa;
        face.locator.rect = {20, 20, 80, 90};
        mask.rect = face.locator.rect;
        face.detail = decide::detailWithMask({}, mask);
        {
            auto writing = *session.internals().write();
            std::vector<model::Finding> all{question, mucosa, face};
            QVERIFY(writing->findings.replaceDetected(asset, all).has_value());
            QVERIFY(writing.commit().has_value());
            mucosa.id = all[1].id;
            face.id = all[2].id;
        }
        session.internals().notify({job::Change::Kind::Findings, asset});
        const auto stateOf = [&](base::FindingId id) { return (*session.finding(id))->state; };
        const auto show = [&](base::FindingId id) {
            ui::shell::Route route;
            route.screen = ui::shell::ScreenId::Work;
            route.asset = asset;
            route.finding = id;
            window.screen->enter(route);
            QTRY_COMPARE(window.panel().model().at(window.list->currentIndex()) == nullptr
                             ? base::FindingId{}
                             : window.panel().model().at(window.list->currentIndex())->finding.id,
                         id);
        };
        QSignalSpy said(&window.bench.context, &ui::shell::AppContext::message);
        show(mucosa.id);
        window.press(Qt::Key_A);
        QTRY_VERIFY(!said.isEmpty());
        QCOMPARE(stateOf(mucosa.id), DecisionState::Open);
        show(face.id);
        window.press(Qt::Key_A); // a face of usual size is accepted as before
        QTRY_COMPARE(stateOf(face.id), DecisionState::Accepted);
        show(mucosa.id);
        window.press(Qt::Key_E);
        auto* actions = window.child<QComboBox>("findingAction");
        actions->hidePopup();
        emit actions->activated(actions->findData(static_cast<int>(model::Action::Mask))); // so it is meant
        QTRY_COMPARE(stateOf(mucosa.id), DecisionState::Accepted);
    }

    /// Guideline 4.6.1: an address down to a municipality of few people says much of a person.
    void residentsOfASmallPlaceStandBesideAnAddress() {
        model::Finding address;
        address.label = "ADDRESS";
        address.text = "北海道石狩郡新篠津村第47線北13";
        QVERIFY(ui::screens::work::residentsHtml(address).contains(QStringLiteral("3,046")));
        address.text = "東京都中央区築地5-1-1";
        QVERIFY(ui::screens::work::residentsHtml(address).isEmpty());
        address.label = "PATIENT_NAME";
        address.text = "北海道石狩郡新篠津村第47線北13";
        QVERIFY(ui::screens::work::residentsHtml(address).isEmpty());
    }

    void jAndKMoveThroughTheList() {
        Window window;
        QTRY_VERIFY(window.ready());
        window.press(Qt::Key_J);
        QCOMPARE(window.current(), QStringLiteral("ミカミ ヨウコ"));
        window.press(Qt::Key_K);
        window.press(Qt::Key_K);
        QCOMPARE(window.current(), QStringLiteral("00458812"));
    }

    void jGoesOnWithTheNextAsset() {
        Window window;
        QTRY_VERIFY(window.ready());
        window.list->setCurrentIndex(window.list->model()->index(window.list->model()->rowCount() - 1, 0));
        window.press(Qt::Key_J);
        const auto second = window.bench.finding(window.bench.assets[1], "三上 陽子").id;
        QTRY_COMPARE(window.text->current(), second);
        window.press(Qt::Key_K); // before it: the chart number, then back over the border
        window.press(Qt::Key_K);
        window.press(Qt::Key_K);
        QTRY_COMPARE(window.text->current(),
                     window.bench.finding(window.bench.assets[0], "DS-2026-004417").id);
    }

    void aAcceptsAndGoesToTheNextOpenOne() {
        Window window;
        QTRY_VERIFY(window.ready());
        window.press(Qt::Key_A);
        const auto finding = window.bench.finding(window.bench.assets[0], "三上 陽子");
        QCOMPARE(finding.state, DecisionState::Accepted);
        QCOMPARE(finding.action, model::Action::Replace);
        QCOMPARE(QString::fromStdString(finding.decidedBy), QStringLiteral("森田 彩"));
        QTRY_COMPARE(window.current(), QStringLiteral("ミカミ ヨウコ"));
    }

    void rejectingARequiredOneNeedsAReason() {
        Window window;
        QTRY_VERIFY(window.ready());
        window.press(Qt::Key_R);
        auto* reason = window.child<QLineEdit>("findingReason");
        QCOMPARE(window.bench.finding(window.bench.assets[0], "三上 陽子").state, DecisionState::Open);
        QVERIFY(reason->property("invalid").toBool());
        QTRY_VERIFY(reason->hasFocus());
        // Letters go into the field now, not to the actions.
        QTest::keyClicks(reason, QStringLiteral("a place, not a person"));
        QCOMPARE(reason->text(), QStringLiteral("a place, not a person"));
        QTest::keyClick(reason, Qt::Key_Return);
        const auto finding = window.bench.finding(window.bench.assets[0], "三上 陽子");
        QCOMPARE(finding.state, DecisionState::Rejected);
        QCOMPARE(finding.reason, std::string("a place, not a person"));
    }

    void aFaceIsKeptForAReasonOnly() {
        Window window;
        QTRY_VERIFY(window.ready());
        const base::FindingId id = window.bench.addFace(window.bench.assets[0], "face", model::Action::Keep);
        QTRY_VERIFY(window.panel().model().indexOf(id).isValid());
        window.list->setCurrentIndex(window.panel().model().indexOf(id));
        QCOMPARE(window.current(), QStringLiteral("face"));
        QSignalSpy said(&window.bench.context, &ui::shell::AppContext::message);
        window.press(Qt::Key_A);
        auto* reason = window.child<QLineEdit>("findingReason");
        const auto now = [&] { return *window.bench.session->finding(id); };
        QCOMPARE(now()->state, DecisionState::Open);
        QVERIFY(reason->property("invalid").toBool());
        QCOMPARE(said.size(), 1);
        QVERIFY(said.front().front().toString().contains(QLatin1String("5.4.4")));
        QTRY_VERIFY(reason->hasFocus());
        QTest::keyClicks(reason, QStringLiteral("studied"));
        QTest::keyClick(reason, Qt::Key_Return); // what was asked for, not a rejection
        QCOMPARE(now()->state, DecisionState::Accepted);
        QCOMPARE(now()->reason, std::string("studied"));
        QCOMPARE(now()->effective(), model::Action::Keep);
    }

    void inBulkFacesWithoutAReasonAreLeftOpen() {
        Window window;
        QTRY_VERIFY(window.ready());
        const base::AssetId asset = window.bench.assets[0];
        const base::FindingId off = window.bench.addFace(asset, "face", model::Action::Deface);
        const base::FindingId kept = window.bench.addFace(asset, "unclear", model::Action::Keep);
        QTRY_VERIFY(window.panel().model().indexOf(kept).isValid());
        window.list->setCurrentIndex(window.panel().model().indexOf(off));
        window.press(Qt::Key_Space); // all of this rule
        QTRY_VERIFY(window.child<QPushButton>("acceptButton")->text().contains(QLatin1Char('2')));
        QSignalSpy said(&window.bench.context, &ui::shell::AppContext::message);
        window.press(Qt::Key_A);
        QTRY_COMPARE((*window.bench.session->finding(off))->state, DecisionState::Accepted);
        QCOMPARE((*window.bench.session->finding(kept))->state, DecisionState::Open);
        QCOMPARE(said.back().front().toString(), QStringLiteral("1 left open: it needs a reason"));
    }

    void aRecommendedOneIsRejectedAtOnce() {
        Window window;
        QTRY_VERIFY(window.ready());
        const auto phone = window.bench.finding(window.bench.assets[0], "090-0123-4471");
        window.list->setCurrentIndex(window.panel().model().indexOf(phone.id));
        QTest::mouseClick(window.child<QPushButton>("rejectButton"), Qt::LeftButton);
        QCOMPARE(window.bench.finding(window.bench.assets[0], "090-0123-4471").state,
                 DecisionState::Rejected);
    }

    void undoAndRedoPutTheDecisionBack() {
        Window window;
        QTRY_VERIFY(window.ready());
        window.press(Qt::Key_A);
        QCOMPARE(window.bench.finding(window.bench.assets[0], "三上 陽子").state, DecisionState::Accepted);
        window.press(Qt::Key_U);
        QCOMPARE(window.bench.finding(window.bench.assets[0], "三上 陽子").state, DecisionState::Open);
        window.bench.context.undoStack().redo();
        QCOMPARE(window.bench.finding(window.bench.assets[0], "三上 陽子").state, DecisionState::Accepted);
    }

    void spaceDecidesOnAllAlike() {
        Window window;
        QTRY_VERIFY(window.ready());
        const auto clinic = window.bench.finding(window.bench.assets[0], "三上 陽子");
        // The same rule in the same subject: every name of the patient.
        auto* other = window.child<QPushButton>("otherScope");
        QVERIFY(other->isEnabled());
        window.press(Qt::Key_Space);
        auto* accept = window.child<QPushButton>("acceptButton");
        const auto alike = window.bench.session->alike(clinic.id, job::Scope::SameValueInSubject);
        QVERIFY(alike.has_value());
        if (alike->size() > 1) {
            QTRY_VERIFY(accept->text().contains(QString::number(alike->size())));
        }
        window.press(Qt::Key_A);
        for (const auto id : *alike) {
            QTRY_COMPARE((*window.bench.session->finding(id))->state, DecisionState::Accepted);
        }
    }

    void anotherActionIsAChange() {
        Window window;
        QTRY_VERIFY(window.ready());
        auto* actions = window.child<QComboBox>("findingAction");
        const int remove = actions->findData(static_cast<int>(model::Action::Delete));
        QVERIFY(remove >= 0);
        actions->setCurrentIndex(remove);
        window.press(Qt::Key_A);
        const auto finding = window.bench.finding(window.bench.assets[0], "三上 陽子");
        QCOMPARE(finding.state, DecisionState::Changed);
        QCOMPARE(finding.action, model::Action::Delete);
    }

    void aClickOnAHighlightSelectsItsFinding() {
        Window window;
        QTRY_VERIFY(window.ready());
        const auto address =
            window.bench.finding(window.bench.assets[0], "静岡県浜見市港町3-99-2 コーポ波止場201");
        QTRY_VERIFY(window.text->highlightRect(address.id).isValid());
        QTest::mouseClick(window.text->viewport(), Qt::LeftButton, {},
                          window.text->highlightRect(address.id).center());
        QTRY_COMPARE(window.text->current(), address.id);
        QCOMPARE(window.current(), QString::fromStdString(address.text));
    }

    void tabPicksAmongOverlappingCandidates() {
        Window window;
        QTRY_VERIFY(window.ready());
        const auto outer = window.bench.finding(window.bench.assets[0], "三上胃腸科医院").id;
        const auto inner = window.bench.finding(window.bench.assets[0], "三上").id;
        window.list->setCurrentIndex(window.panel().model().indexOf(outer));
        window.text->setFocus();
        QTRY_COMPARE(window.text->current(), outer);
        QTest::keyClick(window.text, Qt::Key_Tab);
        QTRY_COMPARE(window.text->current(), inner);
    }

    void selectedTextBecomesAFinding() {
        Window window;
        QTRY_VERIFY(window.ready());
        const QString& text = window.text->paper()->text();
        const auto at = static_cast<int>(text.indexOf(QStringLiteral("外村")));
        window.text->setFocus();
        window.text->select(at, at + 2);
        QTest::keyClick(window.text, Qt::Key_Return);
        auto* kinds = window.child<QListWidget>("addList");
        QTRY_VERIFY(kinds != nullptr && kinds->isVisible());
        QTRY_VERIFY(kinds->hasFocus());
        QTest::keyClick(kinds, Qt::Key_Down);
        QTest::keyClick(kinds, Qt::Key_Down); // clinician's name
        QTest::keyClick(kinds, Qt::Key_Return);
        const auto added = window.bench.finding(window.bench.assets[0], "外村");
        QVERIFY(added.id.valid());
        QCOMPARE(added.label, std::string("CLINICIAN_NAME"));
        QCOMPARE(added.origin, model::Origin::Person);
        QCOMPARE(added.state, DecisionState::Accepted);
        const auto [start, end] =
            bench::placeOf(QString::fromUtf8(bench::kSummary), QStringLiteral("外村"), 1);
        QCOMPARE(added.locator.start, start);
        QCOMPARE(added.locator.end, end);
        window.bench.context.undoStack().undo();
        QVERIFY(!window.bench.finding(window.bench.assets[0], "外村").id.valid());
    }

    void filtersHideWhatIsDone() {
        Window window;
        QTRY_VERIFY(window.ready());
        const int all = window.list->model()->rowCount();
        QTest::mouseClick(window.child<QPushButton>("filterDone"), Qt::LeftButton);
        QVERIFY(window.list->model()->rowCount() < all);
        QCOMPARE(window.list->model()->rowCount(), static_cast<int>(window.panel().model().counts().open));
    }

    void theTreeListsSubjectsAndSelectsTheAsset() {
        Window window;
        auto* tree = window.child<QTreeView>("workTree");
        // Both summaries name the same person.
        QTRY_COMPARE(tree->model()->rowCount(), 1);
        QTRY_VERIFY(tree->currentIndex().isValid() && tree->currentIndex().parent().isValid());
        QCOMPARE(tree->model()->rowCount(tree->currentIndex().parent()), 2);
        QTest::keyClick(tree, Qt::Key_Down);
        QTRY_COMPARE(window.text->current(), window.bench.finding(window.bench.assets[1], "三上 陽子").id);
    }

    void nothingIsClippedAtTheSmallestSize() {
        Window window;
        QTRY_VERIFY(window.ready());
        for (const char* name : {"acceptButton", "rejectButton", "changeButton"}) {
            auto* button = window.child<QPushButton>(name);
            QVERIFY2(button->width() >= button->sizeHint().width(), name);
        }
        QVERIFY(window.screen->minimumSizeHint().width() <= 1366 - 72);
    }

    void longWordsStayInsideTheDetailPanel_data() {
        QTest::addColumn<bool>("japanese");
        QTest::addColumn<int>("size");
        for (const int size : {13, 16, 20}) {
            QTest::addRow("Japanese, %d px", size) << true << size;
            QTest::addRow("English, %d px", size) << false << size;
        }
    }
    void longWordsStayInsideTheDetailPanel() {
        QFETCH(bool, japanese);
        QFETCH(int, size);
        const auto look = [](bool inJapanese, int px) {
            ui::text::install(inJapanese ? ui::text::Language::Japanese : ui::text::Language::English);
            ui::style::Theme::instance().apply(*qApp, ui::style::Mode::Light, px);
        };
        look(japanese, size);
        Window window;
        {
            model::Finding finding = window.bench.finding(window.bench.assets[0], "三上 陽子");
            finding.id = {};
            finding.text = "Pneumonoultramicroscopicsilicovolcanoconiosis/"
                           "1.2.840.113619.2.55.3.604688119.868.1412345678.467.604688119.868.1412345678";
            finding.rule = "ps3.15.e1-1.PerformedProcedureStepDescriptionCodeSequence";
            finding.detector = "dicom.attribute.PerformedProcedureStepDescriptionCodeSequence";
            finding.category = model::Category::Financial;
            finding.suggested = model::Action::Replace;
            finding.replacement = std::string(80, 'x');
            auto writing = *window.bench.session->internals().write();
            QVERIFY(writing->findings.insert({&finding, 1}).has_value());
            QVERIFY(writing.commit().has_value());
        }
        const auto theme = [](int px) { return ui::style::Theme::instance().px(px); };
        window.screen->resize(1366 - theme(72), 768 - theme(40 + 28));
        window.frame.resize(window.screen->size());
        ui::shell::Route route{ui::shell::ScreenId::Work};
        QTRY_VERIFY(window.ready());
        route.asset = window.bench.assets[1];
        window.screen->enter(route);
        QTRY_COMPARE(window.text->current(), window.bench.finding(window.bench.assets[1], "三上 陽子").id);
        route.asset = window.bench.assets[0];
        window.screen->enter(route);
        QTRY_COMPARE(window.panel().model().counts().total, static_cast<qint64>(bench::plants().size()) + 1);
        auto* value = window.child<QLabel>("findingValue");
        for (int row = 0; row < window.list->model()->rowCount(); ++row) {
            window.list->setCurrentIndex(window.list->model()->index(row, 0));
            if (value->text().contains(QLatin1String("Pneumono"))) {
                break;
            }
        }
        QVERIFY(value->text().contains(QLatin1String("Pneumono")));
        QTest::qWait(100); // layouts, and what is looked up of the finding
        for (const char* name : {"findingValue", "findingRule", "findingEvidence", "findingPreview",
                                 "findingAction", "applyToAll", "otherScope", "findingReason", "acceptButton",
                                 "changeButton", "filterRequired", "filterDone"}) {
            auto* widget = window.child<QWidget>(name);
            QVERIFY2(widget->isVisible(), name);
            const int right = widget->mapTo(window.screen, QPoint(widget->width(), 0)).x();
            QVERIFY2(right <= window.screen->width(), name);
            QVERIFY2(widget->width() >= widget->minimumSizeHint().width(), name);
        }
        for (const char* chip : {"filterRequired", "filterRecommended", "filterJudge", "filterDone"}) {
            auto* button = window.child<QPushButton>(chip);
            QVERIFY2(button->width() >= button->sizeHint().width(), chip); // no word is cut
        }
        look(false, 13);
    }

    void everyControlHasANameForScreenReaders() {
        Window window;
        QTRY_VERIFY(window.ready());
        for (QWidget* widget : window.screen->findChildren<QWidget*>()) {
            if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisibleTo(window.screen) ||
                widget->objectName().startsWith(QLatin1String("qt_"))) {
                continue;
            }
            auto* accessible = QAccessible::queryAccessibleInterface(widget);
            QVERIFY(accessible != nullptr);
            if (accessible->text(QAccessible::Name).isEmpty()) {
                QFAIL(qPrintable(
                    QStringLiteral("no name: %1 %2")
                        .arg(QString::fromLatin1(widget->metaObject()->className()), widget->objectName())));
            }
        }
    }
};

QTEST_MAIN(TestWorkScreen)
#include "TestWorkScreen.moc"
