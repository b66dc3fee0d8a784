#include "core/job/Assessment.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>

#include "core/base/Blank.h"
#include "core/decide/Policies.h"
#include "core/decide/Rules.h"
#include "core/job/SampleBound.h"
#include "core/job/SessionInternals.h"
#include "core/job/TableTraits.h"
#include "core/review/Behind.h"
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
    row->signedAssets += confirmation.isSigned() ? 1 : 0;
    ++out.confirmedAssets;
    out.firstConfirmedAt =
        out.firstConfirmedAt == 0 ? confirmation.at : std::min(out.firstConfirmedAt, confirmation.at);
    out.lastConfirmedAt = std::max(out.lastConfirmedAt, confirmation.at);
}

/// Counts assets whose present bytes two different people confirmed.
base::Expected<void> addSecond(const Session& session, const AssetRow& row, release::ReportData& out) {
    const auto all = session.confirmations(row.asset.id);
    const auto digest = session.stagedDigest(row.asset.id);
    if (!all || !digest) {
        return tl::unexpected(all ? digest.error() : all.error());
    }
    out.secondConfirmed += review::peopleBehind(*all, *digest).people > 1 ? 1 : 0;
    return {};
}

/// Keys of those who confirmed, and what the newest sample showed.
base::Expected<void> addProof(const Session& session, release::ReportData& out) {
    const auto people = session.reviewers();
    const auto samples = session.auditSamples();
    if (!people || !samples) {
        return tl::unexpected(people ? samples.error() : people.error());
    }
    for (const ReviewerRow& row : *people) { // in the order of joining: the last key of a name stays
        const auto found =
            std::ranges::find(out.reviewers, row.person.name, &release::ReportData::Reviewer::name);
        if (found != out.reviewers.end() && found->signedAssets > 0) {
            found->fingerprint = row.person.key.fingerprint();
        }
    }
    if (samples->empty()) {
        return {};
    }
    const auto bound = sampleBound(session, samples->front().id);
    if (!bound) {
        return tl::unexpected(bound.error());
    }
    if (bound->judged > 0) {
        out.sample = {bound->population, bound->drawn,      bound->judged, bound->leaks + bound->unsure,
                      bound->bound,      bound->confidence, bound->rate};
    }
    return {};
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
    std::ranges::for_each(*findings, [&](const model::Finding& finding) {
        rules.add(finding);
        if (decide::leftInWithReason(finding)) {
            ++out.leftIn;
            out.leftInPlaces += finding.instances;
        }
    });
    out.deletedAssets += transform::wholeDeletion(*findings) == nullptr ? 0 : 1;
    if (row.confirmed) {
        const auto confirmation = session.confirmation(row.asset.id);
        if (!confirmation) {
            return tl::unexpected(confirmation.error());
        }
        if (*confirmation) {
            addReviewer(out, **confirmation);
        }
        if (auto done = addSecond(session, row, out); !done) {
            return done;
        }
    }
    return {};
}

base::Expected<void> addRisk(Session& session, const std::stop_token& stop, release::ReportData& out) {
    const auto analysis = analyseRisk(session, stop);
    if (!analysis) {
        return tl::unexpected(analysis.error());
    }
    if (analysis->cancelled) { // what was not counted is not nobody
        return base::fail(base::ErrorCode::Cancelled, "job.report");
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
        out.singledOutWithReason += reason != reasons->end() && !base::isBlank(reason->second) ? 1 : 0;
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

base::Expected<std::vector<risk::SubjectTraits>> cohortTraits(const Session& session, std::stop_token stop) {
    const auto rows = releasable(session);
    if (!rows) {
        return tl::unexpected(rows.error());
    }
    std::map<base::SubjectId, risk::SubjectTraits> bySubject;
    const auto add = [&bySubject](base::SubjectId id, std::vector<risk::Trait> traits) {
        risk::SubjectTraits& subject = bySubject[id];
        subject.subject = id;
        std::ranges::move(traits, std::back_inserter(subject.traits));
    };
    for (const AssetRow& row : *rows) {
        if (stop.stop_requested()) {
            return base::fail(base::ErrorCode::Cancelled, "job.risk");
        }
        if (row.asset.kind == model::AssetKind::Unreadable) {
            continue;
        }
        if (row.asset.kind == model::AssetKind::Table) {
            // Its sources are read. One that cannot be processed is not judged as long as it is not staged,
            // which closes the gate by itself; one that is staged says of its people what it says: that it
            // cannot be read now is no proof that there are none.
            auto people = tableTraits(const_cast<Session&>(session), row);
            if (!people && !row.stale) {
                return tl::unexpected(people.error());
            }
            for (risk::SubjectTraits& person : people ? *people : std::vector<risk::SubjectTraits>()) {
                add(person.subject, std::move(person.traits));
            }
        }
        if (row.asset.subject.valid()) {
            const auto findings = findingsOf(session, row.asset.id);
            if (!findings) {
                return tl::unexpected(findings.error());
            }
            add(row.asset.subject, risk::traitsOf(*findings));
        }
    }
    std::vector<risk::SubjectTraits> out;
    out.reserve(bySubject.size());
    for (auto& [id, traits] : bySubject) {
        out.push_back(std::move(traits));
    }
    return out;
}

base::Expected<risk::Analysis> analyseRisk(const Session& session, std::stop_token stop) {
    const auto subjects = cohortTraits(session, stop);
    if (!subjects && subjects.error().code == base::ErrorCode::Cancelled) {
        risk::Analysis cancelled;
        cancelled.cancelled = true;
        return cancelled;
    }
    return subjects ? risk::analyse(*subjects, {}, stop) : tl::unexpected(subjects.error());
}

base::Expected<risk::PopulationRisk> analysePopulation(const risk::Analysis& analysis,
                                                       std::int64_t population) {
    if (population <= 0) {
        const auto populations = risk::Populations::load();
        if (!populations) {
            return tl::unexpected(populations.error());
        }
        population = risk::populationBehind(analysis, *populations);
    }
    std::vector<std::int64_t> sizes;
    for (const risk::EquivalenceClass& group : analysis.classes) {
        sizes.push_back(static_cast<std::int64_t>(group.subjects.size()));
    }
    return risk::populationRisk(sizes, std::max(population, analysis.subjects));
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
    if (auto done = addProof(session, out); !done) {
        return tl::unexpected(done.error());
    }
    if (auto done = addRisk(session, stop, out); !done) {
        return tl::unexpected(done.error());
    }
    return out;
}

} // namespace kamei::job
