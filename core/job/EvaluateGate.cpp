#include <string>
#include <unordered_set>

#include "core/base/Blank.h"
#include "core/decide/Policies.h"
#include "core/decide/Rules.h"
#include "core/job/Assessment.h"
#include "core/job/FacesInternals.h"
#include "core/job/Job.h"
#include "core/job/SessionInternals.h"
#include "core/job/SubjectDoubts.h"
#include "core/release/DeletedInformation.h"
#include "core/review/Confirm.h"

namespace kamei::job {
namespace {

using release::GateFacts;

constexpr std::size_t kMostIds = 100;
constexpr std::int64_t kPage = 5000;

void add(GateFacts::Open& open, std::int64_t count, base::AssetId asset) {
    if (count <= 0) {
        return;
    }
    open.count += count;
    if (open.assets.size() < kMostIds) {
        open.assets.push_back(asset);
    }
}

void addAsset(GateFacts& facts, const store::AssetRecord& record) {
    const model::Asset& asset = record.asset;
    add(facts.unreadable, asset.kind == model::AssetKind::Unreadable || asset.problem ? 1 : 0, asset.id);
    if (asset.kind == model::AssetKind::Unreadable) {
        return;
    }
    add(facts.required, record.findings.openOf(model::Requirement::Required), asset.id);
    add(facts.conditional, record.findings.openOf(model::Requirement::Conditional), asset.id);
    // What the detectors have not seen is not staged as it should be, whatever lies there.
    add(facts.stale, record.stale || !record.detected ? 1 : 0, asset.id);
    add(facts.unconfirmed, record.confirmed ? 0 : 1, asset.id);
    add(facts.residuals, record.residuals, asset.id);
}

/// Faces that nobody judged (Guideline 5.4.4): open ones whose requirement would let them pass, and those
/// that stay without a reason, decided before one was asked for.
base::Expected<void> addFaces(const store::Reading& reading, GateFacts& facts) {
    store::FindingFilter filter;
    filter.label = std::string(kFaceLabel);
    filter.includeExcluded = false;
    const auto faces = reading->findings.list(filter);
    if (!faces) {
        return tl::unexpected(faces.error());
    }
    for (const model::Finding& face : *faces) {
        const bool counted = face.requirement == model::Requirement::Required ||
                             face.requirement == model::Requirement::Conditional;
        const bool open = face.state == model::DecisionState::Open && !counted;
        const bool unreasoned =
            decide::needsReason(face, face.state, face.action) && base::isBlank(face.reason);
        add(facts.conditional, open || unreasoned ? 1 : 0, face.asset);
    }
    return {};
}

base::Expected<void> addSources(const store::Reading& reading,
                                const std::unordered_set<std::int64_t>& excluded, GateFacts& facts) {
    base::SourceId after;
    std::filesystem::path lastPath;
    base::Expected<base::FileStamp> lastStamp;
    for (;;) {
        const auto page = reading->sources.page(after, kPage);
        if (!page) {
            return tl::unexpected(page.error());
        }
        for (const model::Source& source : *page) {
            after = source.id;
            if (excluded.contains(source.asset.value)) {
                continue;
            }
            // Members of one archive follow each other.
            if (source.path != lastPath) {
                lastPath = source.path;
                lastStamp = base::fileStamp(source.path);
            }
            add(facts.changedSources, lastStamp && *lastStamp == source.stamp ? 0 : 1, source.asset);
        }
        if (static_cast<std::int64_t>(page->size()) < kPage) {
            return {};
        }
    }
}

base::Expected<void> addSingledOut(const Session& session, const store::Reading& reading, GateFacts& facts) {
    const auto analysis = analyseRisk(session);
    const auto reasons = reading->riskReasons.all();
    if (!reasons) {
        return tl::unexpected(reasons.error());
    }
    if (!analysis || analysis->cancelled) {
        ++facts.singledOut.count; // nobody knows of whom; the other conditions are told all the same
        return {};
    }
    for (const risk::SingledOut& person : analysis->singledOut) {
        const auto reason = reasons->find(person.subject);
        if (reason != reasons->end() && !base::isBlank(reason->second)) {
            continue;
        }
        ++facts.singledOut.count;
        if (facts.singledOut.subjects.size() < kMostIds) {
            facts.singledOut.subjects.push_back(person.subject);
        }
    }
    return {};
}

base::Expected<void> addUnsettled(const Session& session, GateFacts& facts) {
    const auto doubts = subjectDoubts(session);
    if (!doubts) {
        return tl::unexpected(doubts.error());
    }
    facts.unsettled.count = doubts->open() + doubts->notCompared;
    for (const SubjectDoubt& doubt : doubts->doubts) {
        if (doubt.blocks && doubt.settled.empty() && facts.unsettled.subjects.size() < kMostIds) {
            facts.unsettled.subjects.push_back(doubt.one);
        }
    }
    return {};
}

/// What the policy asks of confirmations beyond that there is one.
base::Expected<void> addConfirmations(const store::Repositories& rows, const model::Policy& policy,
                                      const store::AssetRecord& record, GateFacts& facts) {
    if (!record.confirmed || (policy.secondPerson.empty() && !policy.signatures)) {
        return {};
    }
    const auto all = rows.confirmations.of(record.asset.id);
    if (!all) {
        return tl::unexpected(all.error());
    }
    const review::Standing standing =
        review::standingOf(*all, record.stagedDigest, record.asset.kind, policy);
    add(facts.unsignedOnes, standing.lacksSignature ? 1 : 0, record.asset.id);
    add(facts.secondPerson, standing.lacksSecondPerson ? 1 : 0, record.asset.id);
    return {};
}

} // namespace

base::Expected<std::vector<release::GatePoint>> evaluateGate(Session& session) {
    GateFacts facts;
    auto reading = session.internals().read();
    if (!reading) {
        return tl::unexpected(reading.error());
    }
    const auto records = (*reading)->assets.list({});
    if (!records) {
        return tl::unexpected(records.error());
    }
    const auto policyText = (*reading)->meta.get("policy");
    if (!policyText) {
        return tl::unexpected(policyText.error());
    }
    const auto policy = decide::policyFromJson(policyText->value_or(""));
    if (!policy) {
        return base::fail(base::ErrorCode::WorkspaceDamaged, "job.gate");
    }
    std::unordered_set<std::int64_t> excluded;
    for (const store::AssetRecord& record : *records) {
        if (record.asset.state == model::AssetState::Excluded) {
            excluded.insert(record.asset.id.value);
            continue;
        }
        addAsset(facts, record);
        if (auto done = addConfirmations(**reading, *policy, record, facts); !done) {
            return tl::unexpected(done.error());
        }
        if (record.asset.kind != model::AssetKind::Unreadable && !record.stale) {
            facts.files += record.asset.sources;
        }
    }
    if (auto done = addFaces(*reading, facts); !done) {
        return tl::unexpected(done.error());
    }
    if (auto done = addSources(*reading, excluded, facts); !done) {
        return tl::unexpected(done.error());
    }
    if (auto done = addSingledOut(session, *reading, facts); !done) {
        return tl::unexpected(done.error());
    }
    if (auto done = addUnsettled(session, facts); !done) {
        return tl::unexpected(done.error());
    }
    const auto sheet = session.sheet();
    if (!sheet) {
        return tl::unexpected(sheet.error());
    }
    facts.sheet = *sheet;
    facts.today = release::dayOf(base::nowMs());
    facts.auditVerifies = session.verifyAudit().has_value();
    return release::evaluate(facts);
}

} // namespace kamei::job
