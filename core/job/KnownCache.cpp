#include "core/job/KnownCache.h"

#include <algorithm>
#include <tuple>

namespace kamei::job {
namespace {

using model::KnownIdentifier;

constexpr std::size_t kMostKept = 1024;

base::Expected<std::vector<KnownIdentifier>> everybody(const store::Reading& reading) {
    auto out = reading->known.forSearch({});
    const auto subjects = reading->subjects.all();
    if (!out || !subjects) {
        return tl::unexpected(out ? subjects.error() : out.error());
    }
    for (const model::Subject& subject : *subjects) {
        auto known = reading->known.of(subject.id);
        if (!known) {
            return known;
        }
        std::ranges::move(*known, std::back_inserter(*out));
    }
    return out;
}

} // namespace

base::Expected<std::shared_ptr<const KnownCache::Known>> KnownCache::of(const Session::Internals& internals,
                                                                        base::SubjectId subject) {
    const std::lock_guard lock(m_mutex);
    if (const auto found = m_known.find(subject.value); found != m_known.end()) {
        return found->second;
    }
    auto reading = internals.read();
    if (!reading) {
        return tl::unexpected(reading.error());
    }
    auto identifiers = subject.valid() ? (*reading)->known.forSearch(subject) : everybody(*reading);
    if (!identifiers) {
        return tl::unexpected(identifiers.error());
    }
    const auto order = [](const KnownIdentifier& value) { return std::tie(value.kind, value.value); };
    std::ranges::stable_sort(*identifiers, {}, order);
    // Not of std::ranges: clang 14 does not compile the subrange of libstdc++ 12, and the fuzzers need clang.
    const auto repeated =
        std::unique(identifiers->begin(), identifiers->end(),
                    [&](const auto& one, const auto& next) { return order(one) == order(next); });
    identifiers->erase(repeated, identifiers->end());

    // Lists of assets come by subject, so that few people are needed at a time.
    if (m_known.size() > kMostKept) {
        m_known.clear();
    }
    auto out = std::make_shared<Known>();
    base::Sha256Hasher hasher;
    for (const KnownIdentifier& value : *identifiers) {
        hasher.update(value.kind + '|' + std::to_string(value.value.size()) + '|' + value.value);
    }
    out->digest = hasher.finish();
    out->identifiers = std::move(*identifiers);
    m_known.emplace(subject.value, out);
    return std::shared_ptr<const Known>(std::move(out));
}

void KnownCache::forget() {
    const std::lock_guard lock(m_mutex);
    m_known.clear();
}

} // namespace kamei::job
