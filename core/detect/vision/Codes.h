#pragma once

#include <string>
#include <vector>

#include "core/model/Locator.h"
#include "core/model/Raster.h"

namespace kamei::detect::vision {

/// A bar code or two-dimensional code. Its text is what somebody encoded: a patient's number as a rule.
struct Code {
    model::RectPx rect; ///< with its quiet zone, as far as it is known
    std::string kind;   ///< "QR-Code", "CODE-128", "DataMatrix"
    std::string text;   ///< UTF-8
};

/// Codes that zbar reads on a picture (EAN, Code 39, 93, 128, Codabar, Interleaved 2 of 5, DataBar, QR), also
/// on inverted pictures. Empty for a raster whose samples are incomplete.
[[nodiscard]] std::vector<Code> findCodes(const model::Raster& raster);

/// Data Matrix codes (ISO/IEC 16022), as on slides, tubes and cassettes; looked for no longer than a quarter of
/// a second, so that none found is no proof. Empty for a raster whose samples are incomplete.
[[nodiscard]] std::vector<Code> findMatrixCodes(const model::Raster& raster);

} // namespace kamei::detect::vision
