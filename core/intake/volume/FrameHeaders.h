#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/intake/dicom/Instance.h"

namespace kamei::intake::volume {

/// What the header of a DICOM object says of one frame: from its functional groups (PS3.3 2024b C.7.6.16),
/// shared ones where the frame has none, else from the data set itself.
struct FrameHeader {
    std::int32_t frame = 1;
    std::int32_t rows = 0;
    std::int32_t columns = 0;
    std::int32_t bits = 16; ///< stored
    bool isSigned = false;
    bool isFloat = false;
    bool colour = false; ///< more than one sample a pixel, or a palette
    std::optional<std::array<double, 3>> position;
    std::optional<std::array<double, 6>> orientation;
    std::optional<std::array<double, 2>> spacing; ///< between rows, between columns
    std::optional<double> thickness;
    std::optional<double> between; ///< Spacing Between Slices
    std::optional<double> tilt;    ///< Gantry/Detector Tilt, degrees
    double slope = 1;
    double intercept = 0;
    std::string modality;
    std::string frameOfReference;
    std::string imageType; ///< of the frame where it has one
    std::string rendering; ///< see SlicePlace::rendering
    /// What tells frames at one place apart, most telling first: stack, acquisition, time point, echo,
    /// diffusion, kind of image, trigger, reconstruction.
    std::vector<std::string> distinctions;
    std::int64_t number = 0; ///< Instance Number
};

/// Headers of all frames. At most 1,000,000; an object that states more is said to have none.
[[nodiscard]] std::vector<FrameHeader> frameHeaders(const dicom::Instance& instance);

/// "localizer", "projection", "rendering", "mosaic" or nothing, by the values of Image Type or Frame Type and
/// the SOP class: Secondary Capture (PS3.4 2024b B.5) of a scanner is a rendering.
[[nodiscard]] std::string renderingOf(std::string_view imageType, std::string_view sopClass);

} // namespace kamei::intake::volume
