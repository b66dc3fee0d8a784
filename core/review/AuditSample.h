#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/Digest.h"
#include "core/base/Error.h"

namespace kamei::review {

/// Bounds from a sample drawn without replacement (exact hypergeometric, one-sided; after
/// Clopper & Pearson 1934, and Buonaccorsi 1987 for finite populations).

/// The greatest number of leaking items among `population` that is still compatible, at `confidence`
/// (0..1, exclusive), with `leaks` found in a random sample of `sample`. InvalidArgument unless
/// 0 <= leaks <= sample <= population.
[[nodiscard]] base::Expected<std::int64_t> upperBound(std::int64_t population, std::int64_t sample,
                                                      std::int64_t leaks, double confidence);

/// The same for a population in parts, each sampled without replacement at its own rate. Each hypergeometric
/// count is a sum of independent Bernoulli variables (Vatutin & Mikhailov 1982), so the sum over the parts is
/// one too, and its lower tail is at most the binomial one with the same mean as long as the count lies one
/// below that mean (Hoeffding 1956, theorem 4). The mean is taken for the worst way in which the leaks may
/// lie among the parts: first where the fewest were looked at. With one part it is upperBound(). `confidence`
/// 0.8 or more.
struct Part {
    std::int64_t population = 0;
    std::int64_t judged = 0;
    std::int64_t leaks = 0; ///< among the judged
};
[[nodiscard]] base::Expected<std::int64_t> upperBound(std::span<const Part> parts, double confidence);

/// How many to draw from each part, at one rate and at least one of each, so that without a leak upperBound()
/// shows at most `tolerated` leaks in all.
[[nodiscard]] base::Expected<std::vector<std::int64_t>> allocate(std::span<const std::int64_t> populations,
                                                                 std::int64_t tolerated, double confidence);

/// Upper bound on the rate of leaks for data made in the same way without end (Clopper & Pearson 1934,
/// one-sided). 1 when nothing was judged.
[[nodiscard]] base::Expected<double> rateBound(std::int64_t judged, std::int64_t leaks, double confidence);

/// The smallest sample that, when it holds no leak, shows at `confidence` that at most `tolerated` items of
/// `population` leak.
[[nodiscard]] base::Expected<std::int64_t> sampleSize(std::int64_t population, std::int64_t tolerated,
                                                      double confidence);

/// `sample` different numbers of 0..population-1 in rising order, the same for the same seed, so that an
/// audit can be drawn again by others. Without modulo bias.
[[nodiscard]] base::Expected<std::vector<std::int64_t>>
drawSample(std::int64_t population, std::int64_t sample, const base::Sha256& seed);

} // namespace kamei::review
