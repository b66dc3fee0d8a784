#pragma once

#include <cstdint>
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

/// The smallest sample that, when it holds no leak, shows at `confidence` that at most `tolerated` items of
/// `population` leak.
[[nodiscard]] base::Expected<std::int64_t> sampleSize(std::int64_t population, std::int64_t tolerated,
                                                      double confidence);

/// `sample` different numbers of 0..population-1 in rising order, the same for the same seed, so that an
/// audit can be drawn again by others. Without modulo bias.
[[nodiscard]] base::Expected<std::vector<std::int64_t>>
drawSample(std::int64_t population, std::int64_t sample, const base::Sha256& seed);

} // namespace kamei::review
