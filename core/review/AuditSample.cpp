#include "core/review/AuditSample.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_set>
#include <utility>

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

// P(Bin(trials, rate) <= count).
double binomialAtMost(std::int64_t trials, double rate, std::int64_t count) {
    if (count >= trials || rate <= 0) {
        return 1;
    }
    if (rate >= 1) {
        return 0;
    }
    double sum = 0;
    for (std::int64_t x = 0; x <= count; ++x) {
        sum += std::exp(logChoose(trials, x) + static_cast<double>(x) * std::log(rate) +
                        static_cast<double>(trials - x) * std::log1p(-rate));
    }
    return std::min(sum, 1.0);
}

// Below it Hoeffding's condition does not hold at the bound.
constexpr double kLeastConfidence = 0.8;

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

base::Expected<std::int64_t> upperBound(std::span<const Part> parts, double confidence) {
    std::int64_t found = 0;
    std::int64_t most = 0;
    std::vector<std::pair<double, std::int64_t>> rooms; // rate of looking, leaks that may be there
    for (const Part& part : parts) {
        if (part.leaks < 0 || part.leaks > part.judged || part.judged > part.population) {
            return base::fail(base::ErrorCode::InvalidArgument, "review.audit");
        }
        const std::int64_t room = part.population - (part.judged - part.leaks);
        found += part.leaks;
        most += room;
        if (part.population > 0) {
            rooms.emplace_back(static_cast<double>(part.judged) / static_cast<double>(part.population), room);
        }
    }
    if (confidence < kLeastConfidence || !isConfidence(confidence)) {
        return base::fail(base::ErrorCode::InvalidArgument, "review.audit");
    }
    if (parts.size() == 1) {
        return upperBound(parts[0].population, parts[0].judged, parts[0].leaks, confidence);
    }
    std::ranges::sort(rooms);
    const auto excluded = [&](std::int64_t leaking) {
        double mean = 0;
        std::int64_t left = leaking;
        for (const auto& [rate, room] : rooms) {
            const std::int64_t here = std::min(left, room);
            mean += rate * static_cast<double>(here);
            left -= here;
        }
        return static_cast<double>(found) <= mean - 1 &&
               binomialAtMost(leaking, mean / static_cast<double>(leaking), found) <=
                   1 - confidence - kRounding;
    };
    while (most > found && excluded(most)) {
        --most;
    }
    return most;
}

base::Expected<std::vector<std::int64_t>> allocate(std::span<const std::int64_t> populations,
                                                   std::int64_t tolerated, double confidence) {
    if (tolerated < 0 || confidence < kLeastConfidence || !isConfidence(confidence) ||
        std::ranges::any_of(populations, [](std::int64_t n) { return n < 0; })) {
        return base::fail(base::ErrorCode::InvalidArgument, "review.audit");
    }
    // No leak among `tolerated` + 1 seen at a rate f has the chance (1 - f)^(tolerated + 1).
    double rate = 1 - std::pow(1 - confidence, 1 / static_cast<double>(tolerated + 1));
    constexpr double kStep = 1.01;
    for (;;) {
        std::vector<std::int64_t> out;
        std::vector<Part> parts;
        for (const std::int64_t population : populations) {
            const auto wanted = static_cast<std::int64_t>(std::ceil(rate * static_cast<double>(population)));
            out.push_back(std::min(population, wanted));
            parts.push_back({population, out.back(), 0});
        }
        const auto bound = upperBound(parts, confidence);
        if (!bound || *bound <= tolerated || rate >= 1) {
            return bound ? base::Expected<std::vector<std::int64_t>>(std::move(out))
                         : tl::unexpected(bound.error());
        }
        rate = std::min(1.0, rate * kStep);
    }
}

base::Expected<double> rateBound(std::int64_t judged, std::int64_t leaks, double confidence) {
    if (leaks < 0 || leaks > judged || !isConfidence(confidence)) {
        return base::fail(base::ErrorCode::InvalidArgument, "review.audit");
    }
    double low = 0;
    double high = 1;
    constexpr int kHalvings = 60;
    for (int i = 0; i < kHalvings && leaks < judged; ++i) {
        const double middle = (low + high) / 2;
        (binomialAtMost(judged, middle, leaks) > 1 - confidence ? low : high) = middle;
    }
    return high;
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
