#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kamei::transform::table {

/// A decimal number as a cell holds it.
struct Number {
    double value = 0;
    int decimals = 0; ///< digits behind the point
};

/// Reads a cell that is a decimal number and nothing else, blanks around it aside: "-12.50", "1,234",
/// "１２０". Nothing for anything else: "<0.5", "n.d.", "1e3", "120/80".
[[nodiscard]] std::optional<Number> numberOf(std::string_view utf8);

/// A number with so many decimals, rounded half away from zero; never "-0".
[[nodiscard]] std::string written(double value, int decimals);

/// Decimals that a width of classes needs: 0 for 5, 1 for 0.5, at most 6.
[[nodiscard]] int decimalsOf(double width);

} // namespace kamei::transform::table
