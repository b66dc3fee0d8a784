// Data of nobody known, given to a person by hand and taken back: what is searched in them, what is staged
// anew, under whose pseudonymous ID, and that import leaves it so.

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <set>

#include "core/base/FileIo.h"
#include "core/decide/Policies.h"
#include "core/demo/Documents.h"
#include "core/demo/People.h"
#include "core/demo/Records.h"
#include "core/job/Job.h"
#include "core/job/Session.h"

using namespace kamei;
using base::ErrorCode;
using job::Session;
namespace fs = std::filesystem;

namespace {

/// Numbers that nothing around them explains: only who knows them finds them.
demo::Person personOf(const char* id, const char* kanji, const char* kana, const char* romaji) {
    demo::Person out = demo::people().front();
    out.id = id;
    out.familyKanji = kanji;
    out.familyKana = kana;
    out.familyRomaji = romaji;
    out.givenKanji = "蛍灯";
    out.givenKana = "ホタビ";
    out.givenRomaji = "HOTABI";
    return out;
}

/// Two people by a report each, and data that name nobody: one beside the first's report, two apart.
struct Bed {
    QTemporaryDir parent;
    fs::path in = fs::path(parent.path().toStdString()) / "in";
    std::shared_ptr<Session> session =
        *Session::create(in.parent_path() / "ws", {"t", "p", *decide::policyFromText("guideline-2024")});

    Bed() {
        fs::create_directories(in / "one");
        fs::create_directories(in / "other");
        static_cast<void>(
            demo::writeCdaReport(personOf("73100431", "鵜鷺", "ウロ", "URO"), in / "one", "report.xml"));
        demo::Person other = personOf("73108350", "蔦亀", "ツタガメ", "TSUTAGAME");
        other.birthDate = "19850211";
        other.birthDateText = "1985年2月11日";
        static_cast<void>(demo::writeCdaReport(other, in / "other", "report.xml"));
        write("one/beside.txt", "経過は良好。\n");
        write("loose/memo.txt", "73100431と73108350について電話。\n");
        write("loose/note.txt", "次回は予約どおり。\n");
        write("lists/list.csv", "患者ID,氏名,値\n81000001,佐久間 涼,5\n81000002,野田 和夫,6\n");
        import();
    }
    void write(const char* name, const std::string& text) const {
        fs::create_directories((in / name).parent_path());
        static_cast<void>(base::writeFileAtomically(in / name, text));
    }
    void run(std::unique_ptr<job::Job> job) const {
        base::NoProgress quiet;
        QVERIFY(job->run({}, quiet));
    }
    void import() const { run(job::importJob(session, {{in}, 0, "me"})); }
    void detectAndStage() const {
        run(job::detectJob(session, {}));
        run(job::stageJob(session, {}));
    }
    [[nodiscard]] base::AssetId of(const char* name) const {
        const auto rows = *session->assets({});
        for (const job::AssetRow& row : rows) {
            const auto sources = *session->sources(row.asset.id);
            if (sources.front().path == in / name) {
                return row.asset.id;
            }
        }
        return {};
    }
    [[nodiscard]] base::SubjectId whose(const char* name) const {
        return (*session->asset(of(name)))->asset.subject;
    }
    [[nodiscard]] job::AssetRow row(const char* name) const { return **session->asset(of(name)); }
    [[nodiscard]] std::string pseudonym(const char* name) const {
        return (*session->subject(whose(name)))->pseudonym;
    }
    /// Texts that were found since they are known of somebody.
    [[nodiscard]] std::set<std::string> knownIn(const char* name) const {
        job::FindingQuery query;
        query.asset = of(name);
        std::set<std::string> out;
        const auto findings = *session->findings(query);
        for (const model::Finding& finding : findings) {
            if (finding.origin == model::Origin::Known) {
                out.insert(finding.text);
            }
        }
        return out;
    }
    [[nodiscard]] base::Expected<decide::Edit> apply(const decide::Edit& edit) const {
        return session->apply(edit, "me");
    }
    [[nodiscard]] base::Expected<decide::Edit> assign(std::initializer_list<const char*> names,
                                                      std::optional<base::SubjectId> to) const {
        decide::Assign edit{{}, to, "seen on the picture"};
        for (const char* name : names) {
            edit.assets.push_back(of(name));
        }
        return apply(edit);
    }
    [[nodiscard]] std::size_t people() const {
        const auto rows = *session->subjects({});
        return static_cast<std::size_t>(
            std::ranges::count_if(rows, [](const job::SubjectRow& row) { return row.id.valid(); }));
    }
};

} // namespace

