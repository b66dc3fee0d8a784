#include <QComboBox>
#include <QListView>
#include <QSignalSpy>
#include <QTreeView>

#include "tests/ui/work/Troubles.h"
#include "ui/models/WorkLists.h"
#include "ui/screens/work/FindingsPanel.h"
#include "ui/screens/work/WorkRoute.h"
#include "ui/screens/work/WorkScreen.h"

using namespace kamei;
using bench::Bench;
using model::Requirement;
using ui::models::TreeQuery;
using ui::models::WorkTreeModel;
using namespace ui::screens::work;
using Group = TreeQuery::Group;

namespace {

struct Window {
    WorkScreen screen;
    QTreeView* tree;

    explicit Window(Bench& bench)
        : screen(bench.context), tree(screen.findChild<QTreeView*>(QStringLiteral("workTree"))) {
        screen.resize(1294, 660);
        screen.show();
    }
    void go(const QString& filter, base::AssetId asset = {}) {
        ui::shell::Route route{ui::shell::ScreenId::Work};
        route.filter = filter;
        route.asset = asset;
        route.openOnly = true;
        screen.enter(route);
    }
    [[nodiscard]] std::int64_t asset() const {
        return tree->currentIndex().data(WorkTreeModel::AssetRole).toLongLong();
    }
    [[nodiscard]] FindingsPanel& panel() { return *screen.findChild<FindingsPanel*>(); }
};

ui::shell::Route routeTo(const QString& filter) {
    ui::shell::Route route{ui::shell::ScreenId::Work};
    route.filter = filter;
    route.openOnly = true;
    return route;
}

} // namespace

