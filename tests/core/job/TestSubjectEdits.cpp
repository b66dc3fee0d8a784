// Whose data they are: doubts with their evidence, merging and splitting by hand, and what follows from it.

#include <QTemporaryDir>
#include <QTest>

#include "core/decide/Policies.h"
#include "core/job/Job.h"
#include "core/job/SessionInternals.h"
#include "core/job/StagePlanner.h"
#include "core/job/SubjectDoubts.h"
#include "tests/core/store/Sample.h"

using namespace kamei;
using job::Session;
using job::SubjectDoubt;
using model::SubjectHint;

namespace {

SubjectHint hint(const char* id, const char* issuer, std::vector<std::string> names, const char* birth,
                 const char* sex = "") {
    return {id, issuer, std::move(names), birth, sex};
}

/// A workspace whose people and claims are given one by one.
struct Bed {
    QTemporaryDir parent;
    std::shared_ptr<Session> session =
        *Session::create(sample::folderIn(parent), {"t", "p", *decide::policyFromText("guideline-2024")});
    int groups = 0;

    base::SubjectId person(const char* key, const SubjectHint& said) {
        auto writing = *session->internals().write();
        const auto id =
            *writing->subjects.insert({{}, 0, key, said, "S-" + base::sha256(key).hex().substr(0, 12), {}});
        static_cast<void>(writing.commit());
        return id;
    }
    base::AssetId asset(base::SubjectId whose, const SubjectHint& said) {
        auto writing = *session->internals().write();
        const std::string group = "g" + std::to_string(++groups);
        const auto id = *writing->assets.insert(sample::asset(model::AssetKind::Text, group, whose));
        auto source = sample::source(id, group);
        source.id = *writing->sources.insert(source);
        static_cast<void>(writing->claims.add(id, said));
        static_cast<void>(writing->assets.setDetected(id, {}));
        const auto file = sample::staged(source, group);
        static_cast<void>(writing->staged.upsert({&file, 1}, (*writing->assets.find(id))->asset.revision));
        static_cast<void>(writing.commit());
        return id;
    }
    void learn(base::AssetId from, base::SubjectId whose, const char* value) {
        auto writing = *session->internals().write();
        const model::KnownIdentifier known{whose, "patient-name", value, from, ""};
        static_cast<void>(writing->known.add({&known, 1}));
        static_cast<void>(writing.commit());
    }
    base::Expected<decide::Edit> apply(const decide::Edit& edit) { return session->apply(edit, "me"); }
    base::SubjectId whose(base::AssetId id) { return (*session->asset(id))->asset.subject; }
    bool stale(base::AssetId id) { return (*session->asset(id))->stale; }
    std::vector<std::string> doubts() {
        std::vector<std::string> out;
        const auto found = *job::subjectDoubts(*session);
        for (const SubjectDoubt& doubt : found.doubts) {
            out.push_back(std::string(job::word(doubt.kind)) + (doubt.blocks ? "" : " (note)") +
                          (doubt.settled.empty() ? "" : " settled"));
        }
        return out;
    }
    bool gateAsks() {
        const auto points = *job::evaluateGate(*session);
        return std::ranges::count(points, release::Condition::SubjectsSettled,
                                  &release::GatePoint::condition) > 0;
    }
};

using Words = std::vector<std::string>;

} // namespace

Q_DECLARE_METATYPE(SubjectHint)

