#include <QTemporaryDir>
#include <QTest>
#include <set>

#include "core/decide/Policies.h"
#include "core/job/Faces.h"
#include "core/job/Job.h"
#include "core/job/SessionInternals.h"
#include "core/review/AuditSample.h"
#include "tests/core/store/Sample.h"

using namespace kamei;
using base::ErrorCode;
using job::OpenMode;
using job::Session;
using model::Judgement;
namespace fs = std::filesystem;

namespace {

std::shared_ptr<const keys::Identity> person(const char* name, keys::Role role = keys::Role::DataManager) {
    return keys::Identity::generate(name, role);
}

/// A session over texts and pictures of several people, decided and staged.
struct Bed {
    QTemporaryDir parent;
    fs::path folder = sample::folderIn(parent);
    std::shared_ptr<Session> session;
    std::vector<base::AssetId> assets;
    model::Finding required;

    explicit Bed(model::Policy policy = *decide::policyFromText("guideline-2024"), int count = 6) {
        session = *Session::create(folder, {"title", "to learn", policy});
        auto writing = *session->internals().write();
        for (int i = 1; i <= count; ++i) {
            const auto kind = i % 3 == 0 ? model::AssetKind::Image : model::AssetKind::Text;
            const auto asset = *writing->assets.insert(sample::asset(kind, "g" + std::to_string(i)));
            auto source = sample::source(asset, "s" + std::to_string(i));
            source.id = *writing->sources.insert(source);
            static_cast<void>(writing->assets.setDetected(asset, {}));
            if (i == 1) {
                std::vector findings{sample::finding(asset, 0, "A")};
                static_cast<void>(writing->findings.replaceDetected(asset, findings));
                required = findings.front();
            }
            auto file = sample::staged(source, "bytes " + std::to_string(i));
            static_cast<void>(
                writing->staged.upsert({&file, 1}, (*writing->assets.find(asset))->asset.revision));
            assets.push_back(asset);
        }
        static_cast<void>(writing.commit());
    }

    model::Confirmation seen(std::size_t i, const std::string& by) const {
        model::Confirmation out;
        out.asset = assets[i];
        out.sha256 = *session->stagedDigest(assets[i]);
        out.reviewer = by;
        out.shown = out.total = (i + 1) % 3 == 0 ? 1 : 4; // one picture, four pages
        out.seen = "pages+original";
        return out;
    }
    /// Two people, of whom nothing is known.
    std::pair<base::SubjectId, base::SubjectId> people() const {
        auto writing = *session->internals().write();
        const auto one = *writing->subjects.insert({{}, 0, "a|1", {"1", "a", {}, "", ""}, "S-1"});
        const auto other = *writing->subjects.insert({{}, 0, "a|2", {"2", "a", {}, "", ""}, "S-2"});
        static_cast<void>(writing.commit());
        return {one, other};
    }
    std::string last() const { return (*session->audit({})).front().event; }
    std::vector<release::Condition> open() const {
        std::vector<release::Condition> out;
        const auto points = *job::evaluateGate(*session);
        for (const auto& point : points) {
            out.push_back(point.condition);
        }
        return out;
    }
    bool isOpen(release::Condition condition) const {
        const auto all = open();
        return std::ranges::find(all, condition) != all.end();
    }
};

model::Policy policyWith(bool signatures, std::set<model::AssetKind> second) {
    auto out = *decide::policyFromText("guideline-2024");
    out.signatures = signatures;
    out.secondPerson = std::move(second);
    return out;
}

} // namespace

class TestPeople : public QObject {
    Q_OBJECT

    QTemporaryDir m_home;

private slots:
    void initTestCase() { qputenv("XDG_DATA_HOME", m_home.path().toUtf8()); }

