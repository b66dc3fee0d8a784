#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/Error.h"
#include "core/model/Asset.h"
#include "core/transform/Transform.h"

namespace kamei::transform::dicom {

/// One line of the attribute view: the same shape as job::AttributeLine without what only the job knows.
struct PreviewLine {
    std::string path; ///< "(0040,0275)[0].(0040,1001)"; items: "(0040,0275)[0]"
    std::string tag;  ///< "(0040,1001)"; empty for an item
    std::string vr;
    std::string keyword; ///< standard keyword; "" for private or unknown
    std::string name;    ///< in English: of the standard, or of the dictionary of private elements
    std::string creator; ///< private elements: owner of the block
    int depth = 0;
    bool isPrivate = false;
    bool isSequence = false;
    bool isItem = false;
    std::string before; ///< decoded value, UTF-8, at most 2,000 code points; binary as "n bytes"
    std::string after;
    bool removed = false;
    bool added = false;
    bool changed = false;
};

/// Header of one source before and after a transform of compileDicom, in order of the file; pixel data
/// itself is not processed. InvalidArgument when the transform is of another format.
[[nodiscard]] base::Expected<std::vector<PreviewLine>> previewDicom(const model::Source& source,
                                                                    const Transform& transform);

/// Headers of a source and of the file that was staged of it, as both stand on the disk: what is looked at
/// before it leaves, not what would be made. Errors: those of reading either.
[[nodiscard]] base::Expected<std::vector<PreviewLine>> compareDicom(const model::Source& source,
                                                                    const model::Source& staged);

/// Whether a finding's path (which may hold "[*]") means the attribute at a concrete path.
[[nodiscard]] bool pathMatches(std::string_view findingPath, std::string_view concretePath);

} // namespace kamei::transform::dicom