class TestSubjectEdits : public QObject {
    Q_OBJECT

private slots:
    void doubtsOfTwo_data() {
        QTest::addColumn<SubjectHint>("left");
        QTest::addColumn<SubjectHint>("right");
        QTest::addColumn<QString>("doubt");
        const auto base = hint("1", "A", {"榎本 花子"}, "19610723", "F");
        QTest::newRow("one number at two hospitals is worth a note")
            << base << hint("1", "B", {"佐久間 涼"}, "19850211") << "shared-number (note)";
        QTest::newRow("one number, issuer not stated")
            << base << hint("1", "", {"佐久間 涼"}, "") << "shared-number";
        QTest::newRow("one number and birth date at two hospitals")
            << base << hint("1", "B", {}, "19610723") << "shared-number";
        QTest::newRow("one name and birth date, two numbers")
            << base << hint("2", "A", {"榎本花子"}, "19610723") << "same-name-birth";
        QTest::newRow("changed surname")
            << base << hint("2", "A", {"佐藤 花子"}, "19610723") << "changed-name";
        QTest::newRow("twins are worth a note")
            << base << hint("2", "A", {"榎本 桃子"}, "19610723") << "one-birth-date (note)";
        QTest::newRow("mistyped birth date")
            << base << hint("2", "A", {"榎本 花子"}, "19610732") << "near-birth-date";
        QTest::newRow("namesakes of another age") << base << hint("2", "A", {"榎本 花子"}, "19990101") << "";
        QTest::newRow("strangers of one birth date")
            << base << hint("2", "A", {"佐久間 涼"}, "19610723") << "";
        QTest::newRow("a girl and a boy of one given name")
            << hint("1", "A", {"榎本 薫"}, "19610723", "F") << hint("2", "A", {"佐藤 薫"}, "19610723", "M")
            << "";
    }
    void doubtsOfTwo() {
        QFETCH(SubjectHint, left);
        QFETCH(SubjectHint, right);
        QFETCH(QString, doubt);
        Bed bed;
        const auto one = bed.person("x", left);
        const auto other = bed.person("y", right);
        const auto asset = bed.asset(one, left);
        bed.asset(other, right);
        QCOMPARE(bed.doubts(), doubt.isEmpty() ? Words() : Words{doubt.toStdString()});
        QCOMPARE(bed.gateAsks(), !doubt.isEmpty() && !doubt.endsWith("(note)"));
        if (doubt.isEmpty()) {
            return;
        }
        const auto found = *job::subjectDoubts(*bed.session);
        QVERIFY(std::ranges::any_of(found.doubts[0].evidence, [&](const SubjectDoubt::Evidence& row) {
            return row.subject == one && row.assets == std::vector{asset};
        }));
        // Settled with a reason, it no longer asks; taken back, it does again.
        const auto back = bed.apply(decide::SettleSubjects{one, other, "looked up"});
        QVERIFY(back);
        QVERIFY(!bed.gateAsks());
        QVERIFY(bed.doubts().front().ends_with("settled"));
        QVERIFY(bed.apply(*back));
        QCOMPARE(bed.gateAsks(), !doubt.endsWith("(note)"));
        QVERIFY(!bed.apply(decide::SettleSubjects{one, other, "  "}));
    }

    void doubtsWithinOne_data() {
        QTest::addColumn<SubjectHint>("other");
        QTest::addColumn<QString>("doubt");
        QTest::newRow("birth dates") << hint("1", "A", {"榎本 花子"}, "19610724") << "birth-dates";
        QTest::newRow("reused number") << hint("1", "A", {"佐久間 涼"}, "") << "names";
        QTest::newRow("changed surname") << hint("1", "A", {"佐藤 花子"}, "19610723") << "family-names";
        QTest::newRow("sexes") << hint("1", "A", {}, "19610723", "M") << "sexes";
        QTest::newRow("same in another script") << hint("1", "A", {"ENOMOTO^HANAKO"}, "19610723") << "";
    }
    void doubtsWithinOne() {
        QFETCH(SubjectHint, other);
        QFETCH(QString, doubt);
        Bed bed;
        const auto said = hint("1", "A", {"榎本 花子"}, "19610723", "F");
        const auto one = bed.person("x", said);
        bed.asset(one, said);
        bed.asset(one, other);
        QCOMPARE(bed.doubts(), doubt.isEmpty() ? Words() : Words{doubt.toStdString()});
    }

