#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <fstream>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "core/decide/Masks.h"
#include "core/decide/Policies.h"
#include "core/job/SessionInternals.h"
#include "tests/core/store/Sample.h"

using namespace kamei;
using base::ErrorCode;
using job::OpenMode;
using job::Session;
using model::Action;
using model::DecisionState;
namespace fs = std::filesystem;

namespace {

job::NewWorkspace what() {
    return {"title", "to learn", *decide::policyFromText("guideline-2024")};
}

/// A session over a person with a text of three findings and a picture, all staged.
struct Bed {
    QTemporaryDir parent;
    fs::path folder = sample::folderIn(parent);
    std::shared_ptr<Session> session;
    base::SubjectId person;
    base::AssetId text;
    base::AssetId picture;
    model::Source textSource;
    std::vector<model::Finding> findings;

    Bed() {
        session = *Session::create(folder, what());
        auto writing = *session->internals().write();
        person = *writing->subjects.insert({{}, 0, "a|1", {"1", "a", {"山田 太郎"}, "", ""}, "S-1"});
        text = *writing->assets.insert(sample::asset(model::AssetKind::Text, "g1", person));
        model::Asset image = sample::asset(model::AssetKind::Image, "g2", person);
        image.device = "ACME;Camera 1";
        picture = *writing->assets.insert(image);
        textSource = sample::source(text, "s1");
        textSource.id = *writing->sources.insert(textSource);
        static_cast<void>(writing->sources.insert(sample::source(picture, "s2")));
        findings = {sample::finding(text, 0, "A"), sample::finding(text, 10, "B"),
                    sample::finding(text, 20, "C", model::Category::QuasiIdentifier,
                                    model::Requirement::Recommended)};
        static_cast<void>(writing->findings.replaceDetected(text, findings));
        static_cast<void>(writing->assets.setDetected(text, {}));
        static_cast<void>(writing.commit());
    }

    void stage(const std::string& content, const std::vector<model::Residual>& residuals = {}) {
        auto writing = *session->internals().write();
        auto file = sample::staged(textSource, content);
        file.residuals = residuals;
        QVERIFY(writing->staged.upsert({&file, 1}, (*writing->assets.find(text))->asset.revision));
        QVERIFY(writing.commit());
    }
    model::Finding finding(std::size_t i) { return **session->finding(findings[i].id); }
    job::AssetRow row(base::AssetId id) { return **session->asset(id); }
    decide::Edit must(const decide::Edit& edit) {
        auto inverse = session->apply(edit, "me");
        return inverse ? *inverse : decide::Edit{decide::Decide{}};
    }
};

/// Everything of findings that an undo must bring back.
std::string stateOf(Session& session) {
    std::string out;
    const auto findings = session.findings({});
    const auto assets = session.assets({});
    for (const auto& f : *findings) {
        out += std::to_string(f.id.value) + ' ' + model::toText(f.locator) + ' ' +
               std::string(word(f.state)) + ' ' + std::string(word(f.action)) + ' ' + f.reason + ' ' +
               f.decidedBy + ' ' + f.detail + ' ' + std::to_string(f.decidedAt) + '\n';
    }
    for (const auto& row : *assets) {
        out += std::to_string(row.asset.state == model::AssetState::Excluded) + '\n';
    }
    return out + session.sheet()->dataItems;
}

} // namespace

class TestSession : public QObject {
    Q_OBJECT

private slots:
    void newWorkspaceKeepsWhatItWasMadeWith() {
        Bed bed;
        const auto info = bed.session->info();
        QVERIFY(info);
        QCOMPARE(info->title, std::string("title"));
        QCOMPARE(info->purpose, std::string("to learn"));
        QCOMPARE(info->policy.name, std::string("guideline-2024"));
        QVERIFY(info->createdAt > 0 && !info->released && !info->keyDestroyed);
        QCOMPARE(bed.session->sheet()->purpose, std::string("to learn"));
        QCOMPARE(Session::create(bed.folder, what()).error().code, ErrorCode::WorkspaceExists);
        QCOMPARE(bed.session->audit({})->back().event, std::string("workspace.created"));
    }

