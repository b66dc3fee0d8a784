#include <utility>

#include "core/job/SessionInternals.h"

namespace kamei::job {
namespace {

Counts countsOf(const store::Counts& counts) {
    return {counts.total, counts.openOf(model::Requirement::Required),
            counts.openOf(model::Requirement::Recommended), counts.openOf(model::Requirement::Conditional),
            counts.openOf(model::Requirement::None)};
}

void add(Counts& sum, const Counts& part) {
    sum.total += part.total;
    sum.openRequired += part.openRequired;
    sum.openRecommended += part.openRecommended;
    sum.openConditional += part.openConditional;
    sum.openNone += part.openNone;
}

AssetRow rowOf(store::AssetRecord record) {
    AssetRow out;
    out.asset = std::move(record.asset);
    out.findings = countsOf(record.findings);
    out.stale = record.stale;
    out.confirmed = record.confirmed;
    out.residuals = record.residuals;
    return out;
}

std::uint32_t kindsMatching(const std::string& text) {
    std::uint32_t out = 0;
    for (std::uint32_t i = 0; !text.empty() && i <= static_cast<std::uint32_t>(model::AssetKind::Unreadable);
         ++i) {
        if (model::word(static_cast<model::AssetKind>(i)).find(text) != std::string_view::npos) {
            out |= 1U << i;
        }
    }
    return out;
}

store::FindingFilter filterOf(const FindingQuery& query) {
    store::FindingFilter out;
    out.asset = query.asset;
    out.subject = query.subject;
    out.category = query.category;
    out.requirement = query.requirement;
    out.state = query.state;
    out.step = query.step;
    out.rule = query.rule;
    out.openOnly = query.openOnly;
    // What was taken out of the release is nobody's work any more, unless it is asked for by name.
    out.includeExcluded = query.asset.has_value();
    out.offset = query.offset;
    out.limit = query.limit;
    return out;
}

void addKind(Overview& out, const store::KindTotals& totals) {
    const Counts counts = countsOf(totals.findings);
    out.assets += totals.assets;
    out.frames += totals.frames;
    out.unreadable += totals.problems;
    add(out.findings, counts);
    out.staged += totals.current;
    out.stale += totals.assets - totals.current;
    out.confirmed += totals.confirmed;
    out.sentBack += totals.sentBack;
    out.residuals += totals.residuals;
    out.kinds.push_back({totals.kind, totals.assets, counts.openRequired, counts.openRecommended,
                         totals.confirmed, totals.problems, totals.residuals});
    out.steps[2].done += totals.detected;
}

} // namespace

base::Expected<Overview> Session::overview() const {
    auto reading = m_internals->read();
    if (!reading) {
        return tl::unexpected(reading.error());
    }
    const auto kinds = (*reading)->assets.kinds();
    const auto steps = (*reading)->assets.steps();
    const auto subjects = (*reading)->subjects.count();
    const auto sheet = (*reading)->meta.sheet();
    if (!kinds || !steps) {
        return tl::unexpected(kinds ? steps.error() : kinds.error());
    }
    if (!subjects || !sheet) {
        return tl::unexpected(subjects ? sheet.error() : subjects.error());
    }
    Overview out;
    out.subjects = *subjects;
    for (const auto& totals : *kinds) {
        addKind(out, totals);
    }
    out.steps[0] = {sheet->purpose.empty() ? 0 : 1, 1, {}};
    out.steps[1] = {sheet->dataItems.empty() ? 0 : 1, 1, {}};
    out.steps[2].total = out.assets;
    for (std::size_t i = 0; i < steps->size(); ++i) {
        const store::Counts& counts = (*steps)[i];
        out.steps.at(i + 3) = {counts.total - counts.openAll(), counts.total, countsOf(counts)};
    }
    return out;
}

base::Expected<std::vector<SubjectRow>> Session::subjects(const SubjectQuery& query) const {
    auto reading = m_internals->read();
    if (!reading) {
        return tl::unexpected(reading.error());
    }
    const auto rows = (*reading)->subjects.totals(
        {query.openOnly, query.text, kindsMatching(query.text), query.offset, query.limit});
    if (!rows) {
        return tl::unexpected(rows.error());
    }
    std::vector<SubjectRow> out;
    out.reserve(rows->size());
    for (const auto& row : *rows) {
        out.push_back({row.id, row.number, row.assets, countsOf(row.findings), row.riskReason, row.blocked});
    }
    return out;
}

base::Expected<std::optional<model::Subject>> Session::subject(base::SubjectId id) const {
    auto reading = m_internals->read();
    return reading ? (*reading)->subjects.find(id) : tl::unexpected(reading.error());
}

base::Expected<std::vector<AssetRow>> Session::assets(const AssetQuery& query) const {
    auto reading = m_internals->read();
    if (!reading) {
        return tl::unexpected(reading.error());
    }
    store::AssetFilter filter;
    filter.subject = query.subject;
    filter.kind = query.kind;
    filter.state = query.state;
    filter.openOnly = query.openOnly;
    filter.includeExcluded = query.includeExcluded;
    filter.offset = query.offset;
    filter.limit = query.limit;
    auto records = (*reading)->assets.list(filter);
    if (!records) {
        return tl::unexpected(records.error());
    }
    std::vector<AssetRow> out;
    out.reserve(records->size());
    for (auto& record : *records) {
        out.push_back(rowOf(std::move(record)));
    }
    return out;
}

base::Expected<std::optional<AssetRow>> Session::asset(base::AssetId id) const {
    auto reading = m_internals->read();
    if (!reading) {
        return tl::unexpected(reading.error());
    }
    auto record = (*reading)->assets.find(id);
    if (!record) {
        return tl::unexpected(record.error());
    }
    return *record ? std::optional(rowOf(std::move(**record))) : std::nullopt;
}

base::Expected<std::vector<model::Source>> Session::sources(base::AssetId id) const {
    auto reading = m_internals->read();
    return reading ? (*reading)->sources.ofAsset(id) : tl::unexpected(reading.error());
}

base::Expected<std::vector<model::Finding>> Session::findings(const FindingQuery& query) const {
    auto reading = m_internals->read();
    return reading ? (*reading)->findings.list(filterOf(query)) : tl::unexpected(reading.error());
}

base::Expected<std::int64_t> Session::countFindings(const FindingQuery& query) const {
    auto reading = m_internals->read();
    return reading ? (*reading)->findings.count(filterOf(query)) : tl::unexpected(reading.error());
}

base::Expected<std::optional<model::Finding>> Session::finding(base::FindingId id) const {
    auto reading = m_internals->read();
    return reading ? (*reading)->findings.find(id) : tl::unexpected(reading.error());
}

base::Expected<std::vector<base::FindingId>> Session::alike(base::FindingId id, Scope scope) const {
    auto reading = m_internals->read();
    if (!reading) {
        return tl::unexpected(reading.error());
    }
    const store::Findings& findings = (*reading)->findings;
    const auto finding = findings.find(id);
    if (!finding) {
        return tl::unexpected(finding.error());
    }
    if (!*finding) {
        return base::fail(base::ErrorCode::NotFound, "job.alike");
    }
    using store::AlikeBy;
    switch (scope) {
    case Scope::SameValueInSubject:
        return findings.alike(id, AlikeBy::Value, {}, (*finding)->subject);
    case Scope::SameRuleInAsset:
        return findings.alike(id, AlikeBy::Rule, (*finding)->asset, {});
    case Scope::SameRuleInSubject:
        return findings.alike(id, AlikeBy::Rule, {}, (*finding)->subject);
    case Scope::SameRuleEverywhere:
        return findings.alike(id, AlikeBy::Rule, {}, {});
    case Scope::SameValueEverywhere:
        return findings.alike(id, AlikeBy::Value, {}, {});
    }
    return base::fail(base::ErrorCode::InvalidArgument, "job.alike");
}

base::Expected<std::vector<model::KnownIdentifier>> Session::known(base::SubjectId subject) const {
    auto reading = m_internals->read();
    return reading ? (*reading)->known.of(subject) : tl::unexpected(reading.error());
}

base::Expected<std::vector<detect::DeviceTemplate>> Session::templates(const std::string& device) const {
    auto reading = m_internals->read();
    if (!reading) {
        return tl::unexpected(reading.error());
    }
    auto rows = (*reading)->templates.of(device);
    if (!rows) {
        return tl::unexpected(rows.error());
    }
    std::vector<detect::DeviceTemplate> out;
    for (auto& row : *rows) {
        out.push_back({std::move(row.device), std::move(row.label), std::move(row.mask), row.hits});
    }
    return out;
}

} // namespace kamei::job
