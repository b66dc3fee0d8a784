#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include "tests/ui/work/Bench.h"
#include "ui/models/AttributeModel.h"
#include "ui/models/ColumnProfile.h"
#include "ui/models/FindingListModel.h"
#include "ui/models/TableModel.h"
#include "ui/models/WorkTreeModel.h"

using namespace kamei;
using namespace kamei::ui::models;
using model::Category;
using model::DecisionState;
using model::Requirement;

namespace {

/// A workspace of many subjects with ten assets each; every tenth subject has one required finding open.
std::shared_ptr<job::Session> manySubjects(const QTemporaryDir& folder, int subjects) {
    auto session = *job::Session::create(std::filesystem::path(folder.path().toStdString()) / "w",
                                         bench::newWorkspace());
    auto writing = *session->internals().write();
    for (int i = 0; i < subjects; ++i) {
        const auto number = std::to_string(i);
        const auto subject =
            *writing->subjects.insert({{}, 0, "test|" + number, {number, "test", {}, "", ""}, "S-" + number});
        for (int k = 0; k < 10; ++k) {
            model::Asset asset;
            asset.subject = subject;
            asset.kind = k % 2 == 0 ? model::AssetKind::DicomSeries : model::AssetKind::Text;
            asset.title = "asset " + std::to_string(k);
            asset.group = number + "/" + std::to_string(k);
            asset.frames = k % 2 == 0 ? 100 : 0;
            asset.id = *writing->assets.insert(asset);
            if (i % 10 == 9 && k == 5) {
                model::Finding finding;
                finding.asset = asset.id;
                finding.subject = subject;
                finding.text = "x";
                finding.label = "PATIENT_NAME";
                finding.category = Category::Identifier;
                finding.requirement = Requirement::Required;
                finding.suggested = model::Action::Delete;
                static_cast<void>(writing->findings.insert({&finding, 1}));
            }
        }
    }
    static_cast<void>(writing.commit());
    return session;
}

job::AttributeLine line(const char* tag, int depth, const char* before, const char* after) {
    job::AttributeLine made;
    made.path = made.tag = tag;
    made.vr = "LO";
    made.name = tag;
    made.depth = depth;
    made.before = before;
    made.after = after;
    made.changed = made.before != made.after;
    return made;
}

} // namespace

