#include "core/job/PolicyTrial.h"

#include <utility>

#include "core/detect/Detector.h"
#include "core/job/KnownCache.h"
#include "core/job/PolicyEdit.h"
#include "core/job/Preview.h"
#include "core/job/StagePlanner.h"
#include "core/review/Confirm.h"

namespace kamei::job {
namespace {

constexpr std::string_view kDicom = "dicom";
constexpr std::string_view kPlace = "job.policy-trial";

base::Expected<transform::pseudonym::Key> keyOf(Session& session) {
    auto secret = session.internals().key();
    if (!secret) {
        return secret.error().code == base::ErrorCode::NotFound
                   ? base::fail(base::ErrorCode::NotPossible, kPlace, {"key-destroyed"})
                   : tl::unexpected(secret.error());
    }
    return transform::pseudonym::Key::fromBytes(secret->span());
}

base::Expected<PolicyTrial> tryOn(Session& session, const model::Policy& policy, const model::Asset& asset,
                                  const model::Subject& subject, const model::Source& source,
                                  std::span<const model::KnownIdentifier> known) {
    const detect::Detector* detector = detect::detectorFor(source.format);
    const transform::TransformRow* row = transform::transformFor(source.format);
    if (source.format != kDicom || detector == nullptr || row == nullptr) {
        return base::fail(base::ErrorCode::UnsupportedFormat, kPlace, {source.format});
    }
    const auto key = keyOf(session);
    if (!key) {
        return tl::unexpected(key.error());
    }
    const std::vector<model::Source> sources{source};
    auto found = detector->detect(asset, sources, {session.rules(), policy, known, {}, {}});
    if (!found) {
        return tl::unexpected(found.error());
    }
    PolicyTrial out;
    out.findings = asStaged(std::move(found->findings));
    std::int64_t number = 0;
    for (model::Finding& finding : out.findings) {
        finding.id.value = ++number;
        finding.asset = asset.id;
        if (finding.state == model::DecisionState::Open) { // what is suggested to stay is as good as decided
            finding.state = model::DecisionState::Accepted;
            finding.action = finding.suggested;
        }
    }
    const auto compiled = row->compile(asset, out.findings, {policy, *key, subject, sources, {}});
    if (!compiled) {
        return tl::unexpected(compiled.error());
    }
    auto lines = linesOf(source, **compiled, out.findings);
    if (!lines) {
        return tl::unexpected(lines.error());
    }
    out.lines = std::move(*lines);
    return out;
}

/// Of what is confirmed as it stands, how much would not suffice.
base::Expected<std::int64_t> waitingUnder(const store::Repositories& rows, const model::Policy& policy) {
    if (policy.secondPerson.empty() && !policy.signatures) {
        return 0;
    }
    store::AssetFilter filter;
    filter.includeExcluded = false;
    const auto records = rows.assets.list(filter);
    if (!records) {
        return tl::unexpected(records.error());
    }
    std::int64_t out = 0;
    for (const store::AssetRecord& record : *records) {
        if (!record.confirmed) {
            continue;
        }
        const auto all = rows.confirmations.of(record.asset.id);
        if (!all) {
            return tl::unexpected(all.error());
        }
        out += review::standingOf(*all, record.stagedDigest, record.asset.kind, policy).complete() ? 0 : 1;
    }
    return out;
}

} // namespace

base::Expected<PolicyTrial> tryPolicy(Session& session, const model::Policy& policy,
                                      const std::filesystem::path& file) {
    model::Source source;
    source.path = file;
    const auto stamp = base::fileStamp(file);
    if (!stamp) {
        return tl::unexpected(stamp.error());
    }
    source.stamp = *stamp;
    source.format = kDicom; // whoever reads it says so when it is none
    source.frames = 1;
    model::Asset asset;
    asset.kind = model::AssetKind::DicomSeries;
    asset.group = "policy-trial";
    return tryOn(session, policy, asset, {}, source, {});
}

base::Expected<PolicyTrial> tryPolicy(Session& session, const model::Policy& policy, base::AssetId id) {
    const auto row = session.asset(id);
    const auto sources = session.sources(id);
    if (!row || !sources) {
        return tl::unexpected(row ? sources.error() : row.error());
    }
    if (!*row || sources->empty()) {
        return base::fail(base::ErrorCode::NotFound, kPlace);
    }
    const model::Asset& asset = (*row)->asset;
    base::Expected<std::optional<model::Subject>> subject = std::optional<model::Subject>();
    if (asset.subject.valid()) {
        subject = session.subject(asset.subject);
    }
    KnownCache cache;
    const auto known = cache.of(session.internals(), asset);
    if (!subject || !known) {
        return tl::unexpected(subject ? known.error() : subject.error());
    }
    return tryOn(session, policy, asset, subject->value_or(model::Subject{}), sources->front(),
                 (*known)->identifiers);
}

base::Expected<PolicyEffect> effectOf(Session& session, const model::Policy& policy) {
    auto writing = session.internals().write();
    if (!writing) {
        return tl::unexpected(writing.error());
    }
    // Carried out and given up: nothing of it is committed.
    const auto edited = editPolicy(*writing, {policy, {}}, {});
    if (!edited) {
        return tl::unexpected(edited.error());
    }
    PolicyEffect out;
    out.assets = static_cast<std::int64_t>(edited->assets.size());
    out.findings = edited->findings;
    for (const base::AssetId id : edited->assets) {
        const auto record = (*writing)->assets.find(id);
        if (!record) {
            return tl::unexpected(record.error());
        }
        out.staged += *record && !(*record)->stagedDigest.isZero() ? 1 : 0;
    }
    const auto waiting = waitingUnder(**writing, policy);
    if (!waiting) {
        return tl::unexpected(waiting.error());
    }
    out.waiting = *waiting;
    return out;
}

} // namespace kamei::job
