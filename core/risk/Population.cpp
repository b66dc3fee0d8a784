#include "core/risk/Population.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "core/base/Resources.h"

namespace kamei::risk {
namespace {

struct Place {
    std::string prefecture, district, name; ///< the district (郡) of towns and villages
    std::int64_t population = 0;
};

std::vector<std::string_view> cellsOf(std::string_view line) {
    std::vector<std::string_view> out;
    for (std::size_t start = 0;;) {
        const std::size_t end = line.find('\t', start);
        out.push_back(line.substr(start, end - start));
        if (end == std::string_view::npos) {
            return out;
        }
        start = end + 1;
    }
}

/// Pitman's model over classes of a cohort: log-likelihood without terms that do not depend on the
/// parameters.
class Likelihood {
public:
    explicit Likelihood(std::span<const std::int64_t> sizes) {
        for (const std::int64_t size : sizes) {
            ++m_bySize[size];
            ++m_classes;
            m_people += size;
        }
    }
    [[nodiscard]] double operator()(double theta, double alpha) const {
        // Sum of log(theta + i alpha), i = 1..u-1; of -log(theta + i), i = 1..n-1; of log(i - alpha) by
        // class.
        const auto u = static_cast<double>(m_classes);
        const auto n = static_cast<double>(m_people);
        double out = (u - 1) * std::log(alpha) + std::lgamma(theta / alpha + u) -
                     std::lgamma(theta / alpha + 1) - std::lgamma(theta + n) + std::lgamma(theta + 1);
        for (const auto& [size, count] : m_bySize) {
            out += static_cast<double>(count) *
                   (std::lgamma(static_cast<double>(size) - alpha) - std::lgamma(1 - alpha));
        }
        return out;
    }

private:
    std::map<std::int64_t, std::int64_t> m_bySize;
    std::int64_t m_classes = 0;
    std::int64_t m_people = 0;
};

/// The best value of a unimodal function between two bounds (golden section).
template <class Function> double best(double low, double high, Function&& value) {
    const double ratio = (std::sqrt(5.0) - 1) / 2;
    for (int step = 0; step < 80; ++step) {
        const double left = high - ratio * (high - low);
        const double right = low + ratio * (high - low);
        (value(left) < value(right) ? low : high) = value(left) < value(right) ? left : right;
    }
    return (low + high) / 2;
}

} // namespace

base::Expected<Populations> Populations::load() {
    const auto text = base::readResource("japanese/municipalities.tsv");
    if (!text) {
        return tl::unexpected(text.error());
    }
    std::vector<Place> places;
    std::string_view rest = *text;
    while (!rest.empty()) {
        const std::size_t end = rest.find('\n');
        const std::string_view line = rest.substr(0, end);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        const auto cells = cellsOf(line);
        if (line.empty() || line.front() == '#' || cells.size() != 6 || cells[5].empty() ||
            cells[0] == "code") {
            continue;
        }
        Place place{std::string(cells[1]), std::string(cells[2]), std::string(cells[3]), 0};
        for (const char c : cells[5]) {
            if (c < '0' || c > '9') {
                return base::fail(base::ErrorCode::Malformed, "risk.population");
            }
            place.population = place.population * 10 + (c - '0');
        }
        places.push_back(std::move(place));
    }
    Populations out;
    std::map<std::string, int> named;
    std::set<std::string> cities; // of which the wards stand in the table as well
    for (const Place& place : places) {
        ++named[place.name];
        if (const std::size_t at = place.name.find("市");
            at != std::string::npos && place.name.ends_with("区")) {
            cities.insert(place.prefecture + place.name.substr(0, at + std::string_view("市").size()));
        }
    }
    for (const Place& place : places) {
        out.m_places[place.prefecture + place.name] = place.population;
        out.m_places[place.prefecture + place.district + place.name] = place.population;
        if (named[place.name] == 1) {
            out.m_places.emplace(place.name, place.population);
        }
        if (!cities.contains(place.prefecture + place.name)) {
            out.m_prefectures[place.prefecture] += place.population;
            out.m_japan += place.population;
        }
    }
    return out;
}

std::int64_t Populations::of(std::string_view municipality) const {
    const auto found = m_places.find(std::string(municipality));
    return found == m_places.end() ? 0 : found->second;
}

std::int64_t Populations::prefecture(std::string_view name) const {
    const auto found = m_prefectures.find(std::string(name));
    return found == m_prefectures.end() ? 0 : found->second;
}

std::int64_t populationBehind(const Analysis& analysis, const Populations& populations) {
    std::map<std::string, std::int64_t> places;
    for (const EquivalenceClass& group : analysis.classes) {
        const auto place = std::ranges::find(group.values, std::string("municipality"), &FieldValue::field);
        if (place == group.values.end()) {
            return populations.japan();
        }
        const std::int64_t people =
            std::max(populations.of(place->value), populations.prefecture(place->value));
        if (people == 0) {
            return populations.japan();
        }
        places[place->value] = people;
    }
    std::int64_t out = 0;
    for (const auto& [name, people] : places) {
        out += people;
    }
    // A city beside its own wards, or places of last century's borders: never fewer than the cohort itself.
    out = std::min(out, populations.japan());
    return out == 0 ? populations.japan() : std::max(out, analysis.subjects);
}

base::Expected<PopulationRisk> populationRisk(std::span<const std::int64_t> sizes, std::int64_t population) {
    PopulationRisk out;
    out.population = population;
    for (const std::int64_t size : sizes) {
        out.people += size;
        out.sampleUniques += size == 1 ? 1 : 0;
    }
    if (population < out.people || std::ranges::any_of(sizes, [](std::int64_t size) { return size < 1; })) {
        return base::fail(base::ErrorCode::InvalidArgument, "risk.population");
    }
    const double uniques = static_cast<double>(out.sampleUniques);
    if (out.sampleUniques == 0) {
        return out;
    }
    if (population == out.people || out.sampleUniques == out.people || sizes.size() == 1) {
        // The cohort is everybody, or nothing tells the model how people share values.
        out.populationUniques = uniques;
        out.shareUnique = 1;
        return out;
    }
    const Likelihood likelihood(sizes);
    const auto thetaAt = [&](double alpha) {
        return std::exp(best(std::log(1e-3), std::log(1e12),
                             [&](double logTheta) { return likelihood(std::exp(logTheta), alpha); }));
    };
    out.alpha = best(1e-4, 1 - 1e-4, [&](double alpha) { return likelihood(thetaAt(alpha), alpha); });
    out.theta = thetaAt(out.alpha);
    const double expected = std::exp(std::lgamma(out.theta + 1) - std::lgamma(out.theta + out.alpha) +
                                     out.alpha * std::log(static_cast<double>(population)));
    // Each of them is in the cohort with the cohort's share of the population.
    const double fraction = static_cast<double>(out.people) / static_cast<double>(population);
    out.populationUniques = std::min(expected, static_cast<double>(population));
    out.shareUnique = std::min(1.0, out.populationUniques * fraction / uniques);
    out.fitted = true;
    return out;
}

} // namespace kamei::risk