class TestAssign : public QObject {
    Q_OBJECT

private slots:
    void thePersonsIdentifiersAreSearchedAndItIsStagedAnew() {
        const Bed bed;
        const auto one = bed.whose("one/report.xml");
        const auto other = bed.whose("other/report.xml");
        QVERIFY(one.valid() && other.valid() && one != other);
        QVERIFY(!bed.whose("loose/memo.txt").valid());
        bed.detectAndStage();
        // Of nobody: searched for everybody.
        QVERIFY(bed.knownIn("loose/memo.txt").contains("73100431"));
        QVERIFY(bed.knownIn("loose/memo.txt").contains("73108350"));
        QVERIFY(!bed.row("loose/memo.txt").stale && !bed.row("one/report.xml").stale);
        const auto before = bed.session->staged(bed.of("loose/memo.txt"))->front().plan;
        model::Confirmation seen;
        seen.asset = bed.of("loose/memo.txt");
        seen.sha256 = *bed.session->stagedDigest(seen.asset);
        seen.reviewer = "me";
        seen.shown = seen.total = 1;
        QVERIFY(bed.session->confirm(seen));
        QVERIFY(bed.row("loose/memo.txt").confirmed);

        const auto back = bed.assign({"loose/memo.txt"}, other);
        QVERIFY(back);
        QCOMPARE(bed.whose("loose/memo.txt"), other);
        QCOMPARE(bed.pseudonym("loose/memo.txt"), bed.pseudonym("other/report.xml"));
        QVERIFY(bed.row("loose/memo.txt").stale && !bed.row("loose/memo.txt").confirmed);
        QVERIFY(bed.row("other/report.xml").stale); // what the memo teaches is searched in it
        QVERIFY(!bed.row("one/report.xml").stale);  // whom it does not concern
        const job::AuditRow logged = bed.session->audit({})->front();
        QCOMPARE(logged.event, std::string("subjects.assigned"));
        QVERIFY(logged.details.find("\"into\":" + std::to_string(other.value)) != std::string::npos);
        QVERIFY(logged.details.find("picture") == std::string::npos); // the reason by its digest alone

        bed.detectAndStage();
        QVERIFY(bed.knownIn("loose/memo.txt").contains("73108350"));
        // Nothing in it told whose it is, and a hand may slip: it is searched for everybody still.
        QVERIFY(bed.knownIn("loose/memo.txt").contains("73100431"));
        QVERIFY(!bed.row("loose/memo.txt").stale && !bed.row("loose/memo.txt").confirmed);
        QVERIFY(bed.session->staged(bed.of("loose/memo.txt"))->front().plan != before);

        const auto again = bed.apply(*back);
        QVERIFY(again);
        QVERIFY(!bed.whose("loose/memo.txt").valid());
        QVERIFY(bed.row("loose/memo.txt").stale);
        bed.detectAndStage();
        QVERIFY(bed.knownIn("loose/memo.txt").contains("73100431"));
        QVERIFY(bed.apply(*again));
        QCOMPARE(bed.whose("loose/memo.txt"), other);
        QVERIFY(bed.session->verifyAudit());
    }

    void theStagedBytesAreSearchedForThem() {
        const Bed bed;
        QVERIFY(bed.assign({"loose/memo.txt"}, bed.whose("other/report.xml")));
        bed.run(job::detectJob(bed.session, {}));
        const auto stagedWith = [&](model::DecisionState state, model::Action action) {
            job::FindingQuery query;
            query.asset = bed.of("loose/memo.txt");
            decide::Decide decision;
            decision.state = state;
            decision.action = action;
            const auto findings = *bed.session->findings(query);
            for (const model::Finding& finding : findings) {
                decision.findings.push_back(finding.id);
            }
            static_cast<void>(bed.apply(decision));
            bed.run(job::stageJob(bed.session, {}));
            return bed.session->staged(*query.asset)->front().residuals.size();
        };
        // Left in without a reason, the numbers are told of; without them there is nothing to tell.
        QCOMPARE(stagedWith(model::DecisionState::Rejected, model::Action::Keep), std::size_t{2});
        QCOMPARE(stagedWith(model::DecisionState::Changed, model::Action::Delete), std::size_t{0});
    }

