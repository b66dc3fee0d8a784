#include "tests/support/screenshots/DemoWorkspace.h"

#include <cstdio>
#include <cstdlib>

#include "core/decide/Policies.h"
#include "core/decide/Rules.h"
#include "core/demo/Demo.h"
#include "core/job/Job.h"

namespace kamei::support {
namespace {

constexpr auto kBy = "森田 彩";

template <class Value> Value need(base::Expected<Value> value, const char* what) {
    if (!value) {
        std::fprintf(stderr, "%s: %s (%s)\n", what, std::string(base::errorWord(value.error().code)).c_str(),
                     value.error().place.c_str());
        std::exit(1);
    }
    return std::move(*value);
}

void run(std::unique_ptr<job::Job> job) {
    base::NoProgress quiet;
    const std::string word(job->word());
    (void)need(job->run({}, quiet), word.c_str());
}

model::PurposeSheet sheet() {
    model::PurposeSheet sheet;
    sheet.purpose = "頭部 CT の診断を支援する AI の研究開発（共同利用）";
    sheet.dataItems = "頭部 CT、超音波、胸部 X 線、退院時要約、検査値。3 名分";
    sheet.newPurpose = "画像診断支援 AI の研究開発";
    sheet.jointUse = "仮名加工情報として共同利用する";
    sheet.jointItems = "画像、要約の本文、検査値、生年月、性別";
    sheet.jointUsers = "株式会社ミナトメディカルAI（架空）";
    sheet.jointPurpose = "診断支援プログラムの開発・性能評価";
    return sheet; // the one responsible is left to be filled in
}

/// Accepts the suggestions of every asset but those whose number is a multiple of three.
void decideMost(job::Session& session) {
    std::size_t number = 0;
    for (const job::AssetRow& row : need(session.assets({}), "assets")) {
        if (++number % 3 == 0) {
            continue;
        }
        job::FindingQuery query;
        query.asset = row.asset.id;
        query.openOnly = true;
        decide::Decide edit;
        decide::Decide faces; // they stay for a reason only
        faces.reason = "soft tissue of the face is studied";
        for (const model::Finding& finding : need(session.findings(query), "findings")) {
            (decide::isFaceSurface(finding) ? faces : edit).findings.push_back(finding.id);
        }
        for (const decide::Decide& one : {edit, faces}) {
            if (!one.findings.empty()) {
                (void)need(session.apply(one, kBy), "decide");
            }
        }
    }
}

void confirmSome(job::Session& session) {
    int confirmed = 0;
    for (const job::AssetRow& row : need(session.assets({}), "assets")) {
        if (row.stale || row.residuals > 0 || row.asset.kind == model::AssetKind::Unreadable ||
            confirmed >= 3) {
            continue;
        }
        model::Confirmation confirmation;
        confirmation.asset = row.asset.id;
        confirmation.sha256 = need(session.stagedDigest(row.asset.id), "digest");
        confirmation.reviewer = kBy;
        confirmation.shown = confirmation.total = 1;
        if (session.confirm(confirmation)) {
            ++confirmed;
        }
    }
}

} // namespace

std::shared_ptr<job::Session> demoWorkspace(const std::filesystem::path& folder, Progress progress,
                                            const std::string& title) {
    base::NoProgress quiet;
    if (auto written = demo::writeDemo(folder / "source", {}, quiet); !written) {
        std::fprintf(stderr, "demo: %s\n", std::string(base::errorWord(written.error().code)).c_str());
        std::exit(1);
    }
    job::NewWorkspace what;
    what.title = title;
    what.purpose = sheet().purpose;
    what.policy = need(decide::policyFromText("guideline-2024"), "policy");
    auto session = need(job::Session::create(folder / "workspace", what), "create");
    job::ImportSpec import;
    import.paths = {folder / "source" / "cohort"};
    import.by = kBy;
    run(job::importJob(session, import));
    job::DetectSpec detect;
    detect.by = kBy;
    run(job::detectJob(session, detect));
    if (progress == Progress::Imported) {
        return session;
    }
    (void)need(session->apply(decide::SetSheet{sheet()}, kBy), "sheet");
    decideMost(*session);
    if (progress == Progress::HalfDecided) {
        return session;
    }
    job::StageSpec stage;
    stage.by = kBy;
    run(job::stageJob(session, stage));
    confirmSome(*session);
    return session;
}

} // namespace kamei::support
