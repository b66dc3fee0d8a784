// Nothing goes out, and nothing is destroyed, but what the gate let through: not what changed while it was
// written, and not what stands in its place (Guideline 4.9, 3.8).

#include "SmallCohort.h"
#include "core/job/Assessment.h"
#include "core/job/Job.h"
#include "core/job/ReleaseIntent.h"
#include "core/job/SessionInternals.h"

#include <QTemporaryDir>
#include <QtTest>
#include <fstream>
#include <functional>

using namespace kamei;
using base::ErrorCode;
namespace fs = std::filesystem;

namespace {

/// Does something at the beginning of a phase.
class At final : public base::ProgressSink {
public:
    At(std::string phase, std::function<void()> body) : m_phase(std::move(phase)), m_body(std::move(body)) {}
    void progress(std::uint64_t, std::uint64_t) override {}
    void phase(std::string_view name) override {
        if (name == m_phase) {
            m_body();
        }
    }

private:
    std::string m_phase;
    std::function<void()> m_body;
};

/// A workspace whose gate is open.
struct Bed {
    QTemporaryDir parent;
    fs::path root = parent.path().toStdString();
    fs::path folder = root / "ws";
    fs::path out = root / "out";
    std::shared_ptr<job::Session> session;
    base::NoProgress quiet;

    Bed() {
        const QString cohort = parent.filePath("cohort");
        journeys::writeSmallCohort(cohort);
        session = *job::Session::create(folder, {"title", "purpose", {}});
        must(job::importJob(session, {{cohort.toStdString()}, 1, "tester"}));
        must(job::detectJob(session, {}));
        decide::Decide edit;
        edit.reason = "one slice shows no face";
        const auto found = *session->findings({});
        for (const model::Finding& finding : found) {
            edit.findings.push_back(finding.id);
        }
        static_cast<void>(session->apply(edit, "tester"));
        must(job::stageJob(session, {}));
        const auto assets = *session->assets({});
        for (const job::AssetRow& row : assets) {
            confirm(row.asset.id, model::Confirmation::Verdict::Confirmed);
        }
        const model::PurposeSheet sheet{"a", "b", "c", "d", "e", "f", "g", "h", false, "", ""};
        static_cast<void>(session->apply(decide::SetSheet{sheet}, "tester"));
        const auto people = *session->subjects({});
        for (const job::SubjectRow& row : people) {
            if (row.id.valid()) {
                static_cast<void>(session->setRiskReason(row.id, "one person in this test", "tester"));
            }
        }
        if (const auto points = job::evaluateGate(*session); !points || !points->empty()) {
            qWarning("the gate is closed");
        }
    }
    job::Report must(std::unique_ptr<job::Job> job) {
        const auto report = job->run({}, quiet);
        return report.value_or(job::Report{});
    }
    void confirm(base::AssetId asset, model::Confirmation::Verdict verdict) {
        model::Confirmation one;
        one.asset = asset;
        one.sha256 = *session->stagedDigest(asset);
        one.verdict = verdict;
        one.reviewer = "tester";
        one.note = "a name is left";
        one.shown = one.total = 1;
        if (const auto done = session->confirm(one); !done) {
            qWarning() << "not confirmed:" << done.error().place.c_str();
        }
    }
    void sendOneBack() {
        confirm(session->assets({})->front().asset.id, model::Confirmation::Verdict::SentBack);
    }
    void openOneAgain() {
        decide::Decide edit;
        edit.state = model::DecisionState::Open;
        edit.findings = {session->findings({})->front().id};
        QVERIFY(session->apply(edit, "tester").has_value());
    }
    base::Expected<job::Report> release(base::ProgressSink& progress, std::stop_token stop = {}) {
        job::ReleaseSpec spec;
        spec.out = out;
        spec.by = "tester";
        return job::releaseJob(session, spec)->run(std::move(stop), progress);
    }
    base::Expected<job::Report> release() { return release(quiet); }
    std::string intent() {
        const auto reading = *session->internals().read();
        return reading->meta.get("release-intent")->value_or("");
    }
    void setIntent(const std::string& text) {
        auto writing = *session->internals().write();
        QVERIFY(writing->meta.set("release-intent", text));
        QVERIFY(writing.commit());
    }
    /// A data set that is whole, and not of this workspace.
    void placeAnother() {
        const std::string text = "another record\n";
        std::ofstream(root / "object") << text;
        release::ReleaseFile file;
        file.staged = root / "object";
        file.sha256 = base::sha256(text);
        file.size = text.size();
        file.kind = model::AssetKind::Text;
        file.asset = {1};
        file.name = "note";
        file.extension = "txt";
        file.confirmedDigest = file.sha256;
        const auto report = *job::reportData(*session, {});
        QVERIFY(release::writeRelease(out, {&file, 1}, report, {}, quiet).has_value());
    }
    bool nothingRecorded() { return !session->info()->released && fs::exists(folder / "key"); }
    int partials() {
        int count = 0;
        for (const auto& entry : fs::directory_iterator(root)) {
            count += entry.path().filename().string().find(".partial-") != std::string::npos ? 1 : 0;
        }
        return count;
    }
};

} // namespace