    void entriesOfWhoIsSignedInAreSigned() {
        Bed bed;
        QVERIFY(bed.session->confirm(bed.seen(0, "Morita")));
        QCOMPARE(bed.session->verifyAudit()->signedEntries, 0); // without a key as ever
        QVERIFY(bed.session->signIn(person("Morita")));
        QCOMPARE(bed.session->signedIn()->name, std::string("Morita"));
        QVERIFY(bed.session->confirm(bed.seen(1, "Morita")));
        const auto state = *bed.session->verifyAudit();
        QCOMPARE(state.signedEntries, 3); // joined, signed in, confirmed
        QCOMPARE(state.lastSigned, state.entries);
        // A name that is not the one signed in is no signature of theirs.
        QVERIFY(bed.session->confirm(bed.seen(2, "Saeki")));
        QCOMPARE(bed.session->verifyAudit()->signedEntries, 3);
        QVERIFY(bed.session->signOut());
        QVERIFY(!bed.session->signedIn());
        QCOMPARE(bed.last(), std::string("reviewer.signed-out"));
        QVERIFY(bed.session->verifyAll());
    }

    void whatWasSeenAndDecidedIsInTheSignedEntry() {
        Bed bed;
        QVERIFY(bed.session->signIn(person("Morita")));
        QVERIFY(bed.session->confirm(bed.seen(0, "Morita")));
        const auto details = bed.session->audit({})->front().details;
        for (const char* part : {"\"seen\":\"pages+original\"", "\"shown\":4", "\"total\":4",
                                 "\"decisions\":\"", "\"signed-with\":\""}) {
            QVERIFY2(details.find(part) != std::string::npos, part);
        }
        auto unseen = bed.seen(1, "Morita");
        unseen.shown = 3;
        QCOMPARE(bed.session->confirm(unseen).error().args, std::vector<std::string>{"shown"});
    }

    /// Who lost a key comes back with another: a new row, said so.
    void newKeyOfTheSameNameIsANewRow() {
        Bed bed;
        QVERIFY(bed.session->signIn(person("Morita")));
        QVERIFY(bed.session->signIn(person("Morita")));
        const auto rows = *bed.session->reviewers();
        QCOMPARE(rows.size(), std::size_t{2});
        QVERIFY(!rows[0].renewed && rows[1].renewed);
        QVERIFY(rows[0].person.key != rows[1].person.key);
        job::AuditQuery query;
        query.event = "reviewer.key-renewed";
        QCOMPARE(bed.session->audit(query)->size(), std::size_t{1});
        QVERIFY(bed.session->verifyAudit());
    }

    void policyMayAskForSignatures() {
        Bed bed(policyWith(true, {}));
        QCOMPARE(bed.session->confirm(bed.seen(0, "Morita")).error().args,
                 std::vector<std::string>{"unsigned"});
        decide::Decide keep;
        keep.findings = {bed.required.id};
        keep.state = model::DecisionState::Rejected;
        keep.reason = "no name";
        QCOMPARE(bed.session->apply(keep, "Morita").error().args, std::vector<std::string>{"unsigned"});
        // Nor can the need be taken away without a signature.
        QCOMPARE(bed.session->apply(decide::SetPolicy{policyWith(false, {}), {}}, "Morita").error().args,
                 std::vector<std::string>{"unsigned"});
        QCOMPARE(job::overrule(*bed.session, bed.assets[0], "no face", "Morita").error().args,
                 std::vector<std::string>{"unsigned"});
        QVERIFY(bed.session->signIn(person("Morita")));
        QCOMPARE(job::overrule(*bed.session, bed.assets[0], "no face", "Morita").error().code,
                 ErrorCode::NotFound); // signed, and there is nothing to overrule
        QVERIFY(bed.session->confirm(bed.seen(1, "Morita")));
        QVERIFY(bed.session->apply(keep, "Morita"));
        QVERIFY(bed.session->audit({})->front().details.find("\"overruled\":1") != std::string::npos);
    }