/// Routes of other screens: what the tree and the list show, and what opens.
class TestWorkRoutes : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { bench::prepare(); }

    void aRouteGroupsTheTree_data() {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<Group>("group");
        QTest::addColumn<WorkRoute::Opens>("opens");
        using Opens = WorkRoute::Opens;
        QTest::newRow("required") << "required" << Group::Subject << Opens::Finding;
        QTest::newRow("recommended") << "recommended" << Group::Subject << Opens::Finding;
        QTest::newRow("conditional") << "conditional" << Group::Subject << Opens::Finding;
        QTest::newRow("unreadable") << "unreadable" << Group::Unreadable << Opens::Row;
        QTest::newRow("sent back") << "sent-back" << Group::SentBack << Opens::Row;
        QTest::newRow("residual") << "residual" << Group::Residual << Opens::Row;
        QTest::newRow("changed") << "changed" << Group::Changed << Opens::Row;
        QTest::newRow("kind") << "kind:table" << Group::Kind << Opens::OfKind;
        QTest::newRow("unknown kind") << "kind:nothing" << Group::Subject << Opens::Finding;
        QTest::newRow("unknown word") << "sheet" << Group::Subject << Opens::Finding;
    }
    void aRouteGroupsTheTree() {
        QFETCH(QString, filter);
        QFETCH(Group, group);
        QFETCH(WorkRoute::Opens, opens);
        TreeQuery now;
        now.group = Group::Changed; // left from before
        now.filter = QStringLiteral("P-0007");
        now.openOnly = true;
        const WorkRoute way = workRoute(routeTo(filter), now);
        QCOMPARE(way.tree.group, group);
        QCOMPARE(way.opens, opens);
        QVERIFY(way.tree.filter.isEmpty());
        QVERIFY(!way.tree.openOnly);
    }

    void stepsWithoutFindingsHideNothing_data() {
        QTest::addColumn<int>("step");
        QTest::addColumn<bool>("filtered");
        QTest::newRow("3 finds them") << 3 << false;
        QTest::newRow("4 identifiers") << 4 << true;
        QTest::newRow("8 quasi-identifiers") << 8 << true;
    }
    void stepsWithoutFindingsHideNothing() {
        QFETCH(int, step);
        QFETCH(bool, filtered);
        ui::shell::Route route{ui::shell::ScreenId::Work};
        route.step = step;
        const WorkRoute way = workRoute(route, {});
        QCOMPARE(way.findings.has_value(), filtered);
        QCOMPARE(way.first.openOnly, !filtered);
    }

    void aRequirementListsItsOpenFindings_data() {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<Requirement>("requirement");
        QTest::addColumn<QString>("first");
        QTest::newRow("required") << "required" << Requirement::Required << "三上 陽子";
        QTest::newRow("recommended") << "recommended" << Requirement::Recommended << "090-0123-4471";
        QTest::newRow("conditional") << "conditional" << Requirement::Conditional << "DS-2026-004417";
    }
    void aRequirementListsItsOpenFindings() {
        QFETCH(QString, filter);
        QFETCH(Requirement, requirement);
        QFETCH(QString, first);
        Bench bench;
        Window window(bench);
        window.go(filter);
        auto* list = window.screen.findChild<QListView*>(QStringLiteral("findingList"));
        QTRY_VERIFY(list->currentIndex().isValid());
        auto& model = window.panel().model();
        QCOMPARE(QString::fromStdString(model.at(list->currentIndex())->finding.text), first);
        QVERIFY(model.rowCount() > 0);
        for (int row = 0; row < model.rowCount(); ++row) {
            const model::Finding& finding = model.at(model.index(row))->finding;
            QCOMPARE(finding.requirement, requirement);
            QCOMPARE(finding.state, model::DecisionState::Open);
        }
        QTRY_COMPARE(window.asset(), bench.assets[0].value);
    }

    void jSkipsAssetsOfWhichTheFilterHidesAll() {
        Bench bench(3);
        job::FindingQuery query;
        query.asset = bench.assets[1];
        query.requirement = Requirement::Conditional;
        const auto judged = bench.session->findings(query)->front().id;
        QVERIFY(bench.session->apply(decide::Decide{{judged}, model::DecisionState::Accepted, {}, {}}, "me")
                    .has_value());
        Window window(bench);
        window.go(QStringLiteral("conditional"));
        QTRY_COMPARE(window.asset(), bench.assets[0].value);
        auto* list = window.screen.findChild<QListView*>(QStringLiteral("findingList"));
        QTRY_VERIFY(list->currentIndex().isValid());
        bench.actions.action(QStringLiteral("work.next"))->trigger();
        QTRY_COMPARE(window.asset(), bench.assets[2].value);
    }

    void aListShowsItsAssetsAndOpensTheFirst_data() {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<int>("choice");
        QTest::addColumn<int>("asset");
        QTest::newRow("unreadable") << "unreadable" << 2 << 0;
        QTest::newRow("sent back") << "sent-back" << 3 << 1;
        QTest::newRow("residual") << "residual" << 4 << 2;
        QTest::newRow("changed") << "changed" << 5 << 3;
    }
    void aListShowsItsAssetsAndOpensTheFirst() {
        QFETCH(QString, filter);
        QFETCH(int, choice);
        QFETCH(int, asset);
        Bench bench(4);
        bench::alter(bench, bench.assets[0], [](model::Asset& one) {
            one.problem = base::Error{base::ErrorCode::UnsupportedEncoding, {}, "test"};
        });
        bench::stageWith(bench, bench.assets[1], {});
        QVERIFY(bench::sendBack(bench, bench.assets[1], "?"));
        bench::stageWith(bench, bench.assets[2], {bench::residual("patient-name", "utf-8", 12)});
        bench::changeSource(bench, bench.assets[3]);
        Window window(bench);
        window.go(filter);
        QTRY_COMPARE(window.asset(), bench.assets[static_cast<std::size_t>(asset)].value);
        QCOMPARE(window.tree->model()->rowCount(), 1);
        auto* group = window.screen.findChild<QComboBox*>(QStringLiteral("workTreeGroup"));
        QCOMPARE(group->currentIndex(), choice);
        QVERIFY(!group->currentText().isEmpty());
        // Its findings are listed, decided ones too.
        const auto& counts = window.panel().model().counts();
        QTRY_VERIFY(counts.total > 0);
        QCOMPARE(window.panel().model().rowCount(), static_cast<int>(counts.total));
    }

    void aListOpensTheAssetThatTheGateNames() {
        Bench bench(3);
        for (const base::AssetId asset : bench.assets) {
            bench::changeSource(bench, asset);
        }
        Window window(bench);
        window.go(QStringLiteral("changed"), bench.assets[1]);
        QTRY_COMPARE(window.asset(), bench.assets[1].value);
        QCOMPARE(window.tree->model()->rowCount(), 3);
    }

    void jGoesThroughAListEvenWhenEverythingIsDecided() {
        Bench bench(3);
        std::vector<base::FindingId> all;
        const auto findings = *bench.session->findings({});
        for (const auto& finding : findings) {
            all.push_back(finding.id);
        }
        QVERIFY(bench.session->apply(decide::Decide{all, model::DecisionState::Accepted, {}, {}}, "me")
                    .has_value());
        bench::changeSource(bench, bench.assets[0]);
        bench::changeSource(bench, bench.assets[2]);
        Window window(bench);
        window.go(QStringLiteral("changed"));
        QTRY_COMPARE(window.asset(), bench.assets[0].value);
        auto* list = window.screen.findChild<QListView*>(QStringLiteral("findingList"));
        QTRY_VERIFY(list->currentIndex().isValid());
        list->setCurrentIndex(list->model()->index(list->model()->rowCount() - 1, 0));
        bench.actions.action(QStringLiteral("work.next"))->trigger();
        QTRY_COMPARE(window.asset(), bench.assets[2].value);
    }

    void excludedAssetsAreInNoListButTheUnreadable() {
        Bench bench(2);
        for (const base::AssetId asset : bench.assets) {
            bench::changeSource(bench, asset);
            bench::alter(bench, asset, [](model::Asset& one) {
                one.problem = base::Error{base::ErrorCode::UnsupportedEncoding, {}, "test"};
            });
        }
        QVERIFY(bench.session->apply(decide::Exclude{bench.assets[0], true, "why"}, "me").has_value());
        QCOMPARE(ui::models::listed(*bench.session, Group::Changed)->size(), 1U);
        const auto unreadable = *ui::models::listed(*bench.session, Group::Unreadable);
        QCOMPARE(unreadable.size(), 2U);
        QCOMPARE(unreadable.back().asset.id, bench.assets[0]); // settled: last
    }

    void aKindOpensItsFirstOpenAsset() {
        Bench bench(3);
        bench::alter(bench, bench.assets[2],
                     [](model::Asset& asset) { asset.kind = model::AssetKind::Document; });
        Window window(bench);
        window.go(QStringLiteral("kind:document"));
        QTRY_COMPARE(window.asset(), bench.assets[2].value);
        QCOMPARE(window.tree->model()->rowCount(), 2); // kinds
        window.go(QStringLiteral("kind:text"));
        QTRY_COMPARE(window.asset(), bench.assets[0].value);
    }

    void aRouteThatLeadsNowhereSaysSo_data() {
        QTest::addColumn<QString>("filter");
        QTest::newRow("conditional") << "conditional";
        QTest::newRow("unreadable") << "unreadable";
        QTest::newRow("sent back") << "sent-back";
        QTest::newRow("residual") << "residual";
        QTest::newRow("changed") << "changed";
        QTest::newRow("kind") << "kind:dicom-series";
    }
    void aRouteThatLeadsNowhereSaysSo() {
        QFETCH(QString, filter);
        Bench bench(1);
        const auto judged = bench.finding(bench.assets[0], "DS-2026-004417").id;
        QVERIFY(bench.session->apply(decide::Decide{{judged}, model::DecisionState::Accepted, {}, {}}, "me")
                    .has_value());
        Window window(bench);
        QSignalSpy said(&bench.context, &ui::shell::AppContext::message);
        window.go(filter);
        QTRY_COMPARE(said.count(), 1);
        QVERIFY(!said.front().front().toString().isEmpty());
        QCOMPARE(window.asset(), 0);
        // A second time too, though the tree shows the list already.
        window.go(filter);
        QTRY_COMPARE(said.count(), 2);
    }
};

QTEST_MAIN(TestWorkRoutes)
#include "TestWorkRoutes.moc"