    void missingWorkspaceIsNamedAndLeftAlone() {
        QTemporaryDir parent;
        for (const auto mode : {OpenMode::ReadWrite, OpenMode::ReadOnly}) {
            QCOMPARE(Session::open(parent.path().toStdString(), mode).error().code,
                     ErrorCode::WorkspaceMissing);
        }
        QVERIFY(fs::is_empty(parent.path().toStdString()));
    }

    void oneWriterAtATimeAndReadersBesideIt() {
        Bed bed;
        const auto second = Session::open(bed.folder, OpenMode::ReadWrite);
        QCOMPARE(second.error().code, ErrorCode::WorkspaceLocked);
        QCOMPARE(second.error().args, std::vector{std::to_string(::getpid())});
        auto reader = Session::open(bed.folder, OpenMode::ReadOnly);
        QVERIFY(reader);
        QVERIFY(!(*reader)->writable());
        bed.must(decide::Decide{{bed.findings[0].id}, DecisionState::Accepted, {}, ""});
        QCOMPARE((**(*reader)->finding(bed.findings[0].id)).state, DecisionState::Accepted);
        QCOMPARE((*reader)->apply(decide::SetSheet{}, "x").error().code, ErrorCode::WorkspaceReadOnly);
        bed.session.reset();
        QVERIFY(Session::open(bed.folder, OpenMode::ReadWrite));
    }

    void lockOfAnotherProcessIsSeenAndEndsWithIt() {
        Bed bed;
        bed.session.reset();
        int ready[2];
        QCOMPARE(::pipe(ready), 0);
        const pid_t child = ::fork();
        if (child == 0) {
            const auto held = Session::open(bed.folder, OpenMode::ReadWrite);
            const char said = held ? 'y' : 'n';
            static_cast<void>(::write(ready[1], &said, 1));
            ::pause();
            ::_exit(0);
        }
        char said = 'n';
        QCOMPARE(::read(ready[0], &said, 1), 1);
        QCOMPARE(said, 'y');
        const auto refused = Session::open(bed.folder, OpenMode::ReadWrite);
        QCOMPARE(refused.error().code, ErrorCode::WorkspaceLocked);
        QCOMPARE(refused.error().args, std::vector{std::to_string(child)});
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        QVERIFY(Session::open(bed.folder, OpenMode::ReadWrite));
        ::close(ready[0]);
        ::close(ready[1]);
    }

    void everyEditIsTakenBackByItsInverse_data() {
        QTest::addColumn<int>("which");
        for (const char* name : {"decide", "decide many", "restore", "add", "add mask", "remove", "reshape",
                                 "exclude", "sheet"}) {
            static int number = 0;
            QTest::newRow(name) << number++;
        }
    }
    void everyEditIsTakenBackByItsInverse() {
        QFETCH(int, which);
        Bed bed;
        model::Finding own = sample::finding(bed.text, 50, "own");
        own.state = DecisionState::Accepted;
        model::Finding mask = own;
        mask.asset = bed.picture;
        mask.locator = {};
        mask.locator.kind = model::Locator::Kind::Pixels;
        mask.locator.rect = {1, 2, 3, 4};
        mask.suggested = Action::Mask;
        const auto madeByPerson = std::get<decide::Remove>(bed.must(decide::Add{{own, mask}})).findings;
        model::Locator moved = mask.locator;
        moved.rect.x = 9;
        model::PurposeSheet sheet;
        sheet.dataItems = "100 texts";
        const decide::Restore::Row row{
            bed.findings[0].id, DecisionState::Rejected, Action::Keep, "r", "other", 3};
        const std::vector<decide::Edit> edits{
            decide::Decide{{bed.findings[0].id}, DecisionState::Rejected, Action::Keep, "a drug"},
            decide::Decide{{bed.findings[0].id, bed.findings[1].id, bed.findings[2].id},
                           DecisionState::Changed,
                           Action::Replace,
                           ""},
            decide::Restore{{row}},
            decide::Add{{own}},
            decide::Add{{mask}},
            decide::Remove{madeByPerson},
            decide::Reshape{madeByPerson[1], moved, ""},
            decide::Exclude{bed.text, true, "not needed"},
            decide::SetSheet{sheet},
        };
        const decide::Edit& edit = edits[static_cast<std::size_t>(which)];
        const std::string before = stateOf(*bed.session);
        const auto undo = bed.session->apply(edit, "me");
        QVERIFY(undo);
        const std::string after = stateOf(*bed.session);
        QVERIFY(before != after);
        const auto redo = bed.session->apply(*undo, "me");
        QVERIFY(redo);
        QCOMPARE(stateOf(*bed.session), before);
        const auto again = bed.session->apply(*redo, "me");
        QVERIFY(again);
        if (which != 3 && which != 4) { // what is added anew gets its old number back
            QCOMPARE(stateOf(*bed.session), after);
        }
        QVERIFY(bed.session->apply(*again, "me"));
        QCOMPARE(stateOf(*bed.session), before);
        QVERIFY(bed.session->verifyAudit());
    }

