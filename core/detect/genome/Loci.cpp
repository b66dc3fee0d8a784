#include "core/detect/genome/Loci.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace kamei::detect::genome {

using namespace std::string_view_literals;

void Loci::add(std::string_view chromosome, std::int64_t position, std::int64_t end,
               std::optional<double> r2) {
    auto found = m_sites.find(chromosome);
    if (found == m_sites.end()) {
        found = m_sites.emplace(std::string(chromosome), std::vector<Site>{}).first;
    }
    found->second.push_back({position, std::max(position, end), r2.value_or(-1)});
}

void Loci::count(Judgement& into) {
    for (auto& [chromosome, sites] : m_sites) {
        ++into.chromosomes;
        std::ranges::stable_sort(sites, {}, &Site::position);
        std::optional<std::int64_t> last;
        for (const Site& site : sites) {
            if (site.r2 >= 0) {
                ++into.withLd;
                if (!last || site.r2 < kIndependentR2) {
                    ++into.independent;
                    last = site.position;
                }
                continue;
            }
            const std::int64_t from = last ? std::max(site.position, *last + kIndependentBp) : site.position;
            if (from <= site.end) { // a block of reference bases may hold several
                const std::int64_t more = (site.end - from) / kIndependentBp;
                into.independent += 1 + more;
                last = from + more * kIndependentBp;
            }
        }
    }
}

bool isStrMarker(std::string_view name) {
    static constexpr std::array kNames{"TH01"sv, "TPOX"sv, "CSF1PO"sv, "FGA"sv,
                                       "VWA"sv,  "SE33"sv, "F13A1"sv,  "FES"sv};
    std::string upper(name);
    std::ranges::transform(upper, upper.begin(),
                           [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    if (std::ranges::find(kNames, upper) != kNames.end()) {
        return true;
    }
    // D<chromosome>S<number>, DYS<number>.
    const auto digits = [&](std::size_t at) {
        std::size_t end = at;
        while (end < upper.size() && std::isdigit(static_cast<unsigned char>(upper[end])) != 0) {
            ++end;
        }
        return end - at;
    };
    if (upper.starts_with("DYS")) {
        return digits(3) >= 2;
    }
    const std::size_t chromosome = upper.starts_with('D') ? digits(1) : 0;
    const std::size_t at = 1 + chromosome;
    return chromosome >= 1 && chromosome <= 2 && at < upper.size() && upper[at] == 'S' &&
           digits(at + 1) >= 2 && at + 1 + digits(at + 1) == upper.size();
}

} // namespace kamei::detect::genome