    /// Undo and redo by somebody else, or by nobody who signs, puts no overruling back.
    void puttingAnOverrulingBackIsSigned() {
        Bed bed(policyWith(true, {}));
        QVERIFY(bed.session->signIn(person("Morita")));
        decide::Decide keep;
        keep.findings = {bed.required.id};
        keep.state = model::DecisionState::Rejected;
        keep.reason = "no name";
        const auto undo = bed.session->apply(keep, "Morita");
        QVERIFY(undo);
        const auto redo = bed.session->apply(*undo, "Saeki"); // hides more: nothing to sign
        QVERIFY(redo);
        QCOMPARE(bed.session->apply(*redo, "Saeki").error().args, std::vector<std::string>{"unsigned"});
        QVERIFY(bed.session->signOut());
        QCOMPARE(bed.session->apply(*redo, "Morita").error().args, std::vector<std::string>{"unsigned"});
        QCOMPARE((*bed.session->finding(bed.required.id))->state, model::DecisionState::Open);
        QVERIFY(bed.session->signIn(person("Morita")));
        QVERIFY(bed.session->apply(*redo, "Morita"));
        QVERIFY(bed.session->audit({})->front().details.find("\"overruled\":1") != std::string::npos);
        decide::Restore unreasoned = std::get<decide::Restore>(*redo);
        unreasoned.rows.front().reason = "\u3000";
        QCOMPARE(bed.session->apply(unreasoned, "Morita").error().code, ErrorCode::ReasonRequired);
    }

    /// A doubt whose data it is closes the gate; calling it settled opens it.
    void settlingADoubtIsSigned() {
        Bed bed(policyWith(true, {}));
        const auto [one, other] = bed.people();
        const decide::SettleSubjects settle{one, other, "looked up"};
        QCOMPARE(bed.session->apply(settle, "Morita").error().args, std::vector<std::string>{"unsigned"});
        QVERIFY(bed.session->signIn(person("Morita")));
        QVERIFY(bed.session->apply(settle, "Morita"));
    }

    void aReasonOfBlanksIsNone_data() {
        QTest::addColumn<int>("edit");
        int number = 0;
        for (const char* name : {"rejecting what is required", "leaving an asset out", "settling a doubt",
                                 "who is singled out", "overruling a face check", "a rule of the policy"}) {
            QTest::newRow(name) << number++;
        }
    }
    void aReasonOfBlanksIsNone() {
        QFETCH(int, edit);
        Bed bed;
        const auto [one, other] = bed.people();
        const std::string blank = "\u3000\u00A0";
        const auto failure = [](const auto& done) { return done ? ErrorCode::Internal : done.error().code; };
        ErrorCode code = ErrorCode::Internal;
        if (edit == 0) {
            code = failure(bed.session->apply(
                decide::Decide{{bed.required.id}, model::DecisionState::Rejected, model::Action::Keep, blank},
                "me"));
        } else if (edit == 1) {
            code = failure(bed.session->apply(decide::Exclude{bed.assets[0], true, blank}, "me"));
        } else if (edit == 2) {
            code = failure(bed.session->apply(decide::SettleSubjects{one, other, blank}, "me"));
        } else if (edit == 3) {
            code = failure(bed.session->setRiskReason(one, blank, "me"));
            QVERIFY(bed.session->setRiskReason(one, "", "me")); // takes it back
        } else if (edit == 4) {
            code = failure(job::overrule(*bed.session, bed.assets[0], blank, "me"));
        } else {
            model::Policy policy = policyWith(false, {});
            policy.overrides["clinical-text.patient-name"] = {model::Action::Keep, blank};
            code = failure(decide::policyFromJson(decide::toJson(policy)));
        }
        QCOMPARE(code, ErrorCode::ReasonRequired);
    }

    /// Not that of whoever joined first: a second person's name over the first one's key would be nobody's.
    void theKeyBehindAConfirmationIsItsOwn() {
        Bed bed(policyWith(false, {model::AssetKind::Text}));
        const auto morita = person("Morita");
        const auto saeki = person("Saeki");
        QVERIFY(bed.session->signIn(morita));
        QVERIFY(bed.session->confirm(bed.seen(0, "Morita")));
        QVERIFY(bed.session->signIn(saeki));
        QVERIFY(bed.session->confirm(bed.seen(0, "Saeki")));
        QVERIFY(bed.session->confirm(bed.seen(0, "Ito"))); // is not signed in
        const auto said = *bed.session->confirmations(bed.assets[0]);
        QCOMPARE(said.size(), std::size_t{3});
        QVERIFY(said[0].isSigned() && said[1].isSigned() && !said[2].isSigned());
        QVERIFY(said[0].signer != said[1].signer);
    }

