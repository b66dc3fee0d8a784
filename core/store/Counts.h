#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "core/model/Vocabulary.h"

namespace kamei::store {

/// Findings, and the undecided of them by requirement.
struct Counts {
    std::int64_t total = 0;
    std::array<std::int64_t, 4> open{}; ///< index: model::Requirement

    [[nodiscard]] std::int64_t openOf(model::Requirement requirement) const {
        return open[static_cast<std::size_t>(requirement)];
    }
    [[nodiscard]] std::int64_t openAll() const { return open[0] + open[1] + open[2] + open[3]; }
    friend bool operator==(const Counts&, const Counts&) = default;
};

} // namespace kamei::store
