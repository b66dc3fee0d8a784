#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/detect/Detector.h"
#include "core/detect/vision/FrameText.h"

namespace kamei::detect::vision {

/// What to look for on the frames of an asset.
struct Task {
    std::int32_t frames = 0;
    std::int32_t together = 1;   ///< frames that are laid over each other, see FrameTextFinder
    bool slices = false;         ///< cuts through one body, see FrameTextFinder
    std::int32_t codesEvery = 1; ///< frames between two that are searched for codes; 0: none
};

/// What was found.
struct Proposals {
    std::vector<model::Finding> findings; ///< boxes: origin ocr or face, action mask, the mask in `detail`
    std::vector<model::KnownIdentifier> known; ///< what codes say
    std::int32_t examined = 0;                 ///< frames that could be decoded
    bool identifying =
        false; ///< letters or codes were read: the pictures carry text, whatever the header says
};

/// Goes through the frames and proposes masks (Guideline 5.4.3): burned-in text (rule
/// image-content.burned-in-text), required unless it is a marker, and codes. Frames that cannot be decoded
/// are left out and not counted. Nothing is decided: a proposal is open until a person has seen it.
[[nodiscard]] base::Expected<Proposals> propose(const FrameSource& frame, const Task& task,
                                                std::span<const model::KnownIdentifier> known,
                                                const Context& context);

} // namespace kamei::detect::vision
