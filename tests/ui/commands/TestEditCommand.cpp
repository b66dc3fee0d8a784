#include <QTest>
#include <QUndoStack>

#include "tests/ui/work/Bench.h"
#include "ui/commands/EditCommand.h"

using namespace kamei;
using bench::Bench;
using model::DecisionState;
using ui::commands::EditCommand;

class TestEditCommand : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { bench::prepare(); }

    void undoAndRedoGoThroughTheInverse() {
        Bench bench(1);
        const auto name = bench.finding(bench.assets[0], "三上 陽子");
        QUndoStack stack;
        stack.push(new EditCommand(bench.session, decide::Decide{{name.id}, DecisionState::Accepted, {}, {}},
                                   QStringLiteral("me"), QStringLiteral("Accept")));
        QCOMPARE((*bench.session->finding(name.id))->state, DecisionState::Accepted);
        stack.undo();
        QCOMPARE((*bench.session->finding(name.id))->state, DecisionState::Open);
        stack.redo();
        QCOMPARE((*bench.session->finding(name.id))->state, DecisionState::Accepted);
        QCOMPARE((*bench.session->finding(name.id))->decidedBy, std::string("me"));
    }

    void applyingAheadIsNotDoneTwice() {
        Bench bench(1);
        const auto entries = bench.session->audit({})->size();
        const auto name = bench.finding(bench.assets[0], "三上 陽子");
        auto command = std::make_unique<EditCommand>(
            bench.session, decide::Decide{{name.id}, DecisionState::Accepted, {}, {}}, QStringLiteral("me"),
            QString());
        QVERIFY(command->apply().has_value());
        const auto once = bench.session->audit({})->size();
        QVERIFY(once > entries);
        QUndoStack stack;
        stack.push(command.release());
        QCOMPARE(bench.session->audit({})->size(), once);
    }

    void aRefusedEditLeavesNoStep() {
        Bench bench(1);
        const auto name = bench.finding(bench.assets[0], "三上 陽子");
        base::ErrorCode code = base::ErrorCode::Internal;
        QUndoStack stack;
        stack.push(new EditCommand(bench.session, decide::Decide{{name.id}, DecisionState::Rejected, {}, {}},
                                   QStringLiteral("me"), QString(),
                                   [&code](const base::Error& error) { code = error.code; }));
        QCOMPARE(code, base::ErrorCode::ReasonRequired);
        QCOMPARE(stack.count(), 0);
    }

    void addedFindingsKeepTheirIdsOverUndoAndRedo() {
        Bench bench(1);
        model::Finding made;
        made.asset = bench.assets[0];
        made.locator.kind = model::Locator::Kind::Text;
        made.locator.start = 0;
        made.locator.end = 5;
        made.text = "退院時要約";
        made.label = "OTHER_NAME";
        made.category = model::Category::Identifier;
        made.requirement = model::Requirement::Required;
        made.suggested = made.action = model::Action::Delete;
        made.state = DecisionState::Accepted;
        QUndoStack stack;
        stack.push(new EditCommand(bench.session, decide::Add{{made}}, QStringLiteral("me"), QString()));
        const auto id = bench.finding(bench.assets[0], "退院時要約").id;
        QVERIFY(id.valid());
        stack.undo();
        QVERIFY(!bench.finding(bench.assets[0], "退院時要約").id.valid());
        stack.redo();
        QCOMPARE(bench.finding(bench.assets[0], "退院時要約").id, id);
    }
};

QTEST_MAIN(TestEditCommand)
#include "TestEditCommand.moc"