    void mergeSharesPseudonymAndIsUndone() {
        Bed bed;
        const auto first = hint("1", "A", {"榎本 花子"}, "19610723");
        const auto second = hint("2", "A", {"佐藤 花子"}, "19610723");
        const auto one = bed.person("x", first);
        const auto other = bed.person("y", second);
        const auto a = bed.asset(one, first);
        const auto b = bed.asset(other, second);
        bed.learn(a, one, "榎本 花子");
        bed.learn(b, other, "佐藤 花子");
        QVERIFY(!bed.stale(a) && !bed.stale(b));
        const auto back = bed.apply(decide::MergeSubjects{{other}, one, "marriage"});
        QVERIFY(back);
        QCOMPARE(bed.whose(b), one);
        // Both have to be examined and staged again: what is searched in them has grown.
        QVERIFY(bed.stale(a) && bed.stale(b));
        QCOMPARE((*bed.session->known(one)).size(), std::size_t{2});
        QVERIFY(bed.session->known(other)->empty());
        QCOMPARE((*bed.session->subjects({})).size(), std::size_t{1});
        QCOMPARE(bed.session->overview()->subjects, std::int64_t{1});
        // A table that speaks of the number that is no more gives it the pseudonym of who it is.
        model::Asset table;
        table.kind = model::AssetKind::Table;
        const auto cohort = *job::cohortOf(*bed.session, table);
        QCOMPARE(cohort.size(), std::size_t{2});
        QCOMPARE(cohort[0].pseudonym, cohort[1].pseudonym);
        QCOMPARE(cohort[1].hint.patientId, std::string("2"));
        QVERIFY(!bed.apply(decide::MergeSubjects{{other}, one, ""})); // is somebody else already
        const auto again = bed.apply(*back);
        QVERIFY(again);
        QCOMPARE(bed.whose(b), other);
        QCOMPARE((*bed.session->subjects({})).size(), std::size_t{2});
        QCOMPARE((*bed.session->known(other)).size(), std::size_t{1});
        QCOMPARE((*bed.session->subject(one))->hint.names, first.names);
        QVERIFY(bed.apply(*again));
        QCOMPARE(bed.whose(b), one);
        QVERIFY(bed.session->verifyAudit());
    }

    void splitMakesAPersonAndIsUndone() {
        Bed bed;
        const auto first = hint("1", "A", {"榎本 花子"}, "19610723");
        const auto reused = hint("1", "A", {"佐久間 涼"}, "19850211");
        const auto one = bed.person("x", first);
        const auto a = bed.asset(one, first);
        const auto b = bed.asset(one, reused);
        QVERIFY(bed.gateAsks());
        const auto back = bed.apply(decide::Assign{{b}, {}, "number given out again"});
        QVERIFY(back);
        const auto made = bed.whose(b);
        QVERIFY(made.valid() && made != one && bed.whose(a) == one);
        const auto subject = **bed.session->subject(made);
        QCOMPARE(subject.hint.birthDate, std::string("19850211"));
        QVERIFY(!subject.pseudonym.empty() && subject.pseudonym != (*bed.session->subject(one))->pseudonym);
        QVERIFY(bed.stale(a) && bed.stale(b));
        const auto again = bed.apply(*back);
        QVERIFY(again);
        QCOMPARE(bed.whose(b), one);
        QCOMPARE((*bed.session->subjects({})).size(), std::size_t{1});
        QVERIFY(bed.apply(*again));
        QCOMPARE(bed.whose(b), made);
        QCOMPARE((*bed.session->subjects({})).size(), std::size_t{2});
        QVERIFY(!bed.apply(decide::Assign{{b}, made, ""})); // there already
        QVERIFY(!bed.apply(decide::Assign{{base::AssetId{99}}, {}, ""}));
    }

    void destructionErasesWhatWasStated() {
        Bed bed;
        const auto said = hint("1", "A", {"榎本 花子"}, "19610723");
        const auto one = bed.person("x", said);
        const auto asset = bed.asset(one, said);
        QVERIFY(bed.apply(decide::SettleSubjects{one, one, "榎本 花子"}));
        auto writing = *bed.session->internals().write();
        QVERIFY(writing->destruction.eraseValues());
        QVERIFY(writing->claims.ofAsset(asset)->empty());
        const auto settled = *writing->claims.settled();
        QCOMPARE(settled.size(), std::size_t{1});
        for (const auto& [pair, reason] : settled) {
            QVERIFY(reason.empty());
        }
    }

    void aMillionPeopleAreNoSquare() {
        // Scaled down for the suite; the bench does the million.
        Bed bed;
        {
            auto writing = *bed.session->internals().write();
            for (int i = 0; i < 3000; ++i) {
                const std::string number = std::to_string(100000 + i);
                static_cast<void>(writing->subjects.insert(
                    {{},
                     0,
                     "k" + number,
                     {number, "A", {"佐藤 花子"}, std::to_string(19000000 + i * 37), ""},
                     "S",
                     {}}));
            }
            static_cast<void>(writing.commit());
        }
        const auto doubts = job::subjectDoubts(*bed.session);
        QVERIFY(doubts);
        QCOMPARE(doubts->notCompared, std::int64_t{0});
    }
};

QTEST_GUILESS_MAIN(TestSubjectEdits)
#include "TestSubjectEdits.moc"
