#include "core/job/StagePlanner.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "core/job/FacesInternals.h"
#include "core/job/KeptPlaces.h"
#include "core/model/Deface.h"
#include "core/stage/StageSource.h"

namespace kamei::job {
namespace {

/// Marks problems that staging itself recorded, so that a later success can take them back.
constexpr std::string_view kPlace = "stage.";
constexpr std::size_t kLookAhead = 256;
/// Names of fields that stay as they are: a short given name written in kana stands in them by chance.
constexpr std::array kFieldNames{"カナ氏名", "氏名カナ", "全角カナ", "半角カナ"};

base::Error marked(base::Error error) {
    if (!error.place.starts_with(kPlace)) {
        error.place.insert(0, kPlace);
    }
    return error;
}

} // namespace

std::vector<model::Finding> asStaged(std::vector<model::Finding> findings) {
    for (model::Finding& finding : findings) {
        if (finding.state == model::DecisionState::Open && finding.suggested != model::Action::Keep) {
            finding.state = model::DecisionState::Accepted;
            finding.action = finding.suggested;
        }
    }
    return findings;
}

std::optional<base::Error> refusalOf(const std::vector<model::Finding>& acting) {
    for (const model::Finding& finding : acting) {
        if (finding.effective() != model::Action::Deface) {
            continue;
        }
        const auto method = model::defaceFromJson(finding.method);
        if (!method || !method->mask) {
            const std::string why = !method || method->problem.empty() ? "no-mask" : method->problem;
            return base::Error{base::ErrorCode::NotPossible, {"deface", why}, "job.stage"};
        }
    }
    return std::nullopt;
}

base::Expected<std::vector<model::Subject>> cohortOf(Session& session, const model::Asset& asset) {
    if (asset.kind != model::AssetKind::Table && asset.kind != model::AssetKind::Genome) {
        return std::vector<model::Subject>{};
    }
    auto reading = session.internals().read();
    if (!reading) {
        return tl::unexpected(reading.error());
    }
    auto subjects = (*reading)->subjects.all();
    if (!subjects) {
        return subjects;
    }
    // Whoever turned out to be somebody else keeps the number and takes the pseudonym.
    std::unordered_map<std::int64_t, const model::Subject*> byId;
    for (const model::Subject& subject : *subjects) {
        byId.emplace(subject.id.value, &subject);
    }
    std::vector<model::Subject> out = *subjects;
    for (model::Subject& subject : out) {
        const model::Subject* into = byId.at(subject.id.value);
        for (std::size_t step = 0; into->mergedInto.valid() && step < out.size(); ++step) {
            into = byId.at(into->mergedInto.value);
        }
        subject.key = into->key;
        subject.pseudonym = into->pseudonym;
    }
    return out;
}

base::Expected<std::unique_ptr<StagePlanner>>
StagePlanner::create(Session& session, const stage::ContentStore& store, const StageSpec& spec) {
    auto secret = session.internals().key();
    if (!secret) {
        // Destroyed after a release: nothing can be staged consistently with what went out.
        return secret.error().code == base::ErrorCode::NotFound
                   ? base::fail(base::ErrorCode::NotPossible, "job.stage", {"key-destroyed"})
                   : tl::unexpected(secret.error());
    }
    auto key = transform::pseudonym::Key::fromBytes(secret->span());
    if (!key) {
        return tl::unexpected(key.error());
    }
    std::unique_ptr<StagePlanner> out(new StagePlanner(session, store, spec, std::move(*key)));
    const auto info = session.info();
    if (!info) {
        return tl::unexpected(info.error());
    }
    out->m_policy = info->policy;
    auto reading = session.internals().read();
    if (!reading) {
        return tl::unexpected(reading.error());
    }
    store::AssetFilter filter;
    filter.includeExcluded = false;
    auto records = (*reading)->assets.list(filter);
    if (!records) {
        return tl::unexpected(records.error());
    }
    std::erase_if(*records, [&](const store::AssetRecord& record) {
        return record.asset.kind == model::AssetKind::Unreadable ||
               (spec.asset && record.asset.id != *spec.asset);
    });
    for (const store::AssetRecord& record : *records) {
        out->m_total += static_cast<std::uint64_t>(record.asset.sources);
    }
    if (spec.shards > 1) {
        out->m_total /= static_cast<std::uint64_t>(spec.shards);
    }
    out->m_records = std::move(*records);
    return out;
}

base::Expected<std::optional<StagePlanner::Work>> StagePlanner::next() {
    // Assets that are unchanged yield no items: they are passed on in pieces too, so that progress is seen.
    std::size_t looked = 0;
    while (m_items.size() - m_nextItem < stage::Batch::kSize && m_nextRecord < m_records.size() &&
           looked++ < kLookAhead) {
        if (auto done = plan(m_records[m_nextRecord++]); !done) {
            return tl::unexpected(done.error());
        }
    }
    Work out = std::exchange(m_learned, {});
    const std::size_t count = std::min(stage::Batch::kSize, m_items.size() - m_nextItem);
    if (count == 0 && looked == 0 && out.kept.empty() && out.problems.empty()) {
        return std::optional<Work>();
    }
    out.items.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        out.items.push_back(std::move(m_items[m_nextItem++]));
    }
    if (m_nextItem == m_items.size()) {
        m_items.clear();
        m_nextItem = 0;
    }
    return std::optional(std::move(out));
}

