#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/base/Error.h"
#include "core/risk/Risk.h"

namespace kamei::risk {

/// How many people live where (resources/japanese/municipalities.tsv, 2020 census).
class Populations {
public:
    [[nodiscard]] static base::Expected<Populations> load();
    /// Of a municipality as processed data name it ("東京都中央区", "札幌市北区" where no other place has
    /// that name); 0 when it is unknown.
    [[nodiscard]] std::int64_t of(std::string_view municipality) const;
    [[nodiscard]] std::int64_t prefecture(std::string_view name) const;
    [[nodiscard]] std::int64_t japan() const { return m_japan; }

private:
    std::unordered_map<std::string, std::int64_t> m_places;
    std::unordered_map<std::string, std::int64_t> m_prefectures;
    std::int64_t m_japan = 0;
};

/// From how many people the cohort comes: all who live in the municipalities (or prefectures) it names, when
/// everybody has one that is known, else everybody in Japan.
[[nodiscard]] std::int64_t populationBehind(const Analysis& analysis, const Populations& populations);

/// How many of those alone in the cohort are likely alone among all the people it comes from.
struct PopulationRisk {
    std::int64_t people = 0;     ///< of the cohort
    std::int64_t population = 0; ///< it comes from
    std::int64_t sampleUniques = 0;
    double populationUniques = 0; ///< expected among the whole population
    double shareUnique = 0; ///< probability that one alone in the cohort is alone in the population, 0..1
    double theta = 0, alpha = 0; ///< of the fitted model
    bool fitted = false;         ///< false: nothing to fit (nobody or everybody alone); the bound is meant
};

/// Population uniqueness after the Pitman sampling formula, parameters by maximum likelihood (Hoshino:
/// Applying Pitman's sampling formula to microdata disclosure risk assessment, Journal of Official Statistics
/// 17(4), 2001): expected uniques Gamma(theta+1)/Gamma(theta+alpha) * N^alpha. `sizes`: of each equivalence
/// class of the cohort. Where all are alone no model can be fitted, and all count as alone (fail closed).
/// InvalidArgument for a population smaller than the cohort.
[[nodiscard]] base::Expected<PopulationRisk> populationRisk(std::span<const std::int64_t> sizes,
                                                            std::int64_t population);

} // namespace kamei::risk