class TestReleaseIntent : public QObject {
    Q_OBJECT

private slots:
    void whatChangesWhileItIsWrittenStaysBehind_data() {
        QTest::addColumn<QString>("phase");
        QTest::addColumn<bool>("sentBack");
        QTest::newRow("sent back while it was copied") << "copy" << true;
        QTest::newRow("sent back while it was compared") << "compare" << true;
        QTest::newRow("decided anew while it was copied") << "copy" << false;
    }
    void whatChangesWhileItIsWrittenStaysBehind() {
        QFETCH(QString, phase);
        QFETCH(bool, sentBack);
        Bed bed;
        bool once = false;
        At progress(phase.toStdString(), [&] {
            if (!std::exchange(once, true)) {
                sentBack ? bed.sendOneBack() : bed.openOneAgain();
            }
        });
        const auto released = bed.release(progress);
        QVERIFY(once);
        QVERIFY(!released.has_value());
        QCOMPARE(released.error().code, ErrorCode::GateClosed);
        QVERIFY(!fs::exists(bed.out));
        QCOMPARE(bed.partials(), 0);
        QVERIFY(bed.nothingRecorded());
    }

    void whatStandsInItsPlaceIsNotTheRelease_data() {
        QTest::addColumn<QString>("run");
        QTest::newRow("after a run that was cancelled") << "cancelled";
        QTest::newRow("after a run that failed") << "failed";
        QTest::newRow("after a run that was killed before its files were whole") << "killed";
        QTest::newRow("after a run that was killed before the rename") << "renaming";
        QTest::newRow("after a run of an earlier product") << "earlier";
    }
    void whatStandsInItsPlaceIsNotTheRelease() {
        QFETCH(QString, run);
        Bed bed;
        if (run == "cancelled") {
            std::stop_source stop;
            At progress("compare", [&] { stop.request_stop(); });
            QVERIFY(bed.release(progress, stop.get_token())->cancelled);
            QCOMPARE(bed.intent(), std::string());
        } else if (run == "failed") {
            const fs::path object =
                bed.folder / bed.session->staged(bed.session->assets({})->front().asset.id)->front().path;
            At progress("copy", [&] {
                std::error_code told; // the phase begins twice
                fs::rename(object, bed.root / "aside", told);
            });
            QVERIFY(!bed.release(progress).has_value());
            fs::rename(bed.root / "aside", object);
            QCOMPARE(bed.intent(), std::string());
        } else if (run == "earlier") {
            bed.setIntent(base::sha256(bed.out.string()).hex());
        } else {
            job::ReleaseIntent intent;
            intent.folder = base::sha256(bed.out.string());
            intent.partial = "AbCdEf";
            if (run == "renaming") {
                intent.manifest = base::sha256("its manifest");
                intent.files = base::sha256("its files");
            }
            bed.setIntent(job::toText(intent));
        }
        bed.placeAnother();
        const auto released = bed.release();
        QVERIFY(!released.has_value());
        QCOMPARE(released.error().code, ErrorCode::WorkspaceExists);
        QVERIFY(bed.nothingRecorded());
    }

    void aReleaseThatWasKilledAfterTheRenameIsRecorded_data() {
        QTest::addColumn<bool>("sentBack");
        QTest::addColumn<bool>("changed");
        QTest::newRow("when it is what the gate lets through") << false << false;
        QTest::newRow("not when the gate has closed since") << true << false;
        QTest::newRow("not when it says something else") << false << true;
    }
    void aReleaseThatWasKilledAfterTheRenameIsRecorded() {
        QFETCH(bool, sentBack);
        QFETCH(bool, changed);
        Bed bed;
        bed.session.reset();
        const fs::path before = bed.root / "before";
        fs::copy(bed.folder, before, fs::copy_options::recursive);
        bed.session = *job::Session::open(bed.folder, job::OpenMode::ReadWrite);
        QCOMPARE(bed.release()->done, std::int64_t{5});
        const std::string intent = bed.intent();
        bed.session.reset();
        // As it stood between the rename and the record.
        fs::remove_all(bed.folder);
        fs::rename(before, bed.folder);
        bed.session = *job::Session::open(bed.folder, job::OpenMode::ReadWrite);
        bed.setIntent(intent);
        if (sentBack) {
            bed.sendOneBack();
        }
        if (changed) {
            fs::remove_all(bed.out);
            bed.placeAnother();
        }
        const auto released = bed.release();
        QCOMPARE(released.has_value(), !sentBack && !changed);
        QCOMPARE(bed.nothingRecorded(), sentBack || changed);
        if (released) {
            QVERIFY(released->unchanged > 0);
        }
    }

    void onlyItsOwnTemporaryFolderIsRemoved() {
        Bed bed;
        job::ReleaseIntent intent;
        intent.folder = base::sha256(bed.out.string());
        intent.partial = "AbCdEf";
        bed.setIntent(job::toText(intent));
        for (const char* name : {"out.partial-AbCdEf", "out.partial-mine", "out.partial-ZyXwVu"}) {
            fs::create_directory(bed.root / name);
        }
        QVERIFY(bed.release().has_value());
        QVERIFY(!fs::exists(bed.root / "out.partial-AbCdEf"));
        QVERIFY(fs::exists(bed.root / "out.partial-mine"));
        QVERIFY(fs::exists(bed.root / "out.partial-ZyXwVu"));
    }
};

QTEST_GUILESS_MAIN(TestReleaseIntent)
#include "TestReleaseIntent.moc"
