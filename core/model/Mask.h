#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/Error.h"
#include "core/base/Ids.h"
#include "core/model/Locator.h"

namespace kamei::model {

/// A point in pixels of the stored image; (0,0) is the top left corner of the top left pixel.
struct PointPx {
    double x = 0;
    double y = 0;
    friend bool operator==(const PointPx&, const PointPx&) = default;
};

/// Where a moving figure stands on one frame (from 1): its bounding box.
struct TrackKey {
    std::int32_t frame = 1;
    RectPx rect;
    friend bool operator==(const TrackKey&, const TrackKey&) = default;
};

/// A region whose pixel values are destroyed (Guideline 4.7.1, 5.4.3). A pixel belongs to it when its
/// centre does; a brush covers every pixel whose centre is within `radiusPx` of its path.
struct Mask {
    enum class Shape { Rectangle, Ellipse, Polygon, Brush };
    /// LocalMean: the mean of the pixels that border the region. Noise: blocks of random brightness around
    /// that mean. None of them depends on what was inside, so that nothing can be computed back.
    enum class Fill { Black, LocalMean, Noise };

    base::MaskId id;
    base::AssetId asset;
    base::FindingId finding; ///< the finding that it carries out
    Shape shape = Shape::Rectangle;
    RectPx rect;                 ///< rectangle and ellipse: the figure; others: its bounding box
    std::vector<PointPx> points; ///< polygon: corners; brush: path
    double radiusPx = 0;         ///< brush only
    FrameRange frames;
    /// Frames in rising order on which the figure, as `rect` bounds it, stands at a place of its own. Between
    /// two of them it moves and grows evenly; before the first and after the last it stays, within `frames`.
    /// Empty: it rests.
    std::vector<TrackKey> track;
    Fill fill = Fill::Black;
    bool keepInside = false; ///< destroys everything outside the figure instead (ultrasound fan)

    friend bool operator==(const Mask&, const Mask&) = default;
};

/// Bits of the pixels that a set of masks destroys on one frame: row-major, width x height.
struct MaskBitmap {
    std::int32_t width = 0;
    std::int32_t height = 0;
    std::vector<std::uint8_t> inside; ///< 1 where the pixel is destroyed; index y * width + x

    [[nodiscard]] bool at(std::int32_t x, std::int32_t y) const {
        return inside[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                      static_cast<std::size_t>(x)] != 0;
    }
    /// Bounding box of the destroyed pixels; width 0 when there are none.
    [[nodiscard]] RectPx bounds() const;
};

/// The smallest rectangle that holds the figure.
[[nodiscard]] RectPx boundsOf(const Mask& mask);
/// The figure as it stands on `frame` (from 1), at rest. The caller asks mask.frames whether it is there at
/// all.
[[nodiscard]] Mask figureAt(const Mask& mask, std::int32_t frame);
/// A mask at rest on every frame that covers wherever the figure of `mask` ever is: for places whose frames
/// cannot be told.
[[nodiscard]] Mask everywhere(const Mask& mask);

/// Draws the masks that touch `frame` (from 1) onto an image of width x height pixels.
[[nodiscard]] MaskBitmap rasterise(const std::vector<Mask>& masks, std::int32_t frame, std::int32_t width,
                                   std::int32_t height);

/// JSON of a mask without its ids, as stored in the workspace and in templates.
[[nodiscard]] std::string toJson(const Mask& mask);
[[nodiscard]] base::Expected<Mask> maskFromJson(std::string_view json);

} // namespace kamei::model