class TestModels : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { bench::prepare(); }

    void theTreeReadsManySubjectsLazily() {
        const QTemporaryDir folder;
        const auto session = manySubjects(folder, 3000);
        ui::tasks::TaskRunner runner;
        WorkTreeModel model(runner);
        TreeQuery query;
        query.openFirst = false;
        model.setQuery(query);
        QElapsedTimer timer;
        timer.start();
        model.setSession(session);
        QTRY_COMPARE(model.rowCount(), 3000);
        qInfo("3,000 subjects with 30,000 assets listed in %lld ms", static_cast<long long>(timer.elapsed()));
        QCOMPARE(model.row(model.index(0, 0))->subject.assets, 10);
        const QModelIndex tenth = model.index(9, 0);
        QCOMPARE(model.row(tenth)->required(), 1);
        QVERIFY(model.hasChildren(tenth));
        QCOMPARE(model.rowCount(tenth), 0);
        // Only now: it fetches everything it can, row by row.
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.fetchMore(tenth);
        QTRY_COMPARE(model.rowCount(tenth), 10);
        QCOMPARE(model.parent(model.index(3, 0, tenth)), tenth);
    }

    void openOnesComeFirstAndAreFoundOverSubjects() {
        const QTemporaryDir folder;
        const auto session = manySubjects(folder, 40);
        ui::tasks::TaskRunner runner;
        WorkTreeModel model(runner);
        model.setSession(session);
        QTRY_COMPARE(model.rowCount(), 40);
        for (int i = 0; i < 4; ++i) {
            QCOMPARE(model.row(model.index(i, 0))->required(), 1);
        }
        QCOMPARE(model.row(model.index(4, 0))->required(), 0);
        std::vector<std::int64_t> visited;
        base::AssetId at;
        for (int i = 0; i < 5; ++i) {
            bool answered = false;
            model.nextOpen(at, true, [&](base::AssetId found) {
                at = found;
                answered = true;
            });
            QTRY_VERIFY(answered);
            if (!at.valid()) {
                break;
            }
            visited.push_back(at.value);
            const auto row = *session->asset(at);
            model.reveal(at, row->asset.subject, row->asset.kind);
            QTRY_VERIFY(model.indexOf(at).isValid());
        }
        QCOMPARE(visited.size(), 4U);
        QVERIFY(!at.valid());
    }

    void decisionsChangeTheCountsInPlace() {
        const QTemporaryDir folder;
        const auto session = manySubjects(folder, 10);
        ui::tasks::TaskRunner runner;
        WorkTreeModel model(runner);
        model.setSession(session);
        QTRY_COMPARE(model.rowCount(), 10);
        const QModelIndex first = model.index(0, 0);
        QCOMPARE(model.row(first)->required(), 1);
        model.fetchMore(first);
        QTRY_COMPARE(model.rowCount(first), 10);
        const auto finding = session->findings({})->front();
        QVERIFY(
            session->apply(decide::Decide{{finding.id}, DecisionState::Accepted, {}, {}}, "me").has_value());
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        model.refresh(finding.asset);
        QTRY_COMPARE(model.row(model.index(0, 0))->required(), 0);
        QCOMPARE(reset.count(), 0);
    }

    void groupedByKindItListsEveryAsset() {
        const QTemporaryDir folder;
        const auto session = manySubjects(folder, 120);
        ui::tasks::TaskRunner runner;
        WorkTreeModel model(runner);
        TreeQuery query;
        query.group = TreeQuery::Group::Kind;
        model.setQuery(query);
        model.setSession(session);
        QTRY_COMPARE(model.rowCount(), 2);
        const QModelIndex kind = model.index(0, 0);
        QCOMPARE(model.row(kind)->kind.assets, 600);
        model.fetchMore(kind);
        QTRY_COMPARE(model.rowCount(kind), 500); // a page
        QVERIFY(model.canFetchMore(kind));
        model.fetchMore(kind);
        QTRY_COMPARE(model.rowCount(kind), 600);
        QTRY_VERIFY(!model.canFetchMore(kind));
    }

    void findingsAreFilteredAndOrdered() {
        FindingListModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const auto make = [](std::int64_t id, Requirement need, DecisionState state) {
            model::Finding finding;
            finding.id = {id};
            finding.text = "value";
            finding.label = "PatientComments";
            finding.requirement = need;
            finding.state = state;
            return finding;
        };
        model.setFindings({make(1, Requirement::Recommended, DecisionState::Open),
                           make(2, Requirement::Required, DecisionState::Accepted),
                           make(3, Requirement::Required, DecisionState::Open),
                           make(4, Requirement::Conditional, DecisionState::Open)},
                          nullptr);
        QCOMPARE(model.rowCount(), 4);
        QCOMPARE(model.counts().open, 3);
        QCOMPARE(model.at(model.index(0))->title, QStringLiteral("Patient Comments"));
        QCOMPARE(model.at(model.index(0))->alike, 4);
        model.setOrder(FindingListModel::Order::Urgency);
        QCOMPARE(model.at(model.index(0))->finding.id.value, 3);
        QCOMPARE(model.at(model.index(3))->finding.id.value, 2);
        FindingFilter filter;
        filter.done = false;
        filter.judge = false;
        model.setFilter(filter);
        QCOMPARE(model.rowCount(), 2);
        QVERIFY(!model.indexOf({4}).isValid());
        QVERIFY(model.find({4}) != nullptr);
        QCOMPARE(model.nextOpen(0, true), 0);
    }

    void attributesNestAndFilter() {
        AttributeModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        auto sequence = line("(0040,0275)", 0, "", "");
        sequence.isSequence = true;
        auto item = line("", 1, "", "");
        item.path = "(0040,0275)[0]";
        item.isItem = true;
        auto creator = line("(0019,0010)", 0, "NORTHWIND CT", "NORTHWIND CT");
        creator.isPrivate = true;
        auto secret = line("(0019,1011)", 0, "r.togawa", "");
        secret.isPrivate = true;
        secret.removed = true;
        secret.finding = {7};
        model::Finding finding;
        finding.id = {7};
        finding.requirement = Requirement::Required;
        finding.category = Category::Identifier;
        model.setLines({line("(0010,0010)", 0, "MIKAMI^YOKO", "S-5F2A91"), creator, secret,
                        line("(0028,0010)", 0, "512", "512"), sequence, item,
                        line("(0040,1001)", 2, "RP-1", "")},
                       {finding}, nullptr);
        QCOMPARE(model.rowCount(), 4);
        const QModelIndex block = model.index(1, 0);
        QVERIFY(model.row(block)->isBlock);
        QCOMPARE(model.rowCount(block), 1);
        QCOMPARE(model.row(model.index(0, 0, block))->mark, AttributeRow::Mark::OpenRequired);
        const QModelIndex itemIndex = model.index(0, 0, model.index(3, 0));
        QCOMPARE(model.rowCount(itemIndex), 1);
        QCOMPARE(model.index(0, AttributeModel::After, itemIndex).data().toString(),
                 QStringLiteral("(empty)"));
        QCOMPARE(model.indexOf({7}), model.index(0, 0, block));
        QCOMPARE(model.nextMarked({}), model.index(0, 0));
        QCOMPARE(model.nextMarked(model.index(0, 0)), model.index(0, 0, block));
        AttributeFilter filter;
        filter.changedOnly = true;
        model.setFilter(filter);
        QCOMPARE(model.rowCount(), 3); // the unchanged number of rows is gone, parents of what is shown stay
        filter = {};
        filter.text = QStringLiteral("togawa");
        model.setFilter(filter);
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.counts().open, 1);
    }

    void tablesShowTheirCellsAndColumns() {
        auto source = intake::text::TextSource::read(
            "患者ID,氏名,検査日,Hb,所見\n001,三上 陽子,2026-03-09,13.1,\"貧血なし。\n次回も\"\n002,泉谷 "
            "誠,2026-03-10,11.0,x\n"
            "003,外村 葵,2026-03-11,9.5,y\n",
            "csv");
        QVERIFY(source.has_value());
        const auto table = TableData::make(
            std::make_shared<const job::ShownText>(job::ShownText{std::move(*source), false}));
        QVERIFY(table->header);
        QCOMPARE(table->columns, 5);
        QCOMPARE(table->rows(), 3);
        QCOMPARE(table->title(1), QStringLiteral("氏名"));
        QCOMPARE(table->text(0, 4), QStringLiteral("貧血なし。\n次回も"));
        model::Finding name;
        name.id = {1};
        name.locator.kind = model::Locator::Kind::Column;
        name.locator.column = 1;
        name.category = Category::Identifier;
        name.requirement = Requirement::Required;
        name.suggested = model::Action::Delete;
        model::Finding cell = name;
        cell.id = {2};
        cell.locator.kind = model::Locator::Kind::Cell;
        cell.locator.row = 1;
        cell.locator.column = 4;
        TableModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setTable(table, {name, cell});
        QCOMPARE(model.rowCount(), 3);
        QVERIFY(model.column(1).whole);
        QCOMPARE(model.column(1).open, 1);
        QCOMPARE(model.findingAt(model.index(2, 1))->id.value, 1);
        QCOMPARE(model.indexOf({2}), model.index(0, 4));
        QVERIFY(model.findingAt(model.index(1, 4)) == nullptr);
        const ColumnProfile numbers = ColumnProfile::of(*table, 3);
        QCOMPARE(numbers.kind, ColumnProfile::Kind::Numbers);
        QCOMPARE(numbers.lowest, QStringLiteral("9.5"));
        const ColumnProfile dates = ColumnProfile::of(*table, 2);
        QCOMPARE(dates.kind, ColumnProfile::Kind::Dates);
        QCOMPARE(dates.highest, QStringLiteral("2026-03-11"));
    }
};

QTEST_MAIN(TestModels)
#include "TestModels.moc"
