#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/Method.h"
#include "core/transform/pseudonym/Random.h"

namespace kamei::transform::table {

/// Smallest number of people behind an average.
inline constexpr std::int32_t kUsualGroup = 3;

/// A column as it is to be processed: the contents of its cells below the header, in order of rows. Cells
/// that are empty stay so.
struct Column {
    std::vector<std::string> cells;
    model::Action action = model::Action::Keep;
    model::Method method;
    bool dates = false; ///< its label says that it holds dates
};

/// What stands in the cells afterwards.
struct Treated {
    std::vector<std::string> cells;
    std::int64_t removed = 0; ///< cells emptied because the action cannot be done on what they hold ("<0.5")
};

/// Whether an action is done over the column as a whole by this room; otherwise each cell by itself.
/// `age`: the column holds ages, for which top-coding has its own rule (90, Guideline 5.2.3).
[[nodiscard]] bool concernsColumn(model::Action action, const model::Method& method, bool dates, bool age);

/// Guideline 4.7.2, one action:
///   generalise      round to a multiple, a band "40-49", or dates to month or year
///   top/bottom code values beyond the bound become it; without a bound the 99th and 1st percentile
///   microaggregate  averages over groups of at least Method::size records; see groupRecords()
///   swap            rank swapping (Moore 1996): a number changes places with one at most Method::window
///   percent of
///                   the ranks away; other values change places at random
///   noise           a random number of the chosen distribution is added; standard deviation Method::scale,
///   or a
///                   tenth of the column's
/// What is no number is emptied where the action needs one. Decimals stay as written.
[[nodiscard]] Treated treat(const Column& column, pseudonym::Random& random);

/// Micro-aggregation of columns together (the same word in Method::with): one grouping over all of them.
/// Records in which one of them is no number are emptied in all.
[[nodiscard]] std::vector<Treated> microaggregate(std::span<const Column> columns);

/// The bound that top and bottom coding take without one: nothing for a column without numbers.
[[nodiscard]] std::optional<double> usualBound(std::span<const std::string> cells, model::Action action);
/// The deviation of noise without a scale: a tenth of that of the column; nothing when it has none.
[[nodiscard]] std::optional<double> usualScale(std::span<const std::string> cells);

} // namespace kamei::transform::table
