#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kamei::job {

/// How many people live where an address says; a small place says much of a person (Guideline 4.6.1: 497
/// municipalities had fewer than 10,000 people).
struct Residents {
    static constexpr std::int64_t kFew = 10'000;
    std::string municipality; ///< as transform::text::toMunicipality names it
    std::int64_t people = 0;  ///< census of 2020
};
/// Nothing where an address names no municipality that is known.
[[nodiscard]] std::optional<Residents> residentsOf(std::string_view address);

} // namespace kamei::job