bool StagePlanner::inShard(const model::Source& source) const {
    return m_spec.shards <= 1 || source.id.value % m_spec.shards == m_spec.shard - 1;
}

bool StagePlanner::stillThere(const store::AssetRecord& record,
                              const std::vector<model::StagedFile>& staged) const {
    return !record.stale && std::ranges::all_of(staged, [&](const model::StagedFile& file) {
        std::error_code error;
        return std::filesystem::exists(m_store.workspace() / file.path, error);
    });
}

base::Expected<model::Subject> StagePlanner::subjectOf(base::SubjectId id) {
    if (!id.valid() || id == m_lastSubject.id) {
        return id.valid() ? m_lastSubject : model::Subject{};
    }
    const auto found = m_session.subject(id);
    if (!found) {
        return tl::unexpected(found.error());
    }
    m_lastSubject = found->value_or(model::Subject{});
    return m_lastSubject;
}

base::Expected<void> StagePlanner::chooseSearch(AssetPlan& plan,
                                                std::span<const stage::ResidualSearch::Kept> kept) {
    const auto known = m_known.of(m_session.internals(), plan.asset);
    if (!known) {
        return tl::unexpected(known.error());
    }
    base::Sha256Hasher hasher;
    for (const model::KnownIdentifier& identifier : (*known)->identifiers) {
        hasher.update(identifier.kind + '|' + std::to_string(identifier.value.size()) + '|' +
                      identifier.value);
    }
    hasher.update("allowed|" + plan.subject.pseudonym);
    for (const stage::ResidualSearch::Kept& one : kept) {
        hasher.update("kept|" + std::to_string(one.places) + '|' + std::to_string(one.text.size()) + '|' +
                      one.text);
    }
    plan.searchDigest = hasher.finish();
    if (m_search == nullptr || plan.searchDigest != m_searchDigest) {
        std::vector<std::string> allowed(kFieldNames.begin(), kFieldNames.end());
        if (!plan.subject.pseudonym.empty()) {
            allowed.push_back(plan.subject.pseudonym);
        }
        auto built = stage::ResidualSearch::build((*known)->identifiers, allowed, kept);
        if (!built) {
            return tl::unexpected(built.error());
        }
        m_search = std::make_shared<const stage::ResidualSearch>(std::move(*built));
        m_searchDigest = plan.searchDigest;
    }
    plan.search = m_search;
    return {};
}

