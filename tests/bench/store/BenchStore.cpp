#include <QCoreApplication>
#include <QTemporaryDir>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>

#include "core/decide/Policies.h"
#include "core/job/SessionInternals.h"
#include "tests/core/store/Sample.h"

// Prints how long a big workspace takes to fill, to open and to answer; asserts nothing on time.
// Arguments: findings (1000000), instances (100000).

using namespace kamei;
using job::OpenMode;
using job::Session;

namespace {

constexpr int kAssets = 2000;
constexpr int kPeople = 1000;
constexpr std::int64_t kBatch = 50'000;

double timed(const char* what, const std::function<bool()>& body) {
    const auto start = std::chrono::steady_clock::now();
    const bool fine = body();
    const double ms =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
    std::printf("%-44s %10.1f ms%s\n", what, ms, fine ? "" : "  FAILED");
    if (!fine) {
        std::exit(1);
    }
    return ms;
}

bool addAssets(Session& session, std::int64_t instances, std::vector<base::AssetId>& assets) {
    auto writing = session.internals().write();
    std::vector<base::SubjectId> people;
    for (int i = 0; i < kPeople; ++i) {
        const std::string key = "a|" + std::to_string(i);
        people.push_back(*(*writing)->subjects.insert({{}, 0, key, {key, "", {"N" + key}, "", ""}, "S"}));
    }
    for (int i = 0; i < kAssets; ++i) {
        const auto kind = i % 2 == 0 ? model::AssetKind::DicomSeries : model::AssetKind::Text;
        const auto asset =
            sample::asset(kind, "g" + std::to_string(i), people[static_cast<std::size_t>(i / 2 % kPeople)]);
        assets.push_back(*(*writing)->assets.insert(asset));
    }
    for (std::int64_t i = 0; i < instances; ++i) {
        const auto asset = assets[static_cast<std::size_t>(i % kAssets)];
        if (!(*writing)->sources.insert(sample::source(asset, "s" + std::to_string(i)))) {
            return false;
        }
    }
    return writing->commit().has_value();
}

bool addFindings(Session& session, std::int64_t count, const std::vector<base::AssetId>& assets) {
    for (std::int64_t done = 0; done < count; done += kBatch) {
        std::vector<model::Finding> batch;
        for (std::int64_t i = done; i < std::min(done + kBatch, count); ++i) {
            const auto asset = assets[static_cast<std::size_t>(i * kAssets / count)];
            auto f = sample::finding(asset, i % 5000, "value " + std::to_string(i % 20'000),
                                     static_cast<model::Category>(i % 8),
                                     static_cast<model::Requirement>(i / 8 % 4));
            f.label = "LABEL" + std::to_string(i % 40);
            f.rule = "rule." + std::to_string(i % 40);
            batch.push_back(std::move(f));
        }
        auto writing = session.internals().write();
        if (!(*writing)->findings.insert(batch) || !writing->commit()) {
            return false;
        }
    }
    return true;
}

void ask(Session& session, std::int64_t findings) {
    job::FindingQuery page;
    page.limit = 200;
    timed("overview", [&] { return session.overview().has_value(); });
    timed("all assets", [&] { return session.assets({})->size() == kAssets; });
    timed("all subjects", [&] { return session.subjects({})->size() == kPeople; });
    timed("count of all findings", [&] { return *session.countFindings({}) == findings; });
    timed("first page of findings", [&] { return session.findings(page)->size() == 200; });
    timed("last page of findings", [&] {
        auto last = page;
        last.offset = findings - 200;
        return session.findings(last)->size() == 200;
    });
    timed("open page of step 5", [&] {
        auto step = page;
        step.step = 5;
        step.openOnly = true;
        return !session.findings(step)->empty();
    });
    timed("page of one asset", [&] {
        auto one = page;
        one.asset = (*session.assets({}))[7].asset.id;
        return !session.findings(one)->empty();
    });
    timed("alike: same value everywhere",
          [&] { return !session.alike({1}, job::Scope::SameValueEverywhere)->empty(); });
    timed("alike: same rule everywhere",
          [&] { return !session.alike({1}, job::Scope::SameRuleEverywhere)->empty(); });
}

} // namespace

int main(int argc, char** argv) {
    const std::int64_t findings = argc > 1 ? std::atoll(argv[1]) : 1'000'000;
    const std::int64_t instances = argc > 2 ? std::atoll(argv[2]) : 100'000;
    QTemporaryDir parent;
    const auto folder = sample::folderIn(parent);
    auto session = *Session::create(folder, {"t", "p", *decide::policyFromText("guideline-2024")});
    std::vector<base::AssetId> assets;
    std::printf("%lld findings, %lld instances, %d assets, %d people\n", static_cast<long long>(findings),
                static_cast<long long>(instances), kAssets, kPeople);
    timed("fill: people, assets, instances", [&] { return addAssets(*session, instances, assets); });
    timed("fill: findings", [&] { return addFindings(*session, findings, assets); });
    session.reset();
    std::printf("database: %.0f MB\n",
                static_cast<double>(std::filesystem::file_size(folder / "workspace.kamei")) / 1e6);
    timed("open to write",
          [&] { return (session = *Session::open(folder, OpenMode::ReadWrite)) != nullptr; });
    ask(*session, findings);
    timed("one decision, committed", [&] {
        return session->apply(decide::Decide{{{1}}, model::DecisionState::Rejected, {}, "r"}, "me")
            .has_value();
    });
    const auto alike = *session->alike({1}, job::Scope::SameRuleEverywhere);
    std::printf("%zu findings decided at once:\n", alike.size());
    timed("one decision for all alike", [&] {
        return session->apply(decide::Decide{alike, model::DecisionState::Accepted, {}, ""}, "me")
            .has_value();
    });
    timed("verify: structure and audit log", [&] { return session->verifyAudit().has_value(); });
    session.reset();
    timed("open to read", [&] { return (session = *Session::open(folder, OpenMode::ReadOnly)) != nullptr; });
    return 0;
}
