#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/Error.h"
#include "core/model/Vocabulary.h"

namespace kamei::model {

/// How an action of Guideline 4.7.2 is carried out on a column of a table: what a person chose beyond the
/// action. What is absent takes the default that the transform names.
struct Method {
    enum class Coarser { Multiple, Band, Month, Year };   ///< generalise
    enum class Distribution { Normal, Laplace, Uniform }; ///< noise

    std::optional<Coarser> coarser;
    double width = 0; ///< generalise: multiple to round to, or width of a band; > 0, unit of the column
    std::optional<double> bound; ///< top and bottom coding: values beyond it become it
    std::int32_t size = 3;       ///< micro-aggregation: fewest records in a group, 2..1000
    std::string with;            ///< micro-aggregation: columns with the same word are grouped together
    double window = 5; ///< swap: a value changes places within this share of the ranks, percent, 0..100
    Distribution distribution = Distribution::Normal;
    std::optional<double> scale; ///< noise: its standard deviation in the unit of the column, > 0
    std::int64_t rows = 0;       ///< synthesise: artificial records to add, 1..1,000,000
    bool record = false;         ///< delete: the whole record in which the cell stands

    friend bool operator==(const Method&, const Method&) = default;
};

/// JSON as stored with a decision; empty for a method that says nothing.
[[nodiscard]] std::string toJson(const Method& method);
/// The empty text gives the defaults. Malformed: not such a JSON; InvalidArgument (args: the field): out of
/// range.
[[nodiscard]] base::Expected<Method> methodFromJson(std::string_view json);

/// Whether an action can be told more by a method when it concerns a whole column.
[[nodiscard]] bool hasMethod(Action action);

} // namespace kamei::model
