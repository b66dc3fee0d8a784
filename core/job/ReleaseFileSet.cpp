#include "core/job/ReleaseFileSet.h"

#include <algorithm>
#include <memory>
#include <vector>

#include "core/job/KnownCache.h"
#include "core/job/SessionInternals.h"

namespace kamei::job {
namespace {

constexpr std::string_view kDirectoryFormat = "dicomdir"; // intake::Format::id

} // namespace

base::Expected<bool> wantsFileSet(Session& session, FileSet asked) {
    if (asked != FileSet::AsImported) {
        return asked == FileSet::Yes;
    }
    // A directory is left behind at import, and its row stays among those that are excluded.
    const auto all = session.assets({});
    AssetQuery query;
    query.includeExcluded = false;
    const auto included = session.assets(query);
    if (!all || !included) {
        return tl::unexpected(all ? included.error() : all.error());
    }
    std::unordered_set<std::int64_t> known;
    for (const AssetRow& row : *included) {
        known.insert(row.asset.id.value);
    }
    for (const AssetRow& row : *all) {
        if (known.contains(row.asset.id.value)) {
            continue;
        }
        const auto sources = session.sources(row.asset.id);
        if (!sources) {
            return tl::unexpected(sources.error());
        }
        if (std::ranges::any_of(*sources,
                                [](const model::Source& one) { return one.format == kDirectoryFormat; })) {
            return true;
        }
    }
    return false;
}

base::Expected<release::ExamineDirectory> directorySearch(Session& session,
                                                          std::span<const stage::ResidualSearch::Kept> kept,
                                                          const std::unordered_set<std::string>& pseudonyms) {
    KnownCache cache;
    const auto known = cache.of(session.internals(), base::SubjectId{});
    if (!known) {
        return tl::unexpected(known.error());
    }
    const std::vector<std::string> allowed(pseudonyms.begin(), pseudonyms.end());
    auto built = stage::ResidualSearch::build((*known)->identifiers, allowed, kept);
    if (!built) {
        return tl::unexpected(built.error());
    }
    const auto search = std::make_shared<const stage::ResidualSearch>(std::move(*built));
    return [search](std::span<const std::byte> bytes) -> base::Expected<void> {
        if (!search->search(bytes, stage::Content::Binary).empty()) {
            return base::fail(base::ErrorCode::NotPossible, "job.release", {"dicomdir"});
        }
        return {};
    };
}

} // namespace kamei::job
