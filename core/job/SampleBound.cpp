#include "core/job/SampleBound.h"

#include <algorithm>
#include <map>

#include "core/review/AuditSample.h"

namespace kamei::job {
namespace {

using model::Judgement;

constexpr std::int64_t kPoints = 100;

struct Counted {
    std::int64_t judged = 0;
    std::int64_t leaks = 0; ///< and unsure ones
};

base::Expected<std::int64_t> boundOf(const model::AuditSample& sample,
                                     const std::map<model::AssetKind, Counted>& counted) {
    std::vector<review::Part> parts;
    for (const auto& stratum : sample.strata) {
        const auto found = counted.find(stratum.kind);
        const Counted here = found == counted.end() ? Counted{} : found->second;
        parts.push_back({stratum.population, here.judged, here.leaks});
    }
    return review::upperBound(parts, sample.confidence);
}

} // namespace

base::Expected<SampleBound> sampleBound(const Session& session, std::int64_t id) {
    const auto samples = session.auditSamples();
    const auto items = session.auditItems(id);
    const auto assets = session.assets({});
    if (!samples || !items || !assets) {
        return tl::unexpected(!samples ? samples.error() : !items ? items.error() : assets.error());
    }
    const auto sample = std::ranges::find(*samples, id, &model::AuditSample::id);
    if (sample == samples->end()) {
        return base::fail(base::ErrorCode::NotFound, "job.sample");
    }
    std::map<base::AssetId, model::AssetKind> kinds;
    for (const AssetRow& row : *assets) {
        kinds.emplace(row.asset.id, row.asset.kind);
    }
    SampleBound out;
    out.confidence = sample->confidence;
    out.drawn = static_cast<std::int64_t>(items->size());
    for (const auto& stratum : sample->strata) {
        out.population += stratum.population;
    }
    std::map<model::AssetKind, Counted> counted;
    const auto share = [&](std::int64_t bound) {
        return out.population == 0 ? 0 : static_cast<double>(bound) / static_cast<double>(out.population);
    };
    const std::int64_t step = std::max<std::int64_t>(1, out.drawn / kPoints);
    for (const model::AuditItem& item : *items) {
        if (item.judgement == Judgement::None) {
            continue;
        }
        Counted& here = counted[kinds[item.asset]];
        const bool clean = item.judgement == Judgement::Clean;
        ++here.judged;
        here.leaks += clean ? 0 : 1;
        ++out.judged;
        out.leaks += item.judgement == Judgement::Leak ? 1 : 0;
        out.unsure += item.judgement == Judgement::Unsure ? 1 : 0;
        if (out.judged % step == 0) {
            const auto bound = boundOf(*sample, counted);
            if (!bound) {
                return tl::unexpected(bound.error());
            }
            out.course.emplace_back(out.judged, share(*bound));
        }
    }
    const auto bound = boundOf(*sample, counted);
    const auto rate = review::rateBound(out.judged, out.leaks + out.unsure, sample->confidence);
    if (!bound || !rate) {
        return tl::unexpected(bound ? rate.error() : bound.error());
    }
    out.bound = *bound;
    out.rate = *rate;
    auto finished = counted;
    for (const auto& stratum : sample->strata) {
        const Counted here = counted[stratum.kind];
        const auto exact =
            review::upperBound(stratum.population, here.judged, here.leaks, sample->confidence);
        const auto endless = review::rateBound(here.judged, here.leaks, sample->confidence);
        if (!exact || !endless) {
            return tl::unexpected(exact ? endless.error() : exact.error());
        }
        out.kinds.push_back(
            {stratum.kind, stratum.population, stratum.drawn, here.judged, here.leaks, *exact, *endless});
        finished[stratum.kind].judged = stratum.drawn;
        finished[stratum.kind].leaks = here.leaks;
    }
    const auto whenClean = boundOf(*sample, finished);
    if (!whenClean) {
        return tl::unexpected(whenClean.error());
    }
    out.whenClean = *whenClean;
    return out;
}

} // namespace kamei::job
