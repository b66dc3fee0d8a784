#pragma once

#include <utility>
#include <vector>

#include "core/base/Error.h"
#include "core/job/Session.h"

namespace kamei::job {

/// What a sample shows so far. "Unsure" counts as a leak until somebody decides.
struct SampleBound {
    struct Kind {
        model::AssetKind kind = model::AssetKind::Unreadable;
        std::int64_t population = 0;
        std::int64_t drawn = 0;
        std::int64_t judged = 0;
        std::int64_t leaks = 0;
        std::int64_t bound = 0; ///< most leaks among the population, exact hypergeometric
        double rate = 1;        ///< Clopper-Pearson, for data made in the same way without end
    };
    std::int64_t population = 0;
    std::int64_t drawn = 0;
    std::int64_t judged = 0;
    std::int64_t leaks = 0; ///< judged leaks
    std::int64_t unsure = 0;
    std::int64_t bound = 0; ///< most leaks in the whole population (review::upperBound over the kinds)
    double rate = 1;        ///< Clopper-Pearson over all that was judged
    double confidence = 0.95;
    std::int64_t whenClean = 0; ///< the bound if the rest of the sample holds no leak
    std::vector<Kind> kinds;
    /// (judged, bound / population) in the order of looking, at most about a hundred points.
    std::vector<std::pair<std::int64_t, double>> course;
};
/// Reads the kinds of the assets: off the GUI thread. NotFound without such a sample.
[[nodiscard]] base::Expected<SampleBound> sampleBound(const Session& session, std::int64_t sample);

} // namespace kamei::job
