#pragma once

#include <QApplication>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "core/base/Progress.h"
#include "core/decide/Policies.h"
#include "core/job/Job.h"
#include "core/job/SessionInternals.h"
#include "ui/shell/ActionRegistry.h"
#include "ui/shell/AppContext.h"
#include "ui/style/Theme.h"
#include "ui/tasks/TaskRunner.h"
#include "ui/text/Language.h"

// What tests of the Work screen stand on: a workspace with a discharge summary of an invented person,
// imported for real, with findings whose places and rules are known.
namespace kamei::bench {

namespace fs = std::filesystem;
using model::Action;
using model::Category;
using model::DecisionState;
using model::Requirement;

inline const char* const kSummary = R"(退院時要約
みなと橋総合病院　呼吸器外科
患者ID：00458812　氏名：三上 陽子（ミカミ ヨウコ）　女性
生年月日：1958年8月2日（68歳）
住所：〒000-0099　静岡県浜見市港町3-99-2 コーポ波止場201
電話：055-012-3456　携帯 090-0123-4471（長男 拓也）
保険者番号 06139999　記号 12-34　番号 5678（枝番 01）　自己負担 3割
入院日 2026/03/09　退院日 2026/03/24　主治医 佐久間 亮

【診断名】
右上葉肺腺癌 cT1cN0M0 Stage IA3、橋本病（TSH 3.2、内服なし）
【現病歴】
2026年1月 の浜見市検診で右上肺野に結節影を指摘され、近医の三上胃腸科医院を経て
2月12日 に当院を紹介受診。泉谷医師（はまみ呼吸器クリニック）の CT では径 24 mm、
胸膜陥入を伴う。気管支鏡下生検で腺癌。頭部CT・骨シンチに転移所見なし。
【入院後経過】
3月10日、胸腔鏡下右上葉切除＋ND2a-1（執刀 佐久間、助手 外村）。出血量 45 mL。
術中ビデオあり。ドレーンは術後 2 日目に抜去、3-0 吸収糸の埋没縫合。BP 148-86。
術後 3 日目、小川式呼吸訓練を開始。三上さんは浜見第二小学校の元養護教諭で、
退職後は浜見漁協婦人部の代表として活動。夫 三上 修 は故人。
SpO2 97%（RA）、歩行 6 分 412 m。病理：浸潤性粘液性腺癌、pT1cN0、ly0 v0 pl1。
EGFR L858R 陽性（遺伝子パネル報告書を参照）。
【退院時指示】
外来 4月7日 10:30 佐久間 外来。創部に発赤があれば 055-012-9000 へ連絡。
支払：クレジットカード 4111 1111 1111 1111（会計照合用に転記あり）
内服：アセトアミノフェン 500 mg 3T、カルボシステイン 500 mg 3T、レバミピド 100 mg 3T
記載：佐久間 亮　承認：早瀬 綾子　文書番号 DS-2026-004417
)";

/// What is planted: label, rule, category, requirement, action, state. Found by its text, `nth` time.
struct Plant {
    const char* text;
    int nth;
    const char* label;
    Category category;
    Requirement requirement;
    Action action;
    DecisionState state;
};

