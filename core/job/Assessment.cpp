#include "core/job/Assessment.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>

#include "core/decide/Policies.h"
#include "core/job/SessionInternals.h"
#include "core/transform/Deletion.h"

namespace kamei::job {
namespace {

base::Expected<std::vector<AssetRow>> releasable(const Session& session) {
    AssetQuery query;
    query.includeExcluded = false;
    return session.assets(query);
}

base::Expected<std::vector<model::Finding>> findingsOf(const Session& session, base::AssetId asset) {
    FindingQuery query;
    query.asset = asset;
    return session.findings(query);
}

/// Findings counted by what makes a line of the report.
class RuleCounter {
public:
    explicit RuleCounter(const guideline::RuleTable& rules) : m_rules(rules) {}

    void add(const model::Finding& finding) {
        ++m_counts[{finding.rule, finding.category, finding.requirement, finding.state, finding.effective()}];
    }

    [[nodiscard]] std::vector<release::RuleCount> take() const {
        std::vector<release::RuleCount> out;
        for (const auto& [key, count] : m_counts) {
            release::RuleCount row;
            std::tie(row.rule, row.category, row.requirement, row.state, row.action) = key;
            row.count = count;
            if (const guideline::Rule* rule = m_rules.find(row.rule)) {
                row.itemJa = rule->itemJa;
                row.itemEn = rule->itemEn;
                row.section = rule->section;
            }
            out.push_back(std::move(row));
        }
        return out;
    }

private:
    using Key =
        std::tuple<std::string, model::Category, model::Requirement, model::DecisionState, model::Action>;
    const guideline::RuleTable& m_rules;
    std::map<Key, std::int64_t> m_counts;
};

std::string guidelineEdition() {
    for (const decide::PolicyInfo& policy : decide::policies()) {
        if (policy.name == "guideline-2024") {
            return std::string(policy.edition);
        }
    }
    return {};
}

void addKind(release::ReportData& out, model::AssetKind kind, std::int64_t files) {
    auto row = std::ranges::find(out.kinds, kind, &release::ReportData::KindCount::kind);
    if (row == out.kinds.end()) {
        out.kinds.push_back({kind, 0, 0});
        row = out.kinds.end() - 1;
    }
    ++row->assets;
    row->files += files;
}

void addReviewer(release::ReportData& out, const model::Confirmation& confirmation) {
    auto row = std::ranges::find(out.reviewers, confirmation.reviewer, &release::ReportData::Reviewer::name);
    if (row == out.reviewers.end()) {
        out.reviewers.push_back({confirmation.reviewer, 0});
        row = out.reviewers.end() - 1;
    }
    ++row->assets;
    ++out.confirmedAssets;
    out.firstConfirmedAt =
        out.firstConfirmedAt == 0 ? confirmation.at : std::min(out.firstConfirmedAt, confirmation.at);
    out.lastConfirmedAt = std::max(out.lastConfirmedAt, confirmation.at);
}

base::Expected<void> addAsset(const Session& session, const AssetRow& row, RuleCounter& rules,
                              release::ReportData& out) {
    const auto files = session.staged(row.asset.id);
    const auto findings = findingsOf(session, row.asset.id);
    if (!files || !findings) {
        return tl::unexpected(files ? findings.error() : files.error());
    }
    for (const model::StagedFile& file : *files) {
        out.bytes += file.size;
    }
    const auto count = static_cast<std::int64_t>(files->size());
    ++out.assets;
    out.files += count;
    out.searchedFiles += count;
    out.residuals += row.residuals;
    addKind(out, row.asset.kind, count);
    std::ranges::for_each(*findings, [&](const model::Finding& finding) { rules.add(finding); });
    out.deletedAssets += transform::wholeDeletion(*findings) == nullptr ? 0 : 1;
    if (row.confirmed) {
        const auto confirmation = session.confirmation(row.asset.id);
        if (!confirmation) {
            return tl::unexpected(confirmation.error());
        }
        if (*confirmation) {
            addReviewer(out, **confirmation);
        }
    }
    return {};
}

base::Expected<void> addRisk(Session& session, const std::stop_token& stop, release::ReportData& out) {
    const auto analysis = analyseRisk(session, stop);
    if (!analysis) {
        return tl::unexpected(analysis.error());
    }
    auto reading = session.internals().read();
    if (!reading) {
        return tl::unexpected(reading.error());
    }
    const auto reasons = (*reading)->riskReasons.all();
    if (!reasons) {
        return tl::unexpected(reasons.error());
    }
    out.singledOut = static_cast<std::int64_t>(analysis->singledOut.size());
    for (const risk::SingledOut& person : analysis->singledOut) {
        const auto reason = reasons->find(person.subject);
        out.singledOutWithReason += reason != reasons->end() && !reason->second.empty() ? 1 : 0;
    }
    return {};
}

base::Expected<void> addStanding(Session& session, release::ReportData& out) {
    const auto info = session.info();
    const auto overview = session.overview();
    const auto sheet = session.sheet();
    auto reading = session.internals().read();
    if (!info || !overview || !sheet || !reading) {
        return tl::unexpected(!info       ? info.error()
                              : !overview ? overview.error()
                              : !sheet    ? sheet.error()
                                          : reading.error());
    }
    const auto head = audit::head(**reading);
    const auto known = (*reading)->known.count();
    if (!head || !known) {
        return tl::unexpected(head ? known.error() : head.error());
    }
    out.title = info->title;
    out.policy = info->policy;
    out.sheet = *sheet;
    out.subjects = overview->subjects;
    for (std::size_t i = 0; i < out.steps.size(); ++i) {
        const StepCounts& step = overview->steps[i];
        out.steps[i] = {step.done, step.total, step.findings.openRequired, step.findings.openRecommended};
    }
    out.auditHead = head->hash.hex();
    out.auditEntries = head->number;
    out.searchedIdentifiers = *known;
    return {};
}

base::Expected<void> addExcluded(const Session& session, release::ReportData& out) {
    AssetQuery query;
    query.state = model::AssetState::Excluded;
    const auto rows = session.assets(query);
    if (!rows) {
        return tl::unexpected(rows.error());
    }
    out.excludedAssets = static_cast<std::int64_t>(rows->size());
    out.unreadableAssets = std::ranges::count(*rows, model::AssetKind::Unreadable,
                                              [](const AssetRow& row) { return row.asset.kind; });
    return {};
}

} // namespace

base::Expected<risk::Analysis> analyseRisk(const Session& session, std::stop_token stop) {
    const auto rows = releasable(session);
    if (!rows) {
        return tl::unexpected(rows.error());
    }
    std::map<base::SubjectId, risk::SubjectTraits> bySubject;
    for (const AssetRow& row : *rows) {
        if (stop.stop_requested()) {
            risk::Analysis cancelled;
            cancelled.cancelled = true;
            return cancelled;
        }
        if (!row.asset.subject.valid() || row.asset.kind == model::AssetKind::Unreadable) {
            continue;
        }
        const auto findings = findingsOf(session, row.asset.id);
        if (!findings) {
            return tl::unexpected(findings.error());
        }
        risk::SubjectTraits& subject = bySubject[row.asset.subject];
        subject.subject = row.asset.subject;
        std::ranges::move(risk::traitsOf(*findings), std::back_inserter(subject.traits));
    }
    std::vector<risk::SubjectTraits> subjects;
    subjects.reserve(bySubject.size());
    for (auto& [id, traits] : bySubject) {
        subjects.push_back(std::move(traits));
    }
    return risk::analyse(subjects, {}, stop);
}

base::Expected<release::ReportData> reportData(Session& session, std::stop_token stop) {
    release::ReportData out;
    out.rulesEdition = guidelineEdition();
    out.toolVersion = std::string(KAMEI_VERSION);
    out.createdAt = base::nowMs();
    const auto rows = releasable(session);
    if (!rows) {
        return tl::unexpected(rows.error());
    }
    RuleCounter rules(session.rules());
    for (const AssetRow& row : *rows) {
        if (stop.stop_requested()) {
            return base::fail(base::ErrorCode::Cancelled, "job.report");
        }
        if (auto done = addAsset(session, row, rules, out); !done) {
            return tl::unexpected(done.error());
        }
    }
    out.rules = rules.take();
    if (auto done = addStanding(session, out); !done) {
        return tl::unexpected(done.error());
    }
    if (auto done = addExcluded(session, out); !done) {
        return tl::unexpected(done.error());
    }
    if (auto done = addRisk(session, stop, out); !done) {
        return tl::unexpected(done.error());
    }
    return out;
}

} // namespace kamei::job
