#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/Error.h"
#include "core/intake/text/TextSource.h"
#include "core/transform/pseudonym/Pseudonym.h"
#include "core/transform/text/Plan.h"

namespace kamei::transform::text {

/// Steps in which columns that Guideline 4.7.2 processes as a whole have become steps of their cells, each
/// with the value that stands there then; all others as they are. `source` names the file for the random
/// numbers: the same key and file give the same ones.
[[nodiscard]] std::vector<Step> withColumnValues(const std::vector<Step>& steps,
                                                 const intake::text::TextSource& text,
                                                 const pseudonym::Key& key, const std::string& source);

/// Records that cells ask to be removed as a whole (Guideline 4.7.2 レコード削除); Segment::row.
[[nodiscard]] std::vector<std::int64_t> removedRows(const std::vector<Step>& steps,
                                                    const intake::text::TextSource& text);

/// A processed table with artificial records behind its own. Columns of pseudonyms and tokens get new ones,
/// so that no artificial record is taken for one of a person. Errors as of TextSource.
[[nodiscard]] base::Expected<std::string> withSyntheticRows(std::string processed, std::string_view format,
                                                            std::int64_t rows, const std::vector<Step>& steps,
                                                            const pseudonym::Key& key,
                                                            const std::string& source);

} // namespace kamei::transform::text
