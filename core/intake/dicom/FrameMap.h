#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/base/Error.h"
#include "core/intake/dicom/Instance.h"

namespace kamei::intake::dicom {

/// Fragments of one frame: index into Instance::fragments() and their number.
struct FrameParts {
    std::size_t first = 0;
    std::size_t count = 0;
};

/// Which fragments make up which frame of encapsulated pixel data (PS3.5 2024b A.4): by the Basic Offset
/// Table where it is sound; else one fragment a frame where the numbers agree; else a frame begins with its
/// codestream's first marker. At most `stated` frames: what follows them is no frame that anybody declared.
/// Fewer where there are not so many. Malformed when there is no fragment at all.
[[nodiscard]] base::Expected<std::vector<FrameParts>> mapFrames(const Instance& instance,
                                                                std::int64_t stated);

/// Whether the Basic Offset Table is empty or says of every frame of `parts` where it begins. Another one
/// must not be written: it is wrong, and nobody knows what its bytes are.
[[nodiscard]] base::Expected<bool> isOffsetTableSound(const Instance& instance,
                                                      const std::vector<FrameParts>& parts);

} // namespace kamei::intake::dicom
