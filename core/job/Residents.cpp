#include "core/job/Residents.h"

#include "core/risk/Population.h"
#include "core/transform/text/Municipality.h"

namespace kamei::job {

std::optional<Residents> residentsOf(std::string_view address) {
    static const auto kPopulations = risk::Populations::load();
    const auto municipality = transform::text::toMunicipality(address);
    const std::int64_t people = municipality && kPopulations ? kPopulations->of(*municipality) : 0;
    return people > 0 ? std::optional(Residents{*municipality, people}) : std::nullopt;
}

} // namespace kamei::job
