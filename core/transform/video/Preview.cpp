#include "core/transform/video/Preview.h"

#include "core/intake/video/FrameSource.h"
#include "core/intake/video/Rasters.h"
#include "core/transform/video/Paint.h"

namespace kamei::transform::video {

base::Expected<std::optional<model::Raster>> maskedFrame(const intake::video::Bytes& bytes,
                                                         const std::string& name, const Wish& wish,
                                                         std::int32_t frame) {
    const auto stored = intake::video::frameOf(bytes, name, frame);
    if (!stored) {
        return tl::unexpected(stored.error());
    }
    const intake::video::FramePtr copy(av_frame_clone(*stored));
    if (copy == nullptr || av_frame_make_writable(copy.get()) < 0) {
        return base::fail(base::ErrorCode::OutOfMemory, "transform.video.preview");
    }
    if (auto painted = Painter(wish.masks, wish.firstFrame).paint(*copy, frame); !painted) {
        return painted.error().code == base::ErrorCode::NotPossible
                   ? base::Expected<std::optional<model::Raster>>(std::nullopt)
                   : tl::unexpected(painted.error());
    }
    auto raster = intake::video::rasterOf(*copy);
    if (!raster) {
        return tl::unexpected(raster.error());
    }
    return std::optional(std::move(*raster));
}

} // namespace kamei::transform::video
