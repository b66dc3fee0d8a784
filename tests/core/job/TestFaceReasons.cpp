// The surface of a face stays only by a judgement that says why (Guideline 5.4.4), and the gate knows of each
// that nobody judged so.

#include "SmallCohort.h"
#include "core/job/Job.h"
#include "core/job/SessionInternals.h"

#include <QTemporaryDir>
#include <QtTest>
#include <algorithm>

using namespace kamei;
using model::Action;
using model::DecisionState;
using model::Requirement;

namespace {

/// A workspace with one series whose face cannot be told, everything decided but that.
struct Bed {
    QTemporaryDir folder;
    std::shared_ptr<job::Session> session;
    model::Finding face;

    Bed() {
        journeys::writeSmallCohort(folder.filePath("cohort"));
        session = *job::Session::create(folder.filePath("ws").toStdString(), {"t", "p", {}});
        base::NoProgress quiet;
        static_cast<void>(
            job::importJob(session, {{folder.filePath("cohort").toStdString()}, 1, "me"})->run({}, quiet));
        static_cast<void>(job::detectJob(session, {})->run({}, quiet));
        decide::Decide others;
        const auto found = *session->findings({});
        for (const model::Finding& finding : found) {
            if (finding.label == "FaceSurface") {
                face = finding;
            } else {
                others.findings.push_back(finding.id);
            }
        }
        static_cast<void>(session->apply(others, "me"));
    }
    /// What an earlier version of the product, or of the detector, left in the workspace.
    void store(Requirement requirement, DecisionState state, const char* reason) {
        auto writing = *session->internals().write();
        model::Finding now = face;
        now.requirement = requirement;
        now.state = state;
        now.action = Action::Keep;
        now.reason = reason;
        QVERIFY(writing->findings.remove(std::vector{face.id}).has_value());
        QVERIFY(writing->findings.insert(std::span(&now, 1)).has_value());
        QVERIFY(writing.commit().has_value());
    }
    [[nodiscard]] bool judged() {
        const auto gate = job::evaluateGate(*session);
        return std::ranges::none_of(*gate, [&](const release::GatePoint& point) {
            return point.condition == release::Condition::ConditionalJudged &&
                   std::ranges::find(point.assets, face.asset) != point.assets.end();
        });
    }
};

} // namespace

class TestFaceReasons : public QObject {
    Q_OBJECT

private slots:
    void theGateWaitsForAReason_data() {
        QTest::addColumn<int>("requirement");
        QTest::addColumn<int>("state");
        QTest::addColumn<QString>("reason");
        QTest::addColumn<bool>("judged");
        const auto row = [](const char* name, Requirement r, DecisionState s, const char* reason, bool ok) {
            QTest::newRow(name) << static_cast<int>(r) << static_cast<int>(s) << reason << ok;
        };
        using enum DecisionState;
        row("5.4.4 open", Requirement::Conditional, Open, "", false);
        row("open where none was seen", Requirement::None, Open, "", false);
        row("open and recommended", Requirement::Recommended, Open, "", false);
        row("kept without a reason", Requirement::Conditional, Accepted, "", false);
        row("kept with a blank one", Requirement::None, Accepted, " ", false);
        row("rejected without a reason", Requirement::None, Rejected, "", false);
        row("kept for a reason", Requirement::Conditional, Accepted, "studied", true);
        row("kept for a reason where none was seen", Requirement::None, Accepted, "taken off before", true);
    }
    void theGateWaitsForAReason() {
        QFETCH(int, requirement);
        QFETCH(int, state);
        QFETCH(QString, reason);
        QFETCH(bool, judged);
        Bed bed;
        QVERIFY(bed.face.id.valid());
        bed.store(static_cast<Requirement>(requirement), static_cast<DecisionState>(state),
                  reason.toUtf8().constData());
        QVERIFY(!QTest::currentTestFailed());
        QCOMPARE(bed.judged(), judged);
    }

    void whatLeavesTheReleaseNeedsNone() {
        Bed bed;
        QVERIFY(!bed.judged());
        QVERIFY(bed.session->apply(decide::Exclude{bed.face.asset, true, "not wanted"}, "me").has_value());
        QVERIFY(bed.judged());
    }

    void aDecisionWithoutAReasonIsRefused() {
        Bed bed;
        decide::Decide keep;
        keep.findings = {bed.face.id};
        QCOMPARE(bed.session->apply(keep, "me").error().code, base::ErrorCode::ReasonRequired);
        keep.reason = "studied";
        const auto back = bed.session->apply(keep, "me");
        QVERIFY(back.has_value());
        QVERIFY(bed.judged());
        QVERIFY(bed.session->apply(*back, "me").has_value()); // undone
        QVERIFY(!bed.judged());
    }
};

QTEST_GUILESS_MAIN(TestFaceReasons)
#include "TestFaceReasons.moc"
