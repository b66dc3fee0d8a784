#include "core/job/ClipTimes.h"

#include "core/intake/Format.h"

namespace kamei::job {

base::Expected<std::vector<std::int64_t>> frameTimesUs(Session& session, base::AssetId asset) {
    const auto sources = session.sources(asset);
    if (!sources) {
        return tl::unexpected(sources.error());
    }
    if (sources->size() != 1) {
        return base::fail(base::ErrorCode::NotPossible, "job.clip", {"sources"});
    }
    return intake::frameTimesUs(sources->front());
}

} // namespace kamei::job