base::Expected<void> StagePlanner::plan(const store::AssetRecord& record) {
    const auto staged = m_session.staged(record.asset.id);
    if (!staged) {
        return tl::unexpected(staged.error());
    }
    if (stillThere(record, *staged)) {
        m_learned.unchanged += static_cast<std::int64_t>(staged->size());
        return {};
    }
    const auto sources = m_session.sources(record.asset.id);
    job::FindingQuery query;
    query.asset = record.asset.id;
    auto findings = m_session.findings(query);
    if (!sources || !findings) {
        return tl::unexpected(sources ? findings.error() : sources.error());
    }
    // In practice all sources of an asset have one format; each format has its own transform.
    const std::span<const model::Source> all(*sources);
    for (std::size_t first = 0; first < all.size();) {
        std::size_t end = first + 1;
        while (end < all.size() && all[end].format == all[first].format) {
            ++end;
        }
        if (auto done = planSources(record, all, all.subspan(first, end - first), *staged, *findings);
            !done) {
            return done;
        }
        first = end;
    }
    return {};
}

base::Expected<void> StagePlanner::planSources(const store::AssetRecord& record,
                                               std::span<const model::Source> all,
                                               std::span<const model::Source> sources,
                                               const std::vector<model::StagedFile>& staged,
                                               const std::vector<model::Finding>& findings) {
    const auto refuse = [&](const base::Error& error) {
        m_learned.problems.push_back({record.asset.id, marked(error)});
    };
    if (!record.detected) {
        // What nobody searched may hold anything.
        refuse({base::ErrorCode::NotPossible, {"not-detected"}, "job.stage"});
        return {};
    }
    auto plan = std::make_shared<AssetPlan>();
    plan->asset = record.asset;
    auto subject = subjectOf(record.asset.subject);
    if (!subject) {
        return tl::unexpected(subject.error());
    }
    plan->subject = std::move(*subject);
    const std::vector<model::Finding> acting = asStaged(findings);
    if (auto done = chooseSearch(*plan, keptInFile(acting, all)); !done) {
        return done;
    }
    if (const auto refusal = refusalOf(acting)) {
        refuse(*refusal);
        return {};
    }
    auto cohort = cohortOf(m_session, plan->asset);
    if (!cohort) {
        return tl::unexpected(cohort.error());
    }
    plan->cohort = std::move(*cohort);
    plan->sources.assign(all.begin(), all.end());
    auto compiled =
        transform::compile(sources.front().format, plan->asset, acting,
                           transform::Context{m_policy, m_key, plan->subject, plan->sources, plan->cohort,
                                              m_store.workspace() / "tmp", volumeMasksOf(m_session)});
    if (!compiled) {
        refuse(compiled.error());
        return {};
    }
    plan->transform = std::move(*compiled);
    std::unordered_map<std::int64_t, const model::StagedFile*> before;
    for (const model::StagedFile& file : staged) {
        before.emplace(file.source.value, &file);
    }
    base::Sha256Hasher hasher;
    hasher.update(plan->transform->digest().bytes);
    hasher.update(plan->searchDigest.bytes);
    const base::Sha256 shaping = hasher.finish();
    Kept kept{record.asset.revision, {}};
    for (const model::Source& source : sources) {
        if (!inShard(source)) {
            continue;
        }
        const base::Sha256 digest = stage::planDigest(shaping, source.sha256);
        const auto old = before.find(source.id.value);
        if (old != before.end() && old->second->plan == digest &&
            m_store.contains(old->second->sha256, plan->transform->extension())) {
            kept.files.push_back(*old->second);
            continue;
        }
        m_items.push_back(
            {plan, source, digest, old == before.end() ? std::filesystem::path{} : old->second->path});
    }
    m_learned.unchanged += static_cast<std::int64_t>(kept.files.size());
    if (!kept.files.empty()) {
        m_learned.kept.push_back(std::move(kept));
    }
    return {};
}

} // namespace kamei::job