    void refusedEditLeavesNothing_data() {
        QTest::addColumn<int>("which");
        QTest::addColumn<int>("code");
        QTest::newRow("required rejected without reason") << 0 << static_cast<int>(ErrorCode::ReasonRequired);
        QTest::newRow("one of many is unknown") << 1 << static_cast<int>(ErrorCode::NotFound);
        QTest::newRow("detector's finding removed") << 2 << static_cast<int>(ErrorCode::NotPossible);
        QTest::newRow("added to an unknown asset") << 3 << static_cast<int>(ErrorCode::NotFound);
        QTest::newRow("excluded without reason") << 4 << static_cast<int>(ErrorCode::ReasonRequired);
        QTest::newRow("text finding reshaped") << 5 << static_cast<int>(ErrorCode::NotPossible);
        QTest::newRow("mask of nothing") << 6 << static_cast<int>(ErrorCode::InvalidArgument);
    }
    void refusedEditLeavesNothing() {
        QFETCH(int, which);
        QFETCH(int, code);
        Bed bed;
        model::Finding lost = sample::finding({99}, 0, "x");
        model::Finding nothing = sample::finding(bed.picture, 0, "");
        nothing.locator = {};
        nothing.locator.kind = model::Locator::Kind::Pixels;
        const std::vector<decide::Edit> edits{
            decide::Decide{{bed.findings[2].id, bed.findings[0].id}, DecisionState::Rejected, {}, ""},
            decide::Decide{{bed.findings[0].id, {999}}, DecisionState::Accepted, {}, ""},
            decide::Remove{{bed.findings[0].id}},
            decide::Add{{lost}},
            decide::Exclude{bed.text, true, " "},
            decide::Reshape{bed.findings[0].id, bed.findings[0].locator, ""},
            decide::Add{{nothing}},
        };
        const std::string before = stateOf(*bed.session);
        const auto entries = bed.session->audit({})->size();
        const auto applied = bed.session->apply(edits[static_cast<std::size_t>(which)], "me");
        QVERIFY(!applied);
        QCOMPARE(static_cast<int>(applied.error().code), code);
        QCOMPARE(stateOf(*bed.session), before);
        QCOMPARE(bed.session->audit({})->size(), entries);
    }

    void confirmationIsBoundToWhatIsStaged() {
        Bed bed;
        model::Confirmation seen{
            bed.text, base::sha256("bytes"), model::Confirmation::Verdict::Confirmed, "reviewer", "", 3, 3,
            0};
        const auto refusal = [&](const model::Confirmation& c) {
            const auto done = bed.session->confirm(c);
            return done ? std::string() : done.error().args.front();
        };
        QCOMPARE(refusal(seen), std::string("digest")); // nothing staged
        bed.stage("bytes");
        QCOMPARE(*bed.session->stagedDigest(bed.text), base::sha256("bytes"));
        auto other = seen;
        other.sha256 = base::sha256("other");
        QCOMPARE(refusal(other), std::string("digest"));
        auto partly = seen;
        partly.shown = 2;
        QCOMPARE(refusal(partly), std::string("shown"));
        auto nobody = seen;
        nobody.reviewer.clear();
        QCOMPARE(refusal(nobody), std::string("reviewer"));
        QCOMPARE(refusal(seen), std::string());
        QVERIFY(bed.row(bed.text).confirmed);
        QCOMPARE(bed.session->overview()->confirmed, 1);
        bed.must(decide::Decide{{bed.findings[0].id}, DecisionState::Accepted, {}, ""});
        QVERIFY(!bed.row(bed.text).confirmed);
        QVERIFY(bed.row(bed.text).stale);
        QCOMPARE(refusal(seen), std::string("stale"));
        bed.stage("bytes", {model::Residual{}});
        QCOMPARE(refusal(seen), std::string("residual")); // something known of the person is still in it
        bed.stage("new bytes");
        QVERIFY(!bed.row(bed.text).confirmed);
        auto back = partly;
        back.sha256 = base::sha256("new bytes");
        back.verdict = model::Confirmation::Verdict::SentBack;
        QCOMPARE(static_cast<int>(bed.session->confirm(back).error().code),
                 static_cast<int>(base::ErrorCode::ReasonRequired));
        back.note = "a name is left on the second page";
        QCOMPARE(refusal(back), std::string());
        QCOMPARE(bed.row(bed.text).asset.state, model::AssetState::SentBack);
        QCOMPARE((*bed.session->confirmation(bed.text))->verdict, model::Confirmation::Verdict::SentBack);
        QVERIFY(bed.session->verifyAudit());
    }

