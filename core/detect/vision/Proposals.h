#pragma once

#include <cstdint>
#include <string>
#include <string_view>
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
    std::int32_t facesEvery = 0; ///< frames between two that are searched for faces; 0: none
    std::string_view faceRule = "image-content.face-photo";
    bool lying = false;  ///< faces lie or stand on their head as often as not (a camera that was turned)
    bool moving = false; ///< frames follow each other in time: faces are tied together over them
};

/// What was found.
struct Proposals {
    std::vector<model::Finding> findings; ///< boxes: origin ocr or face, action mask, the mask in `detail`
    std::vector<model::KnownIdentifier> known; ///< what codes say
    std::int32_t examined = 0;                 ///< frames that could be decoded
    std::vector<std::int32_t> cuts; ///< frames with which a new scene begins, where frames follow each other
    bool facesSearched = false;     ///< false also where the model of faces is missing
    bool identifying =
        false; ///< letters or codes were read: the pictures carry text, whatever the header says
};

/// Goes through the frames and proposes masks (Guideline 5.4.3): burned-in text (rule
/// image-content.burned-in-text), required unless it is a marker, codes, faces (masks over more than the
/// eyes) and, where faces are looked for, monitors and paper as conditional ones. Frames that cannot be
/// decoded are left out and not counted. Nothing is decided: a proposal is open until a person has seen it.
[[nodiscard]] base::Expected<Proposals> propose(const FrameSource& frame, const Task& task,
                                                std::span<const model::KnownIdentifier> known,
                                                const Context& context);

} // namespace kamei::detect::vision
