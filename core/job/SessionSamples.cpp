// Examining by sample (whether confirming by eye, Guideline 5.2.2, was sufficient is looked at by others than
// those who did it).
#include <algorithm>
#include <map>
#include <sodium.h>
#include <utility>

#include "core/base/Blank.h"
#include "core/job/SessionInternals.h"
#include "core/review/AuditSample.h"

namespace kamei::job {

using base::ErrorCode;
using model::Judgement;

namespace {

constexpr std::array<std::string_view, 4> kJudgements{"none", "clean", "leak", "unsure"};

struct Confirmed {
    base::AssetId asset;
    base::Sha256 digest;
};
using ByKind = std::map<model::AssetKind, std::vector<Confirmed>>;

base::Expected<ByKind> confirmedNow(const store::Repositories& rows) {
    const auto records = rows.assets.list({});
    if (!records) {
        return tl::unexpected(records.error());
    }
    ByKind out;
    for (const store::AssetRecord& record : *records) {
        if (record.asset.state == model::AssetState::Confirmed) {
            out[record.asset.kind].push_back({record.asset.id, record.stagedDigest});
        }
    }
    for (auto& [kind, list] : out) {
        std::ranges::sort(list, {}, [](const Confirmed& one) { return one.asset.value; });
    }
    return out;
}

base::Sha256 derived(const base::Sha256& seed, std::string_view what) {
    base::Sha256Hasher hasher;
    hasher.update(std::span<const std::byte>(seed.bytes));
    hasher.update(what);
    return hasher.finish();
}

/// The chosen ones of all kinds in the order of looking: at random within a kind, the kinds evenly among each
/// other, so that the bound falls steadily while one works through them.
base::Expected<std::vector<model::AuditItem>>
chosen(const ByKind& population, std::span<const std::int64_t> sizes, const base::Sha256& seed) {
    struct Placed {
        double at;
        model::AuditItem item;
    };
    std::vector<Placed> placed;
    std::size_t stratum = 0;
    for (const auto& [kind, list] : population) {
        const std::int64_t size = sizes[stratum++];
        const auto drawn = review::drawSample(static_cast<std::int64_t>(list.size()), size,
                                              derived(seed, model::word(kind)));
        if (!drawn) {
            return tl::unexpected(drawn.error());
        }
        std::vector<std::pair<base::Sha256, Confirmed>> order;
        for (const std::int64_t index : *drawn) {
            const Confirmed& one = list[static_cast<std::size_t>(index)];
            order.emplace_back(derived(seed, std::to_string(one.asset.value)), one);
        }
        std::ranges::sort(order, {}, [](const auto& pair) { return pair.first; });
        for (std::size_t i = 0; i < order.size(); ++i) {
            model::AuditItem item;
            item.asset = order[i].second.asset;
            item.sha256 = order[i].second.digest;
            placed.push_back({(static_cast<double>(i) + 0.5) / static_cast<double>(size), std::move(item)});
        }
    }
    std::ranges::stable_sort(placed, {}, &Placed::at);
    std::vector<model::AuditItem> out;
    for (Placed& one : placed) {
        one.item.position = static_cast<std::int64_t>(out.size()) + 1;
        out.push_back(std::move(one.item));
    }
    return out;
}

} // namespace

base::Expected<std::vector<model::AuditSample>> Session::auditSamples() const {
    auto reading = m_internals->read();
    return reading ? (*reading)->samples.all() : tl::unexpected(reading.error());
}

base::Expected<std::vector<model::AuditItem>> Session::auditItems(std::int64_t sample) const {
    auto reading = m_internals->read();
    return reading ? (*reading)->samples.items(sample) : tl::unexpected(reading.error());
}

base::Expected<std::int64_t> Session::drawSample(const SampleSpec& spec, const std::string& by) {
    if (!(spec.confidence >= 0.8 && spec.confidence <= 0.999)) {
        return base::fail(ErrorCode::InvalidArgument, "job.sample", {"confidence"});
    }
    if (!(spec.tolerated >= 0 && spec.tolerated <= 0.5)) {
        return base::fail(ErrorCode::InvalidArgument, "job.sample", {"tolerated"});
    }
    std::int64_t id = 0;
    {
        auto writing = m_internals->write(Internals::Purpose::Judgement);
        if (!writing) {
            return tl::unexpected(writing.error());
        }
        const auto population = confirmedNow(**writing);
        if (!population) {
            return tl::unexpected(population.error());
        }
        std::vector<std::int64_t> sizes;
        std::int64_t all = 0;
        for (const auto& [kind, list] : *population) {
            sizes.push_back(static_cast<std::int64_t>(list.size()));
            all += sizes.back();
        }
        if (all == 0) {
            return base::fail(ErrorCode::NotPossible, "job.sample", {"nothing"});
        }
        const auto drawn = review::allocate(
            sizes, static_cast<std::int64_t>(spec.tolerated * static_cast<double>(all)), spec.confidence);
        if (!drawn) {
            return tl::unexpected(drawn.error());
        }
        model::AuditSample sample;
        if (spec.seed) {
            sample.seed = *spec.seed;
        } else {
            randombytes_buf(sample.seed.bytes.data(), sample.seed.bytes.size());
        }
        sample.confidence = spec.confidence;
        sample.tolerated = spec.tolerated;
        sample.drawnBy = by;
        sample.drawnAt = base::nowMs();
        std::size_t stratum = 0;
        for (const auto& [kind, list] : *population) {
            sample.strata.push_back({kind, sizes[stratum], (*drawn)[stratum]});
            ++stratum;
        }
        auto items = chosen(*population, *drawn, sample.seed);
        if (!items) {
            return tl::unexpected(items.error());
        }
        const auto details = audit::Details()
                                 .digest("seed", sample.seed)
                                 .count("population", all)
                                 .count("size", static_cast<std::int64_t>(items->size()))
                                 .word("confidence", std::to_string(spec.confidence))
                                 .word("tolerated", std::to_string(spec.tolerated));
        const auto head =
            audit::append(**writing, by, "sample.drawn", details, m_internals->signedIn().get());
        if (!head) {
            return tl::unexpected(head.error());
        }
        const auto added = (*writing)->samples.add(sample, std::move(*items), head->number);
        if (!added) {
            return added;
        }
        if (auto done = writing->commit(); !done) {
            return tl::unexpected(done.error());
        }
        id = *added;
    }
    m_internals->noteSeen();
    m_internals->notify({Change::Kind::Samples, {}});
    return id;
}

base::Expected<void> Session::judge(std::int64_t sample, std::int64_t position, Judgement judgement,
                                    const std::string& note, const std::string& by) {
    if (judgement == Judgement::Leak && base::isBlank(note)) {
        return base::fail(ErrorCode::ReasonRequired, "job.judge");
    }
    {
        auto writing = m_internals->write(Internals::Purpose::Judgement);
        if (!writing) {
            return tl::unexpected(writing.error());
        }
        auto item = (*writing)->samples.item(sample, position);
        if (!item || !*item) {
            return item ? base::fail(ErrorCode::NotFound, "job.judge") : tl::unexpected(item.error());
        }
        const auto record = (*writing)->assets.find((*item)->asset);
        if (!record) {
            return tl::unexpected(record.error());
        }
        if (!*record || (*record)->stagedDigest != (*item)->sha256) {
            return base::fail(ErrorCode::NotPossible, "job.judge", {"digest"});
        }
        model::AuditItem& now = **item;
        now.judgement = judgement;
        now.note = note;
        now.judgedBy = by;
        now.judgedAt = base::nowMs();
        audit::Details details = audit::Details()
                                     .count("sample", sample)
                                     .count("position", position)
                                     .id("asset", now.asset)
                                     .digest("sha256", now.sha256)
                                     .word("judgement", kJudgements[static_cast<std::size_t>(judgement)]);
        if (!note.empty()) {
            details.digest("note", base::sha256(note));
        }
        for (auto done :
             {(*writing)->samples.update(now), m_internals->log(*writing, by, "sample.judged", details)}) {
            if (!done) {
                return done;
            }
        }
        if (auto done = writing->commit(); !done) {
            return done;
        }
    }
    m_internals->noteSeen();
    m_internals->notify({Change::Kind::Samples, {}});
    return {};
}

base::Expected<std::int64_t> Session::sendBackLeaks(std::int64_t sample, const std::string& by) {
    std::int64_t count = 0;
    {
        auto writing = m_internals->write(Internals::Purpose::Judgement);
        if (!writing) {
            return tl::unexpected(writing.error());
        }
        auto items = (*writing)->samples.items(sample);
        if (!items) {
            return tl::unexpected(items.error());
        }
        for (model::AuditItem& item : *items) {
            if (item.judgement != Judgement::Leak || item.sentBack) {
                continue;
            }
            model::Confirmation back;
            back.asset = item.asset;
            back.sha256 = item.sha256;
            back.verdict = model::Confirmation::Verdict::SentBack;
            back.reviewer = by;
            back.note = item.note;
            item.sentBack = true;
            if (auto done = m_internals->record(*writing, back); !done) {
                return tl::unexpected(done.error());
            }
            if (auto done = (*writing)->samples.update(item); !done) {
                return tl::unexpected(done.error());
            }
            ++count;
        }
        if (count == 0) {
            return 0;
        }
        if (auto done = writing->commit(); !done) {
            return tl::unexpected(done.error());
        }
    }
    m_internals->noteSeen();
    m_internals->notify({Change::Kind::Samples, {}});
    m_internals->notify({Change::Kind::Confirmations, {}});
    return count;
}

} // namespace kamei::job