    void overviewCountsTheSteps() {
        Bed bed;
        const auto overview = *bed.session->overview();
        QCOMPARE(overview.subjects, 1);
        QCOMPARE(overview.assets, 2);
        QCOMPARE(overview.frames, 2);
        QCOMPARE(overview.steps[0].done, 1);
        QCOMPARE(overview.steps[1].done, 0);
        QCOMPARE(overview.steps[2].done, 1);
        QCOMPARE(overview.steps[3].findings.openRequired, 2);
        QCOMPARE(overview.steps[7].findings.openRecommended, 1);
        QCOMPARE(overview.findings.open(), 3);
        bed.must(decide::Exclude{bed.text, true, "r"});
        QCOMPARE(bed.session->overview()->findings.total, 0);
        QCOMPARE(*bed.session->countFindings({}), 0);
        job::FindingQuery named;
        named.asset = bed.text;
        QCOMPARE(*bed.session->countFindings(named), 3);
    }

    void listenersHearOfEveryChange() {
        Bed bed;
        std::vector<job::Change> heard;
        const int number = bed.session->subscribe([&](const job::Change& change) {
            heard.push_back(change);
            static_cast<void>(bed.session->overview()); // may read at once
        });
        bed.must(decide::Decide{{bed.findings[0].id}, DecisionState::Accepted, {}, ""});
        bed.must(decide::SetSheet{});
        bed.must(decide::Exclude{bed.picture, true, "r"});
        QVERIFY(bed.session->saveTemplate({"device", "label", {}, 1}, "me"));
        QVERIFY(bed.session->setRiskReason(bed.person, "rare", "me"));
        using Kind = job::Change::Kind;
        std::vector<Kind> kinds;
        for (const auto& change : heard) {
            kinds.push_back(change.kind);
        }
        QCOMPARE(kinds,
                 (std::vector{Kind::Findings, Kind::Sheet, Kind::Assets, Kind::Templates, Kind::Assets}));
        QCOMPARE(heard[0].asset, bed.text);
        bed.session->unsubscribe(number);
        bed.must(decide::SetSheet{});
        QCOMPARE(static_cast<int>(heard.size()), 5);
        QCOMPARE(static_cast<int>(bed.session->templates("device")->size()), 1);
        QCOMPARE(bed.session->subjects({})->front().riskReason, std::string("rare"));
    }

