#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/base/Error.h"
#include "core/job/Looking.h"
#include "core/job/Session.h"
#include "core/model/Raster.h"

namespace kamei::job {

/// One plane of a slide on one side, read part by part: the source as it is, the staged file, or, before it
/// is staged, the source with the present decisions carried out. Opened once for many parts; thread-safe.
class SlideRegions {
public:
    struct Level {
        std::int32_t width = 0;
        std::int32_t height = 0;
        double downsample = 1.0; ///< pixels of the base a pixel
    };
    /// Null for frames that come as a whole (labels, and whatever is no slide). SourceMissing,
    /// UnsupportedFormat, ...
    [[nodiscard]] static base::Expected<std::shared_ptr<const SlideRegions>>
    open(Session& session, base::AssetId asset, std::int32_t frame, Side side);
    ~SlideRegions();
    SlideRegions(const SlideRegions&) = delete;
    SlideRegions& operator=(const SlideRegions&) = delete;

    /// The largest first.
    [[nodiscard]] const std::vector<Level>& levels() const;
    [[nodiscard]] bool isPreview() const; ///< not staged yet
    /// A part of a level; beyond the picture white.
    [[nodiscard]] base::Expected<model::Raster> region(std::size_t level, std::int64_t x, std::int64_t y,
                                                       std::uint32_t width, std::uint32_t height) const;

private:
    SlideRegions();
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace kamei::job
