#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/Error.h"
#include "core/intake/text/TextSource.h"
#include "core/model/Finding.h"
#include "core/model/Method.h"

namespace kamei::transform::text {

/// One thing to do in a source: in a range, or in every cell of a column.
struct Step {
    model::Action action = model::Action::Delete;
    std::string label; ///< see labelOf
    std::int64_t start = 0;
    std::int64_t end = 0;
    std::int32_t column = -1; ///< >= 0: the whole column instead of the range
    /// Clean of a column: the identifiers in each value, code points of it. A value that is not listed goes
    /// as a whole.
    struct Cleaned {
        std::string value;
        std::vector<Step> spans;
    };
    std::vector<Cleaned> cleaned;
    bool cleans = false;
    model::Method method;
    std::optional<std::string> value; ///< of a cell whose column is processed as a whole: what stands there then
};

/// What findings ask for, undecided and rejected ones left out. NotPossible, InvalidArgument, Malformed
/// (detail).
[[nodiscard]] base::Expected<std::vector<Step>> stepsOf(std::span<const model::Finding> findings);

/// Artificial records that findings ask for (Guideline 4.7.2 疑似データ生成).
[[nodiscard]] std::int64_t syntheticRowsOf(std::span<const model::Finding> findings);

/// Steps as ranges of one source in order, columns spread over their cells, overlaps made one range under the
/// strictest action (delete, replace, generalise, top-code, shift).
[[nodiscard]] std::vector<Step> rangesOf(const std::vector<Step>& steps,
                                         const intake::text::TextSource& source);

/// Every field of the steps, for digests.
[[nodiscard]] std::string description(const std::vector<Step>& steps);

} // namespace kamei::transform::text