    void aTemplateCountsTheAssetsItWasTakenOn() {
        Bed bed;
        model::Mask mask;
        mask.rect = {1, 2, 30, 10};
        const auto row = *bed.session->asset(bed.picture);
        const std::string device = row->asset.device;
        QVERIFY(bed.session->saveTemplate({device, "label", mask, 7}, "me"));
        const auto hits = [&] { return bed.session->templates(device)->front().hits; };
        QCOMPARE(hits(), 0); // counted, not told
        model::Finding proposal;
        proposal.asset = bed.picture;
        proposal.locator.kind = model::Locator::Kind::Pixels;
        proposal.locator.rect = mask.rect;
        proposal.detector = "mask.template";
        proposal.origin = model::Origin::Device;
        proposal.suggested = proposal.action = model::Action::Mask;
        proposal.detail = "{\"mask\":" + model::toJson(mask) + "}";
        bed.must(decide::Add{{proposal}});
        QCOMPARE(hits(), 0);
        job::FindingQuery query;
        query.asset = bed.picture;
        const auto findings = *bed.session->findings(query);
        const auto added = std::ranges::find(findings, "mask.template", &model::Finding::detector);
        QVERIFY(added != findings.end());
        const auto back = bed.session->apply(
            decide::Decide{{added->id}, DecisionState::Accepted, model::Action::Mask, ""}, "me");
        QVERIFY(back);
        QCOMPARE(hits(), 1);
        bed.must(*back);
        QCOMPARE(hits(), 0);
    }

    void auditHoldsNoTextOfPeople() {
        Bed bed;
        bed.must(decide::Decide{{bed.findings[0].id}, DecisionState::Rejected, {}, "山田 is a drug"});
        bed.must(decide::Exclude{bed.picture, true, "shows 山田"});
        QVERIFY(bed.session->setRiskReason(bed.person, "山田", "me"));
        const auto entries = bed.session->audit({});
        for (const auto& entry : *entries) {
            QVERIFY(entry.details.find("山田") == std::string::npos);
        }
    }

    void manyThreadsMayUseIt() {
        Bed bed;
        std::atomic<int> failures = 0;
        {
            std::vector<std::jthread> threads;
            for (int t = 0; t < 4; ++t) {
                threads.emplace_back([&, t] {
                    for (int i = 0; i < 25; ++i) {
                        const auto id = bed.findings[static_cast<std::size_t>(i % 3)].id;
                        const bool ok =
                            t % 2 == 0
                                ? bed.session
                                      ->apply(decide::Decide{{id}, DecisionState::Accepted, {}, ""}, "me")
                                      .has_value()
                                : bed.session->overview().has_value() && bed.session->assets({}).has_value();
                        failures += ok ? 0 : 1;
                    }
                });
            }
        }
        QCOMPARE(failures.load(), 0);
        QVERIFY(bed.session->verifyAudit());
        QCOMPARE(bed.session->audit({"finding.decided", true, 0, -1})->size(), std::size_t{50});
    }

    void destructionEndsDecisionsAndTheKey() {
        Bed bed;
        bed.must(decide::Decide{{bed.findings[0].id}, DecisionState::Accepted, {}, ""});
        QVERIFY(bed.session->internals().key());
        QVERIFY(bed.session->internals().destroyDeletedInformation("me"));
        QCOMPARE(bed.session->internals().key().error().code, ErrorCode::NotFound);
        QVERIFY(bed.session->info()->keyDestroyed);
        QCOMPARE(bed.finding(0).text, std::string());
        QCOMPARE(bed.finding(0).state, DecisionState::Accepted);
        const decide::Decide edit{{bed.findings[1].id}, DecisionState::Accepted, {}, ""};
        QCOMPARE(bed.session->apply(edit, "me").error().code, ErrorCode::NotPossible);
        QVERIFY(bed.session->verifyAudit());
    }

    void destructionThatWasCutOffIsFinishedAtOpening() {
        Bed bed;
        {
            auto writing = *bed.session->internals().write();
            QVERIFY(writing->destruction.eraseValues());
            QVERIFY(writing->meta.set("destruction", "begun"));
            QVERIFY(writing.commit());
        }
        bed.session.reset();
        QVERIFY(fs::exists(bed.folder / "key"));
        bed.session = *Session::open(bed.folder, OpenMode::ReadWrite);
        QVERIFY(!fs::exists(bed.folder / "key"));
        QVERIFY(bed.session->info()->keyDestroyed);
    }

    void leftoversOfAKilledWriterAreCleared() {
        Bed bed;
        bed.session.reset();
        std::ofstream(bed.folder / "tmp" / "half") << "x";
        QVERIFY(Session::open(bed.folder, OpenMode::ReadWrite));
        QVERIFY(fs::is_empty(bed.folder / "tmp"));
    }
};

QTEST_GUILESS_MAIN(TestSession)
#include "TestSession.moc"