    /// A policy that gained the rule after somebody confirmed without a key: that confirmation does not
    /// count.
    void unsignedConfirmationsDoNotCountWherePolicyAsksForSignatures() {
        Bed bed;
        for (std::size_t i = 0; i < bed.assets.size(); ++i) {
            QVERIFY(bed.session->confirm(bed.seen(i, "Morita")));
        }
        QVERIFY(!bed.isOpen(release::Condition::ConfirmationsSigned));
        QVERIFY(bed.session->apply(decide::SetPolicy{policyWith(true, {}), {}}, "Morita"));
        QVERIFY(bed.isOpen(release::Condition::ConfirmationsSigned));
        QVERIFY(bed.session->signIn(person("Morita")));
        for (std::size_t i = 0; i < bed.assets.size(); ++i) {
            QVERIFY(bed.session->confirm(bed.seen(i, "Morita")));
        }
        QVERIFY(!bed.isOpen(release::Condition::ConfirmationsSigned));
    }

    void chosenKindsWaitForASecondPerson() {
        Bed bed(policyWith(false, {model::AssetKind::Image}));
        for (std::size_t i = 0; i < bed.assets.size(); ++i) {
            QVERIFY(bed.session->confirm(bed.seen(i, "Morita")));
        }
        const auto waiting = [&] {
            const auto points = *job::evaluateGate(*bed.session);
            const auto point =
                std::ranges::find(points, release::Condition::SecondPerson, &release::GatePoint::condition);
            return point == points.end() ? std::int64_t{0} : point->count;
        };
        QCOMPARE(waiting(), 2);                               // the pictures
        QVERIFY(bed.session->confirm(bed.seen(2, "Morita"))); // the same person twice is one
        QCOMPARE(waiting(), 2);
        QVERIFY(bed.session->confirm(bed.seen(2, "Saeki")));
        QCOMPARE(waiting(), 1);
        // Sent back by the second: both have to look again.
        auto back = bed.seen(5, "Saeki");
        back.verdict = model::Confirmation::Verdict::SentBack;
        back.note = "a name";
        QVERIFY(bed.session->confirm(back));
        QVERIFY(bed.isOpen(release::Condition::Confirmed));
        QVERIFY(bed.session->confirm(bed.seen(5, "Saeki")));
        QCOMPARE(waiting(), 1);
        QVERIFY(bed.session->confirm(bed.seen(5, "Morita")));
        QCOMPARE(waiting(), 0);
    }

    /// Two keys of one person are one person.
    void renewedKeyIsNoSecondPerson() {
        Bed bed(policyWith(true, {model::AssetKind::Text}));
        QVERIFY(bed.session->signIn(person("Morita")));
        QVERIFY(bed.session->confirm(bed.seen(0, "Morita")));
        QVERIFY(bed.session->signIn(person("Morita")));
        QVERIFY(bed.session->confirm(bed.seen(0, "Morita")));
        QVERIFY(bed.isOpen(release::Condition::SecondPerson));
    }

    void whoExaminesWritesJudgementsOnly() {
        Bed bed;
        for (std::size_t i = 0; i < bed.assets.size(); ++i) {
            QVERIFY(bed.session->confirm(bed.seen(i, "Morita")));
        }
        QVERIFY(bed.session->signIn(person("Hara", keys::Role::EthicsReviewer)));
        decide::Decide accept;
        accept.findings = {bed.required.id};
        accept.state = model::DecisionState::Accepted;
        QCOMPARE(bed.session->apply(accept, "Hara").error().args, std::vector<std::string>{"examiner"});
        QCOMPARE(bed.session->confirm(bed.seen(0, "Hara")).error().args,
                 std::vector<std::string>{"examiner"});
        QCOMPARE(bed.session->setRiskReason({}, "x", "Hara").error().args,
                 std::vector<std::string>{"examiner"});
        const auto sample = bed.session->drawSample({}, "Hara");
        QVERIFY(sample);
        QVERIFY(bed.session->judge(*sample, 1, Judgement::Clean, {}, "Hara"));
        QVERIFY(bed.session->verifyAll());
    }

