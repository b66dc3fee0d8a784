#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <vector>

#include "core/base/Error.h"
#include "core/detect/vision/TextRank.h"
#include "core/model/Locator.h"
#include "core/model/Raster.h"
#include "core/model/Subject.h"

namespace kamei::detect::vision {

/// One frame of an asset, counted from 1.
using FrameSource = std::function<base::Expected<model::Raster>(std::int32_t frame)>;

/// Burned-in text on frames of an asset.
struct FrameText {
    model::RectPx rect;
    model::FrameRange frames; ///< hull of the frames it was seen on
    std::string text;         ///< what was read; may be empty
    RankedText ranked;
    double likeness = 0; ///< best of TextBox::likeness
};

/// Finds burned-in text on the frames of an asset, whatever their number: up to `together` neighbours of one
/// geometry are laid over each other, their brightest and their darkest values looked at. Letters that stay
/// while the picture moves stand out in one of them, letters of a single frame in the other (Guideline 5.4.3:
/// on every frame).
class FrameTextFinder {
public:
    /// `slices` says that neighbours are cuts through one body: the edges of all of them cross each other
    /// like strokes, so that only letters that stay, or are read, are letters.
    FrameTextFinder(std::span<const model::KnownIdentifier> known, std::int32_t together,
                    bool slices = false);
    ~FrameTextFinder();
    FrameTextFinder(const FrameTextFinder&) = delete;
    FrameTextFinder& operator=(const FrameTextFinder&) = delete;

    /// Frames come in their order. InvalidArgument for a raster whose samples are incomplete.
    [[nodiscard]] base::Expected<void> add(const model::Raster& raster, std::int32_t frame);
    /// What was found on all frames; texture left out.
    [[nodiscard]] base::Expected<std::vector<FrameText>> finish();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace kamei::detect::vision
