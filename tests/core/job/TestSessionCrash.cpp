#include <QTemporaryDir>
#include <QTest>
#include <fcntl.h>
#include <map>
#include <poll.h>
#include <random>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/decide/Policies.h"
#include "core/job/SessionInternals.h"
#include "tests/core/store/Sample.h"

using namespace kamei;
using base::ErrorCode;
using job::OpenMode;
using job::Session;
using model::DecisionState;
namespace fs = std::filesystem;

namespace {

constexpr int kFindings = 400;
constexpr int kKills = 12;

std::vector<base::FindingId> fill(const fs::path& folder) {
    auto session = *Session::create(folder, {"t", "p", *decide::policyFromText("guideline-2024")});
    auto writing = *session->internals().write();
    const auto asset = *writing->assets.insert(sample::asset(model::AssetKind::Text, "g"));
    std::vector<model::Finding> findings;
    for (int i = 0; i < kFindings; ++i) {
        findings.push_back(sample::finding(asset, i * 10, "v" + std::to_string(i)));
    }
    static_cast<void>(writing->findings.insert(findings));
    static_cast<void>(writing.commit());
    std::vector<base::FindingId> out;
    for (const auto& f : findings) {
        out.push_back(f.id);
    }
    return out;
}

/// What the child says once a decision was acknowledged.
struct Said {
    std::int32_t finding = 0;
    std::int32_t round = 0;
};

/// Decides and says so, without end. Only ever left by SIGKILL.
[[noreturn]] void decideForEver(const fs::path& folder, const std::vector<base::FindingId>& ids, int round,
                                int pipe) {
    auto session = Session::open(folder, OpenMode::ReadWrite);
    if (!session) {
        ::_exit(3);
    }
    for (std::size_t i = 0;; i = (i + 7) % ids.size()) {
        const decide::Decide edit{{ids[i]}, DecisionState::Rejected, {}, "round " + std::to_string(round)};
        if (!(*session)->apply(edit, "me")) {
            ::_exit(4);
        }
        const Said said{static_cast<std::int32_t>(i), round};
        if (::write(pipe, &said, sizeof said) != sizeof said) {
            ::_exit(5);
        }
    }
}

} // namespace

class TestSessionCrash : public QObject {
    Q_OBJECT

private slots:
    void everyAcknowledgedDecisionSurvivesAKill() {
        QTemporaryDir parent;
        const fs::path folder = sample::folderIn(parent);
        const auto ids = fill(folder);
        std::mt19937 random(11);
        std::map<std::int32_t, std::int32_t> acknowledged; // finding -> round
        for (int round = 1; round <= kKills; ++round) {
            int ends[2];
            QCOMPARE(::pipe(ends), 0);
            const pid_t child = ::fork();
            if (child == 0) {
                ::close(ends[0]);
                decideForEver(folder, ids, round, ends[1]);
            }
            ::close(ends[1]);
            // Dies after a random number of answers, at a random moment between two of them.
            int left = 1 + static_cast<int>(random() % 40);
            Said said;
            while (::read(ends[0], &said, sizeof said) == sizeof said) {
                acknowledged[said.finding] = said.round;
                if (--left == 0) {
                    ::usleep(static_cast<useconds_t>(random() % 4000));
                    ::kill(child, SIGKILL);
                }
            }
            ::close(ends[0]);
            int status = 0;
            ::waitpid(child, &status, 0);
            QVERIFY(WIFSIGNALED(status));
            auto session = Session::open(folder, OpenMode::ReadWrite);
            QVERIFY(session);
            const auto entries = (*session)->verifyAudit();
            QVERIFY(entries);
            QVERIFY(entries->entries >= static_cast<std::int64_t>(acknowledged.size()));
            for (const auto& [index, when] : acknowledged) {
                const auto finding = **(*session)->finding(ids[static_cast<std::size_t>(index)]);
                QCOMPARE(finding.state, DecisionState::Rejected);
                // A later round may have committed one more before its answer was read.
                QVERIFY(std::stoi(finding.reason.substr(6)) >= when);
            }
            job::FindingQuery rejected;
            rejected.state = DecisionState::Rejected;
            const auto decided = (*session)->countFindings(rejected);
            const auto overview = (*session)->overview();
            QCOMPARE(overview->findings.total - overview->findings.open(), *decided); // sums went along
        }
    }

    void fullDiskIsSaidAndDecisionsStay() {
        QTemporaryDir parent;
        const fs::path folder = sample::folderIn(parent);
        const auto ids = fill(folder);
        const pid_t child = ::fork();
        if (child == 0) {
            auto session = Session::open(folder, OpenMode::ReadWrite);
            const decide::Decide first{{ids[0]}, DecisionState::Accepted, {}, ""};
            if (!session || !(*session)->apply(first, "me")) {
                ::_exit(2);
            }
            ::signal(SIGXFSZ, SIG_IGN);
            const rlimit limit{200 * 1024, 200 * 1024};
            ::setrlimit(RLIMIT_FSIZE, &limit);
            for (int i = 0; i < 2000; ++i) {
                const auto done = (*session)->apply(first, "me");
                if (!done) {
                    const bool clean =
                        done.error().code == ErrorCode::IoError || done.error().code == ErrorCode::NoSpace;
                    const auto still = (*session)->finding(ids[0]);
                    ::_exit(clean && still && (*still)->state == DecisionState::Accepted ? 0 : 3);
                }
            }
            ::_exit(4);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        QVERIFY(WIFEXITED(status));
        QCOMPARE(WEXITSTATUS(status), 0);
        auto session = Session::open(folder, OpenMode::ReadWrite); // there is room again
        QVERIFY(session);
        QCOMPARE((**(*session)->finding(ids[0])).state, DecisionState::Accepted);
        QVERIFY((*session)->verifyAudit());
        QVERIFY((*session)->apply(decide::Decide{{ids[1]}, DecisionState::Accepted, {}, ""}, "me"));
    }

    void creationWithoutRoomLeavesNothing() {
        QTemporaryDir parent;
        const fs::path folder = sample::folderIn(parent);
        const pid_t child = ::fork();
        if (child == 0) {
            ::signal(SIGXFSZ, SIG_IGN);
            const rlimit limit{20 * 1024, 20 * 1024};
            ::setrlimit(RLIMIT_FSIZE, &limit);
            const auto made = Session::create(folder, {"t", "p", *decide::policyFromText("guideline-2024")});
            ::_exit(made ? 1 : 0);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        QCOMPARE(WEXITSTATUS(status), 0);
        QVERIFY(!fs::exists(folder));
        QVERIFY(Session::create(folder, {"t", "p", *decide::policyFromText("guideline-2024")}));
    }
};

QTEST_GUILESS_MAIN(TestSessionCrash)
#include "TestSessionCrash.moc"
