#pragma once

#include <cstdint>
#include <vector>

#include "core/transform/volume/HeadSpace.h"

namespace kamei::transform::volume {

/// Where parts of the face lie in the head, mm; from the marks where a face was found, else from the heights
/// and the skin in front. `scale`: size of the head over that of an adult.
struct FaceLevels {
    double scale = 1;
    double brow = 0, eyes = 0, nose = 0, mouth = 0, chin = 0; ///< up
    double browFront = 0, eyesFront = 0;                      ///< front, of the skin beside the middle
    double ears = 0;                                          ///< front
    HeadMm rightEye{}, leftEye{}, mouthAt{};                  ///< on the skin
};
[[nodiscard]] FaceLevels levelsOf(const HeadSpace& space, const detect::volume::Head& head);

/// The brain and what lies within `marginMm` around it: 1 for each cell that nothing may touch.
///
/// Two ways, joined, so that neither has to be right alone: what the anatomy of the skull base lets be brain
/// (deeper below the skin than scalp and skull are thick; above the orbits, or behind them), and the largest
/// piece of soft tissue that stays together when a shell of some mm is taken off it (on CT by Hounsfield
/// units, else by the skin's threshold), apart from what lies in the face below the eyes.
[[nodiscard]] std::vector<std::uint8_t> brainOf(const HeadSpace& space, const detect::volume::Head& head,
                                                const FaceLevels& levels, bool hounsfield, double marginMm);

} // namespace kamei::transform::volume