inline std::vector<Plant> plants() {
    using enum DecisionState;
    const auto I = Category::Identifier;
    const auto Q = Category::QuasiIdentifier;
    const auto must = Requirement::Required;
    const auto should = Requirement::Recommended;
    return {
        {"みなと橋総合病院", 1, "FACILITY", Q, should, Action::Delete, Accepted},
        {"00458812", 1, "CHART_NO", Category::LinkingCode, should, Action::Replace, Accepted},
        {"三上 陽子", 1, "PATIENT_NAME", I, must, Action::Replace, Open},
        {"ミカミ ヨウコ", 1, "PATIENT_NAME", I, must, Action::Replace, Open},
        {"女性", 1, "SEX", Q, Requirement::None, Action::Keep, Accepted},
        {"1958年8月2日", 1, "BIRTH_DATE", Q, should, Action::Generalise, Accepted},
        {"静岡県浜見市港町3-99-2 コーポ波止場201", 1, "ADDRESS", Q, must, Action::Generalise, Open},
        {"055-012-3456", 1, "PHONE", Category::Contact, should, Action::Delete, Accepted},
        {"090-0123-4471", 1, "PHONE", Category::Contact, should, Action::Delete, Open},
        {"拓也", 1, "FAMILY_NAME", I, must, Action::Delete, Accepted},
        {"06139999", 1, "INSURANCE_NO", Category::Code2, must, Action::Delete, Accepted},
        {"12-34", 1, "INSURANCE_NO", Category::Code2, must, Action::Delete, Accepted},
        {"2026/03/09", 1, "DATE", Q, should, Action::Shift, Accepted},
        {"2026/03/24", 1, "DATE", Q, should, Action::Shift, Accepted},
        {"佐久間 亮", 1, "CLINICIAN_NAME", I, must, Action::Delete, Accepted},
        {"2026年1月", 1, "DATE", Q, should, Action::Shift, Accepted},
        {"浜見市", 2, "MUNICIPALITY", Q, should, Action::Keep, Accepted},
        {"三上", 2, "PATIENT_NAME", I, must, Action::Replace, Open},
        {"三上胃腸科医院", 1, "FACILITY", Q, should, Action::Delete, Open},
        {"2月12日", 1, "DATE", Q, should, Action::Shift, Open},
        {"泉谷", 1, "CLINICIAN_NAME", I, must, Action::Delete, Accepted},
        {"はまみ呼吸器クリニック", 1, "FACILITY", Q, should, Action::Delete, Open},
        {"3月10日", 1, "DATE", Q, should, Action::Shift, Open},
        {"佐久間", 2, "CLINICIAN_NAME", I, must, Action::Delete, Accepted},
        {"小川", 1, "OTHER_NAME", I, must, Action::Delete, Rejected},
        {"浜見第二小学校", 1, "ORGANIZATION", Q, should, Action::Delete, Open},
        {"055-012-9000", 1, "PHONE", Category::Contact, should, Action::Delete, Open},
        {"4111 1111 1111 1111", 1, "CREDIT_CARD", Category::Financial, must, Action::Delete, Accepted},
        {"DS-2026-004417", 1, "OTHER_NO", Category::LinkingCode, Requirement::Conditional, Action::Delete,
         Open},
    };
}

inline job::NewWorkspace newWorkspace() {
    return {"肺がん診断AI 共同研究", "to learn", *decide::policyFromText("guideline-2024")};
}

inline void write(const fs::path& file, const std::string& content) {
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << content;
}

/// A place in a text in code points.
inline std::pair<std::int64_t, std::int64_t> placeOf(const QString& text, const QString& what, int nth) {
    qsizetype at = -1;
    for (int i = 0; i < nth; ++i) {
        at = text.indexOf(what, at + 1);
    }
    if (at < 0) {
        return {-1, -1};
    }
    const auto start = text.left(at).toUcs4().size();
    return {start, start + what.toUcs4().size()};
}

inline std::vector<model::Finding> findingsIn(const QString& text, const model::Asset& asset) {
    std::vector<model::Finding> findings;
    for (const Plant& plant : plants()) {
        const auto [start, end] = placeOf(text, QString::fromUtf8(plant.text), plant.nth);
        if (start < 0) {
            continue;
        }
        model::Finding finding;
        finding.asset = asset.id;
        finding.subject = asset.subject;
        finding.locator.kind = model::Locator::Kind::Text;
        finding.locator.start = start;
        finding.locator.end = end;
        finding.text = plant.text;
        finding.label = plant.label;
        finding.rule =
            plant.category == Category::Identifier ? "clinical-text.patient-name" : "clinical-text.address";
        finding.detector = "text.mecab";
        finding.category = plant.category;
        finding.requirement = plant.requirement;
        finding.suggested = plant.action;
        finding.confidence = 0.93;
        findings.push_back(finding);
    }
    return findings;
}

