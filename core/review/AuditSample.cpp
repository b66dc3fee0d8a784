#include "core/review/AuditSample.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_set>

namespace kamei::review {
namespace {

bool isConfidence(double value) {
    return value > 0 && value < 1;
}

double logChoose(std::int64_t n, std::int64_t k) {
    const auto logFactorial = [](std::int64_t value) { return std::lgamma(static_cast<double>(value) + 1); };
    return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}

// P(X <= leaks) when `leaking` of `population` leak and `sample` are drawn without replacement.
double atMost(std::int64_t population, std::int64_t leaking, std::int64_t sample, std::int64_t leaks) {
    const std::int64_t lowest = std::max<std::int64_t>(0, sample - (population - leaking));
    const std::int64_t highest = std::min({leaks, sample, leaking});
    const double all = logChoose(population, sample);
    double sum = 0;
    for (std::int64_t x = lowest; x <= highest; ++x) {
        sum += std::exp(logChoose(leaking, x) + logChoose(population - leaking, sample - x) - all);
    }
    return std::min(sum, 1.0);
}

// Sums of many terms differ from a decimal confidence in the last places; the bound errs to the safe side.
constexpr double kRounding = 1e-9;

} // namespace

base::Expected<std::int64_t> upperBound(std::int64_t population, std::int64_t sample, std::int64_t leaks,
                                        double confidence) {
    if (leaks < 0 || leaks > sample || sample > population || !isConfidence(confidence)) {
        return base::fail(base::ErrorCode::InvalidArgument, "review.audit");
    }
    // P(X <= leaks) falls as more items leak: the last count at which it is still above 1 - confidence.
    std::int64_t low = leaks;
    std::int64_t high = population - (sample - leaks);
    while (low < high) {
        const std::int64_t middle = low + (high - low + 1) / 2;
        if (atMost(population, middle, sample, leaks) > 1 - confidence - kRounding) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return low;
}

base::Expected<std::int64_t> sampleSize(std::int64_t population, std::int64_t tolerated, double confidence) {
    if (population < 0 || tolerated < 0 || !isConfidence(confidence)) {
        return base::fail(base::ErrorCode::InvalidArgument, "review.audit");
    }
    if (tolerated >= population) {
        return 0;
    }
    std::int64_t low = 0;
    std::int64_t high = population;
    while (low < high) {
        const std::int64_t middle = low + (high - low) / 2;
        const auto bound = upperBound(population, middle, 0, confidence);
        if (bound && *bound <= tolerated) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

base::Expected<std::vector<std::int64_t>> drawSample(std::int64_t population, std::int64_t sample,
                                                     const base::Sha256& seed) {
    if (sample < 0 || sample > population) {
        return base::fail(base::ErrorCode::InvalidArgument, "review.audit");
    }
    // SHA-256 in counter mode; numbers beyond the last whole multiple are thrown away (no modulo bias).
    std::uint64_t counter = 0;
    const auto below = [&](std::uint64_t limit) {
        const std::uint64_t usable = UINT64_MAX - UINT64_MAX % limit;
        for (;;) {
            base::Sha256Hasher hasher;
            hasher.update(seed.bytes);
            hasher.update(std::to_string(counter++));
            const base::Sha256 block = hasher.finish();
            std::uint64_t value = 0;
            for (std::size_t i = 0; i < sizeof value; ++i) {
                value = value << 8 | std::to_integer<std::uint64_t>(block.bytes[i]);
            }
            if (value < usable) {
                return value % limit;
            }
        }
    };
    // Floyd's algorithm: every subset is equally likely, and memory goes with the sample only.
    std::unordered_set<std::int64_t> chosen;
    for (std::int64_t last = population - sample; last < population; ++last) {
        const auto candidate = static_cast<std::int64_t>(below(static_cast<std::uint64_t>(last) + 1));
        chosen.insert(chosen.contains(candidate) ? last : candidate);
    }
    std::vector<std::int64_t> out(chosen.begin(), chosen.end());
    std::ranges::sort(out);
    return out;
}

} // namespace kamei::review