    void severalDataBecomeOneNewPerson() {
        const Bed bed;
        const std::size_t people = bed.people();
        const auto back = bed.assign({"loose/memo.txt", "loose/note.txt"}, {});
        QVERIFY(back);
        const auto made = bed.whose("loose/memo.txt");
        QVERIFY(made.valid());
        QCOMPARE(bed.whose("loose/note.txt"), made);
        QCOMPARE(bed.people(), people + 1);
        const std::string pseudonym = bed.pseudonym("loose/memo.txt");
        QVERIFY(!pseudonym.empty() && pseudonym != bed.pseudonym("one/report.xml"));
        const auto again = bed.apply(*back);
        QVERIFY(again);
        QVERIFY(!bed.whose("loose/memo.txt").valid() && !bed.whose("loose/note.txt").valid());
        QCOMPARE(bed.people(), people);
        QVERIFY(bed.apply(*again)); // the same person, not another one
        QCOMPARE(bed.whose("loose/note.txt"), made);
        QCOMPARE(bed.pseudonym("loose/note.txt"), pseudonym);
        QCOMPARE(bed.people(), people + 1);
    }

    void importLeavesWhatAPersonSaid() {
        const Bed bed;
        const auto one = bed.whose("one/report.xml");
        QCOMPARE(bed.whose("one/beside.txt"), one); // by its folder
        QVERIFY(bed.assign({"one/beside.txt"}, base::SubjectId{}));
        QVERIFY(bed.assign({"loose/note.txt"}, bed.whose("other/report.xml")));
        bed.write("one/later.txt", "特記事項なし。\n");
        bed.import();
        QVERIFY(!bed.whose("one/beside.txt").valid());
        QVERIFY(!bed.whose("one/later.txt").valid()); // the folder is not surely one person's any more
        QCOMPARE(bed.whose("loose/note.txt"), bed.whose("other/report.xml"));
    }

    void undoGivesTheFolderItsSayBack() {
        const Bed bed;
        const auto back = bed.assign({"one/beside.txt"}, base::SubjectId{});
        QVERIFY(back && bed.apply(*back));
        bed.write("one/later.txt", "特記事項なし。\n");
        bed.import();
        QCOMPARE(bed.whose("one/later.txt"), bed.whose("one/report.xml"));
    }

    void aPersonIsToldByWhatTheirOwnDataState() {
        const Bed bed;
        const auto one = bed.whose("one/report.xml");
        const auto other = bed.whose("other/report.xml");
        const auto before = **bed.session->subject(one);
        bed.write("named/letter.txt", "氏名：榊原 みどり 様\n診断：高血圧\n");
        bed.import();
        QVERIFY(!bed.whose("named/letter.txt").valid()); // a name alone is nobody
        QVERIFY(bed.assign({"named/letter.txt"}, one));
        const auto with = **bed.session->subject(one);
        QCOMPARE(with.hint.patientId, before.hint.patientId);
        QCOMPARE(with.hint.names.size(), before.hint.names.size() + 1);
        QVERIFY(bed.assign({"named/letter.txt"}, other)); // it goes with the letter
        QCOMPARE((*bed.session->subject(one))->hint.names, before.hint.names);
        QCOMPARE((*bed.session->subject(one))->hint.birthDate, before.hint.birthDate);
    }

    void refuses_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<int>("to");
        QTest::addColumn<QString>("why");
        QTest::newRow("data of several people") << "lists/list.csv" << 1 << "several";
        QTest::newRow("nobody's to nobody") << "loose/note.txt" << 0 << "";
        QTest::newRow("somebody who is not there") << "loose/note.txt" << 999 << "";
        QTest::newRow("data that are not there") << "loose/none.txt" << 1 << "";
        QTest::newRow("whose they are already") << "one/report.xml" << 1 << "";
    }
    void refuses() {
        QFETCH(QString, file);
        QFETCH(int, to);
        QFETCH(QString, why);
        const Bed bed;
        const auto whom = to == 1 ? bed.whose("one/report.xml") : base::SubjectId{to};
        const auto entries = bed.session->audit({})->size();
        const auto done = bed.assign({file.toUtf8().constData()}, whom);
        QVERIFY(!done);
        if (!why.isEmpty()) {
            QCOMPARE(done.error().code, ErrorCode::NotPossible);
            QCOMPARE(done.error().args, std::vector{why.toStdString()});
        }
        QCOMPARE(bed.session->audit({})->size(), entries);
    }
};

QTEST_GUILESS_MAIN(TestAssign)
#include "TestAssign.moc"