/// Runs a job to its end on this thread; the number of problems, or -1.
inline std::int64_t run(std::unique_ptr<job::Job> job) {
    base::NoProgress quiet;
    const auto report = job->run({}, quiet);
    return report ? report->problems : -1;
}

/// A session with `texts` discharge summaries, one a subject, and what a screen needs around it.
struct Bench {
    QTemporaryDir folder;
    std::shared_ptr<job::Session> session;
    ui::tasks::TaskRunner runner;
    ui::shell::ActionRegistry actions;
    ui::shell::AppContext context{&runner, &actions};
    std::vector<base::AssetId> assets;

    explicit Bench(int texts = 2) {
        const fs::path root = folder.path().toStdString();
        session = *job::Session::create(root / "workspace", newWorkspace());
        for (int i = 0; i < texts; ++i) {
            write(root / "in" / ("summary" + std::to_string(i) + ".txt"),
                  std::string(kSummary) + std::string(static_cast<std::size_t>(i), '\n'));
        }
        run(job::importJob(session, {{root / "in"}, 1, "test"}));
        const auto imported = *session->assets({});
        for (const auto& row : imported) {
            assets.push_back(row.asset.id);
        }
        plantFindings();
        context.setReviewer(QStringLiteral("森田 彩"));
        context.setSession(session);
    }

    void plantFindings() {
        for (std::size_t i = 0; i < assets.size(); ++i) {
            model::Asset asset = (*session->asset(assets[i]))->asset;
            auto writing = *session->internals().write();
            if (!asset.subject.valid()) {
                const auto number = std::to_string(i + 1);
                asset.subject = *writing->subjects.insert(
                    {{}, 0, "test|" + number, {number, "test", {}, "", ""}, "S-5F2A91"});
                asset.title = "退院時要約 2026-03";
                static_cast<void>(writing->assets.update(asset));
            }
            auto findings = findingsIn(QString::fromUtf8(kSummary), asset);
            static_cast<void>(writing->findings.replaceDetected(asset.id, findings));
            static_cast<void>(writing->assets.setDetected(asset.id, {}));
            std::vector<store::Decision> decisions;
            const auto all = plants();
            for (std::size_t f = 0; f < findings.size(); ++f) {
                if (all[f].state != DecisionState::Open) {
                    decisions.push_back({findings[f].id, all[f].state, findings[f].suggested,
                                         all[f].state == DecisionState::Rejected ? "術式名" : "", "test",
                                         base::nowMs()});
                }
            }
            static_cast<void>(writing->findings.decide(decisions));
            static_cast<void>(writing.commit());
        }
    }

    /// The surface of a face, found in an asset; open.
    base::FindingId addFace(base::AssetId asset, const char* text, model::Action suggested) {
        model::Finding face;
        face.asset = asset;
        face.subject = (*session->asset(asset))->asset.subject;
        face.locator.kind = model::Locator::Kind::Asset;
        face.text = text;
        face.label = "FaceSurface";
        face.rule = "image-content.facial-surface";
        face.detector = "volume.face";
        face.category = Category::QuasiIdentifier;
        face.requirement = Requirement::Conditional;
        face.suggested = suggested;
        const auto added = session->apply(decide::Add{{face}}, "test");
        return std::get<decide::Remove>(*added).findings.front();
    }

    [[nodiscard]] model::Finding finding(base::AssetId asset, const char* text, int nth = 1) const {
        job::FindingQuery query;
        query.asset = asset;
        const auto all = *session->findings(query);
        for (const auto& finding : all) {
            if (finding.text == text && --nth == 0) {
                return finding;
            }
        }
        return {};
    }
};

/// Settings and theme of the test program; once, before any widget.
inline void prepare(bool dark = false, ui::text::Language language = ui::text::Language::English) {
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(QStringLiteral("KameiTest"));
    QCoreApplication::setApplicationName(QStringLiteral("test_ui_work"));
    QSettings().clear();
    ui::text::install(language);
    ui::style::Theme::instance().apply(*qApp, dark ? ui::style::Mode::Dark : ui::style::Mode::Light);
}

} // namespace kamei::bench