    void sampleIsStratifiedRecordedAndDrawnAgainByItsSeed() {
        Bed bed({}, 60);
        for (std::size_t i = 0; i < bed.assets.size(); ++i) {
            QVERIFY(bed.session->confirm(bed.seen(i, "Morita")));
        }
        const auto id = bed.session->drawSample({.confidence = 0.95, .tolerated = 0.1}, "Hara");
        QVERIFY(id);
        const auto sample = bed.session->auditSamples()->front();
        QCOMPARE(sample.strata.size(), std::size_t{2});
        std::int64_t population = 0;
        std::int64_t drawn = 0;
        for (const auto& stratum : sample.strata) {
            population += stratum.population;
            drawn += stratum.drawn;
            QVERIFY(stratum.drawn > 0 && stratum.drawn < stratum.population);
        }
        QCOMPARE(population, 60);
        const auto items = *bed.session->auditItems(*id);
        QCOMPARE(static_cast<std::int64_t>(items.size()), drawn);
        QVERIFY(bed.session->audit({})->front().details.find(sample.seed.hex()) != std::string::npos);
        const auto again =
            bed.session->drawSample({.confidence = 0.95, .tolerated = 0.1, .seed = sample.seed}, "X");
        const auto same = *bed.session->auditItems(*again);
        const auto other = *bed.session->auditItems(*bed.session->drawSample({0.95, 0.1}, "X"));
        const auto assetsOf = [](const std::vector<model::AuditItem>& list) {
            std::vector<std::int64_t> out;
            for (const auto& item : list) {
                out.push_back(item.asset.value);
            }
            return out;
        };
        QCOMPARE(assetsOf(same), assetsOf(items));
        QVERIFY(assetsOf(other) != assetsOf(items));
        QCOMPARE(bed.session->drawSample({0.5, 0.1}, "X").error().args,
                 std::vector<std::string>{"confidence"});
    }

    void leaksGoBackAndCloseTheGate() {
        Bed bed;
        for (std::size_t i = 0; i < bed.assets.size(); ++i) {
            QVERIFY(bed.session->confirm(bed.seen(i, "Morita")));
        }
        QVERIFY(bed.session->signIn(person("Hara", keys::Role::EthicsReviewer)));
        const auto sample = *bed.session->drawSample({}, "Hara");
        QCOMPARE(bed.session->judge(sample, 2, Judgement::Leak, " ", "Hara").error().code,
                 ErrorCode::ReasonRequired);
        QVERIFY(bed.session->judge(sample, 2, Judgement::Leak, "a name in line 3", "Hara"));
        QVERIFY(bed.session->judge(sample, 1, Judgement::Clean, {}, "Hara"));
        QCOMPARE(bed.session->judge(sample, 999, Judgement::Clean, {}, "Hara").error().code,
                 ErrorCode::NotFound);
        QVERIFY(!bed.isOpen(release::Condition::Confirmed));
        QCOMPARE(*bed.session->sendBackLeaks(sample, "Hara"), 1);
        QCOMPARE(*bed.session->sendBackLeaks(sample, "Hara"), 0);
        QVERIFY(bed.isOpen(release::Condition::Confirmed));
        const auto leaked = bed.session->auditItems(sample)->at(1);
        QVERIFY(leaked.sentBack);
        QCOMPARE((*bed.session->asset(leaked.asset))->asset.state, model::AssetState::SentBack);
        QVERIFY(bed.session->verifyAll());
    }

    void clockSetBackIsLogged() {
        Bed bed;
        {
            auto writing = *bed.session->internals().write();
            const auto head = *audit::head(*writing);
            store::AuditEntry later{head.number + 1, base::nowMs() + 3'600'000, "me", "x", "{}", {}};
            later.hash = audit::entryHash(head.hash, later);
            QVERIFY(writing->audit.append(later));
            QVERIFY(writing->meta.set("audit-head", std::to_string(later.number) + ' ' + later.hash.hex()));
            QVERIFY(writing.commit());
        }
        QVERIFY(bed.session->confirm(bed.seen(0, "Morita")));
        const auto state = bed.session->verifyAudit();
        QVERIFY(state);
        QCOMPARE(state->clockSetBack, 1);
        job::AuditQuery query;
        query.event = "clock.set-back";
        QVERIFY(bed.session->audit(query)->front().details.find("\"seconds\":3") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestPeople)
#include "TestPeople.moc"
