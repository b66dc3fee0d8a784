#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "core/base/Error.h"
#include "core/intake/dicom/Instance.h"

namespace kamei::intake::dicom {

/// What an instance of VL Whole Slide Microscopy shows: Image Type value 3 (PS3.3 2024b C.8.12.4.1.1).
enum class SlidePart {
    Volume,    ///< VOLUME or THUMBNAIL: the scan at some resolution
    Label,     ///< LABEL: the paper label
    Overview,  ///< OVERVIEW: the whole glass, as a rule with its label
    Undefined, ///< says nothing that the standard knows: anything may be on it
};
[[nodiscard]] SlidePart slidePartOf(std::string_view imageType);

/// Where the tiles of one instance lie on the glass.
struct SlideGeometry {
    SlidePart part = SlidePart::Undefined;
    std::string frameOfReference;
    std::int64_t columns = 0; ///< of the total pixel matrix
    std::int64_t rows = 0;
    std::int32_t tileColumns = 0;
    std::int32_t tileRows = 0;
    std::int32_t frames = 0;
    double columnMm = 0; ///< width of a pixel: Imaged Volume Width over the columns of the matrix
    double rowMm = 0;
    std::array<double, 2> originMm{};    ///< of the matrix, in the slide's own coordinates
    std::array<double, 6> orientation{}; ///< Image Orientation (Slide)
    bool full = false;                   ///< TILED_FULL: tiles follow from their number
    std::int64_t firstFrame = 0;         ///< of a concatenation's part: frames before it
    struct Corner {
        std::int64_t column = 0; ///< of the tile's first pixel in the matrix, from 0
        std::int64_t row = 0;
    };
    std::vector<Corner> corners; ///< TILED_SPARSE: by frame

    /// Where frame `frame` (from 0) begins.
    [[nodiscard]] Corner cornerOf(std::int32_t frame) const;
    /// Frames (from 0) whose tiles meet the box of matrix pixels, on every focal plane and optical path.
    [[nodiscard]] std::vector<std::int32_t> framesIn(std::int64_t left, std::int64_t top, std::int64_t right,
                                                     std::int64_t bottom) const;

private:
    friend base::Expected<SlideGeometry> slideGeometry(const Instance& instance);
    [[nodiscard]] std::int64_t across() const { return (columns + tileColumns - 1) / tileColumns; }
    [[nodiscard]] std::int64_t down() const { return (rows + tileRows - 1) / tileRows; }
};

/// Reads the geometry of one instance: PS3.3 2024b C.8.12.4.1 (Whole Slide Microscopy Image), C.8.12.14
/// (optical paths), C.7.6.16.2.12 (Plane Position Slide), C.7.6.17.3 (TILED_FULL, TILED_SPARSE), C.7.6.16.1.2
/// (concatenations). An instance that is not tiled is one tile. Malformed (args: tag) for whatever is
/// missing, contradicts itself or leaves open where a tile lies: nobody can then say what shows the same
/// place. The part is known even so: see slidePartOf.
[[nodiscard]] base::Expected<SlideGeometry> slideGeometry(const Instance& instance);

} // namespace kamei::intake::dicom
